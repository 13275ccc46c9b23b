import { describeFeeds } from '../../test/conformance/feeds.ts';
import { ticketsOf, type ZendeskDesk, zendeskRoutes } from '../../test/harness/zendesk.ts';
import { zendeskCase } from '../../test/harness/zendesk-case.ts';

/** What few accounts have, beside the account of the other tests. */
const MORE: ZendeskDesk['more'] = {
  ticket_fields: [
    { id: 360_013, type: 'tagger', title: 'Category', active: true },
    { id: 360_014, type: 'tagger', title: 'Severity', active: true },
    { id: 360_015, type: 'integer', title: 'Seconds', active: true },
  ],
  organization_fields: [
    { key: 'health', title: 'Health', type: 'dropdown', active: true },
    { key: 'partner', title: 'Partner', type: 'checkbox', active: true },
  ],
  organizations: [
    {
      id: 701,
      created_at: '2025-01-01T00:00:00Z',
      updated_at: '2025-02-02T00:00:00Z',
      domain_names: [],
      tags: [],
      organization_fields: { tier: 'standard', renewal_date: null, health: 'Red', partner: false },
    },
  ],
  metric_sets: [
    {
      id: 41,
      ticket_id: 105,
      first_resolution_time_in_minutes: { calendar: 60, business: 30 },
      agent_wait_time_in_minutes: { calendar: 10, business: 5 },
      on_hold_time_in_minutes: { calendar: 20, business: 10 },
    },
  ],
  updates: [
    {
      id: 1200,
      ticket_id: 105,
      timestamp: 1_772_800_000,
      created_at: '2026-03-06T12:26:40Z',
      updater_id: 8001,
      via: 'Web form',
      child_events: [
        { id: 1201, via: 'Web form', problem_id: 104, previous_value: null, event_type: 'Change' },
        { id: 1202, via: 'Web form', tags: ['escalated'], previous_value: [], event_type: 'Change' },
      ],
    },
  ],
};

const tickets = () =>
  ticketsOf().map((ticket) =>
    ticket.id === 105
      ? {
          ...ticket,
          custom_fields: [
            { id: 360_012, value: 'bug' },
            { id: 360_013, value: 'login' },
            { id: 360_014, value: 'sev_1' },
            { id: 360_015, value: 120 },
          ],
        }
      : ticket,
  );

const NO_LISTS = 'conditions that have neither list are none';

describeFeeds({
  ...zendeskCase,
  // The sample is stamped with the moment of the sync, which waits move.
  settings: {
    ...zendeskCase.settings,
    auditSample: 0,
    billableField: 360_015,
    healthField: 'health',
    partnerField: 'partner',
    brandSchedules: { 300: '9100' },
  },
  routes: () => zendeskRoutes({ tickets: tickets(), more: MORE }),
  moving() {
    const live: ReturnType<typeof ticketsOf> = tickets();
    return {
      routes: zendeskRoutes({ tickets: live, more: MORE }),
      // The export gives what changed once more, behind the last page.
      touch() {
        const [first] = live;
        if (first !== undefined) live.push({ ...first, updated_at: '2026-03-06T09:00:00Z' });
      },
    };
  },
  oddPlaces: {
    'group_sla_policies group_sla_policies.*.policy_metrics.*.metric [other letter case]':
      'the vendor writes this word in one way; another is an unknown word',
    'metric_events ticket_metric_events.*.metric [other letter case]':
      'the vendor writes this word in one way; another is an unknown word',
    'metric_events ticket_metric_events.*.type [other letter case]':
      'the vendor writes this word in one way; another is an unknown word',
    'organization_fields organization_fields.*.type [other letter case]':
      'the vendor writes this word in one way; another is an unknown word',
    'sla_policies sla_policies.*.policy_metrics.*.metric [other letter case]':
      'the vendor writes this word in one way; another is an unknown word',
    'ticket_fields ticket_fields.*.type [other letter case]':
      'the vendor writes this word in one way; another is an unknown word',
    'tickets tickets.*.type [other letter case]': 'the vendor writes this word in one way; another is an unknown word',
    'updates ticket_events.*.child_events.*.type [other letter case]':
      'the vendor writes this word in one way; another is an unknown word',
    'users users.*.role [other letter case]': 'the vendor writes this word in one way; another is an unknown word',
    'me user.id': 'nobody is signed in then',
    'me user [an empty record]': 'nobody is signed in then',
    'triggers triggers.*.conditions [an empty record]': NO_LISTS,
    'automations automations.*.conditions [an empty record]': NO_LISTS,
    'queues queues.*.definition [an empty record]': NO_LISTS,
    'sla_policies sla_policies.*.filter [an empty record]': NO_LISTS,
    'group_sla_policies group_sla_policies.*.filter [an empty record]': NO_LISTS,
    'sla_policies sla_policies.*.updated_at': 'what was never changed is as it was made',
    'satisfaction_ratings satisfaction_ratings.*.updated_at': 'what was never changed is as it was made',
    'sla_policies sla_policies.*.filter.all.*.value': 'of a condition that no tag or value is named in nothing is said',
    'ticket_fields ticket_fields.*.id': 'values of fields are kept by what the field is',
    'ticket_fields ticket_fields.*.title': 'values of fields are kept by what the field is',
    'ticket_fields ticket_fields.*.type': 'values of fields are kept by what the field is',
    'updates ticket_events.*.child_events.*.custom_ticket_fields.360010':
      'values of fields are kept by what the field is',
    'updates ticket_events.*.child_events.*.value': 'values of fields are kept by what the field is',
    'updates ticket_events.*.child_events.*.id': 'an event without an id is named by its place',
    'updates ticket_events.*.child_events.*.tags [a text where a record or list was]': 'one tag comes as a text',
  },
  enums: ['priority', 'type', 'role', 'channel', 'metric', 'operator', 'status_category', 'rel'],
  codes: [
    ...['status', 'priority', 'type', 'role', 'channel', 'via', 'event_type', 'metric', 'field', 'operator'],
    ...['status_category', 'time_zone', 'score', 'key', 'rel', 'field_name', 'after_cursor', 'id', 'agent_label'],
    // Values of code fields and words of surveys; free text beside them holds canaries of its own.
    ...['value', 'previous_value', 'satisfaction_score', 'tier', '360010', '360011'],
  ],
});
