import { describeFeeds } from '../../test/conformance/feeds.ts';
import { frontConversations, frontRoutes } from '../../test/harness/front.ts';
import { frontCase } from '../../test/harness/front-case.ts';

describeFeeds({
  ...frontCase,
  moving() {
    const live = frontConversations();
    let times = 0;
    return {
      routes: frontRoutes(live),
      touch() {
        times += 1;
        Object.assign(live[0] as object, { updated_at: Date.parse('2026-03-06T09:00:00Z') / 1000 + (times % 10) });
      },
    };
  },
  stamp: 'updated_at',
  // Kinds of events are no words: an unknown one tells of no merge, and the ticket that it leaves behind is not made.
  oddPlaces: {
    'conversation_events _results.*.emitted_at':
      'deleted conversations, and what was sent on, are told by events alone',
    'conversation_events _results.*.id': 'deleted conversations, and what was sent on, are told by events alone',
    'conversation_events _results.*.target**': 'deleted conversations, and what was sent on, are told by events alone',
    'conversation_events _results.*.type': 'deleted conversations, and what was sent on, are told by events alone',
    'fields _results.*.name': 'fields are known by their names',
    'messages _results.*.type': 'a message of no type is one to the customer',
  },
  enums: ['status', 'status_category', 'category', 'role', 'license_type'],
  codes: [
    ...['id', 'name', 'type', 'status', 'status_id', 'status_category', 'category', 'role', 'slug', 'timezone', 'url'],
    ...['start', 'end', 'actions', 'domains', 'handle', 'Priority', 'Category', 'Product', 'Severity', 'Root cause'],
    ...['Plan', 'inbox_ids', 'tag_ids', 'not_tag_ids', 'assignee_ids', 'not_assignee_ids', 'data', 'draft_mode'],
  ],
});
