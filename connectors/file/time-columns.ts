import { PlumblineError } from '../../src/errors/index.ts';
import { settleDateOrder } from './date-evidence.ts';
import type { DateFormat } from './mapping-schema.ts';
import { known, lit } from './sql.ts';
import type { Stage } from './stage.ts';
import { readColumn, type Settled, type Shapes, type TimeColumn, type TimeReading } from './time-reading.ts';
import {
  isShortYear,
  isSpokenSql,
  plainSql,
  readNumberShape,
  readShape,
  shapeSql,
  type TimeShape,
} from './time-shapes.ts';

export type { TimeColumn, TimeReading } from './time-reading.ts';

/** Distinct shapes are few in real columns; more than this means free text. */
const MAX_SHAPES = 200;

async function look(stage: Stage, one: TimeColumn): Promise<Shapes> {
  const value = known(one.column, one.missing);
  const part = (group: number): string =>
    `try_cast(regexp_extract(p, '^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-][0-9]{2,4}', ${group}) as integer) > 12`;
  const [words = {}] = await stage.query(
    `select coalesce(bool_or(${isSpokenSql('v')}), false) as spoken from (select distinct ${value} as v from raw)`,
  );
  const wording = words.spoken === true ? 'spoken' : 'odd';
  const rows = await stage.query(
    `select ${shapeSql('v', wording)} as shape, cast(sum(n) as bigint) as n, coalesce(sum(n) filter (where ${part(1)}), 0) as first_over,
       coalesce(sum(n) filter (where ${part(2)}), 0) as second_over, bool_or(p <> v) as unplain
     from (select v, n, ${plainSql('v', wording)} as p from (select ${value} as v, count(*) as n from raw where ${value} is not null group by 1))
     group by shape order by n desc, shape limit ${MAX_SHAPES}`,
  );
  const serial = rows.every(
    (row) => isNoTime(String(row.shape)) || readNumberShape(String(row.shape))?.order === 'serial',
  );
  const shapes = rows.map((row) => ({
    shape: String(row.shape),
    n: Number(row.n),
    meaning: meaningOf(String(row.shape), one.format, serial),
    first: Number(row.first_over),
    second: Number(row.second_over),
  }));
  const numeric = shapes.filter((s) => s.meaning?.order === 'numeric');
  const sum = (pick: (s: (typeof shapes)[number]) => number): number => numeric.reduce((t, s) => t + pick(s), 0);
  return {
    one,
    shapes,
    wording: rows.some((row) => row.unplain === true) ? wording : 'plain',
    evidence: {
      column: one.column,
      numeric: sum((s) => s.n),
      firstOver12: sum((s) => s.first),
      secondOver12: sum((s) => s.second),
    },
  };
}

/** A placeholder of a column of numbers. */
function isNoTime(shape: string): boolean {
  return /^-?9(\.9)?$/.test(shape);
}

/** Serial day numbers count only where the whole column consists of them, years of two digits only under a declared order. */
function meaningOf(shape: string, format: DateFormat | null, serial: boolean): TimeShape | null {
  const found = readShape(shape) ?? readNumberShape(shape);
  if (found?.order === 'serial' && !serial && format !== 'excel_serial') return null;
  return found !== null && isShortYear(found) && format === null ? null : found;
}

/** Shapes that a declared word covers: an order of day and month says nothing against times that need none. */
function declared(shapes: Shapes, format: DateFormat): { use: TimeShape[]; swap: boolean } {
  const all = shapes.shapes.flatMap((s) => (s.meaning === null ? [] : [s.meaning]));
  if (format === 'day_first' || format === 'month_first')
    return {
      use: all.filter((s) => s.order === 'numeric' || s.order === 'named' || s.order === 'iso'),
      swap: format === 'month_first',
    };
  const order = format === 'excel_serial' ? 'serial' : format;
  return { use: all.filter((s) => s.order === order), swap: false };
}

/**
 * Settles how every time column is read: by the declared format, else by the shapes of all its values and, for numbers like 4/3/2016,
 * by values that allow only one order (a day above 12).
 * Errors: BAD_MAPPING, all problems at once: columns whose order of day and month cannot be told or is mixed, columns that hold no
 * times, naive times without `time_zone`, unknown zones.
 */
export async function readTimeColumns(
  stage: Stage,
  columns: readonly TimeColumn[],
  zone: string | null,
  name: string,
): Promise<ReadonlyMap<string, TimeReading>> {
  const looked: Shapes[] = [];
  for (const one of columns) looked.push(await look(stage, one));
  const problems: string[] = [];
  const readings = new Map<string, TimeReading>();
  if (zone !== null) await checkZone(stage, zone, name, problems);
  const usable = zone !== null && problems.length === 0 ? zone : 'UTC';
  for (const shapes of looked) {
    const settled = settle(shapes, looked, name, problems);
    if (settled === null) continue;
    const { reading, problems: found } = await readColumn(stage, shapes, settled, zone === null ? null : usable, name);
    problems.push(...found);
    readings.set(shapes.one.column, reading);
  }
  if (problems.length > 0)
    throw new PlumblineError(
      'BAD_MAPPING',
      problems[0] ?? 'Times cannot be read.',
      'Set `date_format: day_first` or `month_first` (or a pattern such as %d/%m/%Y %H:%M) for the file or for single columns, and `time_zone`.',
      { where: name, problems },
    );
  return readings;
}

function settle(shapes: Shapes, all: readonly Shapes[], name: string, problems: string[]): Settled | null {
  const { one, evidence } = shapes;
  if (one.format?.includes('%') === true)
    return { use: [], swap: false, pattern: one.format, why: 'declared in the mapping', order: null };
  if (one.format !== null) {
    const order = one.format === 'day_first' || one.format === 'month_first' ? one.format : null;
    const against = order === 'day_first' ? evidence.secondOver12 : order === 'month_first' ? evidence.firstOver12 : 0;
    // A wrong declaration would silently lose or bend every such value: say it at once.
    if (against > Math.max(1, evidence.numeric / 20))
      problems.push(
        `${name}: "${one.column}" is declared ${one.format}, but ${against} of ${evidence.numeric} values can only be the other order`,
      );
    return { ...declared(shapes, one.format), pattern: null, why: 'declared in the mapping', order };
  }
  const use = shapes.shapes.flatMap((s) => (s.meaning === null ? [] : [s.meaning]));
  if (evidence.numeric === 0)
    return { use, swap: false, pattern: null, why: 'the form allows one reading only', order: null };
  const verdict = settleDateOrder(
    evidence,
    all.map((s) => s.evidence),
  );
  if (verdict.kind === 'settled')
    return { use, swap: verdict.order === 'month_first', pattern: null, why: verdict.why, order: verdict.order };
  problems.push(
    verdict.kind === 'mixed'
      ? `${name}: "${one.column}" mixes day-first and month-first dates: ${verdict.why}`
      : `${name}: "${one.column}" can be read day first or month first: ${verdict.why}`,
  );
  return null;
}

async function checkZone(stage: Stage, zone: string, name: string, problems: string[]): Promise<void> {
  try {
    await stage.query(`select timezone(${lit(zone)}, timestamp '2020-01-01 00:00:00')`);
  } catch {
    // DuckDB names the unknown zone; the words for people are ours.
    problems.push(`${name}: time_zone "${zone}" is not an IANA zone such as Europe/Berlin or UTC`);
  }
}
