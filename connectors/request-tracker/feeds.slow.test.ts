import { describeFeeds } from '../../test/conformance/feeds.ts';
import { fakeRt, TICKETS } from '../../test/harness/request-tracker.ts';
import { requestTrackerCase } from '../../test/harness/request-tracker-case.ts';

describeFeeds({
  ...requestTrackerCase,
  moving() {
    const tickets = structuredClone(TICKETS) as typeof TICKETS;
    let times = 0;
    return {
      routes: fakeRt({ tickets }),
      touch() {
        times += 1;
        Object.assign(tickets[0] as object, { LastUpdated: `2026-03-06T09:00:0${times % 10}Z` });
      },
    };
  },
  stamp: 'LastUpdated',
  oddPlaces: {
    'groups items.*.Domain [other letter case]': 'the vendor writes this word in one way; another is an unknown word',
    'transactions items.*.Type [other letter case]':
      'the vendor writes this word in one way; another is an unknown word',
    'ticket id': 'one record without a list: its id and its creation',
    'ticket Created': 'one record without a list: its id and its creation',
    'transactions items.*.ObjectId': 'what was merged away is told by the history of what survived',
  },
  enums: ['Status', 'Type', 'Domain'],
  codes: ['Status', 'Type', 'Field', 'Domain', 'ref', 'type', 'OldValue', 'NewValue', 'Version', 'values', 'Headers'],
});
