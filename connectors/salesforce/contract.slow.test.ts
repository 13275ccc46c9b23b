import { describeConnector } from '../../test/conformance/connector.ts';
import { salesforceCase } from '../../test/harness/salesforce-case.ts';

describeConnector(salesforceCase);
