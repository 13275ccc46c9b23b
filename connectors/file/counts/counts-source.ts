import { createHash } from 'node:crypto';
import type { StreamName } from '../../../src/domain/observability.ts';
import type { SourceCheck } from '../../../src/domain/source-check.ts';
import { PlumblineError } from '../../../src/errors/index.ts';
import type { RecordSource, SourceCheckpoint } from '../../../src/kit/record-source.ts';
import { assertFits, noSuchColumn } from '../fit-columns.ts';
import { digestFiles } from '../inspect-file.ts';
import { NO_VALUE } from '../missing-words.ts';
import { ident } from '../sql.ts';
import { type Stage, stageFiles } from '../stage.ts';
import { readTimeColumns } from '../time-columns.ts';
import { COUNT_NAMES, COUNTS, type CountsMapping } from './counts-schema.ts';
import { type CountsRead, type CountsRow, readCounts, startOfIsoWeek } from './read-counts.ts';

const DAY_MS = 86_400_000;

/** Fourteen years of days; a file with more is something else. */
const MOST_ROWS = 5_000;

/** The first of many problems; the others are like them. */
const TOLD = 20;

interface CountsOptions {
  readonly paths: readonly string[];
  readonly mapping: CountsMapping;
  /** Name of the mapping in messages. */
  readonly mappingName: string;
  /** Spans that are not over by then are left out. */
  readonly now: Date;
  readonly stageFolder?: string;
}

function assertColumns(mapping: CountsMapping, columns: readonly string[], name: string): void {
  const known = new Set(columns);
  const wanted = [
    ['starts', mapping.starts.column],
    ...Object.entries(mapping.counts).map(([field, column]) => [`counts.${field}`, column] as const),
    ...(mapping.unused ?? []).map((column) => ['unused', column] as const),
  ] as const;
  const problems = wanted.flatMap(([target, column]) =>
    column === undefined || known.has(column) ? [] : [noSuchColumn(name, target, column, columns)],
  );
  assertFits(problems, columns, name);
}

/** SQL of the day that a cell states, in epoch milliseconds; ISO weeks are read beside it. */
async function daySql(stage: Stage, starts: CountsMapping['starts'], name: string): Promise<string> {
  const [weeks] = await stage.query(
    `select count(*) filter (not regexp_full_match(upper(trim(${ident(starts.column)})), '[0-9]{4}[- ]?W[0-9]{1,2}')) as n from raw`,
  );
  if (Number(weeks?.n) === 0) return 'null';
  const column = { column: starts.column, missing: ['', ...NO_VALUE], format: starts.date_format ?? null };
  const readings = await readTimeColumns(stage, [column], 'UTC', name);
  return readings.get(starts.column)?.sql ?? 'null';
}

/** The day as the report writes it: an offset would move it to the day before. */
function startOf(text: string, ms: unknown): number | null {
  const week = startOfIsoWeek(text);
  if (week !== null) return week;
  if (typeof ms !== 'number') return null;
  const iso = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  return iso === undefined ? Math.floor(ms / DAY_MS) * DAY_MS : Date.parse(iso);
}

/** Days that the rows begin with, in the order of the file; null where a cell is no day. Errors: BAD_MAPPING where the column holds no days. */
export async function startsOf(
  stage: Stage,
  starts: CountsMapping['starts'],
  name: string,
): Promise<readonly (number | null)[]> {
  const rows = await stage.query(
    `select trim(coalesce(${ident(starts.column)}, '')) as start, cast(${await daySql(stage, starts, name)} as double) as ms from raw order by row_nr`,
  );
  return rows.map((row) => startOf(String(row.start), row.ms));
}

async function rowsOf(stage: Stage, mapping: CountsMapping, name: string): Promise<CountsRow[]> {
  const counts = COUNT_NAMES.flatMap((field) => {
    const column = mapping.counts[field];
    return column === undefined ? [] : [[field, column] as const];
  });
  const cells = counts.map(([, column], i) => `${ident(column)} as c${i}`).join(', ');
  const rows = await stage.query(
    `select row_nr, trim(coalesce(${ident(mapping.starts.column)}, '')) as start, cast(${await daySql(stage, mapping.starts, name)} as double) as ms, ${cells}
     from raw order by row_nr`,
  );
  return rows.map((row) => ({
    nr: Number(row.row_nr),
    start: startOf(String(row.start), row.ms),
    cells: Object.fromEntries(counts.map(([field], i) => [field, row[`c${i}`] === null ? null : String(row[`c${i}`])])),
  }));
}

