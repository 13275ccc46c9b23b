import type { z } from 'zod';
import { PlumblineError } from '../errors/plumbline-error.ts';
import { type AgentOptions, createAgents } from './address-guard.ts';
import { jitteredWait } from './backoff.ts';
import { parseBaseUrl } from './base-url.ts';
import type { Clock } from './clock.ts';
import type { Auth, OriginLimits } from './connector.ts';
import { exchange, type Outcome } from './exchange.ts';
import type { HttpClient, HttpReply, HttpRequest } from './http.ts';
import { parseLosslessJson } from './lossless-json.ts';
import { describeIssues } from './parse-each.ts';
import { createRateGate, type RateGate } from './rate-gate.ts';
import { broken, isHtml, isLimit, notAHelpdesk, placeOf, statusError, unreachable } from './reply-errors.ts';
import { authHeaders, requestUrl } from './request-parts.ts';
import { readDate, readRateHeaders, readRetryAfter } from './retry-after.ts';

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

export interface HttpClientDeps {
  readonly baseUrl: URL;
  readonly auth: Auth;
  readonly limits: OriginLimits;
  readonly clock: Clock;
  /** Uniform in [0, 1), for jitter. */
  readonly random: () => number;
  /** Private and loopback addresses may be reached. */
  readonly allowPrivate: boolean;
  readonly signal?: AbortSignal;
  readonly metrics?: (metric: HttpMetric) => void;
  readonly pace?: SharedPace;
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

type Reply = Extract<Outcome, { kind: 'reply' }>;
type Verdict<T> = { readonly done: HttpReply<T> } | { readonly error: PlumblineError; readonly retry: Retry };
type Retry = 'never' | 'broken' | 'failed' | { readonly afterMs: number };

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
  const headers = {
    accept: 'application/json',
    'user-agent': deps.userAgent ?? 'plumbline',
    ...authHeaders(deps.auth),
  };
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
  const takeTurn = async (request: HttpRequest<unknown>): Promise<void> => {
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

  const send = async (request: HttpRequest<unknown>, url: URL): Promise<Outcome> => {
    const signals = [deps.signal, request.signal].filter((signal) => signal !== undefined);
    const gates = new Set([quotaGate(request.quota), gate]);
    const leaves: (() => void)[] = [];
    try {
      for (const one of gates) leaves.push(await one.enter(request.signal ?? deps.signal));
      await takeTurn(request);
      return await (deps.exchange ?? exchange)({
        url,
        method: request.method ?? 'GET',
        headers: request.body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        body: request.body === undefined ? undefined : JSON.stringify(request.body),
        agent: url.protocol === 'https:' ? agents.https : agents.http,
        totalTimeoutMs: limits.totalMs,
        maxBytes: limits.maxBytes,
        signals,
      });
    } finally {
      for (const leave of leaves) leave();
    }
  };

  const judge = <T>(outcome: Outcome, url: URL, request: HttpRequest<T>): Verdict<T> => {
    if (outcome.kind === 'failed') {
      const error = unreachable(url, outcome);
      return { error, retry: error.code === 'VENDOR_UNREACHABLE' ? 'failed' : 'never' };
    }
    if (outcome.kind === 'redirect')
      return {
        error: notAHelpdesk(
          outcome.url,
          `${placeOf(outcome.url)} redirects to ${outcome.to.origin}; it was not followed.`,
        ),
        retry: 'never',
      };
    const now = deps.clock.now();
    deps.metrics?.({ kind: 'reply', status: outcome.status, bytes: outcome.bytes });
    const rate = readRateHeaders(outcome.headers, now);
    // What the server asks for in so many words goes before what its counters suggest.
    quotaGate(request.quota).learn(outcome.headers['retry-after'] === undefined ? rate : { ...rate, resetMs: null });
    if (outcome.status < 200 || outcome.status >= 300) return readRefusal(outcome, now, proven);
    const verdict = readBody(outcome, request.schema, now, proven);
    if ('done' in verdict) proven = true;
    return verdict;
  };

  const pause = async (error: PlumblineError, waitMs: number, request: HttpRequest<unknown>): Promise<void> => {
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

  const getJson = async <T>(request: HttpRequest<T>): Promise<HttpReply<T>> => {
    const url = requestUrl(request, base);
    let waitedMs = 0;
    for (let failures = 1; ; failures += 1) {
      const verdict = judge(await send(request, url), url, request);
      if ('done' in verdict) return verdict.done;
      const { error, retry } = verdict;
      if (failures >= attemptsOf(retry, limits.attempts)) throw error;
      const jitterMs = jitteredWait(failures, deps.random);
      const waitMs = typeof retry === 'object' ? retry.afterMs + Math.min(jitterMs, 1000) : jitterMs;
      if (waitedMs + waitMs > limits.waitMs) {
        if (error.code === 'RATE_LIMITED') await deps.pace?.pause(waitMs);
        throw withRetryAfter(error, waitMs);
      }
      waitedMs += waitMs;
      await pause(error, waitMs, request);
    }
  };

  return { origin: base.origin, getJson, close: () => agents.close() };
}

function attemptsOf(retry: Retry, attempts: number): number {
  if (retry === 'never') return 1;
  if (retry === 'broken') return BROKEN_ATTEMPTS;
  return typeof retry === 'object' ? TOLD_ATTEMPTS : attempts;
}

function readRefusal(reply: Reply, now: Date, proven: boolean): { error: PlumblineError; retry: Retry } {
  const limited = isLimit(reply, now);
  const busy = limited || reply.status === 503;
  const afterMs = busy ? readRetryAfter(reply.headers, now) : null;
  const error = statusError(reply, afterMs, proven, limited);
  if (afterMs !== null) return { error, retry: { afterMs } };
  const again = busy || (error.code === 'VENDOR_UNREACHABLE' && reply.status !== 501);
  return { error, retry: again ? 'failed' : 'never' };
}

/** Content type, JSON and envelope are checked here, before anything of a reply is used or a cursor moves. */
function readBody<T>(reply: Reply, schema: z.ZodType<T>, now: Date, proven: boolean): Verdict<T> {
  const place = placeOf(reply.url);
  if (isHtml(reply)) {
    const what = `${place} answered ${reply.status} with a web page instead of JSON.`;
    return proven
      ? { error: broken(reply.url, what), retry: 'broken' }
      : { error: notAHelpdesk(reply.url, what), retry: 'never' };
  }
  let json: unknown;
  try {
    json = parseLosslessJson(reply.text);
  } catch {
    // The parser's message quotes the text, so it is not passed on.
    return { error: broken(reply.url, `${place} sent JSON that is cut off or malformed.`), retry: 'broken' };
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success)
    return {
      error: broken(reply.url, `${place} sent JSON of an unexpected form.`, describeIssues(parsed.error)),
      retry: 'never',
    };
  return {
    done: {
      data: parsed.data,
      status: reply.status,
      date: readDate(reply.headers.date) ?? now,
      headers: reply.headers,
      bytes: reply.bytes,
    },
  };
}

function withRetryAfter(error: PlumblineError, waitMs: number): PlumblineError {
  if (error.retryAfterMs !== undefined) return error;
  return new PlumblineError(error.code, error.message, error.remedy, {
    ...(error.where === undefined ? {} : { where: error.where }),
    retryAfterMs: waitMs,
    cause: error,
  });
}
