import { CREATED, ENDS, type Measure, POPULATION } from './measure.ts';
import type { Needs } from './observed.ts';

/** Stamps tell of open work only where open tickets are shown; a history of changes tells what was open at each moment. */
const OPEN: Needs = [
  ['events.status'],
  ...ENDS.slice(1).map((list) => [...list, 'tickets.open_tickets']),
  ['tickets.status', 'tickets.open_tickets'],
];

export const OPEN_WORK: Measure = {
  needs: OPEN,
  rows: 'base t',
  value: 'case when t.open_as_of then 1 else 0 end',
  reason: `'status_unknown'`,
  at: null,
  figures: [
    {
      id: 'backlog_open_at_end',
      unit: 'tickets',
      statistic: 'sum',
      definition: `Tickets that were neither solved nor closed at the end of the window, whenever created. ${POPULATION} By age of the ticket at that moment: breakdown \`age\`.`,
      differs:
        'Screens show the open work of this minute; here that of the end of the window, pending and on hold included.',
    },
  ],
};

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
        differs: 'Screens often hide deleted tickets only; merged, spam and test ones are counted there.',
      },
    ],
  },
  {
    needs: ENDS,
    rows: `base t where (t.last_solved_at >= $from and t.last_solved_at < $to)
      or (t.resolution = 'undated' and t.last_solved_at is null and t.created_at >= $from and t.created_at < $to)`,
    value: 'case when t.last_solved_at is not null then 1 end',
    reason: `'end_not_recorded'`,
    at: 't.last_solved_at',
    unknownIsNull: true,
    figures: [
      {
        id: 'tickets_solved',
        unit: 'tickets',
        statistic: 'sum',
        definition: `Tickets that are solved or closed at the end of the window and whose last entry into solved (or straight into closed) lies in it, whenever created. ${POPULATION}`,
        differs:
          'Screens that count solutions count a ticket each time; here once, and not at all while it is open again.',
      },
    ],
  },
  OPEN_WORK,
  {
    needs: [['events.status'], ['tickets.reported_closed_at', 'tickets.open_tickets']],
    rows: 'base t',
    value: `case when t.status_as_of <> 'closed' then 1 else 0 end`,
    reason: `'status_unknown'`,
    at: null,
    figures: [
      {
        id: 'backlog_unclosed_at_end',
        unit: 'tickets',
        statistic: 'sum',
        definition: `Tickets that were not closed at the end of the window (solved ones included), whenever created. ${POPULATION}`,
        differs: 'Views of unclosed tickets include merged and deleted ones at some desks.',
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
    unknownIsNull: true,
    figures: [
      {
        id: 'agents_active',
        unit: 'agents',
        statistic: 'distinct',
        definition: 'People of the desk with at least one reply, note or change in the window.',
        differs:
          'Screens count seats or logins; here those who did something. Null when the records do not say who it was.',
      },
    ],
  },
  {
    needs: [['tickets.group_id'], ['events.group']],
    rows: CREATED,
    value: `t.connection || ':' || t.group_as_of`,
    reason: `'no_team'`,
    unknownIsNull: true,
    figures: [
      {
        id: 'teams_active',
        unit: 'teams',
        statistic: 'distinct',
        definition: 'Teams responsible for at least one ticket of the window, at its end.',
        differs: 'Screens list all teams that are configured.',
      },
    ],
  },
];
