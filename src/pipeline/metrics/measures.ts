import type { Needs } from './observed.ts';

/**
 * One quantity of the plain figures: where its rows come from, its value and, where it has none, why.
 * SQL over the measure views with `t` = the ticket (see base-sql.ts), `$from` and `$to`; the value is null where `reason` gives a word.
 */
export interface Measure {
  readonly needs: Needs;
  /** Relation after FROM; `t` is the ticket's row. */
  readonly rows: string;
  readonly value: string;
  readonly reason: string;
  readonly figures: readonly Figure[];
  /** Instant that dates a row, when it is not the creation of its ticket. */
  readonly at?: string;
}

export type Statistic = 'p50' | 'p90' | 'mean' | 'share' | 'sum' | 'distinct';

export interface Figure {
  readonly id: string;
  readonly unit: string;
  readonly statistic: Statistic;
  readonly definition: string;
}

/** Tickets created in the span. */
const CREATED = 'base t where t.created_at >= $from and t.created_at < $to';
const STATUS: Needs = [['events.status'], ['tickets.reported_solved_at'], ['tickets.reported_closed_at']];
const HOUR = '3600.0';

/**
 * The desk's own count, as far as it was the same at the end of the span. It goes before what events tell: it counts what the desk means by
 * the word and sees what happened between two recorded states; mixing both by ticket would be a share of neither.
 */
function own(count: 'reopens' | 'reassignments'): string {
  return `case when coalesce(t.updated_at < $to, true) then t.reported_${count} end`;
}

function durations(
  prefix: string,
  clock: 'calendar' | 'business',
  statistics: readonly ('p50' | 'p90' | 'mean')[],
  words: string,
): Figure[] {
  const how = { p50: 'Median', p90: '90th percentile', mean: 'Mean' } as const;
  const of = { calendar: 'wall-clock', business: 'business' } as const;
  return statistics.map((statistic) => ({
    id: `${prefix}_${statistic}_${clock}_h`,
    unit: 'h',
    statistic,
    definition: `${how[statistic]} of the ${of[clock]} time from creation to ${words}, hours${statistic === 'mean' ? '' : ' (quantile type 7)'}; tickets created in the window.`,
  }));
}

const UNRESOLVED = `case when t.resolution = 'none' then 'unresolved_at_end' when t.resolution = 'closed_only' then 'closed_without_resolution' end`;

const FIRST_REPLY = `the first public reply of a person (acknowledgements and the opening message are none; the desk's own stamp where messages are not recorded)`;

const QUANTILES = ['p50', 'p90'] as const;
const ALL = ['p50', 'p90', 'mean'] as const;

/** Durations of tickets created in the span. Those that have not happened by its end are counted out, not waited for. */
export const DURATIONS: readonly Measure[] = [
  {
    needs: [['messages'], ['tickets.reported_first_reply_at']],
    rows: CREATED,
    value: `t.first_reply_calendar_s / ${HOUR}`,
    reason: `'no_reply_by_end'`,
    figures: durations('first_reply_time', 'calendar', QUANTILES, FIRST_REPLY),
  },
  {
    needs: [['messages', 'calendars']],
    rows: CREATED,
    value: `t.first_reply_business_s / ${HOUR}`,
    reason: `case when t.first_reply_at is null then 'no_reply_by_end' else 'no_business_calendar' end`,
    figures: durations('first_reply_time', 'business', QUANTILES, FIRST_REPLY),
  },
  {
    needs: STATUS,
    rows: CREATED,
    value: `case when t.resolution = 'solved' then t.first_resolution_calendar_s / ${HOUR} end`,
    reason: UNRESOLVED,
    figures: durations(
      'first_resolution_time',
      'calendar',
      ALL,
      'the first entry into solved (into closed at desks that have no solved state)',
    ),
  },
  {
    needs: STATUS.map((list) => [...list, 'calendars']),
    rows: CREATED,
    value: `case when t.resolution = 'solved' then t.first_resolution_business_s / ${HOUR} end`,
    reason: `coalesce(${UNRESOLVED}, 'no_business_calendar')`,
    figures: durations(
      'first_resolution_time',
      'business',
      ALL,
      'the first entry into solved (into closed at desks that have no solved state)',
    ),
  },
  {
    needs: STATUS,
    rows: CREATED,
    value: `case when t.resolution = 'solved' then t.full_resolution_calendar_s / ${HOUR} end`,
    reason: UNRESOLVED,
    figures: durations(
      'full_resolution_time',
      'calendar',
      ALL,
      'the last entry into solved (into closed at desks that have no solved state)',
    ),
  },
  {
    needs: STATUS.map((list) => [...list, 'calendars']),
    rows: CREATED,
    value: `case when t.resolution = 'solved' then t.full_resolution_business_s / ${HOUR} end`,
    reason: `coalesce(${UNRESOLVED}, 'no_business_calendar')`,
    figures: durations(
      'full_resolution_time',
      'business',
      ALL,
      'the last entry into solved (into closed at desks that have no solved state)',
    ),
  },
  {
    needs: [['events.status'], ['tickets.reported_closed_at']],
    rows: CREATED,
    value: `t.close_time_calendar_s / ${HOUR}`,
    reason: `'not_closed_by_end'`,
    figures: durations('close_time', 'calendar', ALL, 'closure'),
  },
];

