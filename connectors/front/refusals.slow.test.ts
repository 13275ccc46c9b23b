import { describeGrants, programs } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { frontCase } from '../../test/harness/front-case.ts';

describeRefusals(frontCase);
describeGrants({
  ...frontCase,
  costs: [
    programs('teammates'),
    {
      routes: ['conversation_events'],
      what: /^ticket$/,
      why: 'a conversation that was merged away is known by the event of its merge alone',
    },
    {
      routes: ['conversation_events'],
      what: /^message\.(public|channel)$/,
      why: 'that a message went to somebody else than the customer is told by its event',
    },
  ],
  fails: {
    export: 'whether an export may be fetched is known only once one was begun, which costs one',
    download: 'as the export',
  },
});
