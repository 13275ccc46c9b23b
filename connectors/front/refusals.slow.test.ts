import { describeRefusals } from '../../test/conformance/refusals.ts';
import { frontCase } from '../../test/harness/front-case.ts';

describeRefusals(frontCase);
