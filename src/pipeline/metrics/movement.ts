import { CREATED, type Figure, type Measure } from './measure.ts';

const HANDOFF_DIFFERS =
  'Vendors count assignments, also the first one and those to nobody; here only a move from one to another, teams and people apart.';
const PONG_DIFFERS = 'Vendors do not show it.';

function moves(of: 'team' | 'person'): Measure[] {
  const column = of === 'team' ? 't.group_changes' : 't.owner_changes';
  const needs = [[of === 'team' ? 'events.group' : 'events.assignee']];
  const who = of === 'team' ? 'team' : 'person';
  const reason = `'history_cut'`;
  const figure = (
    id: string,
    unit: string,
    statistic: Figure['statistic'],
    definition: string,
    differs: string,
  ): Figure => ({
    id,
    unit,
    statistic,
    definition,
    differs,
  });
  return [
    {
      needs,
      rows: CREATED,
      value: `cast(${column} > 0 as integer)`,
      reason,
      figures: [
        figure(
          `handed_to_other_${of}_share`,
          'share',
          'share',
          `Tickets of the window that went from one ${who} to another at least once by its end.`,
          HANDOFF_DIFFERS,
        ),
      ],
    },
    {
      needs,
      rows: CREATED,
      value: column,
      reason,
      figures: [
        figure(
          `handoffs_by_${of}_per_ticket_mean`,
          'handoffs',
          'mean',
          `Mean number of times that a ticket of the window went from one ${who} to another.`,
          HANDOFF_DIFFERS,
        ),
      ],
    },
    {
      needs,
      rows: `${CREATED.replace('base t', 'base t left join figure_pong p on p.connection = t.connection and p.ticket_id = t.id')}`,
      value: `case when ${column} is not null then cast(coalesce(p.${of}, false) as integer) end`,
      reason,
      figures: [
        figure(
          `ping_pong_${of}_share`,
          'share',
          'share',
          `Tickets of the window that went from one ${who} to another and straight back (A, B, A) at least once.`,
          PONG_DIFFERS,
        ),
      ],
    },
  ];
}

/** Handoffs and ping-pong, by team and by person. */
export const MOVEMENT: readonly Measure[] = [...moves('team'), ...moves('person')];

const WAITED: readonly {
  who: 'customer' | 'vendor' | 'engineering' | 'other';
  reported: string | null;
  words: string;
}[] = [
  { who: 'customer', reported: 't.reported_waiting_customer_s', words: 'for the customer (pending, or told outright)' },
  { who: 'vendor', reported: null, words: 'for a vendor or other third party, where the records say so' },
  { who: 'engineering', reported: null, words: 'for engineering, where the records say so' },
  {
    who: 'other',
    reported: 't.reported_waiting_other_s',
    words: 'for anybody but the customer (on hold, or told outright)',
  },
];

/** Share of the life of solved tickets that they waited, by whom for. */
export const WAITING: readonly Measure[] = WAITED.map(({ who, reported, words }) => {
  const own = reported === null ? 'null' : `case when coalesce(t.updated_at < $to, true) then ${reported} end`;
  const told = `case when s.${who} then coalesce(w.${who}_s, 0) end`;
  return {
    needs: [['events.status'], ['events.field'], ...(reported === null ? [] : [[reported.replace('t.', 'tickets.')]])],
    rows: `base t left join figure_waits s on s.connection = t.connection
      left join figure_wait w on w.connection = t.connection and w.ticket_id = t.id
      where t.created_at >= $from and t.created_at < $to`,
    value: `case when t.full_resolution_calendar_s > 0 then coalesce(${told}, ${own}) end`,
    weight: `case when t.full_resolution_calendar_s > 0 and coalesce(${told}, ${own}) is not null then t.full_resolution_calendar_s end`,
    reason: `case when t.resolution = 'none' then 'unresolved_at_end' when t.full_resolution_calendar_s is null then 'end_not_recorded'
      when t.full_resolution_calendar_s = 0 then 'no_duration' else 'waiting_not_recorded' end`,
    source: `case when s.${who} then 'records' else 'vendor' end`,
    figures: [
      {
        id: `waited_for_${who}_share`,
        unit: 'share',
        statistic: 'ratio',
        definition: `Wall-clock time between creation and last solution that tickets waited ${words}, of all that time; solved tickets of the window together. Null where no ticket of the desk ever waits so.`,
        differs:
          'Vendors show requester wait and agent wait in business minutes, and count the time after the last solution too; here the wall clock up to it.',
      },
    ],
  };
});

export const LINES: readonly Measure[] = [
  {
    needs: [['events.field'], ['events.group', 'agents.tier']],
    rows: `base t left join figure_line l on l.connection = t.connection and l.ticket_id = t.id where t.created_at >= $from and t.created_at < $to`,
    value: 'cast(l.left_first as integer)',
    reason: `case when l.told then 'began_in_a_later_line' else 'line_not_recorded' end`,
    figures: [
      {
        id: 'left_first_line_share',
        unit: 'share',
        statistic: 'share',
        definition:
          'Tickets of the window that began in the first support line and were in another one by its end; lines as the field of the source says, else by the tier of the teams.',
        differs:
          'Vendors have no such figure; a field that shows the line of today does not tell where a ticket began.',
      },
    ],
  },
];
