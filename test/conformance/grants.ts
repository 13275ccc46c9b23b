import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Observability, StreamName } from '../../src/domain/observability.ts';
import { STREAM_TABLES } from '../../src/domain/stream-tables.ts';
import { TABLE_NAMES, type TableName } from '../../src/domain/telemetry.ts';
import { PlumblineError } from '../../src/errors/index.ts';
import { memoryTelemetry } from '../harness/memory-telemetry.ts';
import { type ConnectorCase, FakeStatus } from './connector.ts';
import { isFilled, type TableRows } from './feeds.ts';
import { runVendor, type VendorRun } from './vendor-run.ts';

export interface GrantsCase<S> extends ConnectorCase<S> {
  /** Routes without which there is no desk, beside the first that is asked and the list of tickets. */
  readonly essential?: readonly string[];
  /** Refusals by which this vendor says that the plan lacks a call, beside 403 and 404. */
  readonly planRefusals?: readonly FakeStatus[];
  /** What a route costs beside unknown values. */
  readonly costs?: readonly Cost[];
  /** Routes that fail their feed all the same, each with the reason. */
  readonly fails?: Readonly<Record<string, string>>;
}

/** What is otherwise, and not unknown, without some routes: a table, a column of it, or a claim of a stream. */
export interface Cost {
  readonly routes: readonly string[];
  readonly what: RegExp;
  readonly why: string;
}

/** Whoever is a program is told by name: where names are not shown, the vendor's own word stands, and `created_by:machine` is not claimed. */
export const programs = (...routes: string[]): Cost => ({
  routes,
  what: /^(ticket\.created_(by|on_behalf)|event\.actor(_id)?|message\.(author|author_id|auto_reply))$/,
  why: 'whether an agent is a program is told by the name',
});

type Store = ReturnType<typeof memoryTelemetry>;
type Row = Readonly<Record<string, unknown>>;

export interface Sight {
  readonly run: VendorRun;
  readonly rows: ReturnType<Store['all']>;
  readonly seen: readonly Observability[];
}

const DAY_MS = 86_400_000;
const NO_GRANT = new FakeStatus(403, { error: 'Forbidden' });
const NO_CALL = new FakeStatus(404, { error: 'RecordNotFound' });

/**
 * What a call that an account may never use costs: what it gives is unknown and told as hidden, and nothing else is. Whole syncs without a network, in which one route
 * is refused from its first request to its last; then the same with a grant that is taken away between two syncs.
 */
export function describeGrants<S>(spec: GrantsCase<S>): void {
  describe(`${spec.connector.id} and a call that it may never use`, () => {
    let whole: Sight;
    beforeAll(async () => {
      whole = await look(spec, memoryTelemetry(), null, NO_GRANT);
      expect(whole.run.error ?? whole.run.result?.error ?? null).toBeNull();
    });

    const refusals = [NO_GRANT, NO_CALL, ...(spec.planRefusals ?? [])];
    const names = spec.routes().flatMap(({ name }) => (spec.fails?.[name] === undefined ? [name] : []));
    const cases = names.flatMap((name) => refusals.map((refusal) => ({ name, refusal, status: refusal.status })));

    it.each(cases)('hides what $name gives when it may never be used ($status), and nothing else', async (one) => {
      expect(await refusedAlways(spec, whole, one.name, one.refusal)).toEqual([]);
    });

    it.each(cases)('keeps what it has when $name may never be used any more ($status)', async (one) => {
      expect(await refusedLater(spec, whole, one.name, one.refusal)).toEqual([]);
    });
  });
}

/** In what a sync without a route differs from one with it, beyond what is unknown and told. Empty = as it should be. */
export async function refusedAlways<S>(
  spec: GrantsCase<S>,
  whole: Sight,
  route: string,
  refusal: FakeStatus,
): Promise<string[]> {
  const sight = await look(spec, memoryTelemetry(), route, refusal);
  if (isEntry(spec, route, whole, sight)) return withoutWayOut(sight.run.error);
  const failures = failuresOf(sight.run);
  if (failures.length > 0) return failures;
  return [
    ...strangeIn(spec, route, whole, sight),
    ...lostTickets(spec, route, whole, sight),
    ...untoldIn(spec, route, whole, sight),
    ...emptyClaims(whole, sight).filter((fault) => !isCost(spec, route, fault.split(' ')[0] ?? '')),
  ];
}

