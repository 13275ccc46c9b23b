import { PlumblineError } from '../errors/plumbline-error.ts';
import type { Account } from './account.ts';
import { type AgentOptions, createAgents } from './address-guard.ts';
import { askForToken, type Wire } from './auth/ask-token.ts';
import { cannotKeep, type HeldToken, holdToken } from './auth/held-token.ts';
import type { Token } from './auth/token-source.ts';
import { jitteredWait } from './backoff.ts';
import { parseBaseUrl, requireUsable } from './base-url.ts';
import type { Clock } from './clock.ts';
import { type Attempt, exchange, type Outcome } from './exchange.ts';
import type { HttpClient, HttpReply, HttpRequest } from './http.ts';
import { createRateGate, type RateGate } from './rate-gate.ts';
import { type Judged, judgeReply, type Reading, type Retry } from './read-reply.ts';
import { leadsAway, unreachable } from './reply-errors.ts';
import { authHeaders, requestUrl } from './request-parts.ts';
import { readRateHeaders } from './retry-after.ts';

export type HttpMetric =
  | { readonly kind: 'reply'; readonly status: number; readonly bytes: number }
  | { readonly kind: 'rate_limited'; readonly waitMs: number }
  | { readonly kind: 'retry'; readonly reason: string; readonly waitMs: number };

/** Limits that this client shares with others of the same account, on this machine and on others. */
export interface SharedPace {
  /** Asks for a turn under a bucket of the account; gives milliseconds to wait before asking again, 0 = the turn is taken. */
  take(bucket: string, perMinute: number | null): Promise<number>;
  /** Nobody sends to the account before `ms` from now. */
  pause(ms: number): Promise<void>;
}

export interface HttpClientDeps extends Account {
  readonly clock: Clock;
  /** Uniform in [0, 1), for jitter. */
  readonly random: () => number;
  /** Private and loopback addresses may be reached. */
  readonly allowPrivate: boolean;
  readonly signal?: AbortSignal;
  readonly metrics?: (metric: HttpMetric) => void;
  readonly pace?: SharedPace;
  /** Keeps the secret of the connection in a new form, where a vendor rotates it; absent = it cannot be kept. */
  readonly keepSecret?: (secret: string) => Promise<void>;
  /** Name and version sent as user agent. */
  readonly userAgent?: string;
  readonly timeouts?: Partial<HttpTimeouts>;
  /** Replaces the network: one attempt, as `exchange` makes it. */
  readonly exchange?: typeof exchange;
  /** Replaces the system's DNS lookup. */
  readonly lookup?: AgentOptions['lookup'];
}

export interface HttpTimeouts {
  /** Until the connection (with TLS) stands. @defaultValue 10_000 */
  readonly connectMs: number;
  /** One attempt, from the request to the last byte. @defaultValue 120_000 */
  readonly totalMs: number;
  /** All waiting of one call together: rate limits and backoff. Beyond it the call gives up, so that the sync can stop, save and resume. @defaultValue 300_000 */
  readonly waitMs: number;
  /** Attempts of one call that failed or were refused with 5xx. @defaultValue 5 */
  readonly attempts: number;
  /** Body after decompression, bytes. @defaultValue 67_108_864 */
  readonly maxBytes: number;
}

const DEFAULTS: HttpTimeouts = {
  connectMs: 10_000,
  totalMs: 120_000,
  waitMs: 300_000,
  attempts: 5,
  maxBytes: 64 * 1024 * 1024,
};
/** A broken body may be a cut connection behind a proxy: worth one more look, not five. */
const BROKEN_ATTEMPTS = 2;
/** A server that says "0 seconds" for ever must still come to an end. */
const TOLD_ATTEMPTS = 20;

type Asked = Omit<HttpRequest<unknown>, 'schema'>;

