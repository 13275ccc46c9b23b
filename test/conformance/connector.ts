import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordSchema, type Table } from '../../src/domain/columns.ts';
import { TABLE_NAMES, TABLES, type TableName } from '../../src/domain/telemetry.ts';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import type { Capability, Connector, ConnectorContext, ConnectorPage, VendorStream } from '../../src/kit/connector.ts';
import { createHttpClient, type HttpClientDeps } from '../../src/kit/http-client.ts';
import { readPages as pagesToStore } from '../../src/pipeline/read-pages.ts';
import { PLANTED_MARKS, plantPersonalText } from '../harness/plant-personal-text.ts';
import { leaks } from './leaks.ts';

/** One call that the fake helpdesk answers. A full read must use every route of the list. */
export interface FakeRoute {
  readonly name: string;
  /** Against the path without query. */
  readonly path: RegExp;
  /** Where one path serves many kinds of records: whether this route is meant. */
  readonly takes?: (url: URL) => boolean;
  /** JSON body, or a status with one. */
  answer(url: URL, request: Request): unknown | Promise<unknown>;
}

/** The route that answers an address. */
export function routeFor(routes: readonly FakeRoute[], url: URL): FakeRoute | undefined {
  return routes.find((one) => one.path.test(url.pathname) && (one.takes?.(url) ?? true));
}

