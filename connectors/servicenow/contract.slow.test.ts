import { describeConnector } from '../../test/conformance/connector.ts';
import { serviceNowCase } from '../../test/harness/servicenow-case.ts';

describeConnector(serviceNowCase);
