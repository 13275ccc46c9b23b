import { describeGrants, programs } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { gorgiasCase } from '../../test/harness/gorgias-case.ts';

describeRefusals(gorgiasCase);
describeGrants({ ...gorgiasCase, costs: [programs('users')] });
