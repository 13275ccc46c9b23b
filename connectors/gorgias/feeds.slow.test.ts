import { describeFeeds } from '../../test/conformance/feeds.ts';
import { gorgiasRoutes, gorgiasTickets } from '../../test/harness/gorgias.ts';
import { gorgiasCase } from '../../test/harness/gorgias-case.ts';

describeFeeds({
  ...gorgiasCase,
  moving() {
    const live = gorgiasTickets();
    let times = 0;
    return {
      routes: gorgiasRoutes(live),
      touch() {
        times += 1;
        Object.assign(live[0] as object, { updated_datetime: `2026-03-06T09:00:0${times % 10}.5+00:00` });
      },
    };
  },
  stamp: 'updated_datetime',
  oddPlaces: {
    'events data.*.data**': 'data of an event are looked at as they are; what is not understood is passed over',
    'tickets data.*.custom_fields.303': 'the only field that it had filled',
    'tickets data.*.tags.*.id': 'tags that cannot be read are passed over',
    'tickets data.*.tags.*.name': 'tags that cannot be read are passed over',
  },
  enums: ['status', 'priority', 'channel', 'via', 'type', 'data_type', 'input_type', 'managed_type', 'visibility'],
  codes: [
    ...['status', 'priority', 'channel', 'via', 'type', 'object_type', 'value', 'timezone', 'days', 'from_time'],
    ...['to_time', 'data_type', 'input_type', 'managed_type', 'label', 'code', 'filters', 'event_types', 'category'],
    ...['visibility', 'order_by', 'next_cursor', 'context', 'sla_policy_uuid'],
  ],
});
