import { describeConnector } from '../../test/conformance/connector.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { freshdeskCase } from '../../test/harness/freshdesk-case.ts';

describeConnector(freshdeskCase);
describeRefusals(freshdeskCase);
