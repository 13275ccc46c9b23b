import type { Needs } from '../metrics/observed.ts';

/** One figure to compare: `ours` and `theirs` are SQL over a row `p` of the pairs. */
export interface PairedFigure {
  readonly id: string;
  readonly unit: 's' | 'count';
  readonly definition: string;
  readonly needs: Needs;
  readonly ours: string;
  readonly theirs: string;
  /** Greatest difference that is rounding: vendors count whole minutes. */
  readonly tolerance: number;
  readonly about: 'reply' | 'end' | 'wait';
  /** The same figure by the wall clock, for figures in business hours. */
  readonly wallClock?: { readonly ours: string; readonly theirs: string };
  /** SQL of what makes it impossible to compare. */
  readonly unless?: string;
}

const MINUTE_S = 60;
const MESSAGES: Needs = [['messages', 'tickets']];
const STATUS: Needs = [['events.status', 'tickets']];

function seconds(from: string, to: string): string {
  return `(epoch_ms(${to}) - epoch_ms(${from})) / 1000.0`;
}

function pair(
  id: string,
  about: PairedFigure['about'],
  at: string,
  clock: 'calendar' | 'business',
  reported: string,
  what: string,
): PairedFigure {
  const needs = about === 'reply' ? MESSAGES : STATUS;
  const ours = seconds('p.created_at', at);
  const wall = { ours, theirs: `p.${reported}_calendar_s` };
  const base = {
    id: `${id}_${clock}`,
    unit: 's',
    tolerance: MINUTE_S,
    about,
    definition: `${what}, ${clock} time.`,
  } as const;
  if (clock === 'calendar') return { ...base, needs, ...wall };
  return {
    ...base,
    needs: needs.map((list) => [...list, 'calendars']),
    ours: `business_s(p.connection, p.calendar_id, p.created_at, ${at})`,
    theirs: `p.${reported}_business_s`,
    wallClock: wall,
    unless: `${at} IS NOT NULL AND business_s(p.connection, p.calendar_id, p.created_at, ${at}) IS NULL`,
  };
}

const REPLY = 'From creation to the first public reply of a person';
const FIRST = 'From creation to the first entry into solved or closed';
const LAST = 'From creation to the last entry into solved or closed';

/** Figures of which vendors keep a counter of their own on the ticket. */
export const PAIRED: readonly PairedFigure[] = [
  pair('first_reply', 'reply', 'p.first_reply', 'calendar', 'reported_first_reply', REPLY),
  pair('first_reply', 'reply', 'p.first_reply', 'business', 'reported_first_reply', REPLY),
  pair('first_resolution', 'end', 'p.first_end', 'calendar', 'reported_first_resolution', FIRST),
  pair('first_resolution', 'end', 'p.first_end', 'business', 'reported_first_resolution', FIRST),
  pair('full_resolution', 'end', 'p.last_end', 'calendar', 'reported_full_resolution', LAST),
  pair('full_resolution', 'end', 'p.last_end', 'business', 'reported_full_resolution', LAST),
  {
    id: 'solved_at',
    unit: 's',
    definition: 'Last entry into solved.',
    needs: STATUS,
    // Compared as distance from the ticket's creation, so that two instants are two numbers.
    ours: seconds('p.created_at', 'p.last_end'),
    theirs: seconds('p.created_at', 'p.reported_solved_at'),
    tolerance: MINUTE_S,
    about: 'end',
  },
  {
    id: 'replies',
    unit: 'count',
    definition: 'Public replies of people, the opening message not among them.',
    needs: MESSAGES,
    ours: 'p.replies',
    theirs: 'p.reported_replies',
    tolerance: 0,
    about: 'reply',
  },
  {
    id: 'reopens',
    unit: 'count',
    definition: 'Returns from solved or closed to an open status.',
    needs: STATUS,
    ours: 'p.reopened',
    theirs: 'p.reported_reopens',
    tolerance: 0,
    about: 'end',
  },
  {
    id: 'waiting_customer',
    unit: 's',
    definition: 'Time in pending, calendar time.',
    needs: STATUS,
    ours: 'p.pending_s',
    theirs: 'p.reported_waiting_customer_s',
    tolerance: MINUTE_S,
    about: 'wait',
  },
  {
    id: 'waiting_other',
    unit: 's',
    definition: 'Time on hold, calendar time.',
    needs: STATUS,
    ours: 'p.hold_s',
    theirs: 'p.reported_waiting_other_s',
    tolerance: MINUTE_S,
    about: 'wait',
  },
];
