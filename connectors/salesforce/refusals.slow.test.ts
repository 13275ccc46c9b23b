import { describeGrants } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { salesforceCase } from '../../test/harness/salesforce-case.ts';

describeRefusals(salesforceCase);
describeGrants({ ...salesforceCase, owing: 'claims and values' });
