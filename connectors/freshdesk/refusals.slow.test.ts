import { describeGrants } from '../../test/conformance/grants.ts';
import { freshdeskCase } from '../../test/harness/freshdesk-case.ts';

describeGrants({ ...freshdeskCase, owing: 'claims and values' });
