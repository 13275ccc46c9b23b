import { guardValue } from '../../../src/domain/privacy/label-privacy.ts';
import { PlumblineError } from '../../../src/errors/index.ts';
import { known } from '../sql.ts';
import { readTimeColumns, type TimeReading } from '../time-columns.ts';
import { readShape, shapeSql } from '../time-shapes.ts';
import { isPartlyTime, isTime } from './find-key.ts';
import type { Column, Look } from './look.ts';

type Order = 'day_first' | 'month_first';

async function read(look: Look, columns: readonly string[], format: Order | null): Promise<TimeReading[] | null> {
  try {
    const wanted = columns.map((column) => ({ column, missing: wordsOf(look, column), format }));
    return [...(await readTimeColumns(look.stage, wanted, 'UTC', 'the file')).values()];
  } catch (error) {
    // What cannot be settled is asked below; anything else is not ours to swallow.
    if (error instanceof PlumblineError && error.code === 'BAD_MAPPING') return null;
    throw error;
  }
}

/** In a column of times "NA", "None" and "-" can only mean that there is none. */
function wordsOf(look: Look, column: string): string[] {
  return [
    ...look.missingWords,
    ...(look.column(column)?.doubtful ?? []).map((one) => one.word),
    ...(look.draft.words[column] ?? []),
  ];
}

/**
 * Reads all time columns. One whose order of day and month no value tells takes that of another column of the file; where none tells, it
 * is an open point with what either order would mean. A column that mixes both orders is left out, with the reason.
 */
export async function readDates(look: Look): Promise<void> {
  const { readings, bad } = await readAlone(look);
  const settled = [...readings.keys()];
  const doubtful: string[] = [];
  for (const column of bad) {
    const lent = await read(look, [column, ...settled], null);
    const own = lent?.find((one) => one.column === column) ?? (await readByOrder(look, column));
    if (own === 'either') doubtful.push(column);
    else if (own !== null) readings.set(column, own);
  }
  const left = await readLikeNeighbours(look, doubtful, readings);
  for (const reading of readings.values())
    if (reading.order !== null) look.draft.formats[reading.column] = reading.order;
  if (left.length > 0) await ask(look, left, readings);
  look.readings = readings;
}

/** Time columns that their own values settle, and those that they do not. */
async function readAlone(look: Look): Promise<{ readings: Map<string, TimeReading>; bad: string[] }> {
  const readings = new Map<string, TimeReading>();
  const bad: string[] = [];
  for (const column of look.columns.filter((one) => isTime(one) || isPartlyTime(one))) {
    const odd = isTime(column) ? [] : await oddWords(look, column);
    if (odd === null) continue;
    const words = [...column.doubtful.map((one) => one.word), ...odd];
    if (words.length > 0) look.draft.words[column.column] = words;
    const alone = await read(look, [column.column], null);
    if (odd.length > 0) look.odd.set(column.column, odd);
    if (alone?.[0] === undefined) bad.push(column.column);
    else readings.set(column.column, alone[0]);
  }
  return { readings, bad };
}

/** The reading of the only order that fits; `either` where both do; null where none can be taken, with the reason kept. */
async function readByOrder(look: Look, column: string): Promise<TimeReading | 'either' | null> {
  const day = (await read(look, [column], 'day_first'))?.[0];
  const month = (await read(look, [column], 'month_first'))?.[0];
  const only = whichReads(day, month);
  if (only === undefined && day !== undefined && month !== undefined) return 'either';
  // Years of two digits need a declared order: where one order alone reads them all, it is declared.
  if (only !== undefined && (await isOneSpan(look, only))) return only;
  const why =
    only === undefined
      ? 'mixes day-first and month-first dates: no order reads all of it'
      : 'has years of two digits, and nothing tells which number they are';
  look.reasons.set(column, why);
  return null;
}

/** Reads dates that are written like those of their neighbours in their order; gives the columns that this leaves. */
async function readLikeNeighbours(
  look: Look,
  doubtful: readonly string[],
  readings: Map<string, TimeReading>,
): Promise<readonly string[]> {
  const orders = new Set([...readings.values()].flatMap((one) => (one.order === null ? [] : [one.order])));
  const [order, other] = orders;
  if (order === undefined || other !== undefined) return doubtful;
  const left: string[] = [];
  for (const column of doubtful) {
    const reading = (await read(look, [column], order))?.[0];
    if (reading === undefined) left.push(column);
    else readings.set(column, reading);
  }
  return left;
}

