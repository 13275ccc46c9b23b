import { describeConnector } from '../../test/conformance/connector.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { chatwootCase } from '../../test/harness/chatwoot-case.ts';

describeConnector(chatwootCase);
describeRefusals(chatwootCase);
