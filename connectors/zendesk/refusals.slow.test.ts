import { describeGrants, programs } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { zendeskCase } from '../../test/harness/zendesk-case.ts';

describeRefusals(zendeskCase);
describeGrants({
  ...zendeskCase,
  costs: [
    programs('users'),
    {
      routes: ['custom_statuses'],
      what: /^ticket\.vendor_status$/,
      why: 'a status of the account goes by the category that it belongs to, which is a word of the vendor and told',
    },
    {
      routes: ['ticket_forms'],
      what: /^automation$/,
      why: 'a plan without forms refuses the list, and has the one form that its fields make',
    },
    {
      routes: ['sla_policies'],
      what: /^sla_policies\.(condition_fields|condition_terms|tier|updated_at)$/,
      why: 'the policy between groups of the fake has no conditions',
    },
    {
      routes: ['holidays'],
      what: /^calendar\.holidays$/,
      why: 'a calendar is kept without its days off, which are not claimed: the hours stand',
    },
  ],
  fails: { audits: 'audits are read of a sample that is chosen while it is read: no ticket is known before' },
});
