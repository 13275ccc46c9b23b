import { beforeAll, describe, expect, it } from 'vitest';
import { recordSchema, type Table } from '../../src/domain/columns.ts';
import type { StreamName } from '../../src/domain/observability.ts';
import { isLostCell } from '../../src/domain/set-aside.ts';
import { STREAM_TABLES } from '../../src/domain/stream-tables.ts';
import { TABLE_NAMES, TABLES, type TableName } from '../../src/domain/telemetry.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { memoryTelemetry } from '../harness/memory-telemetry.ts';
import { plantCanaries } from '../harness/plant-canaries.ts';
import { PLANTED_MARKS } from '../harness/plant-personal-text.ts';
import { spread } from '../harness/spread.ts';
import { bodyText, type ConnectorCase, type FakeRoute, FakeStatus, FakeText } from './connector.ts';
import { leaks } from './leaks.ts';
import { ODD_KINDS, OTHER_CASE } from './odd-cells.ts';
import { NO_INSTANTS, SAME_INSTANTS } from './odd-instants.ts';
import { expectOnlyCellsLost, expectOthersUntouched } from './odd-values.ts';
import { type Fault, runVendor, type Seen } from './vendor-run.ts';

export interface FeedsCase<S> extends ConnectorCase<S> {
  /** A fresh fake of which one live row of the paged route can be changed while it is read, to an instant before `now`. */
  readonly moving: () => { readonly routes: readonly FakeRoute[]; touch(): void };
  /** Key of the instant by which the paged route goes on; absent = by a cursor of the vendor. */
  readonly stamp?: string;
  /** Keys of vendor words: the fake gives unknown ones, numbers stay numbers. */
  readonly enums: readonly string[];
  /** Keys whose texts are codes or ids that are no digits, so that no canary is planted there. */
  readonly codes: readonly string[];
  /** Limits of single routes beside those of the account, as the vendor states them. */
  readonly quotas?: readonly { readonly route: string; readonly perMinute: number }[];
  /** A fake with more rows than its quotas allow requests a minute, so that they are felt. */
  readonly many?: () => readonly FakeRoute[];
  /**
   * Places in replies (`route path`; `*` = any element of a list, `**` at the end = whatever is below; `[kind]` behind it = only cells of this kind) where
   * an odd cell costs a record or says something else, each with the reason: it rests on them what a record is, or what can be asked for.
   */
  readonly oddPlaces?: Readonly<Record<string, string>>;
  /** Claims that no fake of this vendor can fill, each with the reason. */
  readonly unfilled?: Readonly<Record<string, string>>;
}

const MINUTE_MS = 60_000;

type Rows = Map<string, unknown>;

/**
 * What a connector on the feeds of the kit must do beside the contract: nothing lost or doubled whatever the vendor does at any request, nothing claimed that is
 * not filled, nothing filled that is not claimed, and no request that its limits forbid. Runs whole syncs without a network.
 */