/** A reply that is more than JSON with 200. */
export class FakeStatus {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** A reply that is text and no JSON: a table of an export. It is given as it is, whatever records a fault bends. */
export class FakeText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** No fake has so many pages with rows: a read that gives more does not end. */
const MOST_PAGES = 500;
const ENDLESS = `The read gave ${MOST_PAGES} pages and goes on. The kit knows a page that comes twice by the ids of its rows (\`id\`, \`_id\`, \`Id\`, \`sys_id\` or \`by.id\`; letters, digits, - and _).`;

export interface ConnectorCase<S> {
  readonly connector: Connector<S>;
  /** Raw settings, as a person would write them. */
  readonly settings: unknown;
  readonly secret: string;
  /** Address that the fake answers for. */
  readonly origin: string;
  /** Further addresses of the account that it answers for. */
  readonly origins?: readonly string[];
  /** A fresh fake; reading it twice gives the same answers. */
  readonly routes: () => readonly FakeRoute[];
  /** Routes that only some fault or setting reaches. */
  readonly spare?: readonly string[];
  /** A history stream that takes at least three pages, and the route that serves them. */
  readonly paged: { readonly stream: string; readonly route: string };
  /**
   * Makes a page of that route repeat for ever: the same rows and the same next page whatever is asked for, and a total beyond them where there is one.
   * Cutting the page that was asked for is not enough: numbered pages come to their end then.
   */
  readonly repeatCursor: (page: Record<string, unknown>) => unknown;
  /** Makes a page of that route end without rows. */
  readonly emptyPage: (page: Record<string, unknown>) => unknown;
  /**
   * Spoils one record of a page of that route; the others stay. Asked once: where the list is walked again, spoil the row of the fake as well
   * (`live` in test/harness/chatwoot-case.ts).
   */
  readonly spoilRecord: (page: Record<string, unknown>) => unknown;
  /** A stream that a 403 on this route hides. */
  readonly forbidden: { readonly stream: string; readonly route: string };
  /** Ids beyond 2^53 planted in the fake, which must arrive digit by digit. */
  readonly bigIds: readonly { readonly table: TableName; readonly column: string; readonly id: string }[];
  /** Subjects, bodies, names, addresses and tokens planted in the fake; none may be seen again. */
  readonly canaries: readonly string[];
  /** Server time of the fake. */
  readonly now: Date;
}

type Answer = (reply: unknown, url: URL) => Response | Promise<Response> | null;
type Rows = Map<string, unknown>;

interface Bench<S> {
  readonly context: ConnectorContext<S>;
  readonly slept: number[];
}

/**
 * What every connector must do, run against a fake helpdesk on a made-up host (msw). Streams are read as a sync reads them: probe, then
 * pages from a checkpoint. Fails on a request that no route answers and on a route that a full read never asks.
 */
export function describeConnector<S>(spec: ConnectorCase<S>): void {
  describe(`${spec.connector.id} keeps the connector contract`, () => {
    const unhandled: string[] = [];
    const used = new Set<string>();
    let routes: readonly FakeRoute[] = [];
    /** Bends the reply to a route; null = as it is. */
    let fault: { readonly route: string | null; readonly answer: Answer } | null = null;
    const closers: (() => void)[] = [];

    const server = setupServer(
      http.all('*', async ({ request }) => {
        const url = new URL(request.url);
        const route = [spec.origin, ...(spec.origins ?? [])].includes(url.origin) ? routeFor(routes, url) : undefined;
        if (route === undefined) {
          unhandled.push(`${request.method} ${url.href}`);
          return HttpResponse.json({ error: 'RecordNotFound' }, { status: 404 });
        }
        used.add(route.name);
        const reply = await route.answer(url, request);
        if (fault !== null && (fault.route === null || fault.route === route.name)) {
          const bent = await fault.answer(reply, url);
          if (bent !== null) return bent;
        }
        return jsonReply(reply, spec.now);
      }),
    );

    beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
    beforeEach(() => {
      routes = spec.routes();
      fault = null;
      unhandled.length = 0;
      used.clear();
    });
    afterEach(() => {
      for (const close of closers.splice(0)) close();
      expect(unhandled).toEqual([]);
    });
    afterAll(() => server.close());

    const open = (over: Partial<HttpClientDeps> = {}): Bench<S> => {
      const settings = spec.connector.settings.parse(spec.settings);
      const account = spec.connector.account(settings, spec.secret);
      let nowMs = spec.now.getTime();
      const slept: number[] = [];
      const signal = new AbortController().signal;
      const client = createHttpClient({
        ...account,
        limits: { concurrency: account.limits.concurrency, perMinute: null },
        clock: {
          now: () => new Date(nowMs),
          sleep: async (ms) => {
            slept.push(ms);
            nowMs += ms;
          },
        },
        random: () => 0.5,
        allowPrivate: false,
        signal,
        ...over,
      });
      closers.push(() => client.close());
      return {
        slept,
        context: {
          settings,
          http: client,
          signal,
          until: new Date(spec.now.getTime() - spec.connector.lagS * 1000),
          pseudonymise: (kind, value) => `${kind}:${fingerprint(value)}`,
        },
      };
    };

    const streamOf = (id: string): VendorStream => {
      const found = spec.connector.streams.find((stream) => stream.id === id);
      if (found === undefined) throw new Error(`no stream ${id}`);
      return found;
    };

    const readPages = async (bench: Bench<S>, stream: VendorStream, from: string | null): Promise<ConnectorPage[]> => {
      const pages: ConnectorPage[] = [];
      for await (const page of spec.connector.read(stream, from, bench.context)) pages.push(page);
      return pages;
    };

    const readAll = async (bench: Bench<S>): Promise<{ stream: VendorStream; pages: ConnectorPage[] }[]> => {
      await spec.connector.identify(bench.context);
      const all: { stream: VendorStream; pages: ConnectorPage[] }[] = [];
      for (const stream of spec.connector.streams) {
        const capability: Capability = await spec.connector.probe(stream, bench.context);
        if (capability.status === 'available') all.push({ stream, pages: await readPages(bench, stream, null) });
      }
      return all;
    };

    /** Reads the paged stream with a fault on its route from the given request on. */
    const readFaulty = async (bench: Bench<S>, answer: Answer, from: number, times = Number.POSITIVE_INFINITY) => {
      let count = 0;
      fault = {
        route: spec.paged.route,
        answer: (reply, url) => {
          count += 1;
          return count >= from && count < from + times ? answer(reply, url) : null;
        },
      };
      const pages: ConnectorPage[] = [];
      let error: unknown = null;
      let given = 0;
      try {
        for await (const page of spec.connector.read(streamOf(spec.paged.stream), null, bench.context)) {
          pages.push(page);
          if (page.seen > 0 && ++given > MOST_PAGES) throw new Error(ENDLESS);
        }
      } catch (thrown) {
        error = thrown;
      }
      fault = null;
      if (error instanceof Error && error.message === ENDLESS) throw error;
      return { pages, error };
    };

    const expectError = (error: unknown, code: string): PlumblineError => {
      expect(error).toBeInstanceOf(PlumblineError);
      const known = error as PlumblineError;
      expect(known.code).toBe(code);
      expect(leaks(JSON.stringify([known.message, known.remedy, known.where, known.problems]), spec.canaries)).toEqual(
        [],
      );
      return known;
    };

    it('reads every stream into valid records, asks every route and nothing else', async () => {
      const all = await readAll(open());
      for (const { pages } of all) for (const page of pages) expectValid(page);
      expect(all.flatMap(({ pages }) => pages.flatMap((page) => page.rejected))).toEqual([]);
      const asked = [...used, ...(spec.spare ?? [])];
      expect(routes.map((route) => route.name).filter((name) => !asked.includes(name))).toEqual([]);
      const paged = all.find(({ stream }) => stream.id === spec.paged.stream);
      expect(paged?.pages.length).toBeGreaterThanOrEqual(3);
    });

    it('claims only streams, fields and checkpoints that it has', async () => {
      const all = await readAll(open());
      const filled = new Set(all.flatMap(({ pages }) => pages.flatMap((page) => Object.keys(page.records))));
      expect(filled.size).toBeGreaterThan(0);
      for (const { stream, pages } of all)
        for (const page of pages) if (stream.kind === 'history') expect(page.checkpoint).not.toBe('');
      for (const stream of spec.connector.streams)
        for (const never of Object.keys(spec.connector.never))
          expect(Object.keys(stream.provides)).not.toContain(never);
    });

    it('gives the same records when resumed from any checkpoint', async () => {
      const bench = open();
      for (const { stream, pages } of await readAll(bench)) {
        if (stream.kind !== 'history') continue;
        const whole = collect(pages);
        for (const [index, page] of pages.entries()) {
          const rest = await readPages(bench, stream, page.checkpoint);
          expect(collect([...pages.slice(0, index + 1), ...rest]), `${stream.id} after page ${index + 1}`).toEqual(
            whole,
          );
        }
      }
    });

    it('adds nothing when read a second time', async () => {
      const bench = open();
      for (const { stream, pages } of await readAll(bench)) {
        const again = await readPages(
          bench,
          stream,
          stream.kind === 'config' ? null : (pages.at(-1)?.checkpoint ?? null),
        );
        expect(collect([...pages, ...again]), stream.id).toEqual(collect(pages));
      }
    });

    it('keeps ids beyond 2^53', async () => {
      const rows = (await readAll(open())).flatMap(({ pages }) => pages.map((page) => page.records));
      for (const { table, column, id } of spec.bigIds)
        expect(
          rows.flatMap((records) => (records[table] ?? []) as Record<string, unknown>[]).map((row) => row[column]),
        ).toContain(id);
    });

    it('lets no text, name, address or secret through', async () => {
      const all = await readAll(open());
      const text = JSON.stringify(all.map(({ pages }) => pages));
      expect(leaks(text, [...spec.canaries, spec.secret])).toEqual([]);
    });

    it('brings no personal text of free fields to the store', async () => {
      fault = {
        route: null,
        answer: (reply) =>
          reply instanceof FakeStatus && reply.status !== 200
            ? null
            : jsonReply(bent(reply, plantPersonalText), spec.now),
      };
      const bench = open();
      await spec.connector.identify(bench.context);
      const stored: unknown[] = [];
      for (const stream of spec.connector.streams) {
        if ((await spec.connector.probe(stream, bench.context)).status !== 'available') continue;
        for await (const page of pagesToStore(spec.connector, stream, null, bench.context)) stored.push(page);
      }
      expect(stored.length).toBeGreaterThan(0);
      expect(leaks(JSON.stringify(stored), PLANTED_MARKS)).toEqual([]);
    });

    it('says that credentials are wrong', async () => {
      fault = { route: null, answer: () => HttpResponse.json({ error: "Couldn't authenticate you" }, { status: 401 }) };
      expectError(await thrown(spec.connector.identify(open().context)), 'PERMISSION_DENIED');
    });

    it('hides a stream that is forbidden and goes on with the others', async () => {
      fault = { route: spec.forbidden.route, answer: () => HttpResponse.json({ error: 'Forbidden' }, { status: 403 }) };
      const bench = open();
      const capability = await spec.connector.probe(streamOf(spec.forbidden.stream), bench.context);
      expect(['permission', 'plan']).toContain(capability.status);
      const all = await readAll(open());
      expect(all.map(({ stream }) => stream.id)).not.toContain(spec.forbidden.stream);
      expect(all.length).toBeGreaterThan(0);
    });

    it.each([
      ['seconds', '2'],
      ['an HTTP date', new Date(spec.now.getTime() + 2000).toUTCString()],
    ])('waits when told to in %s, then gives the same records', async (_form, retryAfter) => {
      const whole = collect(await readPages(open(), streamOf(spec.paged.stream), null));
      const bench = open();
      const { pages, error } = await readFaulty(
        bench,
        () =>
          HttpResponse.json(
            { error: 'TooMany' },
            { status: 429, headers: { 'retry-after': retryAfter, date: spec.now.toUTCString() } },
          ),
        2,
        1,
      );
      expect(error).toBeNull();
      expect(collect(pages)).toEqual(whole);
      expect(bench.slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(2000);
    });

    it('stops with RATE_LIMITED when the wait is too long, and resumes', async () => {
      const stream = streamOf(spec.paged.stream);
      const whole = collect(await readPages(open(), stream, null));
      const { pages, error } = await readFaulty(
        open(),
        () => HttpResponse.json({ error: 'TooMany' }, { status: 429, headers: { 'retry-after': '7200' } }),
        3,
      );
      expect(expectError(error, 'RATE_LIMITED').retryAfterMs).toBeGreaterThanOrEqual(7_200_000);
      const rest = await readPages(open(), stream, pages.at(-1)?.checkpoint ?? null);
      expect(collect([...pages, ...rest])).toEqual(whole);
    });

    it.each([
      ['500 answers', 'VENDOR_UNREACHABLE', () => HttpResponse.json({ error: 'Oops' }, { status: 500 })],
      [
        'cut-off JSON',
        'VENDOR_BROKEN',
        (reply: unknown) => textReply(bodyText(reply).slice(0, -20), 'application/json'),
      ],
      ['web pages with 200', 'VENDOR_BROKEN', () => textReply('<!doctype html><p>Back soon</p>', 'text/html')],
      ['another envelope', 'VENDOR_BROKEN', () => HttpResponse.json({ note: 'nothing here' })],
    ] as const)('survives one bad moment and stops cleanly at lasting %s', async (_what, code, answer) => {
      const stream = streamOf(spec.paged.stream);
      const whole = collect(await readPages(open(), stream, null));
      const lasting = await readFaulty(open(), answer, 2);
      expectError(lasting.error, code);
      const rest = await readPages(open(), stream, lasting.pages.at(-1)?.checkpoint ?? null);
      expect(collect([...lasting.pages, ...rest])).toEqual(whole);
      if (_what === 'another envelope') return;
      const once = await readFaulty(open(), answer, 2, 1);
      expect(once.error).toBeNull();
      expect(collect(once.pages)).toEqual(whole);
    });

    it('gives up on an address that answers with web pages', async () => {
      fault = { route: null, answer: () => textReply('<!doctype html><p>Create your account</p>', 'text/html') };
      expectError(await thrown(spec.connector.identify(open().context)), 'NOT_A_HELPDESK');
    });

    it('gives up on a helpdesk that never answers', async () => {
      const bench = open({ timeouts: { totalMs: 40, attempts: 2 } });
      const { error } = await readFaulty(bench, () => new Promise<Response>(() => {}), 2);
      expectError(error, 'VENDOR_UNREACHABLE');
    });

    it('takes an empty page as an end, not as an error', async () => {
      const { pages, error } = await readFaulty(open(), (reply) => jsonReply(bent(reply, spec.emptyPage), spec.now), 1);
      expect(error).toBeNull();
      expect(collect(pages).size).toBe(0);
    });

    it('stops when the cursor repeats', async () => {
      const { error } = await readFaulty(open(), (reply) => jsonReply(bent(reply, spec.repeatCursor), spec.now), 1);
      expect(error, 'the read came to an end: `repeatCursor` lets the pages go on').not.toBeNull();
      expectError(error, 'VENDOR_LOOP');
    });

    it('sets one bad record aside and keeps the rest', async () => {
      const whole = collect(await readPages(open(), streamOf(spec.paged.stream), null));
      const { pages, error } = await readFaulty(
        open(),
        (reply) => jsonReply(bent(reply, spec.spoilRecord), spec.now),
        1,
        1,
      );
      expect(error).toBeNull();
      const rejected = pages.flatMap((page) => page.rejected);
      expect(rejected.length).toBeGreaterThanOrEqual(1);
      expect(leaks(JSON.stringify(rejected), spec.canaries)).toEqual([]);
      const kept = collect(pages);
      expect(kept.size).toBeGreaterThan(0);
      expect(kept.size, 'the spoilt row came whole later: `spoilRecord` has to spoil it in the fake').toBeLessThan(
        whole.size,
      );
      for (const [key, row] of kept) expect(row).toEqual(whole.get(key));
    });
  });
}

function jsonReply(reply: unknown, now: Date): Response {
  const status = reply instanceof FakeStatus ? reply.status : 200;
  return new HttpResponse(bodyText(reply), {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      date: now.toUTCString(),
      ...(reply instanceof FakeStatus ? reply.headers : {}),
    },
  });
}

/** JSON in which `@big:123` stands for the bare number 123, which JavaScript itself could not write. */
export function bodyText(reply: unknown): string {
  const body = reply instanceof FakeStatus ? reply.body : reply;
  return body instanceof FakeText ? body.text : JSON.stringify(body).replaceAll(/"@big:(\d+)"/g, '$1');
}

function textReply(text: string, type: string): Response {
  return new HttpResponse(text, { status: 200, headers: { 'content-type': type } });
}

type Bend = (page: Record<string, unknown>) => unknown;

/** A reply with another body; its status and headers stay. */
function bent(reply: unknown, bend: Bend): unknown {
  if (reply instanceof FakeText) return reply;
  if (!(reply instanceof FakeStatus)) return bend(structuredClone(reply) as Record<string, unknown>);
  const other = bend(structuredClone(reply.body) as Record<string, unknown>);
  return other instanceof FakeStatus ? other : new FakeStatus(reply.status, other, reply.headers);
}

async function thrown(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

/** Rows by table and key; a later row of a key replaces an earlier one, as in the store. */
function collect(pages: readonly ConnectorPage[]): Rows {
  const rows: Rows = new Map();
  for (const page of pages)
    for (const table of TABLE_NAMES)
      for (const row of (page.records[table] ?? []) as Record<string, unknown>[])
        rows.set(`${table} ${TABLES[table].key.map((column) => String(row[column])).join(' ')}`, row);
  return rows;
}

function expectValid(page: ConnectorPage): void {
  for (const table of TABLE_NAMES)
    for (const row of page.records[table] ?? []) {
      const parsed = recordSchema(TABLES[table] as unknown as Table).safeParse(row);
      expect(parsed.success ? [] : parsed.error.issues, table).toEqual([]);
    }
}

/** Stands in for the keyed hash of the workspace: same in, same out, and not the text itself. */
function fingerprint(text: string): string {
  let hash = 0;
  for (const char of text) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(36);
}
