import { describeFeeds } from '../../test/conformance/feeds.ts';
import { freshdeskRoutes, freshdeskTickets, manyTickets } from '../../test/harness/freshdesk.ts';
import { freshdeskCase } from '../../test/harness/freshdesk-case.ts';

describeFeeds({
  ...freshdeskCase,
  moving() {
    const live = freshdeskTickets();
    let times = 0;
    return {
      routes: freshdeskRoutes(live),
      touch() {
        times += 1;
        Object.assign(live[0] as object, { updated_at: `2026-03-06T09:00:0${times % 10}Z` });
      },
    };
  },
  stamp: 'updated_at',
  oddPlaces: {
    'sla_policies *.applicable_to [an empty record]': 'the policy is for every ticket',
    'tickets *.custom_fields [an empty record]': 'no field of the account’s own is filled',
    'tickets *.stats.resolved_at': 'a ticket that does not say when it was resolved was done when it was closed',
  },
  enums: ['priority', 'source', 'type', 'ticket_scope', 'visibility'],
  codes: [
    'name',
    'field_name',
    'operator',
    'type',
    'time_zone',
    'account_tier',
    'health_score',
    'industry',
    'resource_type',
  ],
  many: () => freshdeskRoutes(manyTickets(50)),
  quotas: [{ route: 'tickets', perMinute: 20 }],
});
