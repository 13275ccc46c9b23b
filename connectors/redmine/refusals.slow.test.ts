import { describeGrants } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { redmineCase } from '../../test/harness/redmine-case.ts';

describeRefusals(redmineCase);
describeGrants({
  ...redmineCase,
  costs: [
    {
      routes: ['users'],
      what: /^(ticket\.created_by|event\.actor|message\.author)$/,
      why: 'that a reporter is the anonymous user is shown to administrators only, which is told',
    },
    {
      routes: ['users'],
      what: /^agent\.active$/,
      why: 'who is locked is shown to administrators only, and is not claimed',
    },
  ],
});
