import { describeGrants, programs } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { helpScoutCase } from '../../test/harness/help-scout-case.ts';

describeRefusals(helpScoutCase);
describeGrants({ ...helpScoutCase, costs: [programs('users', 'system-users')] });