/** The same where the grant is taken away between two syncs: what was stored stays, and is told as if it had never been granted. */
export async function refusedLater<S>(
  spec: GrantsCase<S>,
  whole: Sight,
  route: string,
  refusal: FakeStatus,
): Promise<string[]> {
  const nextDay = new Date(spec.now.getTime() + DAY_MS);
  const syncTwice = async (first: string | null, second: string | null) => {
    const store = memoryTelemetry();
    await look(spec, store, first, refusal);
    return look(spec, store, second, refusal, nextDay);
  };
  const never = await syncTwice(route, route);
  const granted = await syncTwice(null, null);
  const later = await syncTwice(null, route);
  const lost = lostRows(whole, later).filter((row) => !isCost(spec, route, row.split(' ')[0] ?? ''));
  if (isEntry(spec, route, whole, later)) return [...withoutWayOut(later.run.error), ...lost];
  const failures = failuresOf(later.run);
  if (failures.length > 0) return failures;
  const told = later.seen.flatMap((row) => {
    const before = never.seen.find(({ stream }) => stream === row.stream);
    return isDeepStrictEqual(before && sightOf(before), sightOf(row)) ? [] : [`${row.stream} is told otherwise`];
  });
  return [...lost, ...told, ...strangeIn(spec, route, granted, later)];
}

const sightOf = ({ stream, status, fields }: Observability) => ({ stream, status, fields });

/** One sync, in which a route is refused from its first request to its last; null = none is. */
export async function look<S>(
  spec: GrantsCase<S>,
  store: Store,
  refused: string | null,
  refusal: FakeStatus,
  now: Date = spec.now,
): Promise<Sight> {
  const run = await runVendor(spec, {
    store,
    now,
    fault: (_reply, { route }) => (route === refused ? refusal : undefined),
  });
  return { run, rows: structuredClone(store.all()), seen: await store.telemetry.observability() };
}

/** Whether there is no desk without this route, and the sync says so. */
function isEntry<S>(spec: GrantsCase<S>, route: string, whole: Sight, { run }: Sight): boolean {
  return run.error !== null && [whole.run.requests[0]?.route, ...(spec.essential ?? [])].includes(route);
}

function withoutWayOut(error: unknown): string[] {
  if (!(error instanceof PlumblineError)) return [`threw ${textOf(error)}`];
  const { kind, message, remedy } = error;
  const known = ['permission', 'vendor', 'config'].includes(kind) && message !== '' && remedy !== '';
  return known ? [] : [`no way out: ${kind} ${message} ${remedy}`];
}

