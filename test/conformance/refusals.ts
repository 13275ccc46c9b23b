import { beforeAll, describe, expect, it } from 'vitest';
import type { Observability } from '../../src/domain/observability.ts';
import { isDeadCredentials, PlumblineError } from '../../src/errors/index.ts';
import type { Connector } from '../../src/kit/connector.ts';
import type { Outcome } from '../../src/kit/exchange.ts';
import { createHttpClient } from '../../src/kit/http-client.ts';
import { type SyncResult, syncConnection } from '../../src/pipeline/sync.ts';
import { memoryTelemetry } from '../harness/memory-telemetry.ts';
import { spread } from '../harness/spread.ts';
import { bodyText, type ConnectorCase, FakeStatus, routeFor } from './connector.ts';

/** Requests that may be under way beside the one that meets the fault. */
const UNDER_WAY = 4;

interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Whether the request of this number meets it; 1 = the first. */
  readonly meets: (request: number) => boolean;
}

type Phase = 'identify' | 'probe' | 'read' | 'count';

interface Run {
  readonly result: SyncResult | null;
  readonly error: unknown;
  readonly requests: number;
  /** What the sync was about when the first request met the refusal. */
  readonly phase: Phase | null;
  readonly stream: string | null;
}

/**
 * What a refusal at any request of a sync does to what is known: dead credentials (401) change nothing; a limit that comes as 403 is waited
 * for; a plain 403 in mid-read is no permission, and the next good sync heals whatever it cost. Without a network and without an engine.
 */
export function describeRefusals<S>(spec: ConnectorCase<S>): void {
  describe('a refusal at any request of a sync', () => {
    let requests = 0;
    let whole: { readonly rows: unknown; readonly seen: readonly Observability[] };
    beforeAll(async () => {
      const store = memoryTelemetry();
      const clean = await sync(spec, store, null);
      requests = clean.requests;
      whole = { rows: store.all(), seen: await store.telemetry.observability() };
      expect(clean.result?.complete).toBe(true);
    });

    it('401 ends the sync with exit 3 and leaves all that was known as it was', async () => {
      for (const at of spread(requests, 1))
        for (const lasting of [true, false]) {
          const store = memoryTelemetry(whole.seen);
          const meets = (n: number) => (lasting ? n >= at : n === at);
          const run = await sync(spec, store, { status: 401, body: { error: 'invalid_token' }, meets });
          const error = run.error ?? run.result?.error;
          expect([at, error instanceof PlumblineError && error.kind]).toEqual([at, 'permission']);
          expect(await store.telemetry.observability(), `request ${at}`).toEqual(whole.seen);
          expect(run.requests, `request ${at}`).toBeLessThan(at + UNDER_WAY);
        }
    });

    it.each([
      ['a time to wait', { 'retry-after': '1' }, { error: 'Forbidden' }],
      ['no request left', { 'x-rate-limit-remaining': '0' }, { error: 'Forbidden' }],
      ['words', {}, { message: 'API rate limit exceeded' }],
    ])('a 403 that is a limit by %s is waited for', async (_name, headers, body) => {
      for (const at of spread(requests, 2)) {
        const store = memoryTelemetry();
        const run = await sync(spec, store, { status: 403, headers, body, meets: (n) => n === at });
        expect([at, run.error, run.result?.error ?? null]).toEqual([at, null, null]);
        expect(await store.telemetry.observability(), `request ${at}`).toEqual(whole.seen);
        expect(store.all(), `request ${at}`).toEqual(whole.rows);
      }
    });

    it('a plain 403 says permission only when a probe meets it, and heals', async () => {
      for (const at of spread(requests, 3)) {
        const store = memoryTelemetry(whole.seen);
        const run = await sync(spec, store, {
          status: 403,
          body: { error: 'Forbidden' },
          meets: (n) => n === at,
        });
        if (run.phase === 'identify') continue;
        expect([at, run.error]).toEqual([at, null]);
        const hidden = (run.result?.streams ?? [])
          .filter((one) => one.status === 'permission')
          .map((one) => one.stream);
        expect([at, run.phase === 'probe' ? [] : hidden]).toEqual([at, []]);
        const failed = run.result?.streams.filter((one) => one.status === 'failed') ?? [];
        expect([at, run.result?.complete]).toEqual([at, failed.length === 0]);
        if (failed.length > 0) expect(run.result?.error).toMatchObject({ kind: 'vendor' });
        await sync(spec, store, null);
        const statuses = (rows: readonly Observability[]) => rows.map((row) => [row.stream, row.status, row.fields]);
        expect(statuses(await store.telemetry.observability()), `request ${at}`).toEqual(statuses(whole.seen));
      }
    });
  });
}

