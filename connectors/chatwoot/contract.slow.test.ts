import { describeConnector } from '../../test/conformance/connector.ts';
import { chatwootCase } from '../../test/harness/chatwoot-case.ts';

describeConnector(chatwootCase);
