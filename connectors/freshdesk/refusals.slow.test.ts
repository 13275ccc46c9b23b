import { describeGrants, programs } from '../../test/conformance/grants.ts';
import { freshdeskCase } from '../../test/harness/freshdesk-case.ts';

describeGrants({
  ...freshdeskCase,
  costs: [
    programs('agents'),
    {
      routes: ['ticket_fields'],
      what: /^ticket\.status$/,
      why: 'a status of the account that nobody knows is open, as a word that is new',
    },
  ],
});
