import { describeRefusals } from '../../test/conformance/refusals.ts';
import { helpScoutCase } from '../../test/harness/help-scout-case.ts';

describeRefusals(helpScoutCase);
