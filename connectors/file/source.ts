import { createHash } from 'node:crypto';
import type { SetAside } from '../../src/domain/observability.ts';
import type { TableName, TelemetryBatch } from '../../src/domain/telemetry.ts';
import { PlumblineError } from '../../src/errors/index.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import type { RecordSource, SourceCheckpoint } from '../../src/kit/record-source.ts';
import { checkTimes } from './check-times.ts';
import { countOpen } from './count-open.ts';
import { coverStreams } from './coverage.ts';
import { deriveTicket, orderRows, readTicketRow } from './derive-ticket.ts';
import { digestFiles } from './inspect-file.ts';
import type { Mapping } from './mapping-schema.ts';
import { type Binding, mappedColumns, type Plan, planImport } from './plan.ts';
import { convertRow, type Pseudonymise, type SourceRow, selectList } from './source-row.ts';
import { known, lit } from './sql.ts';
import { type Stage, stageFiles } from './stage.ts';
import { readTimeColumns, type TimeReading } from './time-columns.ts';

export interface FileSourceOptions {
  readonly paths: readonly string[];
  readonly mapping: Mapping;
  /** Name of the mapping in messages. */
  readonly mappingName: string;
  readonly pseudonymise: Pseudonymise;
  /** Nothing in a file can be later than the moment of its import. */
  readonly now: Date;
  /** End of the file when it is known; else the last change stamp (event log) or the last time of any row. */
  readonly until?: Date;
  readonly memoryMb?: number;
  /** Where the files are staged, e.g. the data folder; the temporary folder when left out. */
  readonly stageFolder?: string;
  /** Rows behind which a page ends, at the next ticket. */
  readonly pageRows?: number;
}

/** More rows than this for one ticket: the key column is not a key. */
const MAX_TICKET_ROWS = 50_000;
const PAGE_ROWS = 5_000;

/** Hashing repeats for every row of a ticket: remember, but not without bound. */
function remember(hash: Pseudonymise): Pseudonymise {
  const seen = new Map<string, string>();
  return (kind, value) => {
    const key = `${kind}\0${value}`;
    const before = seen.get(key);
    if (before !== undefined) return before;
    if (seen.size > 100_000) seen.clear();
    const made = hash(kind, value);
    seen.set(key, made);
    return made;
  };
}

/**
 * Opens files under a mapping as a source of canonical records: tickets in the order of their keys, with events, service-level outcomes
 * and links. Times are UTC. Rows that contradict themselves or the mapping are set aside with row number and reason.
 * A checkpoint is the digest of files and mapping plus the last key: the same import again reads nothing, an interrupted one goes on.
 * Memory is bounded by `memoryMb` and one page. Close it when done: it owns a temporary folder.
 * Errors: BAD_INPUT_FILE, BAD_MAPPING (columns, date orders, unmapped words), each with all problems found.
 */
export async function openFileSource(options: FileSourceOptions): Promise<RecordSource> {
  const stage = await stageFiles(options.paths, options.mapping, {
    memoryMb: options.memoryMb,
    folder: options.stageFolder,
    only: mappedColumns(options.mapping),
  });
  try {
    const name = options.mappingName;
    const plan = planImport(options.mapping, stage.columns, name);
    const times = await readTimeColumns(
      stage,
      plan.bindings
        .filter((one) => one.kind === 'time' && one.column !== null)
        .map((one) => ({
          column: one.column ?? '',
          missing: one.missing,
          format: one.dateFormat ?? options.mapping.date_format ?? null,
        })),
      options.mapping.time_zone ?? null,
      name,
    );
    await checkWords(stage, plan, name);
    const key = keySql(plan);
    const facts = await spanOf(stage, plan, times, key, options.now);
    const until = options.until ?? facts.until;
    const openTickets = await countOpen(stage, plan, times, key, until.getTime());
    const content = await digestFiles(options.paths);
    const digest = createHash('sha256')
      .update(content)
      .update(JSON.stringify([options.mapping, until.toISOString()]))
      .digest('hex');
    const read = pages({ stage, plan, times, key, until, digest, content, options });
    return {
      digest,
      content,
      // Bounds of time are exclusive: the first whole second behind the last stamp.
      coverage: {
        ...coverStreams(plan, openTickets),
        since: facts.since,
        until: new Date(Math.floor(until.getTime() / 1000 + 1) * 1000),
      },
      rows: stage.rows + stage.malformedRows,
      tickets: facts.tickets,
      unmapped: plan.unmapped,
      notes: [...stage.notes, ...describe(plan, times, openTickets)],
      read,
      close: stage.close,
    };
  } catch (error) {
    await stage.close();
    throw error;
  }
}