const POPULATION = 'Deleted, merged, spam and test tickets are left out.';

export const COUNTS: readonly Measure[] = [
  {
    needs: [['tickets']],
    rows: 'every t where t.created_at >= $from and t.created_at < $to',
    value: 'case when t.counts then 1 end',
    reason: 't.population',
    figures: [
      {
        id: 'tickets_created',
        unit: 'tickets',
        statistic: 'sum',
        definition: `Tickets created in the window. ${POPULATION}`,
      },
    ],
  },
  {
    needs: STATUS,
    rows: 'base t where t.last_solved_at >= $from and t.last_solved_at < $to',
    value: '1',
    reason: 'null',
    at: 't.last_solved_at',
    figures: [
      {
        id: 'tickets_solved',
        unit: 'tickets',
        statistic: 'sum',
        definition: `Tickets whose last entry into solved (or straight into closed) lies in the window, whenever created. ${POPULATION}`,
      },
    ],
  },
  {
    needs: STATUS,
    rows: 'base t',
    value: 'case when t.open_as_of then 1 else 0 end',
    reason: `'status_unknown'`,
    at: '$to',
    figures: [
      {
        id: 'backlog_open_at_end',
        unit: 'tickets',
        statistic: 'sum',
        definition: `Tickets that were neither solved nor closed at the end of the window, whenever created. ${POPULATION}`,
      },
    ],
  },
  {
    needs: [['events.status'], ['tickets.reported_closed_at']],
    rows: 'base t',
    value: `case when t.status_as_of <> 'closed' then 1 else 0 end`,
    reason: `'status_unknown'`,
    at: '$to',
    figures: [
      {
        id: 'backlog_unclosed_at_end',
        unit: 'tickets',
        statistic: 'sum',
        definition: `Tickets that were not closed at the end of the window (solved ones included), whenever created. ${POPULATION}`,
      },
    ],
  },
];

