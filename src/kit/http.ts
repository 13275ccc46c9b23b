import type { z } from 'zod';

export interface HttpRequest<T> {
  readonly path: string;
  /** One of the account's further addresses, by its name; absent = the account's own. */
  readonly origin?: string;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  /** Envelope: checked before anything is used, tolerant of extra keys. */
  readonly schema: z.ZodType<T>;
  /** Path and query are taken from it when it is on the configured origin; anything else is refused. */
  readonly next?: string;
  /**
   * A file that the vendor keeps: one that lies on another public host, by `next` or by a redirect, is fetched there without credentials. Everything else that leads away
   * is refused.
   */
  readonly file?: boolean;
  /** A tighter quota of this call than the origin's, shared by all calls of the same id. */
  readonly quota?: { readonly id: string; readonly perMinute: number | null };
  /** Stops waiting and the request itself; beside the signal that the client was made with. */
  readonly signal?: AbortSignal;
}

export interface HttpReply<T> {
  readonly data: T;
  readonly status: number;
  /** Server clock of the reply; the clock of this machine when the server sends none. */
  readonly date: Date | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: number;
  /** A success without a body (204, or what the connector calls empty); `data` is what the schema made of null. */
  readonly empty: boolean;
}

/**
 * HTTP to one vendor account: auth, per-origin limits, Retry-After, backoff with jitter, timeouts, size cap, lossless ids.
 * Throws PlumblineError: PERMISSION_DENIED (401, 403), NOT_A_HELPDESK / VENDOR_BROKEN (not JSON, envelope), RATE_LIMITED,
 * VENDOR_UNREACHABLE (network, 5xx after retries), BAD_URL (address refused). Every error status throws HttpStatusError, a
 * PlumblineError with `status`, so that the connector can interpret a 404 and the like.
 */
export interface HttpClient {
  getJson<T>(request: HttpRequest<T>): Promise<HttpReply<T>>;
  /** As getJson for a reply that is text (CSV, a result of a job), with the same limits, retries and guards. A web page is refused. */
  getText(request: Omit<HttpRequest<string>, 'schema'>): Promise<HttpReply<string>>;
  readonly origin: string;
}
