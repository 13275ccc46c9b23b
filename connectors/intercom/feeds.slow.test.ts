import { describeFeeds } from '../../test/conformance/feeds.ts';
import { intercomConversations, intercomRoutes, unix } from '../../test/harness/intercom.ts';
import { intercomCase } from '../../test/harness/intercom-case.ts';

describeFeeds({
  ...intercomCase,
  moving() {
    const live = intercomConversations();
    let times = 0;
    return {
      routes: intercomRoutes(live),
      touch() {
        times += 1;
        Object.assign(live[0] as object, { updated_at: unix(`2026-03-06T09:00:0${times % 10}Z`) });
      },
    };
  },
  stamp: 'updated_at',
  oddPlaces: {
    'conversations conversations.*.priority': 'the only field that it had filled',
    'conversations conversations.*.source': 'who began it tells as what it began',
    'conversations conversations.*.source.delivered_as': 'who began it tells as what it began',
    'conversations conversations.*.conversation_rating.updated_at':
      'a rating that was given is dated by its request where its own moment is not told',
    'conversation conversation_parts.conversation_parts.*.event_details.sla_definition**':
      'amounts of a target come as numbers; others are passed over',
  },
  enums: ['part_type', 'delivered_as', 'state', 'priority', 'sla_status', 'resolution_state', 'category', 'data_type'],
  codes: [
    ...['id', 'type', 'part_type', 'state', 'priority', 'delivered_as', 'category', 'data_type', 'sla_status'],
    ...['resolution_state', 'sla_target_type', 'current_priority', 'previous_priority', 'name', 'industry'],
    ...['ticket_state', 'previous_ticket_state', 'starting_after'],
  ],
});
