import { describeGrants } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { zendeskCase } from '../../test/harness/zendesk-case.ts';

describeRefusals(zendeskCase);
describeGrants({
  ...zendeskCase,
  owing: 'claims and values',
  fails: { audits: 'audits are read of a sample that is chosen while it is read: no ticket is known before' },
});
