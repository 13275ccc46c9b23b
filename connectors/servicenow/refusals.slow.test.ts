import { describeGrants, programs } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { serviceNowCase } from '../../test/harness/servicenow-case.ts';

describeRefusals(serviceNowCase);
describeGrants({
  ...serviceNowCase,
  costs: [
    programs('sys_user_grmember'),
    {
      routes: ['incident'],
      what: /^(tickets\.(created_by:(agent|machine)|reported_\w+)|events\.link|messages\.(article_ids|author_id|note|promise\w+)|links\.\S+)$/,
      why: 'the cases of the fake hold none of it',
    },
    {
      routes: ['sys_audit'],
      what: /^event$/,
      why: 'changes are those that metrics recorded then, each by its stay, which is told',
    },
    {
      routes: ['sys_audit'],
      what: /^events\.assignee$/,
      why: 'the fake has no metric of the owner',
    },
    {
      routes: ['cmn_other_schedule'],
      what: /^calendar\.holidays$/,
      why: 'a calendar is kept without its days off, which are not claimed: the hours stand',
    },
    {
      routes: ['sys_choice'],
      what: /^ticket\.status$/,
      why: 'a state of the instance that nobody knows is open, as a word that is new',
    },
  ],
});
