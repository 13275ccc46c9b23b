import { describeGrants, programs } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { chatwootCase } from '../../test/harness/chatwoot-case.ts';

describeRefusals(chatwootCase);
describeGrants({ ...chatwootCase, costs: [programs('agents')] });
