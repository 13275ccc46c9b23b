import { describeConnector } from '../../test/conformance/connector.ts';
import { frontCase } from '../../test/harness/front-case.ts';

describeConnector(frontCase);
