import type http from 'node:http';
import fetch, { type Response } from 'node-fetch';

/** What one attempt needs; all of it is decided before. */
export interface Attempt {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly agent: http.Agent;
  readonly totalTimeoutMs: number;
  readonly maxBytes: number;
  readonly signals: readonly AbortSignal[];
}

export type Outcome =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
      readonly bytes: number;
      readonly url: URL;
    }
  | { readonly kind: 'redirect'; readonly status: number; readonly to: URL; readonly url: URL }
  | {
      readonly kind: 'failed';
      readonly reason: 'network' | 'timeout' | 'too_large';
      readonly code: string;
      readonly cause: unknown;
    };

const MAX_REDIRECTS = 5;

/**
 * One attempt: sends, follows redirects on the same origin, reads the body up to `maxBytes` (after decompression, so a small
 * compressed body cannot blow up). A redirect that leaves the origin is handed back, not followed: credentials stay home.
 * Rejects only when one of `signals` aborts, with its reason.
 */
export async function exchange(attempt: Attempt): Promise<Outcome> {
  for (const signal of attempt.signals) signal.throwIfAborted();
  const abort = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    abort.abort();
  }, attempt.totalTimeoutMs);
  const onAbort = () => abort.abort();
  for (const signal of attempt.signals) signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await follow(attempt, abort.signal);
  } catch (cause) {
    for (const signal of attempt.signals) signal.throwIfAborted();
    if (timedOut)
      return { kind: 'failed', reason: 'timeout', code: `no full answer within ${attempt.totalTimeoutMs} ms`, cause };
    return { kind: 'failed', reason: failureReason(cause), code: failureCode(cause), cause };
  } finally {
    clearTimeout(timer);
    for (const signal of attempt.signals) signal.removeEventListener('abort', onAbort);
  }
}

async function follow(attempt: Attempt, signal: AbortSignal): Promise<Outcome> {
  let url = attempt.url;
  for (let hops = 0; ; hops += 1) {
    const response = await fetch(url, {
      method: attempt.method,
      headers: attempt.headers,
      redirect: 'manual',
      size: attempt.maxBytes,
      agent: attempt.agent,
      signal,
      ...(attempt.body === undefined ? {} : { body: attempt.body }),
    });
    const to = redirectTarget(response, url);
    if (to === null) return await readReply(response, url);
    await discard(response);
    if (to.origin !== url.origin || hops >= MAX_REDIRECTS || attempt.method !== 'GET')
      return { kind: 'redirect', status: response.status, to, url };
    url = to;
  }
}

function redirectTarget(response: Response, url: URL): URL | null {
  const location = response.headers.get('location');
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return null;
  return new URL(location, url);
}

async function readReply(response: Response, url: URL): Promise<Outcome> {
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    kind: 'reply',
    status: response.status,
    headers: Object.fromEntries(response.headers.entries()),
    text: bytes.toString('utf8').replace(/^\uFEFF/, ''),
    bytes: bytes.length,
    url,
  };
}

/** Reads a body to its end so that the connection can be used again. */
async function discard(response: Response): Promise<void> {
  await response.arrayBuffer();
}

function failureReason(cause: unknown): 'network' | 'too_large' {
  return typeof cause === 'object' && cause !== null && 'type' in cause && cause.type === 'max-size'
    ? 'too_large'
    : 'network';
}

function failureCode(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return 'unknown';
  const { code, type } = cause as { code?: unknown; type?: unknown };
  return typeof code === 'string' ? code : typeof type === 'string' ? type : 'unknown';
}
