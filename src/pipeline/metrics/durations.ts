import { CREATED, ENDS, type Figure, type Measure, UNFINISHED } from './measure.ts';
import type { Needs } from './observed.ts';

type Clock = 'calendar' | 'business';
type Name = 'first_reply' | 'first_resolution' | 'full_resolution';

const HOUR = '3600.0';
const HOW = { p50: 'Median', p90: '90th percentile', mean: 'Mean' } as const;
const OF = { calendar: 'wall-clock', business: 'business' } as const;
const QUANTILES = ['p50', 'p90'] as const;
const ALL = ['p50', 'p90', 'mean'] as const;

const WORDS: Readonly<Record<Name, string>> = {
  first_reply:
    "the first public reply of a person (acknowledgements and the opening message are none; the desk's own stamp or duration where messages are not recorded)",
  first_resolution:
    'the first entry into solved (into closed at desks that have no solved state) of tickets that are solved at the end',
  full_resolution:
    'the last entry into solved (into closed at desks that have no solved state) of tickets that are solved at the end',
};

const DIFFERS: Readonly<Record<Name, string>> = {
  first_reply:
    'Vendors count automatic replies, replies of bots and the first message of a ticket that an agent opened; here only an answer of a person counts. Screens of business time take the latest schedule for all history; here the one that was in force.',
  first_resolution:
    'Vendors count the first solution of a ticket that was opened again and is still open; here it has none, because a solution that did not hold is no resolution. Screens date by the day of solution, here by creation.',
  full_resolution:
    'Vendors show the last solution also of tickets that are open again; here such a ticket is unfinished. Screens date by the day of solution, here by creation, so that slow tickets are not missing from old months.',
};

function figures(
  prefix: string,
  clock: Clock,
  statistics: readonly ('p50' | 'p90' | 'mean')[],
  words: string,
  differs: string,
): Figure[] {
  return statistics.map((statistic) => ({
    id: `${prefix}_${statistic}_${clock}_h`,
    unit: 'h',
    statistic,
    definition: `${HOW[statistic]} of the ${OF[clock]} time from creation to ${words}, hours${statistic === 'mean' ? '' : ' (quantile type 7)'}; tickets created in the window.`,
    differs,
  }));
}

function measure(
  name: Name,
  clock: Clock,
  needs: Needs,
  statistics: readonly ('p50' | 'p90' | 'mean')[],
  unfinished: string,
): Measure {
  const column = `t.${name}_${clock}_s`;
  const resolved = name === 'first_reply' ? 'true' : "t.resolution in ('solved', 'undated')";
  const why = clock === 'business' ? 'no_business_calendar' : 'end_not_recorded';
  return {
    needs,
    rows: CREATED,
    value: `case when ${resolved} then ${column} / ${HOUR} end`,
    reason: `coalesce(${unfinished}, '${why}')`,
    ...(name === 'first_reply' ? { unread: UNREAD_REPLIES } : {}),
    source: clock === 'business' ? `t.${name}_business_from` : `t.${name}_from`,
    figures: figures(`${name}_time`, clock, statistics, WORDS[name], DIFFERS[name]),
  };
}

const REPLIES: Needs = [['messages'], ['tickets.reported_first_reply_at'], ['tickets.reported_first_reply_calendar_s']];
const NO_REPLY = `case when t.first_reply_at is null then 'no_reply_by_end' end`;

/** The desk keeps counters of this ticket, so that no first reply among them means that there was none. */
const UNREAD_REPLIES = {
  needs: [['messages']],
  told: 't.reported_replies is not null or t.first_reply_at is not null',
} as const;

/** By a calendar from what is recorded, or as the vendor reports it. */
function inBusinessTime(needs: Needs, column: string): Needs {
  return [...needs.map((list) => [...list, 'calendars']), [`tickets.reported_${column}_business_s`]];
}

/** Durations of tickets created in the span. Those that have not happened by its end are counted out, not waited for. */
export const DURATIONS: readonly Measure[] = [
  measure('first_reply', 'calendar', REPLIES, QUANTILES, NO_REPLY),
  measure('first_reply', 'business', inBusinessTime(REPLIES, 'first_reply'), QUANTILES, NO_REPLY),
  measure('first_resolution', 'calendar', ENDS, ALL, UNFINISHED),
  measure('first_resolution', 'business', inBusinessTime(ENDS, 'first_resolution'), ALL, UNFINISHED),
  measure('full_resolution', 'calendar', ENDS, ALL, UNFINISHED),
  measure('full_resolution', 'business', inBusinessTime(ENDS, 'full_resolution'), ALL, UNFINISHED),
  {
    needs: [['events.status'], ['tickets.reported_closed_at']],
    rows: CREATED,
    value: `t.close_time_calendar_s / ${HOUR}`,
    reason: `'not_closed_by_end'`,
    figures: figures(
      'close_time',
      'calendar',
      ALL,
      'the last closure of tickets that are closed at the end',
      'Many desks close by a timer some days after the solution: this is the time to that, not the time that a customer waited.',
    ),
  },
];
