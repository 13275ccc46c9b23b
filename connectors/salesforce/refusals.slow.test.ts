import { describeGrants, programs } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { salesforceCase } from '../../test/harness/salesforce-case.ts';

describeRefusals(salesforceCase);
describeGrants({
  ...salesforceCase,
  costs: [
    programs('User', 'describe'),
    {
      routes: ['describe'],
      what: /^ticket\.deleted$/,
      why: 'that a case in the recycle bin was merged away is told by a field that not every org has; deleted ones are not claimed then',
    },
    {
      routes: ['describe'],
      what: /^article\.created_at$/,
      why: 'when the first version of an article was made is not shown then; that of the present one stands, and neither is claimed',
    },
    {
      routes: ['CaseHistory'],
      what: /^event$/,
      why: 'changes are told by the states of the case then, each by its state',
    },
    {
      routes: ['describe'],
      what: /^message\.public$/,
      why: 'a mail is taken to go to the customer where the address is not shown',
    },
  ],
});