export function describeFeeds<S>(spec: FeedsCase<S>): void {
  describe(`${spec.connector.id} on its feeds`, () => {
    let whole: {
      readonly digest: string;
      readonly pages: readonly ConnectorPage[];
      readonly requests: readonly Seen[];
    };

    beforeAll(async () => {
      const store = memoryTelemetry();
      const pages: ConnectorPage[] = [];
      const run = await runVendor(spec, { store, pages: (page) => pages.push(page) });
      expect(run.error ?? run.result?.error ?? null).toBeNull();
      expect(run.result?.complete).toBe(true);
      whole = { digest: digestOf(store), pages, requests: run.requests };
    });

    const numbers = (offset: number) => spread(whole.requests.length, offset);
    /** Bends the reply to one request of a sync, and gives what is stored then. */
    const bend = async (at: number, answer: (reply: unknown, seen: Seen) => ReturnType<Fault>) => {
      const store = memoryTelemetry();
      const run = await runVendor(spec, {
        store,
        fault: (reply, seen) => (seen.number === at ? answer(reply, seen) : undefined),
      });
      return { store, run };
    };

    it('fills what it claims and claims what it fills', () => {
      const claimed = claimsOf(spec.connector.streams);
      const rows = rowsOf(whole.pages);
      const empty = [...claimed].filter((claim) => !isFilled(claim, rows) && spec.unfilled?.[claim] === undefined);
      expect(empty, 'claimed and never filled').toEqual([]);
      const filled = filledColumns(rows).filter((claim) => !claimed.has(claim));
      expect(filled, 'filled and not claimed').toEqual([]);
      const needless = Object.keys(spec.unfilled ?? {}).filter((claim) => isFilled(claim, rows));
      expect(needless, 'excused and filled').toEqual([]);
    });

    it('gives records that fit the tables', () => {
      for (const page of whole.pages) expectValid(page);
    });

    it.each([
      ['seconds', () => '1'],
      ['an HTTP date', (seen: Seen) => new Date(seen.atMs + 2000).toUTCString()],
    ])('loses nothing when asked to wait in %s at any request', async (_form, after) => {
      for (const at of numbers(1)) {
        const { store, run } = await bend(
          at,
          (_reply, seen) => new FakeStatus(429, { error: 'later' }, { 'retry-after': after(seen) }),
        );
        expect([at, run.error ?? run.result?.error ?? null]).toEqual([at, null]);
        expect(run.sleptMs, `request ${at}`).toBeGreaterThanOrEqual(1000);
        expect(digestOf(store), `request ${at}`).toBe(whole.digest);
      }
    });

    it.each<[string, (reply: unknown, seen: Seen) => ReturnType<Fault>]>([
      ['a cut-off reply', (reply) => bodyText(reply).slice(0, -1) || '['],
      ['a web page', () => '<!doctype html><p>Canary, back soon</p>'],
      ['a connection that breaks', () => ({ kind: 'failed', reason: 'network', code: 'ECONNRESET', cause: null })],
      ['a 502', () => new FakeStatus(502, 'Canary gateway')],
    ])('survives %s at any request but the first', async (_what, answer) => {
      for (const at of numbers(2).filter((n) => n > 1)) {
        const { store, run } = await bend(at, answer);
        expect([at, run.error ?? run.result?.error ?? null]).toEqual([at, null]);
        expect(digestOf(store), `request ${at}`).toBe(whole.digest);
      }
    });

    it.each<[string, () => ReturnType<Fault>]>([
      ['an oversized reply', () => ({ kind: 'failed', reason: 'too_large', code: 'max-size', cause: null })],
      ['an empty success (204)', () => new FakeStatus(204, '')],
      ['a process that dies', () => ({ kind: 'failed', reason: 'network', code: 'EPIPE', cause: null })],
    ])('is whole after the next sync when it meets %s', async (what, answer) => {
      for (const at of numbers(3)) {
        const store = memoryTelemetry();
        const lasting = what === 'a process that dies';
        await runVendor(spec, {
          store,
          fault: (_reply, seen) => (seen.number === at || (lasting && seen.number > at) ? answer() : undefined),
        });
        if (what === 'an empty success (204)') {
          // The vendor said that there is nothing: only a read from the beginning can know better.
          const valid = new Set(whole.pages.flatMap((page) => [...collect([page]).keys()]));
          expect(
            [...keysOf(store)].filter((key) => !valid.has(key)),
            `request ${at}`,
          ).toEqual([]);
          continue;
        }
        const { result, error } = await runVendor(spec, { store });
        expect([at, error ?? result?.error ?? null]).toEqual([at, null]);
        expect(digestOf(store), `request ${at}`).toBe(whole.digest);
      }
    });

    it('loses no row that others move past while it reads', async () => {
      for (let at = 1; at <= whole.requests.filter((one) => one.route === spec.paged.route).length; at++) {
        const vendor = spec.moving();
        const store = memoryTelemetry();
        let asked = 0;
        const { result, error } = await runVendor(spec, {
          store,
          routes: vendor.routes,
          fault: (_reply, seen) => {
            if (seen.route === spec.paged.route) asked += 1;
            if (seen.route === spec.paged.route && asked === at) vendor.touch();
            return undefined;
          },
        });
        expect([at, error ?? result?.error ?? null]).toEqual([at, null]);
        const missing = [...collect(whole.pages).keys()].filter((key) => !keysOf(store).has(key));
        expect(missing, `changed at the request ${at} of ${spec.paged.route}`).toEqual([]);
      }
    });

    it('stores the same in one sync and in many', async () => {
      const { stamp } = spec;
      if (stamp === undefined) return;
      const store = memoryTelemetry();
      const instants = new Set<number>();
      await runVendor(spec, {
        store: memoryTelemetry(),
        fault: (reply, seen) => {
          if (seen.route === spec.paged.route) for (const at of stampsIn(reply, stamp)) instants.add(at);
          return undefined;
        },
      });
      for (const at of [...instants].sort((a, b) => a - b)) {
        const now = new Date(at + spec.connector.lagS * 1000);
        const { result, error } = await runVendor(spec, { store, now });
        expect(error ?? result?.error ?? null).toBeNull();
      }
      await runVendor(spec, { store });
      expect(digestOf(store)).toBe(whole.digest);
    });

    it('stores the same when rows come twice', async () => {
      const store = memoryTelemetry();
      const { result, error } = await runVendor(spec, {
        store,
        fault: (reply) => withRows(reply, (rows) => rows.flatMap((row) => [row, row])),
      });
      expect(error ?? result?.error ?? null).toBeNull();
      expect(digestOf(store)).toBe(whole.digest);
    });

    it('keeps rows whose words it does not know', async () => {
      const store = memoryTelemetry();
      const pages: ConnectorPage[] = [];
      const { result, error } = await runVendor(spec, {
        store,
        pages: (page) => pages.push(page),
        fault: (reply) => withValues(reply, (value, key) => (spec.enums.includes(key) ? strange(value) : value)),
      });
      expect(error ?? result?.error ?? null).toBeNull();
      for (const page of pages) expectValid(page);
      // A word may be all that a value is, as of a rating: it is told then, and its row is kept.
      expect(pages.flatMap((page) => page.rejected).filter((one) => !isLostCell(one))).toEqual([]);
      const ids = (of: readonly ConnectorPage[]) =>
        rowsOf(of)
          .ticket.map((row) => row.id)
          .sort();
      expect(ids(pages)).toEqual(ids(whole.pages));
    });

    it('sets what it cannot read aside one by one, and says nothing of it', async () => {
      const lists = new Map<string, number>();
      for (const seen of whole.requests) if (!lists.has(seen.route)) lists.set(seen.route, seen.number);
      for (const [route] of lists) {
        const store = memoryTelemetry();
        const pages: ConnectorPage[] = [];
        let spoilt = 0;
        const { result, error } = await runVendor(spec, {
          store,
          pages: (page) => pages.push(page),
          fault: (reply, seen) =>
            seen.route !== route
              ? undefined
              : withRows(reply, (rows) => {
                  // An empty page is how some lists end.
                  if (rows.length === 0) return rows;
                  spoilt += 1;
                  return [{ id: null, canary: 'canary' }, ...rows];
                }),
        });
        expect([route, error ?? result?.error ?? null]).toEqual([route, null]);
        expect(leaks(JSON.stringify(pages), spec.canaries), route).toEqual([]);
        const kept = collect(pages);
        // What a ticket began as is not told where some of its history cannot be read.
        const missing = [...collect(whole.pages)].flatMap(([key, row]) =>
          kept.has(key) || (row as Record<string, unknown>).initial === true ? [] : [key],
        );
        expect([route, missing]).toEqual([route, []]);
        if (spoilt > 0 && pages.length > 0) expect(store.aside().length + 1, route).toBeGreaterThan(0);
      }
    });

    it.each(ODD_KINDS.map((kind) => [kind.name, kind] as const))(
      'loses the cell and no ticket when a cell is %s',
      { timeout: 900_000 },
      (_name, kind) => expectOnlyCellsLost(spec, [kind]),
    );

    it.each([
      ['reads instants in other forms', SAME_INSTANTS],
      ['knows no instant from what names none', NO_INSTANTS],
    ])('%s', { timeout: 900_000 }, (_name, kinds) => expectOnlyCellsLost(spec, kinds));

    it('keeps every other ticket as it is when one record is broken', { timeout: 900_000 }, () =>
      expectOthersUntouched(spec),
    );

    it('reads words in other letters', { timeout: 900_000 }, () => expectOnlyCellsLost(spec, [OTHER_CASE], spec.enums));

    it('lets no text through, wherever it stands', async () => {
      const store = memoryTelemetry();
      const { result, error } = await runVendor(spec, {
        store,
        fault: (reply) => withValues(reply, (value, key) => plantCanaries(value, key, spec.codes)),
      });
      expect(error ?? result?.error ?? null).toBeNull();
      expect(leaks(JSON.stringify([store.all(), store.aside()]), [...spec.canaries, ...PLANTED_MARKS])).toEqual([]);
    });

    it('agrees with what the vendor counts', async () => {
      const store = memoryTelemetry();
      await runVendor(spec, { store });
      for (const seen of await store.telemetry.observability())
        if (seen.reconciled_share !== null) expect([seen.stream, seen.reconciled_share]).toEqual([seen.stream, 1]);
    });

    it('asks for nothing that its limits forbid', async () => {
      const store = memoryTelemetry();
      const routes = spec.many?.() ?? spec.routes();
      const { requests, error } = await runVendor(spec, { store, paced: true, routes });
      expect(error).toBeNull();
      const account = spec.connector.account(spec.connector.settings.parse(spec.settings), spec.secret);
      const starts = requests.map((one) => one.atMs);
      if (account.limits.perMinute !== null)
        expect(most(starts, MINUTE_MS)).toBeLessThanOrEqual(account.limits.perMinute);
      // A request is seen some milliseconds after it was let through: others are under way.
      for (const { requests: allowed, seconds } of account.limits.windows ?? [])
        expect(most(starts, seconds * 1000 - account.limits.concurrency * 10)).toBeLessThanOrEqual(allowed);
      for (const { route, perMinute } of spec.quotas ?? []) {
        const own = requests.filter((one) => one.route === route).map((one) => one.atMs);
        expect([route, most(own, MINUTE_MS) <= perMinute]).toEqual([route, true]);
        expect(own.length, `requests to ${route}, too few to feel its quota`).toBeGreaterThan(perMinute);
      }
      const refused: string[] = [];
      await runVendor(spec, {
        store: memoryTelemetry(),
        fault: (reply, seen) => {
          if (reply instanceof FakeStatus && reply.status === 400) refused.push(seen.url.href);
          return undefined;
        },
      });
      expect(refused, 'requests that the vendor calls invalid').toEqual([]);
    });
  });
}