/** HTTP client of one vendor account (contract: HttpClient). `close` frees its sockets. Errors: BAD_URL for an address that may not be used. */
export function createHttpClient(deps: HttpClientDeps): HttpClient & { close(): void } {
  const base = parseBaseUrl(deps.baseUrl.href, deps.allowPrivate);
  const limits = { ...DEFAULTS, ...deps.timeouts };
  const agents = createAgents({
    allowPrivate: deps.allowPrivate,
    connectTimeoutMs: limits.connectMs,
    maxSockets: deps.limits.concurrency,
    ...(deps.lookup === undefined ? {} : { lookup: deps.lookup }),
  });
  const gate = createRateGate(deps.limits, deps.clock);
  const quotas = new Map<string, RateGate>();
  const origins = new Map(
    Object.entries(deps.origins ?? {}).map(([name, one]) => {
      const { url, auth } = one instanceof URL ? { url: one, auth: null } : one;
      return [name, { url: parseBaseUrl(url.href, deps.allowPrivate), own: auth && authHeaders(auth) }] as const;
    }),
  );
  const userAgent = deps.userAgent ?? 'plumbline';
  const common = { 'user-agent': userAgent, ...lowerCase(deps.headers ?? {}) };
  const fixed: Readonly<Record<string, string>> = deps.auth.kind === 'token' ? {} : authHeaders(deps.auth);
  /** A page of HTML after good replies is an outage, before any it is a wrong address. */
  let proven = false;

  const quotaGate = (quota: HttpRequest<unknown>['quota']): RateGate => {
    if (quota === undefined) return gate;
    const known = quotas.get(quota.id);
    if (known !== undefined) return known;
    const made = createRateGate({ concurrency: deps.limits.concurrency, perMinute: quota.perMinute }, deps.clock);
    quotas.set(quota.id, made);
    return made;
  };

  /** Waits for the turn that all clients of the account share. Errors: RATE_LIMITED when it is further away than this call may wait. */
  const takeTurn = async (request: Asked): Promise<void> => {
    const { pace } = deps;
    if (pace === undefined) return;
    const bucket = request.quota?.id ?? '';
    const perMinute = request.quota?.perMinute ?? deps.limits.perMinute;
    let waitedMs = 0;
    for (let ms = await pace.take(bucket, perMinute); ms > 0; ms = await pace.take(bucket, perMinute)) {
      waitedMs += ms;
      if (waitedMs > limits.waitMs)
        throw new PlumblineError(
          'RATE_LIMITED',
          `The limit of ${base.origin} is used up by others of the same account.`,
          'The work goes on when the limit allows.',
          { retryAfterMs: ms },
        );
      await deps.clock.sleep(ms, request.signal ?? deps.signal);
    }
  };

  const wire = (sent: Wire, signals: readonly AbortSignal[], every: Wire['headers'] = common): Promise<Outcome> => {
    const attempt: Attempt = {
      ...sent,
      headers: { ...every, ...sent.headers },
      agent: sent.url.protocol === 'https:' ? agents.https : agents.http,
      totalTimeoutMs: limits.totalMs,
      maxBytes: limits.maxBytes,
      signals,
    };
    return (deps.exchange ?? exchange)(attempt);
  };

  const ownSignals = deps.signal === undefined ? [] : [deps.signal];
  const held: HeldToken | null =
    deps.auth.kind !== 'token'
      ? null
      : holdToken(deps.auth.source, () => ({
          now: deps.clock.now(),
          post: (url, form, headers) =>
            askForToken(
              {
                send: (sent) => wire(sent, ownSignals),
                allowPrivate: deps.allowPrivate,
                now: () => deps.clock.now(),
                sleep: (ms) => deps.clock.sleep(ms, deps.signal),
                random: deps.random,
                attempts: limits.attempts,
                waitMs: limits.waitMs,
              },
              url,
              form,
              headers,
            ),
          keepSecret: deps.keepSecret ?? (() => Promise.reject(cannotKeep())),
        }));

  /** Address of a request: a further one of the account by name, the one that came with the token, else the configured one. */
  const baseOf = (request: Pick<HttpRequest<unknown>, 'origin'>, token: Token | null): URL => {
    if (request.origin === undefined)
      return token?.baseUrl === undefined ? base : parseBaseUrl(token.baseUrl.href, deps.allowPrivate);
    const found = origins.get(request.origin);
    if (found !== undefined) return found.url;
    throw new PlumblineError('BUG', `The account has no address named ${request.origin}.`, 'Report this.');
  };

  /** Credentials that an address has for itself; null = those of the account. */
  const ownOf = ({ origin }: Asked) => (origin === undefined ? null : (origins.get(origin)?.own ?? null));

  const tokenFor = async (request: Asked): Promise<Token | null> =>
    held === null || ownOf(request) !== null ? null : held.get();

  /** Asks a host that is none of the account's, which is told nothing of it. */
  const askStranger = (to: URL, accept: string, signals: readonly AbortSignal[]): Promise<Outcome> => {
    const url = requireUsable(to, deps.allowPrivate, 'file');
    return wire({ url, method: 'GET', headers: { accept }, body: undefined }, signals, { 'user-agent': userAgent });
  };

  const send = async (request: Asked, url: URL, token: Token | null, accept: string): Promise<Outcome> => {
    const signals = [...ownSignals, ...(request.signal === undefined ? [] : [request.signal])];
    if (url.origin !== baseOf(request, token).origin) return askStranger(url, accept, signals);
    const gates = new Set([quotaGate(request.quota), gate]);
    const leaves: (() => void)[] = [];
    const json: Record<string, string> = request.body === undefined ? {} : { 'content-type': 'application/json' };
    try {
      for (const one of gates) leaves.push(await one.enter(request.signal ?? deps.signal));
      await takeTurn(request);
      const outcome = await wire(
        {
          url,
          method: request.method ?? 'GET',
          headers: { accept, ...(ownOf(request) ?? { ...fixed, ...token?.headers }), ...json },
          body: request.body === undefined ? undefined : JSON.stringify(request.body),
        },
        signals,
      );
      const leads = outcome.kind === 'redirect' && request.file === true;
      return leads ? await askStranger(outcome.to, accept, signals) : outcome;
    } finally {
      for (const leave of leaves) leave();
    }
  };

  const judge = <T>(outcome: Outcome, url: URL, request: Asked, reading: Reading<T>): Judged<T> => {
    if (outcome.kind === 'failed') {
      const error = unreachable(url, outcome);
      return { error, retry: error.code === 'VENDOR_UNREACHABLE' ? 'failed' : 'never' };
    }
    if (outcome.kind === 'redirect') return { error: leadsAway(outcome), retry: 'never' };
    const now = deps.clock.now();
    deps.metrics?.({ kind: 'reply', status: outcome.status, bytes: outcome.bytes });
    const rate = readRateHeaders(outcome.headers, now, deps.limits.headers);
    // What the server asks for in so many words goes before what its counters suggest.
    quotaGate(request.quota).learn(outcome.headers['retry-after'] === undefined ? rate : { ...rate, resetMs: null });
    const verdict = judgeReply(outcome, reading, {
      now,
      proven,
      classify: deps.classify,
      reset: deps.limits.headers?.reset,
    });
    if ('done' in verdict) proven = true;
    return verdict;
  };

  const pause = async (error: PlumblineError, waitMs: number, request: Asked): Promise<void> => {
    if (error.code === 'RATE_LIMITED') {
      deps.metrics?.({ kind: 'rate_limited', waitMs });
      // The next attempt waits at the gate, and so does every other call of the same quota.
      quotaGate(request.quota).pause(waitMs);
      await deps.pace?.pause(waitMs);
      return;
    }
    deps.metrics?.({ kind: 'retry', reason: error.code, waitMs });
    await deps.clock.sleep(waitMs, request.signal ?? deps.signal);
  };

  const ask = async <T>(request: Asked, reading: Reading<T>, accept: string): Promise<HttpReply<T>> => {
    let token = await tokenFor(request);
    let renewed = false;
    let waitedMs = 0;
    for (let failures = 1; ; failures += 1) {
      const url = requestUrl(request, baseOf(request, token));
      const verdict = judge(await send(request, url, token, accept), url, request, reading);
      if ('done' in verdict) return verdict.done;
      const { error, retry } = verdict;
      if (retry === 'renew' && held !== null && token !== null && !renewed) {
        renewed = true;
        token = await held.renew(token);
        continue;
      }
      if (failures >= attemptsOf(retry, limits.attempts)) throw error;
      const waitMs = waitOf(retry, jitteredWait(failures, deps.random));
      if (waitedMs + waitMs > limits.waitMs) {
        if (error.code === 'RATE_LIMITED') await deps.pace?.pause(waitMs);
        throw withRetryAfter(error, waitMs);
      }
      waitedMs += waitMs;
      await pause(error, waitMs, request);
    }
  };

  return {
    origin: base.origin,
    getJson: (request) => ask(request, { as: 'json', schema: request.schema }, 'application/json'),
    getText: (request) => ask(request, { as: 'text' }, 'text/csv, text/plain;q=0.9, */*;q=0.1'),
    close: () => agents.close(),
  };
}

function waitOf(retry: Retry, jitterMs: number): number {
  return typeof retry === 'object' ? retry.afterMs + Math.min(jitterMs, 1000) : jitterMs;
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function attemptsOf(retry: Retry, attempts: number): number {
  if (retry === 'never' || retry === 'renew') return 1;
  if (retry === 'broken') return BROKEN_ATTEMPTS;
  return typeof retry === 'object' ? TOLD_ATTEMPTS : attempts;
}

function withRetryAfter(error: PlumblineError, waitMs: number): PlumblineError {
  if (error.retryAfterMs !== undefined) return error;
  return new PlumblineError(error.code, error.message, error.remedy, {
    ...(error.where === undefined ? {} : { where: error.where }),
    retryAfterMs: waitMs,
    cause: error,
  });
}