function keySql(plan: Plan): string {
  const id = plan.by.get('ticket.id') as Binding;
  return known(id.column ?? '', id.missing);
}

function describe(plan: Plan, times: ReadonlyMap<string, TimeReading>, openTickets: number): string[] {
  const notes = [...times.values()]
    .filter((one) => one.order !== null)
    .map((one) => `${one.column}: ${one.order === 'day_first' ? 'day before month' : 'month before day'}; ${one.why}.`);
  if (openTickets === 0)
    notes.push(
      'Every ticket of the file is over: it says nothing about open work, so signals about the backlog stay unseen.',
    );
  if (plan.unmapped.length > 0) notes.push(`Not mapped: ${plan.unmapped.join(', ')}.`);
  return notes;
}

interface Span {
  readonly since: Date | null;
  readonly until: Date;
  readonly tickets: number;
}

async function spanOf(
  stage: Stage,
  plan: Plan,
  times: ReadonlyMap<string, TimeReading>,
  key: string,
  now: Date,
): Promise<Span> {
  const sqlOf = (target: string): string | null => {
    const column = plan.by.get(target)?.column;
    return column == null ? null : (times.get(column)?.sql ?? null);
  };
  const ends =
    plan.mode === 'events'
      ? [sqlOf('events.at')]
      : ['created_at', 'updated_at', 'solved_at', 'closed_at', 'first_reply_at'].map((field) =>
          sqlOf(`ticket.${field}`),
        );
  const latest = ends.flatMap((sql) =>
    sql === null ? [] : [`max(case when ${sql} <= ${now.getTime()} then ${sql} end)`],
  );
  const rows = await stage.query(
    `select cast(min(${sqlOf('ticket.created_at')}) as double) as since, cast(greatest(${latest.join(', ')}) as double) as until,
       count(distinct ${key}) as tickets from raw`,
  );
  const row = rows[0] ?? {};
  return {
    since: typeof row.since === 'number' ? new Date(row.since) : null,
    until: typeof row.until === 'number' ? new Date(row.until) : now,
    tickets: Number(row.tickets ?? 0),
  };
}

/** Words that `values` does not list: a few are set aside row by row, many are a mapping that does not fit. */
async function checkWords(stage: Stage, plan: Plan, name: string): Promise<void> {
  const problems: string[] = [];
  for (const one of plan.bindings) {
    if (one.column === null || one.values === null || one.fallback !== null) continue;
    if (one.kind !== 'choice' && one.kind !== 'flag') continue;
    const value = known(one.column, one.missing);
    const listed = [...one.values.keys()].map(lit).join(', ') || "''";
    const rows = await stage.query(
      `select ${value} as word, count(*) as n, sum(case when lower(${value}) in (${listed}) then 0 else 1 end) as bad,
         sum(count(*)) over () as total from raw where ${value} is not null group by word order by n desc`,
    );
    const bad = rows.filter((row) => Number(row.bad) > 0);
    const share = bad.reduce((sum, row) => sum + Number(row.n), 0) / Math.max(1, Number(rows[0]?.total ?? 0));
    if (share > 0.05)
      problems.push(
        `${name}: \`values\` of ${one.target} does not list ${bad
          .slice(0, 8)
          .map((row) => `"${String(row.word).slice(0, 40)}" (${String(row.n)} rows)`)
          .join(', ')}${bad.length > 8 ? ` and ${bad.length - 8} more` : ''} of column "${one.column}"`,
      );
  }
  if (problems.length === 0) return;
  throw new PlumblineError(
    'BAD_MAPPING',
    problems[0] ?? 'Words of the file are not mapped.',
    'List each word under `values` (null for a word that says nothing), or give a `default`.',
    { where: name, problems },
  );
}

interface ReadDeps {
  readonly stage: Stage;
  readonly plan: Plan;
  readonly times: ReadonlyMap<string, TimeReading>;
  readonly key: string;
  readonly until: Date;
  readonly digest: string;
  readonly content: string;
  readonly options: FileSourceOptions;
}

function parseCheckpoint(text: string | null, deps: ReadDeps): SourceCheckpoint | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<SourceCheckpoint>;
    return value.digest === deps.digest
      ? { digest: deps.digest, content: deps.content, after: value.after ?? null }
      : null;
  } catch {
    // A checkpoint of another kind of source: begin from the start, which is idempotent.
    return null;
  }
}

interface Group {
  readonly key: string | null;
  readonly rows: readonly SourceRow[];
  readonly notes: readonly SetAside[];
  readonly seen: number;
}

