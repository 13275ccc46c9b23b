import { PlumblineError } from '../../errors/plumbline-error.ts';
import { jitteredWait } from '../backoff.ts';
import { requireUsable } from '../base-url.ts';
import type { Outcome } from '../exchange.ts';
import { HttpStatusError } from '../http-status-error.ts';
import { parseLosslessJson } from '../lossless-json.ts';
import { broken, notAHelpdesk, placeOf, unreachable } from '../reply-errors.ts';
import { readRetryAfter } from '../retry-after.ts';

/** One request as it goes over the wire. */
export interface Wire {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** How a client sends, and how long it may try. */
interface Patience {
  readonly send: (wire: Wire) => Promise<Outcome>;
  readonly allowPrivate: boolean;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  /** Attempts at most, and the longest that all waits together may take. */
  readonly attempts: number;
  readonly waitMs: number;
}

/**
 * Posts a form to a token address and gives the JSON of the reply (contract: TokenAsk.post). No reply, a web page, 408, 429 and 5xx are tried again as
 * for any other request, so that one bad moment of the place that gives tokens does not end a read. A rotating token that was spent by a reply that
 * was lost is lost either way. A body that refuses is not quoted, as it may repeat what was sent.
 */
export async function askForToken(
  patience: Patience,
  target: URL,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  let waitedMs = 0;
  for (let failures = 1; ; failures += 1) {
    const answer = await askOnce(patience, target, form, headers);
    if ('reply' in answer) return answer.reply;
    const waitMs = answer.afterMs ?? jitteredWait(failures, patience.random);
    if (!answer.again || failures >= patience.attempts || waitedMs + waitMs > patience.waitMs) throw answer.error;
    waitedMs += waitMs;
    await patience.sleep(waitMs);
  }
}

type Answer =
  | { readonly reply: unknown }
  | { readonly error: Error; readonly again: boolean; readonly afterMs?: number | null };

async function askOnce(
  { send, allowPrivate, now }: Patience,
  target: URL,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const url = requireUsable(new URL(target), allowPrivate, 'helpdesk');
  const outcome = await send({
    url,
    method: 'POST',
    headers: { ...headers, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  if (outcome.kind === 'failed') {
    const error = unreachable(url, outcome);
    return { error, again: error.code === 'VENDOR_UNREACHABLE' };
  }
  if (outcome.kind === 'redirect')
    throw notAHelpdesk(url, `${placeOf(url)} redirects to ${outcome.to.origin}; it was not followed.`);
  if (outcome.status >= 200 && outcome.status < 300) {
    const read = readJson(url, outcome.text);
    if ('reply' in read && refusesGrant(read.reply)) throw deadCredentials(url);
    return read;
  }
  if ([400, 401, 403].includes(outcome.status)) throw deadCredentials(url);
  const afterMs = readRetryAfter(outcome.headers, now());
  const error = new PlumblineError(
    outcome.status === 429 ? 'RATE_LIMITED' : 'VENDOR_UNREACHABLE',
    `${placeOf(url)} answered ${outcome.status} to a request for a token.`,
    'Run the sync again later; it resumes behind the last saved page.',
    { where: placeOf(url), ...(afterMs === null ? {} : { retryAfterMs: afterMs }) },
  );
  return { error, again: [408, 429].includes(outcome.status) || outcome.status >= 500, afterMs };
}

/** Some vendors refuse with a success: the error of RFC 6749 section 5.2 (`invalid_client`, Zoho's `invalid_code`) and no token. */
function refusesGrant(reply: unknown): boolean {
  const { error, access_token: token } = (reply ?? {}) as { error?: unknown; access_token?: unknown };
  return token === undefined && typeof error === 'string' && /^(invalid|unauthorized)_/.test(error);
}

function readJson(url: URL, text: string): Answer {
  try {
    return { reply: parseLosslessJson(text) };
  } catch {
    // The parser's message quotes the text, which may hold a token.
    const error = broken(url, `${placeOf(url)} answered a request for a token with something that is not JSON.`);
    return { error, again: true };
  }
}

/** As a 401, whatever the status: RFC 6749 gives 400 for a refresh token that is no longer good, and nothing else can be asked without a token. */
function deadCredentials(url: URL): HttpStatusError {
  return new HttpStatusError(
    'PERMISSION_DENIED',
    401,
    null,
    placeOf(url),
    'The client id, the secret or the refresh token is no longer taken. Make new ones at the vendor and connect again.',
  );
}
