import { barePartsSql, joinColumns } from '../join-columns.ts';
import type { Joined } from '../mapping-schema.ts';
import type { Stage } from '../stage.ts';
import { readShape, shapeSql } from '../time-shapes.ts';
import { type Header, hasWord, readHeader } from './header.ts';

/** Words that say no more than that a column holds a day or a time of day. */
const PLAIN = new Set(['date', 'day', 'time', 'clock', 'at', 'on', 'of']);
/** With these, "time" is how long something took, unless the values say am, pm or Uhr. */
const DURATIONS = [
  ...['response', 'reply', 'resolution', 'answer', 'handling', 'handle', 'waiting', 'wait', 'processing'],
  ...['cycle', 'lead', 'work', 'worked', 'talk', 'spent', 'duration', 'elapsed', 'hold', 'total', 'average'],
];

const CLOCK = '([01]?[0-9]|2[0-3])([:.][0-5][0-9]){1,2}([.,][0-9]+)?';
const SPOKEN_CLOCK = `(${CLOCK}|1?[0-9]) ?([AaPp][.]?[Mm][.]?|[Uu]hr)|([01]?[0-9]|2[0-3])h[0-5][0-9]`;

/** What the words of a header are about: "opened" and "open" are one. */
function subject(header: Header): string {
  const words = header.words.filter((word) => !PLAIN.has(word)).map((word) => word.replace(/(?:ed|ion|ure|e)$/, ''));
  return [...new Set(words)].sort().join(' ');
}

/**
 * Days and times of day that stand in two columns ("Open Date", "Open Time"): headers that say the same but for the words date and time, bare
 * days in the one, times of day in the other. A time that may be a duration stays apart. What two columns would claim stays apart too.
 */
export async function findJoined(stage: Stage): Promise<Joined[]> {
  const headers = stage.columns.map(readHeader);
  const times = headers.filter((one) => hasWord(one, ['time', 'clock']) && !hasWord(one, ['date', 'day']));
  const found: Joined[] = [];
  for (const time of times) {
    const same = headers.filter((one) => one !== time && subject(one) === subject(time));
    const days = same.filter((one) => hasWord(one, ['date', 'day']) || !hasWord(one, ['time', 'clock']));
    const [day] = days;
    const rival = times.some((one) => one !== time && subject(one) === subject(time));
    if (day === undefined || days.length > 1 || rival) continue;
    if (!(await areParts(stage, day.column, time))) continue;
    found.push({ name: `${day.column} + ${time.column}`, day: day.column, time: time.column });
  }
  return found;
}

async function areParts(stage: Stage, day: string, time: Header): Promise<boolean> {
  const bare = barePartsSql(day, time.column);
  const clock = hasWord(time, DURATIONS) ? SPOKEN_CLOCK : `${CLOCK}|${SPOKEN_CLOCK}`;
  const [row = {}] = await stage.query(
    `select count(t) as n, count(t) filter (where regexp_full_match(t, '${clock}')) as clocks from (select ${bare.time} as t from raw)`,
  );
  if (Number(row.n) === 0 || Number(row.clocks) < Number(row.n) * ENOUGH) return false;
  const shapes = await stage.query(
    `select ${shapeSql('d', 'spoken')} as shape, count(*) as n from (select ${bare.day} as d from raw) where d is not null group by 1`,
  );
  const all = shapes.reduce((sum, one) => sum + Number(one.n), 0);
  const days = shapes.filter((one) => isBareDay(String(one.shape))).reduce((sum, one) => sum + Number(one.n), 0);
  return all > 0 && days >= all * ENOUGH;
}

/** Cells that are neither are read one by one later, and counted. */
const ENOUGH = 0.95;

function isBareDay(shape: string): boolean {
  const read = readShape(shape);
  return read !== null && read.pattern !== '' && !/%[HI]/.test(read.pattern);
}

/** The stage as the wizard looks at it: joined columns in the place of their parts. */
export async function stageJoined(stage: Stage, joined: readonly Joined[]): Promise<Stage> {
  const parts = new Set(joined.flatMap((one) => [one.day, one.time]));
  const whole = await joinColumns(stage, joined);
  return { ...whole, columns: whole.columns.filter((column) => !parts.has(column)) };
}
