import { describeRefusals } from '../../test/conformance/refusals.ts';
import { gorgiasCase } from '../../test/harness/gorgias-case.ts';

describeRefusals(gorgiasCase);