/** The reading of the one order that reads all values; none where both or neither do. */
function whichReads(day: TimeReading | undefined, month: TimeReading | undefined): TimeReading | undefined {
  const all = [day, month].filter((one) => one?.unreadable === 0);
  return all.length === 1 ? all[0] : undefined;
}

const MOST_ODD = 8;

/** The words of a column of times that are none, when they are few; else null, and the reason is kept. */
async function oddWords(look: Look, column: Column): Promise<string[] | null> {
  const value = known(column.column, [...look.missingWords, ...column.doubtful.map((one) => one.word)]);
  const rows = await look.stage.query(
    `select v, ${shapeSql('v', 'spoken')} as shape from (select ${value} as v from raw) where v is not null and not regexp_full_match(v, '#+') group by 1 order by 1`,
  );
  const odd = rows.filter((row) => readShape(String(row.shape)) === null).map((row) => String(row.v));
  if (odd.length > 0 && odd.length <= MOST_ODD && odd.every((word) => guardValue(word) === null)) return odd;
  look.reasons.set(column.column, `named like a time, but ${odd.length} different values are none: not proposed`);
  return null;
}

/** With the day read as the year (26/01/05 as the 26th of 2005) the dates run over thirty years. */
const MOST_YEARS = 20;

async function isOneSpan(look: Look, reading: TimeReading): Promise<boolean> {
  const [row] = await look.stage.query(
    `select (max(t) - min(t)) / 31557600000.0 as years from (select ${reading.sql} as t from raw)`,
  );
  return Number(row?.years) <= MOST_YEARS;
}

async function ask(look: Look, columns: readonly string[], readings: Map<string, TimeReading>): Promise<void> {
  const options = [];
  for (const order of ['day_first', 'month_first'] as const) {
    const spans: string[] = [];
    for (const column of columns) {
      const reading = (await read(look, [column], order))?.[0];
      if (reading === undefined) continue;
      if (order === 'day_first') readings.set(column, { ...reading, order: null });
      const rows = await look.stage.query(
        `select strftime(make_timestamp(cast(min(t) as bigint) * 1000), '%Y-%m-%d') as first, strftime(make_timestamp(cast(max(t) as bigint) * 1000), '%Y-%m-%d') as last
         from (select ${reading.sql} as t from raw)`,
      );
      if (spans.length < 2) spans.push(`"${column}" would run from ${rows[0]?.first} to ${rows[0]?.last}`);
    }
    options.push({
      label: order === 'day_first' ? 'day before month' : 'month before day',
      evidence: spans.join(', '),
      patch: columns.map((column) => ({ path: ['formats', column], value: order })),
    });
  }
  const named = columns.map((column) => `"${column}"`).join(', ');
  const first = look.column(columns[0] ?? '');
  look.points.push({
    id: 'date-order',
    target: 'date_format',
    question: `${named} can be read day first or month first, and no value of the file tells. Which is it?`,
    options,
    samples: first === undefined ? [] : look.samples(first),
  });
}

/** Zone of times without an offset: that of a header such as "Created (UTC)" when it is the only one, else a question. */
export function findZone(look: Look): void {
  const naive = [...look.readings.values()].filter((reading) => reading.naive);
  if (naive.length === 0) return;
  const zones = new Set(naive.map((reading) => look.column(reading.column)?.header.zone ?? null));
  const zone = [...zones][0];
  if (zones.size === 1 && zone !== null && zone !== undefined && readZone(zone) !== null) {
    look.draft.time_zone = zone;
    look.draft.notes.time_zone = 'the headers say so';
    return;
  }
  look.draft.time_zone = 'UTC';
  look.draft.notes.time_zone = 'the file does not say; durations are right in any zone without daylight saving';
  look.points.push({
    id: 'time-zone',
    target: 'time_zone',
    question: 'The times carry no offset from UTC: in which zone does the desk write them?',
    options: [
      {
        label: 'UTC',
        evidence: 'durations come out right in any zone without daylight saving, days and hours of the day do not',
        patch: [{ path: ['time_zone'], value: 'UTC' }],
      },
    ],
    samples: naive.slice(0, 1).flatMap((reading) => {
      const column = look.column(reading.column);
      return column === undefined ? [] : look.samples(column);
    }),
    text: {
      hint: 'another IANA zone, e.g. Europe/Berlin',
      read: (text) => {
        const named = readZone(text.trim());
        return named === null
          ? { wrong: `"${text.trim()}" is not an IANA zone such as Europe/Berlin or UTC` }
          : [{ path: ['time_zone'], value: named }];
      },
    },
  });
}

function readZone(text: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone === undefined ? null : text;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
