import { PlumblineError } from '../../errors/plumbline-error.ts';
import { requireUsable } from '../base-url.ts';
import type { Outcome } from '../exchange.ts';
import { HttpStatusError } from '../http-status-error.ts';
import { parseLosslessJson } from '../lossless-json.ts';
import { broken, notAHelpdesk, placeOf, unreachable } from '../reply-errors.ts';

/** One request as it goes over the wire. */
export interface Wire {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * Posts a form to a token address and gives the JSON of the reply (contract: TokenAsk.post). One attempt: the call that waits for the token
 * fails with it and is tried again by the next sync. A body that refuses is not quoted, as it may repeat what was sent.
 */
export async function askForToken(
  send: (wire: Wire) => Promise<Outcome>,
  allowPrivate: boolean,
  target: URL,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const url = requireUsable(new URL(target), allowPrivate, 'helpdesk');
  const outcome = await send({
    url,
    method: 'POST',
    headers: { ...headers, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  if (outcome.kind === 'failed') throw unreachable(url, outcome);
  if (outcome.kind === 'redirect')
    throw notAHelpdesk(url, `${placeOf(url)} redirects to ${outcome.to.origin}; it was not followed.`);
  if (outcome.status >= 200 && outcome.status < 300) {
    const reply = readJson(url, outcome.text);
    if (refusesGrant(reply)) throw deadCredentials(url);
    return reply;
  }
  if ([400, 401, 403].includes(outcome.status)) throw deadCredentials(url);
  throw new PlumblineError(
    outcome.status === 429 ? 'RATE_LIMITED' : 'VENDOR_UNREACHABLE',
    `${placeOf(url)} answered ${outcome.status} to a request for a token.`,
    'Run the sync again later; it resumes behind the last saved page.',
    { where: placeOf(url) },
  );
}

/** Some vendors refuse with a success: the error of RFC 6749 section 5.2 (`invalid_client`, Zoho's `invalid_code`) and no token. */
function refusesGrant(reply: unknown): boolean {
  const { error, access_token: token } = (reply ?? {}) as { error?: unknown; access_token?: unknown };
  return token === undefined && typeof error === 'string' && /^(invalid|unauthorized)_/.test(error);
}

function readJson(url: URL, text: string): unknown {
  try {
    return parseLosslessJson(text);
  } catch {
    // The parser's message quotes the text, which may hold a token.
    throw broken(url, `${placeOf(url)} answered a request for a token with something that is not JSON.`);
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
