import { describeConnector } from '../../test/conformance/connector.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { intercomCase } from '../../test/harness/intercom-case.ts';

describeConnector(intercomCase);
describeRefusals(intercomCase);
