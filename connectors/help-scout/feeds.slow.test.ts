import { describeFeeds } from '../../test/conformance/feeds.ts';
import { helpScoutConversations, helpScoutRoutes, MODIFIED } from '../../test/harness/help-scout.ts';
import { helpScoutCase } from '../../test/harness/help-scout-case.ts';

describeFeeds({
  ...helpScoutCase,
  moving() {
    const live = helpScoutConversations();
    let times = 0;
    return {
      routes: helpScoutRoutes(live),
      touch() {
        times += 1;
        const at = `2026-03-06T09:00:0${times % 10}Z`;
        Object.assign(live[0] as object, { userUpdatedAt: at, [MODIFIED]: at });
      },
    };
  },
  stamp: 'userUpdatedAt',
  oddPlaces: {
    'threads _embedded.threads.*.action.associatedEntities**': 'an inbox that is not named in a move is not known',
  },
  enums: ['type', 'status', 'state', 'role', 'visibility', 'ratingId', 'via'],
  codes: [
    ...['id', 'type', 'status', 'state', 'via', 'role', 'text', 'label', 'tag', 'visibility', 'workflow', 'mailbox'],
    ...['originalConversation', 'name', 'siteId', 'firstName', 'value'],
  ],
});
