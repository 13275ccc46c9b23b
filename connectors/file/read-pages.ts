import type { JS } from '@duckdb/node-api';
import type { SetAside, SetAsideTimes } from '../../src/domain/observability.ts';
import type { TableName, TelemetryBatch } from '../../src/domain/telemetry.ts';
import { PlumblineError } from '../../src/errors/index.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import type { RecordSource, SourceCheckpoint } from '../../src/kit/record-source.ts';
import type { NumberStyle } from './number-columns.ts';
import type { Plan } from './plan.ts';
import type { Protect } from './protect-row.ts';
import { convertRow, type Pseudonymise, type SourceRow, selectList } from './source-row.ts';
import type { Stage } from './stage.ts';
import { takeTicket } from './take-ticket.ts';

export interface Reading {
  readonly stage: Stage;
  readonly plan: Plan;
  /** SQL of the bound times by target (`timeCells`). */
  readonly cells: ReadonlyMap<string, string>;
  readonly numbers: ReadonlyMap<string, NumberStyle>;
  readonly key: string;
  readonly until: Date;
  readonly digest: string;
  readonly content: string;
  readonly pseudonymise: Pseudonymise;
  readonly protect: Protect;
  /** Rows behind which a page ends, at the next ticket. */
  readonly pageRows: number;
}

/** More rows than this for one ticket: the key column is not a key. */
const MAX_TICKET_ROWS = 50_000;

/** All rows of one ticket, converted. Rows without a key are together in one group. */
export interface RowGroup {
  /** Key as the file writes it; null = rows that have none. */
  readonly key: string | null;
  readonly rows: readonly SourceRow[];
  /** One entry for every row that is no `SourceRow`. */
  readonly aside: readonly SetAside[];
  /** Values left out of rows that are kept. */
  readonly cells: readonly SetAside[];
  readonly seen: number;
  /** Number of its last row in the file. */
  readonly lastRow: number;
  /** Values of the further expressions that were asked for, row by row, with the number of the row. */
  readonly facts: readonly { readonly ref: string; readonly values: readonly JS[] }[];
}

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

interface OpenGroup {
  key: string | null;
  rows: SourceRow[];
  aside: SetAside[];
  cells: SetAside[];
  seen: number;
  lastRow: number;
  facts: { ref: string; values: readonly JS[] }[];
}

function emptyGroup(key: string | null): OpenGroup {
  return { key, rows: [], aside: [], cells: [], seen: 0, lastRow: 0, facts: [] };
}

/**
 * Rows ticket by ticket, in the order of their keys; rows without a key come first, in portions. `facts` are further SQL expressions over a
 * staged row. Memory: one ticket. Errors: BAD_MAPPING for a key column that is not one.
 */
export async function* readGroups(
  reading: Reading,
  after: string | null,
  facts: readonly string[],
  signal: AbortSignal,
): AsyncIterable<RowGroup> {
  const { stage, plan, cells, numbers, key } = reading;
  // A checkpoint is stored: it names the row of a ticket, never its key, which may be somebody's address.
  const where = after === null ? 'true' : `${key} > (select ${key} from raw where row_nr = ${Number(after)})`;
  const list = [key, ...facts, selectList(plan, cells, numbers)].join(', ');
  const stream = stage.stream(`select ${list} from raw where ${where} order by 1 nulls first, row_nr`);
  const hash = remember(reading.pseudonymise);
  let group = emptyGroup(null);
  for await (const chunk of stream) {
    signal.throwIfAborted();
    for (const [rowKey, ...rest] of chunk) {
      const portion = group.key === null && group.seen >= reading.pageRows;
      if (rowKey !== group.key || portion) {
        if (group.seen > 0) yield group;
        group = emptyGroup(rowKey as string | null);
      }
      addRow(group, reading, rest, facts.length, hash);
      if (group.rows.length > MAX_TICKET_ROWS) throw notAKey(plan);
    }
  }
  if (group.seen > 0) yield group;
}

function addRow(group: OpenGroup, reading: Reading, cells: readonly JS[], facts: number, hash: Pseudonymise): void {
  const raw = cells.slice(facts);
  const result = convertRow(reading.plan, raw, hash);
  group.seen += 1;
  group.lastRow = Number(raw[0]);
  if (facts > 0) group.facts.push({ ref: `row ${String(raw[0])}`, values: cells.slice(0, facts) });
  if (result.row === null) group.aside.push(...result.notes.slice(0, 1));
  else {
    group.cells.push(...result.notes);
    group.rows.push(reading.protect(result.row, hash));
  }
}

function notAKey(plan: Plan): PlumblineError {
  return new PlumblineError(
    'BAD_MAPPING',
    `One value of "${plan.mapping.ticket.id}" has more than ${MAX_TICKET_ROWS} rows: it is not the key of a ticket.`,
    'Name the column that tells tickets apart as ticket.id.',
  );
}

function parseCheckpoint(text: string | null, reading: Reading): SourceCheckpoint | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<SourceCheckpoint>;
    return value.digest === reading.digest
      ? { digest: reading.digest, content: reading.content, after: value.after ?? null }
      : null;
  } catch {
    // A checkpoint of another kind of source: begin from the start, which is idempotent.
    return null;
  }
}

/** Pages of records behind a checkpoint: whole tickets, in the order of their keys. */
export function readPages(reading: Reading): RecordSource['read'] {
  return async function* read(checkpoint, signal) {
    const from = parseCheckpoint(checkpoint, reading);
    if (from !== null && from.after === null) return;
    const page = new Page(reading);
    if (from === null) page.addMalformed(reading.stage);
    for await (const group of readGroups(reading, from?.after ?? null, [], signal)) {
      page.add(group);
      if (group.key !== null && page.seen >= reading.pageRows) yield page.take(String(group.lastRow));
    }
    yield page.take(null);
  };
}

/** Collects tickets until a page is worth its transaction. */
class Page {
  seen = 0;
  private rejected: SetAsideTimes[] = [];
  private records: { [T in TableName]?: unknown[] } = {};
  private readonly reading: Reading;

  constructor(reading: Reading) {
    this.reading = reading;
  }

  addMalformed(stage: Stage): void {
    this.put(stage.malformed);
    const times = stage.malformedRows - stage.malformed.length;
    if (times > 0)
      this.rejected.push({
        stream: 'rows',
        ref: 'others',
        code: 'MALFORMED_ROW',
        path: '',
        detail: 'further lines that are no rows',
        times,
      });
    this.seen += stage.malformedRows;
  }

  add(group: RowGroup): void {
    const { plan, until } = this.reading;
    this.seen += group.seen;
    const taken = takeTicket(plan, group.rows, until.getTime());
    for (const list of [group.aside, group.cells, taken.aside, taken.cells]) this.put(list);
    for (const [table, added] of Object.entries(taken.records) as [TableName, unknown[]][]) {
      const target = this.records[table];
      if (target === undefined) this.records[table] = [...added];
      else for (const record of added) target.push(record);
    }
  }

  take(after: string | null): ConnectorPage {
    const { digest, content } = this.reading;
    const page: ConnectorPage = {
      records: this.records as TelemetryBatch,
      rejected: this.rejected,
      checkpoint: JSON.stringify({ digest, content, after } satisfies SourceCheckpoint),
      seen: this.seen,
    };
    this.records = {};
    this.rejected = [];
    this.seen = 0;
    return page;
  }

  /** Not push(...list): a list may be longer than a call takes arguments. */
  private put(list: readonly SetAside[]): void {
    for (const one of list) this.rejected.push(one);
  }
}