function failuresOf({ error, result }: VendorRun): string[] {
  if (error !== null) return [`threw ${textOf(error)}`];
  const failed = (result?.streams ?? []).filter(({ status }) => status === 'failed');
  return failed.map(({ stream, detail }) => `${stream} failed: ${detail}`);
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Numbers of rows in their ticket close up where others are unknown; a rule of which less is understood says so by what it counts as unread. */
const FREE = /^((event|message)\.seq|(automation|sla_policy)\.(conditions?|actions?|unread)(_\w+|s)?)$/;

const isUnknown = (value: unknown): boolean => value === null || value === undefined;

/** Records that are not there with the grant, and values that are others. */
function strangeIn<S>(spec: GrantsCase<S>, route: string, whole: Sight, sight: Sight): string[] {
  const faults = new Set<string>();
  const isFree = (what: string) => FREE.test(what) || isCost(spec, route, what);
  eachRow(sight, (table, key, row) => {
    const plain = rowOf(whole, table, key);
    if (plain === undefined) {
      if (!isCost(spec, route, table)) faults.add(`${table} made up: ${key}`);
      return;
    }
    for (const [column, value] of Object.entries(row))
      if (!isUnknown(value) && !isDeepStrictEqual(value, plain[column]) && !isFree(`${table}.${column}`))
        faults.add(`${table}.${column} is ${JSON.stringify(value)} and not ${JSON.stringify(plain[column])}: ${key}`);
  });
  return [...faults];
}

function lostTickets<S>(spec: GrantsCase<S>, route: string, whole: Sight, sight: Sight): string[] {
  if (route === spec.paged.route || isCost(spec, route, 'ticket')) return [];
  // A list of its own that is hidden says what it would have given.
  const hidden = new Set(
    (sight.run.result?.streams ?? []).filter((one) => one.status !== 'read').map((one) => one.stream),
  );
  const own = spec.connector.streams.filter(({ id, provides }) => hidden.has(id) && provides.tickets !== undefined);
  return own.length > 0 ? [] : lostRows(whole, sight).filter((row) => row.startsWith('ticket '));
}

function lostRows(whole: Sight, sight: Sight): string[] {
  const lost: string[] = [];
  eachRow(whole, (table, key) => {
    if (rowOf(sight, table, key) === undefined) lost.push(`${table} ${key}`);
  });
  return lost;
}

/** Records and values that are lost without a word: neither is the stream hidden, nor the field, nor is it told what stays out of sight. */
function untoldIn<S>(spec: GrantsCase<S>, route: string, whole: Sight, sight: Sight): string[] {
  const untold = new Set<string>();
  eachRow(whole, (table, key, plain) => {
    const stream = streamOf(table);
    if (isTold(spec, stream, whole, sight)) return;
    const row = rowOf(sight, table, key);
    if (row === undefined) untold.add(`${table} is lost and ${stream} does not say so`);
    else
      for (const [column, value] of Object.entries(plain))
        if (!isUnknown(value) && isUnknown(row[column]))
          untold.add(`${table}.${column} is lost and ${stream} does not say so`);
  });
  return [...untold].filter((text) => !isCost(spec, route, text.split(' ')[0] ?? ''));
}

/** Whether the stream says something that it does not say with the grant, or a feed of it is hidden with words. */
function isTold<S>({ connector }: GrantsCase<S>, stream: StreamName, whole: Sight, sight: Sight): boolean {
  const told = ({ seen }: Sight) => {
    const row = seen.find((one) => one.stream === stream);
    return JSON.stringify([row?.status, row?.detail, row?.fields]);
  };
  if (told(sight) !== told(whole)) return true;
  const hidden = (sight.run.result?.streams ?? []).filter(({ status, detail }) => status !== 'read' && detail !== null);
  const feeds = connector.streams.filter(({ provides }) => provides[stream] !== undefined);
  return feeds.some(({ id }) => hidden.some((one) => one.stream === id));
}

/**
 * Fields that a stream still claims although nothing holds them any more, and streams that are shown without a field where there were some, or without the records that
 * they are shown by.
 */
function emptyClaims(whole: Sight, sight: Sight): string[] {
  const [before, after] = [tablesOf(whole), tablesOf(sight)];
  return sight.seen
    .filter(({ status }) => status === 'available')
    .flatMap(({ stream, fields }) =>
      fields.length === 0
        ? isShownByNothing(stream, whole, after)
          ? [`${stream} shows no field and is not hidden`]
          : []
        : fields
            .map((field) => `${stream}.${field}`)
            .filter((claim) => isFilled(claim, before) && !isFilled(claim, after))
            .map((claim) => `${claim} is claimed and empty`),
    );
}

function isShownByNothing(stream: StreamName, whole: Sight, after: TableRows): boolean {
  const before = whole.seen.find((one) => one.stream === stream);
  return (before?.fields.length ?? 0) > 0 || STREAM_TABLES[stream].every((table) => after[table].length === 0);
}

function isCost<S>({ costs = [] }: GrantsCase<S>, route: string, what: string): boolean {
  return costs.some(({ routes, what: costly }) => routes.includes(route) && costly.test(what));
}

function streamOf(table: TableName): StreamName {
  const found = (Object.keys(STREAM_TABLES) as StreamName[]).find((stream) => STREAM_TABLES[stream].includes(table));
  if (found === undefined) throw new Error(`no stream holds ${table}`);
  return found;
}

function tablesOf({ rows }: Sight): TableRows {
  return Object.fromEntries(
    TABLE_NAMES.map((table) => [table, Object.values(rows[table] ?? {})]),
  ) as unknown as TableRows;
}

function rowOf({ rows }: Sight, table: TableName, key: string): Row | undefined {
  return rows[table]?.[key] as Row | undefined;
}

function eachRow({ rows }: Sight, visit: (table: TableName, key: string, row: Row) => void): void {
  for (const table of TABLE_NAMES)
    for (const [key, row] of Object.entries(rows[table] ?? {})) visit(table, key, row as Row);
}