/** Rows ticket by ticket, in the order of their keys; rows without a key come first and together. */
async function* groups(deps: ReadDeps, after: string | null, signal: AbortSignal): AsyncIterable<Group> {
  const where = after === null ? 'true' : `${deps.key} > ${lit(after)}`;
  const stream = deps.stage.stream(
    `select ${deps.key}, ${selectList(deps.plan, deps.times)} from raw where ${where} order by 1 nulls first, row_nr`,
  );
  const hash = remember(deps.options.pseudonymise);
  let group = { key: null as string | null, rows: [] as SourceRow[], notes: [] as SetAside[], seen: 0 };
  for await (const chunk of stream) {
    signal.throwIfAborted();
    for (const [rowKey, ...raw] of chunk) {
      if (rowKey !== group.key) {
        if (group.seen > 0) yield group;
        group = { key: rowKey as string | null, rows: [], notes: [], seen: 0 };
      }
      const result = convertRow(deps.plan, raw, hash);
      group.seen += 1;
      group.notes.push(...result.notes);
      if (result.row !== null) group.rows.push(result.row);
      if (group.rows.length > MAX_TICKET_ROWS) throw notAKey(deps.plan);
    }
  }
  if (group.seen > 0) yield group;
}

function pages(deps: ReadDeps): RecordSource['read'] {
  return async function* read(checkpoint, signal) {
    const from = parseCheckpoint(checkpoint, deps);
    if (from !== null && from.after === null) return;
    const page = new Page(deps);
    if (from === null) {
      page.rejected.push(...deps.stage.malformed);
      page.seen += deps.stage.malformedRows;
    }
    for await (const group of groups(deps, from?.after ?? null, signal)) {
      page.add(group);
      if (group.key !== null && page.seen >= (deps.options.pageRows ?? PAGE_ROWS)) yield page.take(group.key);
    }
    yield page.take(null);
  };
}

function notAKey(plan: Plan): PlumblineError {
  return new PlumblineError(
    'BAD_MAPPING',
    `One value of "${plan.mapping.ticket.id}" has more than ${MAX_TICKET_ROWS} rows: it is not the key of a ticket.`,
    'Name the column that tells tickets apart as ticket.id.',
  );
}

/** Collects tickets until a page is worth its transaction. */
class Page {
  rejected: SetAside[] = [];
  seen = 0;
  private records: { [T in TableName]?: unknown[] } = {};
  private readonly deps: ReadDeps;

  constructor(deps: ReadDeps) {
    this.deps = deps;
  }

  add(group: Group): void {
    const until = this.deps.until.getTime();
    this.seen += group.seen;
    this.rejected.push(...group.notes);
    const good = group.rows.filter((row) => {
      const problem = checkTimes(row, until);
      if (problem !== null) this.rejected.push(problem);
      return problem === null;
    });
    const first = good[0];
    if (first === undefined) return;
    if (this.deps.plan.mode === 'events') {
      const derived = deriveTicket(this.deps.plan, first.key, good);
      this.rejected.push(...derived.rejected);
      this.put(derived.records);
    } else this.addTicket(good);
  }

  take(after: string | null): ConnectorPage {
    const page: ConnectorPage = {
      records: this.records as TelemetryBatch,
      rejected: this.rejected,
      checkpoint: JSON.stringify({
        digest: this.deps.digest,
        content: this.deps.content,
        after,
      } satisfies SourceCheckpoint),
      seen: this.seen,
    };
    this.records = {};
    this.rejected = [];
    this.seen = 0;
    return page;
  }

  /** Rows of one id: equal ones are one; of different ones the newest counts when an update stamp tells which it is, else none. */
  private addTicket(rows: readonly SourceRow[]): void {
    const distinct = orderRows(rows).filter((row, i, all) => i === 0 || row.content !== all[i - 1]?.content);
    const stamp = (row: SourceRow): number => (row.values['ticket.updated_at'] as number | null | undefined) ?? -1;
    const newest = Math.max(...distinct.map(stamp));
    const best = distinct.filter((row) => stamp(row) === newest);
    const chosen = best.length === 1 ? best[0] : undefined;
    for (const row of distinct) {
      if (row === chosen) continue;
      this.rejected.push({
        stream: 'rows',
        ref: row.ref,
        code: 'DUPLICATE_ID',
        path: this.deps.plan.mapping.ticket.id,
        detail:
          chosen === undefined
            ? 'several rows of this ticket differ and no update stamp tells which one is right'
            : 'an older row of a ticket that has a newer one',
      });
    }
    if (chosen !== undefined) this.put(readTicketRow(this.deps.plan, chosen));
  }

  private put(batch: TelemetryBatch): void {
    for (const [table, added] of Object.entries(batch) as [TableName, unknown[]][]) {
      const target = this.records[table];
      if (target === undefined) this.records[table] = [...added];
      else for (const record of added) target.push(record);
    }
  }
}
