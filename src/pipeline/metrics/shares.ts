import { CREATED, ENDS, type Measure, own } from './measure.ts';

export const SHARES: readonly Measure[] = [
  {
    needs: [['tickets.reported_reopens'], ['events.status']],
    rows: CREATED,
    value: `case when t.ever_solved then cast(coalesce(${own('reopens')}, t.reopens) > 0 as integer) end`,
    reason: `case when not t.ever_solved then 'unresolved_at_end' else 'reopens_unknown' end`,
    figures: [
      {
        id: 'reopen_share',
        unit: 'share',
        statistic: 'share',
        definition:
          "Tickets of the window that were solved or closed at least once, also when they are open again, of which those that were opened again; the desk's own count where it keeps one and the ticket has not changed since, else from status changes.",
        differs:
          'Vendors divide reopens by tickets, or count a ticket as often as it was reopened; here the share of tickets, of those solved once.',
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
        differs:
          'Vendors count assignments, the first one included; here only a move from one team or person to another.',
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
        differs: 'As reassigned_share; a move of team and person at one instant is one.',
      },
    ],
  },
  {
    needs: [...ENDS.map((list) => ['messages', ...list]), ...ENDS.map((list) => ['tickets.reported_replies', ...list])],
    rows: CREATED,
    value: `case when t.resolution <> 'none' then cast(t.replies <= 1 as integer) end`,
    reason: `case when t.resolution = 'none' then 'unresolved_at_end' else 'replies_unknown' end`,
    figures: [
      {
        id: 'one_touch_share',
        unit: 'share',
        statistic: 'share',
        definition: 'Solved or closed tickets of the window with at most one public reply of a person.',
        differs:
          'Vendors count agent comments, internal ones and automatic replies included; here public replies of people.',
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
        differs: 'Screens show the channel; here who opened it.',
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
        differs:
          'Vendors leave out 3 of 5 or count it as good; here good is 0.75 or more on 0..1. Answers are dated by their ticket, not by the day of the answer.',
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
        differs: 'Vendors divide by solved tickets; here by surveys that are known to have been offered.',
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
        differs: 'Screens show hours of the day; here the calendar that was in force decides.',
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
        differs:
          'Screens weigh tickets, or leave out targets that are still running and already missed; here every customer-facing clock with a known outcome counts once.',
        definition: `Customer-facing service-level clocks${metric === null ? '' : ` of kind ${metric}`} with a known outcome that were met; clocks on tickets of the window.`,
      },
    ],
  };
}
