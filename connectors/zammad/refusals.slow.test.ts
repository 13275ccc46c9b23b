import { describeGrants, programs } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { zammadCase } from '../../test/harness/zammad-case.ts';

describeRefusals(zammadCase);
describeGrants({ ...zammadCase, costs: [programs('users')] });