/** Most starts within any span. */
function most(starts: readonly number[], spanMs: number): number {
  return Math.max(0, ...starts.map((from) => starts.filter((at) => at >= from && at < from + spanMs).length));
}

type Store = ReturnType<typeof memoryTelemetry>;

function digestOf(store: Store): string {
  return JSON.stringify(
    Object.entries(store.all())
      .map(([table, rows]) => [table, Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1))] as const)
      .filter(([, rows]) => rows.length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function keysOf(store: Store): ReadonlySet<string> {
  return new Set(
    Object.entries(store.all()).flatMap(([table, rows]) => Object.keys(rows).map((key) => `${table} ${key}`)),
  );
}

function collect(pages: readonly ConnectorPage[]): Rows {
  const rows: Rows = new Map();
  for (const page of pages)
    for (const table of TABLE_NAMES)
      for (const row of (page.records[table] ?? []) as Record<string, unknown>[])
        rows.set(`${table} ${TABLES[table].key.map((column) => String(row[column])).join(' ')}`, row);
  return rows;
}

export type TableRows = Record<TableName, Record<string, unknown>[]>;

function rowsOf(pages: readonly ConnectorPage[]): TableRows {
  const latest = collect(pages);
  const rows = Object.fromEntries(TABLE_NAMES.map((table) => [table, []])) as unknown as TableRows;
  for (const [key, row] of latest)
    rows[key.slice(0, key.indexOf(' ')) as TableName].push(row as Record<string, unknown>);
  return rows;
}

function claimsOf(streams: FeedsCase<never>['connector']['streams']): Set<string> {
  return new Set(
    streams.flatMap((stream) =>
      Object.entries(stream.provides).flatMap(([evidence, fields]) =>
        (fields ?? []).map((field) => `${evidence}.${field}`),
      ),
    ),
  );
}

/** Some record shows the claim: a value in the column, the value named behind a colon, or what the stream's own word stands for. */
export function isFilled(claim: string, rows: TableRows): boolean {
  const [evidence, field] = claim.split(/\.(.*)/s) as [StreamName, string];
  const own = STREAM_TABLES[evidence].flatMap((table) => rows[table]);
  const [column = '', value] = field.split(/:(.*)/s);
  if (value !== undefined) return own.some((row) => row[column] === value);
  if (field === 'note') return rows.message.some((row) => row.public === false);
  if (field === 'open_tickets') return rows.ticket.some((row) => row.status !== 'solved' && row.status !== 'closed');
  if (field === 'team' || field === 'membership' || field === 'sla_target') return rows[field].length > 0;
  if (evidence === 'events' && own.some((row) => row.kind === field)) return true;
  return own.some((row) => row[field] !== null && row[field] !== undefined && !isEmptyList(row[field]));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Columns that may be unknown and are known in some record. */
function filledColumns(rows: TableRows): string[] {
  return (Object.keys(STREAM_TABLES) as StreamName[]).flatMap((evidence) =>
    STREAM_TABLES[evidence].flatMap((table) =>
      Object.entries((TABLES[table] as unknown as Table).columns)
        .filter(
          ([name, column]) =>
            column.nullable && rows[table].some((row) => row[name] !== null && !isEmptyList(row[name])),
        )
        .map(([name]) => `${evidence}.${name}`),
    ),
  );
}

function expectValid(page: ConnectorPage): void {
  for (const table of TABLE_NAMES)
    for (const row of page.records[table] ?? []) {
      const parsed = recordSchema(TABLES[table] as unknown as Table).safeParse(row);
      expect(parsed.success ? [] : parsed.error.issues, table).toEqual([]);
    }
}

/** A reply with other rows, wherever its list is; undefined when it holds none. */
function withRows(reply: unknown, change: (rows: unknown[]) => unknown[]): FakeStatus | undefined {
  const plain = reply instanceof FakeStatus ? reply : new FakeStatus(200, reply);
  if (plain.status !== 200) return undefined;
  const { body } = plain;
  if (Array.isArray(body)) return new FakeStatus(200, change(body), plain.headers);
  if (typeof body !== 'object' || body === null) return undefined;
  // HAL keeps the lists of a page under a key of its own.
  const { _embedded: inner } = body as { readonly _embedded?: object };
  const list = Object.entries(inner ?? body).find(([, value]) => Array.isArray(value));
  if (list === undefined) return undefined;
  const changed = { [list[0]]: change(list[1] as unknown[]) };
  return new FakeStatus(200, { ...body, ...(inner === undefined ? changed : { _embedded: changed }) }, plain.headers);
}

/** A reply with other values inside; keys of lists stand for their values. */
function withValues(reply: unknown, change: (value: unknown, key: string) => unknown): FakeStatus | undefined {
  const plain = reply instanceof FakeStatus ? reply : new FakeStatus(200, reply);
  if (plain.status !== 200 || plain.body instanceof FakeText) return undefined;
  const walk = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]));
    return change(value, key);
  };
  return new FakeStatus(200, walk(plain.body, ''), plain.headers);
}

function strange(value: unknown): unknown {
  if (typeof value === 'number') return 9_999;
  return typeof value === 'string' ? 'never-seen-before' : value;
}

function stampsIn(reply: unknown, stamp: string): number[] {
  const stamps: number[] = [];
  withValues(reply, (value, key) => {
    if (key === stamp && typeof value === 'string') stamps.push(Date.parse(value));
    if (key === stamp && typeof value === 'number') stamps.push(value * 1000);
    return value;
  });
  return stamps.filter((ms) => !Number.isNaN(ms));
}
