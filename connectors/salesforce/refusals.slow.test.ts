import { describeRefusals } from '../../test/conformance/refusals.ts';
import { salesforceCase } from '../../test/harness/salesforce-case.ts';

describeRefusals(salesforceCase);
