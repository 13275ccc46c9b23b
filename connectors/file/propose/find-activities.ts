import { known } from '../sql.ts';
import { hasWord } from './header.ts';
import { type Column, type Look, rowsWord } from './look.ts';
import type { OpenOption, OpenPoint } from './open-point.ts';
import { type Effect, effectOf } from './vocabulary.ts';

const NAMES = ['activity', 'action', 'operation', 'step', 'task', 'event', 'act'];

function isActivity(column: Column): boolean {
  if (column.timeShare >= 0.5 || column.longest > 80 || column.distinct > 200) return false;
  if (/^concept:name$/i.test(column.column)) return true;
  return hasWord(column.header, NAMES) && !hasWord(column.header, ['type', 'by', 'user', 'order', 'date', 'time']);
}

/** One row is a message, and the column says who sent it to whom. */
function isDirection(column: Column): boolean {
  return (
    hasWord(column.header, ['direction']) &&
    column.top.every(({ value }) => /^(?:in|out)(?:bound|coming|going)?(?: reply)?$/i.test(value))
  );
}

interface Place {
  readonly word: string;
  readonly n: number;
  readonly cases: number;
  readonly first: number;
  readonly last: number;
}

/** How often each activity is the first and the last row of a ticket. */
async function placesOf(look: Look, column: string): Promise<Place[]> {
  const at = look.sqlOf(look.draft.events.at) ?? 'row_nr';
  const rows = await look.stage.query(
    `select w, count(*) as n, count(distinct k) as cases, count(*) filter (where up = 1) as first, count(*) filter (where down = 1) as last from (
       select k, w, row_number() over (partition by k order by t, row_nr) as up, row_number() over (partition by k order by t desc, row_nr desc) as down
       from (select ${known(look.key, look.missingWords)} as k, ${known(column, look.missingWords)} as w, ${at} as t, row_nr from raw) where k is not null and w is not null)
     group by w order by n desc, w limit 60`,
  );
  return rows.map((row) => ({
    word: String(row.w),
    n: Number(row.n),
    cases: Number(row.cases),
    first: Number(row.first),
    last: Number(row.last),
  }));
}

/**
 * For logs that name what was done rather than the state afterwards: what each activity does, told by its words and by its place inside
 * the tickets. What opens, resolves and closes a ticket is asked when the words do not say.
 */
export async function findActivities(look: Look, given: string | null): Promise<void> {
  const { status } = look.draft.ticket;
  if (look.mode !== 'events' || (status !== undefined && status.back_filled !== true)) return;
  const column =
    look.free().find((one) => one.column === given) ?? look.free().find((one) => isActivity(one) || isDirection(one));
  if (column === undefined) return;
  const places = await placesOf(look, column.column);
  const values = new Map<string, Effect | null>();
  for (const place of places) {
    const effect = effectOf(place.word);
    // What stands in the middle of tickets does not open them, whatever it is called ("Create SW anomaly").
    values.set(place.word, effect === 'opens' && place.first * 2 < place.cases ? null : effect);
  }
  const field = { column: column.column, values: Object.fromEntries(values) };
  const named = [...values.values()].filter((effect) => effect !== null).length;
  look.event(
    'activity',
    field,
    `names what was done: ${named} of ${values.size} activities are known by their words, the others change nothing`,
  );
  const unknown = places.filter((place) => values.get(place.word) === null);
  for (const { word, n } of unknown) look.unknown.push({ target: 'events.activity', column: column.column, word, n });
  // A message neither solves nor closes.
  if (!isDirection(column)) askEffects(look, column, places, new Set(values.values()));
}

function askEffects(look: Look, column: Column, places: readonly Place[], effects: ReadonlySet<Effect | null>): void {
  const ends = effects.has('resolves') || effects.has('closes');
  const ask = (effect: Effect, question: string, none: string | null, order: (place: Place) => number): void => {
    const options: OpenOption[] = [...places]
      .sort((a, b) => order(b) - order(a))
      .slice(0, 12)
      .map((place) => ({
        label: place.word,
        evidence: `the first of ${place.first} and the last of ${place.last} tickets, ${rowsWord(place.n)}`,
        patch: [{ path: ['events', 'activity', 'values', place.word], value: effect }],
      }));
    if (none !== null) options.push({ label: none, evidence: '', patch: [] });
    look.points.push({
      id: `activity:${effect}`,
      target: 'events.activity',
      question,
      options,
      samples: look.samples(column),
    });
  };
  if (!effects.has('opens') && places.length > 1)
    ask(
      'opens',
      `Which activity of "${column.column}" opens a ticket?`,
      'whichever comes first',
      (place) => place.first,
    );
  if (!ends) {
    ask('resolves', `Which activity of "${column.column}" resolves a ticket?`, null, (place) => place.last);
    if (places.length > 1)
      ask(
        'closes',
        `Which activity of "${column.column}" closes a ticket for good?`,
        'none, or the one that resolves it',
        (place) => place.last,
      );
  }
}

/** The only end of the file is in doubt: when it is none, all tickets count as open. */
function endOrOpen(point: OpenPoint): OpenPoint {
  const open = { path: ['ticket', 'status'], value: { constant: 'open' } };
  return {
    ...point,
    options: point.options.map((option, i) =>
      i === 0 ? option : { ...option, evidence: 'then all tickets count as open', patch: [...option.patch, open] },
    ),
  };
}

/** Without a status, an activity that ends tickets, or an end stamp nothing tells how a ticket ends: a person must say. */
export function askEnds(look: Look): void {
  const { status, solved_at, closed_at } = look.draft.ticket;
  if (status !== undefined || solved_at !== undefined || closed_at !== undefined) return;
  if (look.draft.events.activity !== undefined) return;
  const asked = look.points.findIndex(
    (point) => point.target === 'ticket.solved_at' || point.target === 'ticket.closed_at',
  );
  if (asked >= 0) {
    look.points[asked] = endOrOpen(look.points[asked] as OpenPoint);
    return;
  }
  const times = look.free().filter((column) => look.readings.has(column.column));
  const options: OpenOption[] = [
    ...times.slice(0, 5).map((column) => ({
      label: `"${column.column}" is when it was solved`,
      evidence: `a time on ${rowsWord(column.known)}`,
      patch: [{ path: ['ticket', 'solved_at'], value: { column: column.column } }],
    })),
    {
      label: 'all tickets of the file are still open',
      evidence: 'no column speaks of an end',
      patch: [{ path: ['ticket', 'status'], value: { constant: 'open' } }],
    },
    {
      label: 'all tickets of the file are over, nobody knows since when',
      evidence: '',
      patch: [{ path: ['ticket', 'status'], value: { constant: 'closed' } }],
    },
  ];
  look.points.push({
    id: 'ends',
    target: 'ticket.status',
    question: 'No column tells how a ticket ends.',
    options,
    samples: [],
  });
}
