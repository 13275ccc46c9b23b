import { describeRefusals } from '../../test/conformance/refusals.ts';
import { intercomCase } from '../../test/harness/intercom-case.ts';

describeRefusals(intercomCase);
