import type { z } from 'zod';

export interface HttpRequest<T> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  /** Envelope: checked before anything is used, tolerant of extra keys. */
  readonly schema: z.ZodType<T>;
  /** Path and query are taken from it when it is on the configured origin; anything else is refused. */
  readonly next?: string;
}

export interface HttpReply<T> {
  readonly data: T;
  readonly status: number;
  /** Server clock of the reply. */
  readonly date: Date | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: number;
}

/**
 * HTTP to one vendor account: auth, per-origin limits, Retry-After, backoff with jitter, timeouts, size cap, lossless ids.
 * Throws PlumblineError: PERMISSION_DENIED (401, 403), NOT_A_HELPDESK / VENDOR_BROKEN (not JSON, envelope), RATE_LIMITED,
 * VENDOR_UNREACHABLE (network, 5xx after retries). A 404 throws HttpStatusError with status 404 for the connector to interpret.
 */
export interface HttpClient {
  getJson<T>(request: HttpRequest<T>): Promise<HttpReply<T>>;
  readonly origin: string;
}