async function sync<S>(
  spec: ConnectorCase<S>,
  store: ReturnType<typeof memoryTelemetry>,
  refusal: Refusal | null,
): Promise<Run> {
  const settings = spec.connector.settings.parse(spec.settings);
  const account = spec.connector.account(settings, spec.secret);
  const routes = spec.routes();
  let nowMs = spec.now.getTime();
  let requests = 0;
  const place = { phase: 'identify' as Phase, stream: null as string | null };
  let met: { phase: Phase; stream: string | null } | null = null;
  const answer = async (url: URL, method: string, body: string | undefined): Promise<Outcome> => {
    requests += 1;
    const meets = refusal?.meets(requests) === true;
    if (meets) met ??= { ...place };
    const route = routeFor(routes, url);
    const init = body === undefined ? { method } : { method, body };
    const reply = meets
      ? new FakeStatus(refusal.status, refusal.body)
      : ((await route?.answer(url, new Request(url, init))) ?? new FakeStatus(404, { error: 'RecordNotFound' }));
    const text = bodyText(reply);
    return {
      kind: 'reply',
      status: reply instanceof FakeStatus ? reply.status : 200,
      headers: {
        'content-type': 'application/json',
        date: spec.now.toUTCString(),
        ...(reply instanceof FakeStatus ? reply.headers : {}),
        ...(meets ? refusal.headers : {}),
      },
      text,
      bytes: text.length,
      url,
    };
  };
  const client = createHttpClient({
    ...account,
    limits: { concurrency: account.limits.concurrency, perMinute: null },
    clock: {
      now: () => new Date(nowMs),
      sleep: async (ms) => {
        nowMs += ms;
      },
    },
    random: () => 0.5,
    allowPrivate: false,
    exchange: ({ url, method, body }) => answer(url, method, body),
  });
  const watched: Connector<S> = {
    ...spec.connector,
    probe(stream, context) {
      Object.assign(place, { phase: 'probe', stream: stream.id });
      return spec.connector.probe(stream, context);
    },
    read(stream, checkpoint, context) {
      Object.assign(place, { phase: 'read', stream: stream.id });
      return spec.connector.read(stream, checkpoint, context);
    },
    count(stream, context) {
      Object.assign(place, { phase: 'count', stream });
      return spec.connector.count(stream, context);
    },
  };
  const context = {
    settings,
    http: client,
    signal: new AbortController().signal,
    pseudonymise: (kind: string, value: string) => `${kind}:${value.length}`,
  };
  const deps = { telemetry: store.telemetry, batchRows: 1000, progress: () => undefined };
  let result: SyncResult | null = null;
  let error: unknown = null;
  try {
    result = await syncConnection('desk', watched, context, deps);
  } catch (thrown) {
    error = thrown;
    if (!(thrown instanceof PlumblineError)) throw thrown;
    if (refusal?.status === 401) expect(isDeadCredentials(thrown)).toBe(true);
  } finally {
    client.close();
  }
  const at = met as { phase: Phase; stream: string | null } | null;
  return { result, error, requests, phase: at?.phase ?? null, stream: at?.stream ?? null };
}
