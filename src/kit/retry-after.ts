type HeaderMap = Readonly<Record<string, string>>;

const DELTA_SECONDS = /^\s*(\d+(?:\.\d+)?)\s*$/;
const DAY_MS = 86_400_000;

/**
 * How long a reply asks us to wait, milliseconds; null when it does not say.
 * Reads `Retry-After` in both legal forms (delta-seconds, HTTP-date) and, when that is missing or unreadable, the reset
 * headers that vendors use beside it (`*-reset`: seconds from now, or a Unix second). A date in the past gives 0.
 * HTTP-dates are measured against the server's own `Date` header where there is one, else against `now`: the two clocks may differ.
 * `ownReset` = name of a reset header of a vendor that uses another; it goes before the common ones. Source: RFC 9110 section 10.2.3.
 */
export function readRetryAfter(headers: HeaderMap, now: Date, ownReset?: string): number | null {
  const serverNow = readDate(headers.date) ?? now;
  const own = headers['retry-after'];
  if (own !== undefined) {
    const seconds = DELTA_SECONDS.exec(own);
    if (seconds) return Math.round(Number(seconds[1]) * 1000);
    const date = readDate(own);
    if (date !== null) return Math.max(0, date.getTime() - serverNow.getTime());
  }
  return readReset(headers, serverNow, ownReset === undefined ? [] : [ownReset]);
}

const RESET_HEADERS = ['ratelimit-reset', 'rate-limit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset'] as const;
const LIMIT_HEADERS = [
  'ratelimit-limit',
  'rate-limit',
  'x-rate-limit',
  'x-ratelimit-limit',
  'x-rate-limit-limit',
  'x-ratelimit-total',
] as const;
const REMAINING_HEADERS = [
  'ratelimit-remaining',
  'rate-limit-remaining',
  'x-rate-limit-remaining',
  'x-ratelimit-remaining',
] as const;

/** Rate facts that a reply states: requests per window, requests left, milliseconds to the reset; null where not stated. */
export interface RateHeaders {
  readonly limit: number | null;
  readonly remaining: number | null;
  readonly resetMs: number | null;
}

/** `own` = names of a vendor that uses others; they go before the common ones. */
export function readRateHeaders(
  headers: HeaderMap,
  now: Date,
  own: { readonly limit?: string; readonly remaining?: string; readonly reset?: string } = {},
): RateHeaders {
  const named = (name: string | undefined): readonly string[] => (name === undefined ? [] : [name]);
  return {
    limit: firstNumber(headers, [...named(own.limit), ...LIMIT_HEADERS]),
    remaining: firstNumber(headers, [...named(own.remaining), ...REMAINING_HEADERS]),
    resetMs: readReset(headers, readDate(headers.date) ?? now, named(own.reset)),
  };
}

function readReset(headers: HeaderMap, now: Date, own: readonly string[] = []): number | null {
  const value = firstNumber(headers, [...own, ...RESET_HEADERS]);
  if (value === null) return null;
  // Values beyond ten years of seconds are instants, not spans.
  if (value > 315_360_000) return Math.min(DAY_MS, Math.max(0, value * 1000 - now.getTime()));
  return value * 1000;
}

function firstNumber(headers: HeaderMap, names: readonly string[]): number | null {
  for (const name of names) {
    const match = DELTA_SECONDS.exec(headers[name] ?? '');
    if (match) return Number(match[1]);
  }
  return null;
}

export function readDate(text: string | undefined): Date | null {
  if (text === undefined || !/[A-Za-z]{3}/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : new Date(ms);
}
