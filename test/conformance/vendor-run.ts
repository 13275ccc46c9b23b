import type { ConnectorPage } from '../../src/kit/connector.ts';
import type { Outcome } from '../../src/kit/exchange.ts';
import { createHttpClient } from '../../src/kit/http-client.ts';
import { type SyncResult, syncConnection } from '../../src/pipeline/sync.ts';
import type { TelemetryStore } from '../../src/store/ports.ts';
import { bodyText, type ConnectorCase, type FakeRoute, FakeStatus, routeFor } from './connector.ts';

/** One request as the fake vendor sees it. */
export interface Seen {
  /** 1 = the first of the run. */
  readonly number: number;
  readonly route: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly atMs: number;
}

/** What becomes of a reply; undefined = it stays as it is. */
export type Fault = (reply: unknown, seen: Seen) => FakeStatus | Outcome | unknown | undefined;

export interface VendorRun {
  readonly result: SyncResult | null;
  readonly error: unknown;
  readonly requests: readonly Seen[];
  readonly sleptMs: number;
}

export interface RunOptions {
  readonly store: { readonly telemetry: TelemetryStore };
  /** Rows in one commit; absent = one, so that every row is a place to stop at. */
  readonly batchRows?: number;
  /** Absent = hashes that tell whether values are alike, and no more. */
  readonly pseudonymise?: (kind: string, value: string) => string;
  readonly fault?: Fault;
  /** Server time; absent = that of the case. */
  readonly now?: Date;
  readonly routes?: readonly FakeRoute[];
  /** Keeps the connector's own pace; time passes with each request and each wait. */
  readonly paced?: boolean;
  readonly pages?: (page: ConnectorPage) => void;
  /** Name of the connection; absent = `desk`. */
  readonly connection?: string;
}

/** As much of a case as one run needs. */
export type VendorAccount<S> = Pick<ConnectorCase<S>, 'connector' | 'settings' | 'secret' | 'routes' | 'now'>;

const REQUEST_MS = 5;

/** Hashes of these runs. */
function pseudonym(kind: string, value: string): string {
  return `${kind}:${value.length}:${value.charCodeAt(0)}`;
}

/** `reference_keys` of a ticket that is known by these names. */
export function namesOf(...names: readonly string[]): string[] {
  return [...new Set(names.map((name) => pseudonym('reference', name)))].sort();
}

function isOutcome(value: unknown): value is Outcome {
  return typeof value === 'object' && value !== null && 'kind' in value && !(value instanceof FakeStatus);
}

/** One sync against a fake vendor, without a network and without an engine. */
export async function runVendor<S>(spec: VendorAccount<S>, options: RunOptions): Promise<VendorRun> {
  const { connector } = spec;
  const settings = connector.settings.parse(spec.settings);
  const account = connector.account(settings, spec.secret);
  const routes = options.routes ?? spec.routes();
  const now = options.now ?? spec.now;
  const requests: Seen[] = [];
  let nowMs = now.getTime();
  let sleptMs = 0;
  const answer = async (url: URL, init: { method: string; body: string | undefined; headers: Seen['headers'] }) => {
    const route = routeFor(routes, url);
    nowMs += REQUEST_MS;
    const seen: Seen = {
      number: requests.length + 1,
      route: route?.name ?? `unknown ${url.pathname}`,
      url,
      headers: init.headers,
      atMs: nowMs,
    };
    requests.push(seen);
    const { method, body } = init;
    const request = new Request(url, body === undefined ? { method } : { method, body });
    const plain = (await route?.answer(url, request)) ?? new FakeStatus(404, { error: 'RecordNotFound' });
    const reply = options.fault?.(plain, seen) ?? plain;
    if (isOutcome(reply)) return reply;
    const text = typeof reply === 'string' ? reply : bodyText(reply);
    return {
      kind: 'reply' as const,
      status: reply instanceof FakeStatus ? reply.status : 200,
      headers: {
        'content-type': 'application/json',
        date: new Date(nowMs).toUTCString(),
        ...(reply instanceof FakeStatus ? reply.headers : {}),
      },
      text,
      bytes: text.length,
      url,
    };
  };
  const client = createHttpClient({
    ...account,
    limits: options.paced === true ? account.limits : { concurrency: account.limits.concurrency, perMinute: null },
    clock: {
      now: () => new Date(nowMs),
      sleep: async (ms) => {
        const due = nowMs + ms;
        sleptMs += ms;
        // Whoever was let through before is seen before time goes on, and several who wait do so at once.
        await new Promise((resolve) => setImmediate(resolve));
        nowMs = Math.max(nowMs, due);
      },
    },
    random: () => 0.5,
    allowPrivate: false,
    keepSecret: async () => undefined,
    exchange: ({ url, method, body, headers }) => answer(url, { method, body, headers }),
  });
  const watched = {
    ...connector,
    async *read(...args: Parameters<typeof connector.read>) {
      for await (const page of connector.read(...args)) {
        options.pages?.(page);
        yield page;
      }
    },
  };
  let result: SyncResult | null = null;
  let error: unknown = null;
  try {
    result = await syncConnection(
      options.connection ?? 'desk',
      watched,
      {
        settings,
        http: client,
        signal: new AbortController().signal,
        pseudonymise: options.pseudonymise ?? pseudonym,
      },
      { telemetry: options.store.telemetry, batchRows: options.batchRows ?? 1, progress: () => undefined },
    );
  } catch (thrown) {
    error = thrown;
  } finally {
    client.close();
  }
  return { result, error, requests, sleptMs };
}
