import { describeConnector } from '../../test/conformance/connector.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { salesforceCase } from '../../test/harness/salesforce-case.ts';

describeConnector(salesforceCase);
describeRefusals(salesforceCase);
