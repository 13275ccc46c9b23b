import { describeConnector } from '../../test/conformance/connector.ts';
import { intercomCase } from '../../test/harness/intercom-case.ts';

describeConnector(intercomCase);