/** All or nothing: a count that is wrong would be added to those that are right. */
function assertRead(read: CountsRead, stage: Stage, path: string): void {
  const malformed = stage.malformed.map((one) => `${one.ref}: ${one.detail}`);
  const problems = [...malformed, ...read.problems];
  if (problems.length === 0 && read.since !== null) return;
  if (problems.length === 0)
    throw new PlumblineError(
      'BAD_INPUT_FILE',
      `${path} holds no span that is over and no count in it; nothing was imported.`,
      'Export whole weeks or days that have ended.',
      { where: path },
    );
  const more = problems.length > TOLD ? [`and ${problems.length - TOLD} more`] : [];
  throw new PlumblineError(
    'BAD_INPUT_FILE',
    `${path}: ${problems[0]}. Nothing was imported.`,
    'Correct these rows or export them again; name other columns in the mapping where one is meant otherwise. An empty cell says "not known".',
    { where: path, problems: [...problems.slice(0, TOLD), ...more] },
  );
}

function notesOf(read: CountsRead, mapping: CountsMapping, rows: readonly CountsRow[]): string[] {
  const notes: string[] = [];
  if (read.unfinished.length > 0)
    notes.push(
      `Row ${read.unfinished.join(', row ')}: the ${mapping.length} is not over yet and is left out; import it with the next export.`,
    );
  const step = (mapping.length === 'week' ? 7 : 1) * DAY_MS;
  const spans = read.since === null || read.until === null ? 0 : (read.until.getTime() - read.since.getTime()) / step;
  const missing = spans - (rows.length - read.unfinished.length);
  if (missing > 0)
    notes.push(
      `${missing} ${mapping.length}${missing === 1 ? '' : 's'} between the first and the last row are not in the file.`,
    );
  return notes;
}

function providesOf({ stated }: CountsRead): Partial<Record<StreamName, readonly string[]>> {
  const of = (table: string): string[] =>
    stated.filter((name) => COUNTS[name][0] === table).map((name) => COUNTS[name][1]);
  const [views, bots] = [of('help_centre_count'), of('bot_count')];
  return {
    ...(views.length === 0 ? {} : { article_views: views }),
    ...(bots.length === 0 ? {} : { bot_sessions: bots }),
  };
}

function checkOf(source: Pick<RecordSource, 'rows' | 'notes' | 'unmapped'>, unfinished: number): SourceCheck {
  return {
    rows: source.rows,
    kept: source.rows - unfinished,
    set_aside: unfinished,
    superseded: unfinished,
    lost_share: 0,
    tickets: 0,
    reasons: [],
    uneven: [],
    ends_lost: [],
    cells: [],
    findings: [],
    words: [],
    hashed: [],
    notes: [...source.notes],
    unmapped: source.unmapped.map((column) => ({ column, sample: null })),
  };
}

/**
 * Opens a file of counts of self-service by week or day as a source of records. It is read whole and strictly: one wrong row refuses the file, with every
 * problem and its row. A span that was imported before is replaced by the later file. Clock: `readCounts`.
 * Errors: BAD_INPUT_FILE, BAD_MAPPING.
 */
export async function openCountsSource(options: CountsOptions): Promise<RecordSource> {
  const { mapping, mappingName: name, paths, now } = options;
  const stage = await stageFiles(paths, mapping, { folder: options.stageFolder });
  try {
    const path = paths.join(', ');
    assertColumns(mapping, stage.columns, name);
    if (stage.rows > MOST_ROWS)
      throw new PlumblineError(
        'BAD_INPUT_FILE',
        `${path} has ${stage.rows} rows; counts by week or day have at most ${MOST_ROWS}.`,
        'Export sums by week or day, not single visits. Tickets are imported without --as deflection.',
        { where: path },
      );
    const rows = await rowsOf(stage, mapping, name);
    const read = readCounts(rows, mapping, now);
    assertRead(read, stage, path);
    const content = await digestFiles(paths);
    const digest = createHash('sha256').update(content).update(JSON.stringify(mapping)).digest('hex');
    const used = new Set([mapping.starts.column, ...Object.values(mapping.counts), ...(mapping.unused ?? [])]);
    const known = {
      rows: stage.rows,
      unmapped: stage.columns.filter((column) => !used.has(column)),
      notes: [...stage.notes, ...notesOf(read, mapping, rows)],
    };
    return {
      ...known,
      role: 'deflection',
      digest,
      content,
      coverage: { provides: providesOf(read), absent: {}, since: read.since, until: read.until ?? now },
      tickets: 0,
      form: { mode: `deflection by ${mapping.length}`, columns: Object.keys(mapping.counts).sort() },
      check: async () => checkOf(known, read.unfinished.length),
      async *read(checkpoint, signal) {
        signal.throwIfAborted();
        const done: SourceCheckpoint = { digest, content, after: null };
        if (checkpoint === JSON.stringify(done)) return;
        yield { records: read.records, rejected: [], checkpoint: JSON.stringify(done), seen: stage.rows };
      },
      close: stage.close,
    };
  } catch (error) {
    await stage.close();
    throw error;
  }
}
