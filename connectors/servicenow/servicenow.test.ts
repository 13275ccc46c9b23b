import { describeConnector } from '../../test/conformance/connector.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { serviceNowCase } from '../../test/harness/servicenow-case.ts';

describeConnector(serviceNowCase);
describeRefusals(serviceNowCase);