export const SHARES: readonly Measure[] = [
  {
    needs: [['tickets.reported_reopens'], ['events.status']],
    rows: CREATED,
    value: `case when t.resolution <> 'none' then cast(coalesce(${own('reopens')}, t.reopens) > 0 as integer) end`,
    reason: `case when t.resolution = 'none' then 'unresolved_at_end' else 'reopens_unknown' end`,
    figures: [
      {
        id: 'reopen_share',
        unit: 'share',
        statistic: 'share',
        definition:
          "Solved or closed tickets of the window that were opened again at least once; the desk's own count where it keeps one and the ticket has not changed since, else from status changes.",
      },
    ],
  },
  {
    needs: [['tickets.reported_reassignments'], ['events.group'], ['events.assignee']],
    rows: CREATED,
    value: `cast(coalesce(${own('reassignments')}, t.reassignments) > 0 as integer)`,
    reason: `'reassignments_unknown'`,
    figures: [
      {
        id: 'reassigned_share',
        unit: 'share',
        statistic: 'share',
        definition:
          "Tickets of the window that changed hands at least once; by the desk's own count where it keeps one and the ticket has not changed since, else changes of team or person.",
      },
    ],
  },
  {
    needs: [['tickets.reported_reassignments'], ['events.group'], ['events.assignee']],
    rows: CREATED,
    value: `coalesce(${own('reassignments')}, t.reassignments)`,
    reason: `'reassignments_unknown'`,
    figures: [
      {
        id: 'reassignments_per_ticket_mean',
        unit: 'reassignments',
        statistic: 'mean',
        definition: 'Mean number of times that a ticket of the window changed hands, counted like reassigned_share.',
      },
    ],
  },
  {
    needs: STATUS.map((list) => ['messages', ...list]),
    rows: CREATED,
    value: `case when t.resolution <> 'none' then cast(t.replies <= 1 as integer) end`,
    reason: `case when t.resolution = 'none' then 'unresolved_at_end' else 'replies_unknown' end`,
    figures: [
      {
        id: 'one_touch_share',
        unit: 'share',
        statistic: 'share',
        definition: 'Solved or closed tickets of the window with at most one public reply of a person.',
      },
    ],
  },
  {
    needs: [['tickets.created_by']],
    rows: CREATED,
    value: `cast(t.created_by = 'machine' as integer)`,
    reason: `'creator_unknown'`,
    figures: [
      {
        id: 'machine_created_share',
        unit: 'share',
        statistic: 'share',
        definition: 'Tickets of the window that a machine opened, of those whose opener is known.',
      },
    ],
  },
  {
    needs: [['csat']],
    rows: 'csat s join base t on t.connection = s.connection and t.id = s.ticket_id where t.created_at >= $from and t.created_at < $to',
    value: 'cast(s.score >= 0.75 as integer)',
    reason: `case when s.answered_at is null then 'not_answered' else 'score_unknown' end`,
    figures: [
      {
        id: 'csat_good_share',
        unit: 'share',
        statistic: 'share',
        definition:
          'Answered surveys with a good score (0.75 or more on 0..1: "good", 4 or 5 of 5); surveys on tickets of the window.',
      },
    ],
  },
  {
    needs: [['csat.offered_at']],
    rows: 'csat s join base t on t.connection = s.connection and t.id = s.ticket_id where t.created_at >= $from and t.created_at < $to',
    value: 'case when s.offered_at is not null then cast(s.answered_at is not null as integer) end',
    reason: `'offer_not_recorded'`,
    figures: [
      {
        id: 'csat_response_share',
        unit: 'share',
        statistic: 'share',
        definition: 'Offered surveys that were answered by the end of the window; surveys on tickets of the window.',
      },
    ],
  },
  {
    needs: [['messages', 'calendars']],
    rows: 'reply r join base t on t.connection = r.connection and t.id = r.ticket_id where t.created_at >= $from and t.created_at < $to',
    value: 'cast(r.off_hours as integer)',
    reason: `'no_business_calendar'`,
    figures: [
      {
        id: 'offhours_reply_share',
        unit: 'share',
        statistic: 'share',
        definition:
          'Public replies of people that were written outside business hours; replies on tickets of the window.',
      },
    ],
  },
];

export const ACTIVE: readonly Measure[] = [
  {
    needs: [['messages'], ['events.actor']],
    rows: 'touch a join base t on t.connection = a.connection and t.id = a.ticket_id where a.at >= $from and a.at < $to',
    value: `a.connection || ':' || a.agent_id`,
    reason: `'agent_unknown'`,
    at: 'a.at',
    figures: [
      {
        id: 'agents_active',
        unit: 'agents',
        statistic: 'distinct',
        definition: 'People of the desk with at least one reply, note or change in the window.',
      },
    ],
  },
  {
    needs: [['tickets.group_id'], ['events.group']],
    rows: CREATED,
    value: `t.connection || ':' || t.group_as_of`,
    reason: `'no_team'`,
    figures: [
      {
        id: 'teams_active',
        unit: 'teams',
        statistic: 'distinct',
        definition: 'Teams responsible for at least one ticket of the window, at its end.',
      },
    ],
  },
];

const CLOCKS =
  "sla_clock c join base t on t.connection = c.connection and t.id = c.ticket_id where t.created_at >= $from and t.created_at < $to and c.scope = 'ticket'";

/** Share of customer-facing service-level clocks that were met; null metric = all of them together. */
export function slaMeasure(metric: string | null): Measure {
  return {
    needs: [['sla_clocks']],
    rows: metric === null ? CLOCKS : `${CLOCKS} and c.metric = '${metric}'`,
    value: 'case when not c.voided then cast(c.met as integer) end',
    reason: `case when c.voided then 'voided' else 'undecided_at_end' end`,
    figures: [
      {
        id: metric === null ? 'sla_met_share' : `sla_met_share_${metric}`,
        unit: 'share',
        statistic: 'share',
        definition: `Customer-facing service-level clocks${metric === null ? '' : ` of kind ${metric}`} with a known outcome that were met; clocks on tickets of the window.`,
      },
    ],
  };
}
