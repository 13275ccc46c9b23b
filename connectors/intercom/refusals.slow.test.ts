import { describeGrants } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { intercomCase } from '../../test/harness/intercom-case.ts';

describeRefusals(intercomCase);
describeGrants(intercomCase);
