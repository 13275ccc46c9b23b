import { describeRefusals } from '../../test/conformance/refusals.ts';
import { chatwootCase } from '../../test/harness/chatwoot-case.ts';

describeRefusals(chatwootCase);
