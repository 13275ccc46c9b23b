import { describeRefusals } from '../../test/conformance/refusals.ts';
import { zammadCase } from '../../test/harness/zammad-case.ts';

describeRefusals(zammadCase);
