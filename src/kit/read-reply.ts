import type { z } from 'zod';
import type { PlumblineError } from '../errors/plumbline-error.ts';
import type { Account, ReplyMeaning, VendorReply } from './account.ts';
import type { Outcome } from './exchange.ts';
import type { HttpReply } from './http.ts';
import { parseLosslessJson } from './lossless-json.ts';
import { describeIssues } from './parse-each.ts';
import { broken, failedInside, isHtml, isLimit, notAHelpdesk, placeOf, statusError } from './reply-errors.ts';
import { readDate, readRetryAfter } from './retry-after.ts';

type Reply = Extract<Outcome, { kind: 'reply' }>;

/** Whether a failed call is worth another attempt, and how. */
export type Retry = 'never' | 'broken' | 'failed' | 'renew' | { readonly afterMs: number };
export type Judged<T> = { readonly done: HttpReply<T> } | { readonly error: PlumblineError; readonly retry: Retry };

/** How the body is to be read: as JSON by a schema, or as text. */
export type Reading<T> = { readonly as: 'json'; readonly schema: z.ZodType<T> } | { readonly as: 'text' };

interface Circumstances {
  readonly now: Date;
  /** The origin has answered as a helpdesk before: a web page is an outage then, not a wrong address. */
  readonly proven: boolean;
  readonly classify: Account['classify'];
  /** Name of the vendor's own header that says how long to wait. */
  readonly reset: string | undefined;
}

/** What a reply means. Nothing of it is used, and no cursor moves, before status, content type, JSON and envelope are checked here. */
export function judgeReply<T>(reply: Reply, reading: Reading<T>, given: Circumstances): Judged<T> {
  const meaning = given.classify?.(vendorReply(reply)) ?? null;
  const refused = reply.status < 200 || reply.status >= 300;
  if (meaning === 'failed' && !refused) return { error: failedInside(reply.url), retry: 'failed' };
  const empty = meaning === 'empty' || reply.status === 204;
  if (!empty && (refused || meaning !== null)) return judgeRefusal(reply, meaning, given);
  return judgeBody(reply, reading, empty, given);
}

function vendorReply(reply: Reply): VendorReply {
  let parsed: { readonly json: unknown } | null = null;
  return {
    status: reply.status,
    headers: reply.headers,
    path: reply.url.pathname,
    json() {
      parsed ??= { json: tryJson(reply.text) };
      return parsed.json;
    },
  };
}

function tryJson(text: string): unknown {
  try {
    return parseLosslessJson(text);
  } catch {
    // A body that is not JSON means nothing to a connector; the checks that follow say what is wrong with it.
    return null;
  }
}

function judgeRefusal(
  reply: Reply,
  meaning: ReplyMeaning | null,
  { now, proven, reset }: Circumstances,
): { error: PlumblineError; retry: Retry } {
  const limited = meaning === 'limit' || (meaning === null && isLimit(reply, now));
  const busy = limited || (meaning === null && reply.status === 503);
  const afterMs = busy ? readRetryAfter(reply.headers, now, reset) : null;
  const error = statusError(reply, { retryAfterMs: afterMs, proven, limited, meaning });
  if (afterMs !== null) return { error, retry: { afterMs } };
  if (meaning === 'expired' || (meaning === null && reply.status === 401)) return { error, retry: 'renew' };
  const again = busy || (error.code === 'VENDOR_UNREACHABLE' && reply.status !== 501);
  return { error, retry: again ? 'failed' : 'never' };
}

function judgeBody<T>(reply: Reply, reading: Reading<T>, empty: boolean, { now, proven }: Circumstances): Judged<T> {
  const place = placeOf(reply.url);
  if (isHtml(reply)) {
    const what = `${place} answered ${reply.status} with a web page instead of ${reading.as === 'json' ? 'JSON' : 'text'}.`;
    return proven
      ? { error: broken(reply.url, what), retry: 'broken' }
      : { error: notAHelpdesk(reply.url, what), retry: 'never' };
  }
  const done = (data: T): Judged<T> => ({
    done: {
      data,
      status: reply.status,
      date: readDate(reply.headers.date) ?? now,
      headers: reply.headers,
      bytes: reply.bytes,
      empty,
    },
  });
  // The caller asked for text, so T is a string there.
  if (reading.as === 'text') return done(reply.text as T);
  let json: unknown = null;
  try {
    if (!empty) json = parseLosslessJson(reply.text);
  } catch {
    // The parser's message quotes the text, so it is not passed on.
    return { error: broken(reply.url, `${place} sent JSON that is cut off or malformed.`), retry: 'broken' };
  }
  const parsed = reading.schema.safeParse(json);
  if (parsed.success) return done(parsed.data);
  const problems = describeIssues(parsed.error);
  return { error: broken(reply.url, `${place} sent JSON of an unexpected form.`, problems), retry: 'never' };
}
