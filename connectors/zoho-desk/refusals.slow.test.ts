import { describeGrants, programs } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { zohoDeskCase } from '../../test/harness/zoho-desk-case.ts';

describeRefusals(zohoDeskCase);
describeGrants({
  ...zohoDeskCase,
  costs: [
    programs('agents'),
    {
      routes: ['ticket'],
      what: /^ticket\.(filled_fields|deleted)$/,
      why: 'the search shows fewer fields of a ticket, and finds one that was deleted without saying so',
    },
    {
      routes: ['history'],
      what: /^ticket\.created_(by|on_behalf)$/,
      why: 'without a history whoever wrote first opened it, as where the history is empty',
    },
    {
      routes: ['holidays'],
      what: /^calendar\.holidays$/,
      why: 'a calendar is kept without its days off, which are not claimed: the hours stand',
    },
    {
      routes: ['fields'],
      what: /^event\.from_value$/,
      why: 'a status word that nobody knows is open; what it means stands with the fields',
    },
    {
      routes: ['assignment_rules', 'assignment_rule'],
      what: /^automations\.action_terms$/,
      why: 'workflows and macros of the fake hold no action that is understood',
    },
    {
      routes: ['contracts', 'teams', 'fields'],
      what: /^sla_policy\.unread_conditions$/,
      why: 'a policy that a contract promises is not known to be one',
    },
  ],
});
