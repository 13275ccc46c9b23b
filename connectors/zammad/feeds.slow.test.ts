import { describeFeeds } from '../../test/conformance/feeds.ts';
import { zammadRoutes, zammadTickets } from '../../test/harness/zammad.ts';
import { zammadCase } from '../../test/harness/zammad-case.ts';

describeFeeds({
  ...zammadCase,
  moving() {
    const live = zammadTickets();
    let times = 0;
    return {
      routes: zammadRoutes(live),
      touch() {
        times += 1;
        Object.assign(live[0] as object, { updated_at: `2026-03-06T09:00:0${times % 10}.000Z` });
      },
    };
  },
  stamp: 'updated_at',
  oddPlaces: {
    'attributes *.editable': 'which fields are the own ones of the desk is told here alone',
    'attributes *.id': 'which fields are the own ones of the desk is told here alone',
    'attributes *.name': 'which fields are the own ones of the desk is told here alone',
    'attributes *.object': 'which fields are the own ones of the desk is told here alone',
  },
  enums: ['sender', 'type', 'create_article_type', 'create_article_sender', 'state_type', 'data_type', 'link_type'],
  codes: [
    ...[
      'name',
      'display',
      'data_type',
      'object',
      'timezone',
      'operator',
      'pre_condition',
      'recipient',
      'by',
      'group_by',
    ],
    ...['type', 'sender', 'state_type', 'create_article_type', 'create_article_sender', 'attribute', 'link_type'],
    ...['sourceable_type', 'link_object', 'permissions', 'roles', 'product', 'topic', 'impact', 'cause', 'plan'],
    ...['value', 'value_from', 'value_to'],
  ],
});
