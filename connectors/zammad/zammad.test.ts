import { describeConnector } from '../../test/conformance/connector.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { zammadCase } from '../../test/harness/zammad-case.ts';

describeConnector(zammadCase);
describeRefusals(zammadCase);
