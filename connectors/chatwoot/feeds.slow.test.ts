import { describeFeeds } from '../../test/conformance/feeds.ts';
import { chatwootConversations, chatwootRoutes } from '../../test/harness/chatwoot.ts';
import { chatwootCase } from '../../test/harness/chatwoot-case.ts';

describeFeeds({
  ...chatwootCase,
  moving() {
    const live = chatwootConversations();
    let times = 0;
    return {
      routes: chatwootRoutes(live),
      touch() {
        times += 1;
        const at = Date.parse('2026-03-06T09:00:00Z') / 1000 + (times % 10);
        Object.assign(live[0] as object, { updated_at: at, last_activity_at: at });
      },
    };
  },
  stamp: 'updated_at',
  oddPlaces: { 'conversations data.payload.*.updated_at': 'its last activity tells when it changed, too' },
  enums: [
    'status',
    'priority',
    'channel',
    'channel_type',
    'content_type',
    'role',
    'event_type',
    'sla_status',
    'event_name',
  ],
  codes: [
    ...['id', 'attribute_key', 'attribute_display_name', 'attribute_display_type', 'filter_operator', 'query_operator'],
    ...[
      'values',
      'action_name',
      'event_name',
      'visibility',
      'timezone',
      'channel',
      'channel_type',
      'status',
      'priority',
    ],
    ...[
      'area',
      'product',
      'impact',
      'cause',
      'role',
      'type',
      'sender_type',
      'content_type',
      'event_type',
      'sla_status',
      'name',
    ],
  ],
});
