import { describeConnector } from '../../test/conformance/connector.ts';
import { zammadCase } from '../../test/harness/zammad-case.ts';

describeConnector(zammadCase);
