import { describeGrants, programs } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { hubspotCase } from '../../test/harness/hubspot-case.ts';

describeRefusals(hubspotCase);
describeGrants({
  ...hubspotCase,
  costs: [
    programs('owners'),
    {
      routes: ['owners'],
      what: /^(event\.actor_id|message\.author_id)$/,
      why: 'somebody of the desk whom no list names keeps the id of the user, which is told',
    },
    {
      routes: ['pipelines'],
      what: /^ticket\.status$/,
      why: 'the vendor itself says whether a ticket is closed; a stage that nobody knows is open else',
    },
    {
      routes: ['threads', 'messages'],
      what: /^ticket\.spam$/,
      why: 'that a ticket is spam is told by its thread, and is not claimed',
    },
  ],
});
