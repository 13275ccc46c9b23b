import type { Joined } from './mapping-schema.ts';
import { NO_VALUE } from './missing-words.ts';
import { ident, known, lit } from './sql.ts';
import type { Stage } from './stage.ts';

/** Midnight behind a day, as spreadsheets and databases write it where there was no time. */
const MIDNIGHT = '[ T](00?:00(:00([.]0+)?)?|12:00(:00)? ?[Aa][Mm])Z?$';
/** The day that spreadsheets and Access put before a bare time. */
const DAY_ZERO = '^(1899-12-3[01]|1900-01-0[01]|12/3[01]/1899|3[01][./]12[./]1899)[ T]+';

/** Names of the columns that a mapping joins, or of their parts where the files are to be read. */
export function partsOf(
  { joined = [] }: { readonly joined?: readonly Joined[] | undefined },
  columns: readonly string[],
): string[] {
  const by = new Map(joined.map((one) => [one.name, one]));
  return columns.flatMap((column) => {
    const one = by.get(column);
    return one === undefined ? [column] : [one.day, one.time];
  });
}

/**
 * The stage with a further column for each day and time of day that stand in two: `day time`, the day alone where the time is unknown,
 * nothing where the day is. Parts that the files lack are left to `planImport`, which names them.
 */
export async function joinColumns(stage: Stage, joined: readonly Joined[]): Promise<Stage> {
  const here = new Set(stage.staged);
  const made = joined.filter((one) => here.has(one.day) && here.has(one.time) && !here.has(one.name));
  if (made.length === 0) return stage;
  for (const { name } of made) await stage.query(`alter table raw add column ${ident(name)} varchar`);
  const values = made.map(({ name, day, time }) => `${ident(name)} = ${joinedSql(day, time)}`);
  await stage.query(`update raw set ${values.join(', ')}`);
  const names = made.map((one) => one.name);
  return { ...stage, columns: [...stage.columns, ...names], staged: [...stage.staged, ...names] };
}

function joinedSql(day: string, time: string): string {
  const bare = barePartsSql(day, time);
  return `${bare.day} || coalesce(' ' || ${bare.time}, '')`;
}

/** SQL of the day without a midnight behind it, and of the time without a day before it; null where nothing is known. */
export function barePartsSql(day: string, time: string): { readonly day: string; readonly time: string } {
  return {
    day: `regexp_replace(${known(day, NO_VALUE)}, ${lit(MIDNIGHT)}, '')`,
    time: `regexp_replace(${known(time, NO_VALUE)}, ${lit(DAY_ZERO)}, '')`,
  };
}
