import { describeRefusals } from '../../test/conformance/refusals.ts';
import { serviceNowCase } from '../../test/harness/servicenow-case.ts';

describeRefusals(serviceNowCase);
