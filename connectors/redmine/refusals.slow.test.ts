import { describeGrants } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { redmineCase } from '../../test/harness/redmine-case.ts';

describeRefusals(redmineCase);
describeGrants({ ...redmineCase, owing: 'claims and values' });
