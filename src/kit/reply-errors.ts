import { PlumblineError } from '../errors/plumbline-error.ts';
import type { ReplyMeaning } from './account.ts';
import { ADDRESS_REFUSED } from './address-guard.ts';
import type { Outcome } from './exchange.ts';
import { HttpStatusError, readVendorCode } from './http-status-error.ts';
import { readRateHeaders } from './retry-after.ts';

type Reply = Extract<Outcome, { kind: 'reply' }>;

/** Path without query: queries can carry search words and cursors. */
export function placeOf(url: URL): string {
  return `${url.host}${url.pathname}`;
}

export function isHtml(reply: Reply): boolean {
  return /html/i.test(reply.headers['content-type'] ?? '') || /^\s*<(!doctype|html)/i.test(reply.text.slice(0, 200));
}

const LIMIT_WORDS =
  /rate[ _-]?limit|too[ _-]?many[ _-]?(requests|calls)|request[ _-]?limit|limit[ _-]?exceeded|throttl|quota/i;
/** An error body names its reason at the start; further on it may quote anything. */
const REASON_LENGTH = 1000;

/** The reply says "not now", also where it says so with 403 as some helpdesks do: by a time to wait, by no request left, or in words. */
export function isLimit(reply: Reply, now: Date): boolean {
  if (reply.status === 429) return true;
  if (reply.status !== 403) return false;
  if (reply.headers['retry-after'] !== undefined || readRateHeaders(reply.headers, now).remaining === 0) return true;
  return !isHtml(reply) && LIMIT_WORDS.test(reply.text.slice(0, REASON_LENGTH));
}

/** How a reply is to be taken, beside its status. */
interface Taken {
  readonly retryAfterMs: number | null;
  /** The same origin has answered as a helpdesk before, so a 404 web page means that this one thing does not exist, not that the address is wrong. */
  readonly proven: boolean;
  /** See isLimit. */
  readonly limited: boolean;
  readonly meaning: ReplyMeaning | null;
}

/** Error for a final reply that is no success. */
export function statusError(reply: Reply, { retryAfterMs, proven, limited, meaning }: Taken): PlumblineError {
  const place = placeOf(reply.url);
  const vendorCode = isHtml(reply) ? null : readVendorCode(tryJson(reply.text));
  const wait = retryAfterMs === null ? {} : { retryAfterMs };
  if (limited)
    return new HttpStatusError(
      'RATE_LIMITED',
      reply.status,
      vendorCode,
      place,
      'Run the sync again later; it resumes behind the last saved page.',
      wait,
    );
  if (meaning === 'plan' || meaning === 'permission' || meaning === 'absent')
    return new HttpStatusError('PERMISSION_DENIED', reply.status, vendorCode, place, REFUSED, { meaning });
  switch (meaning === 'expired' ? 401 : reply.status) {
    case 401:
      return new HttpStatusError(
        'PERMISSION_DENIED',
        401,
        vendorCode,
        place,
        'Check the user and the token; the token may be revoked or API access switched off. Then connect again.',
      );
    case 403:
      return new HttpStatusError('PERMISSION_DENIED', 403, vendorCode, place, REFUSED);
    default:
      break;
  }
  if (meaning === 'failed' || reply.status >= 500 || reply.status === 408)
    return new HttpStatusError(
      'VENDOR_UNREACHABLE',
      reply.status,
      vendorCode,
      place,
      'Run the sync again later; it resumes behind the last saved page.',
      wait,
    );
  if (reply.status === 404 && isHtml(reply) && !proven)
    return notAHelpdesk(reply.url, `${place} answered 404 with a web page.`);
  return new HttpStatusError(
    'VENDOR_BROKEN',
    reply.status,
    vendorCode,
    place,
    'Run `plumbline doctor` to see which permission or plan limit is behind it.',
  );
}

const REFUSED =
  'Give the token read access to this part of the helpdesk, or accept that what depends on it is not observable.';

/** The vendor says with a success that it failed. */
export function failedInside(url: URL): PlumblineError {
  return new PlumblineError(
    'VENDOR_UNREACHABLE',
    `${placeOf(url)} answered that it failed.`,
    'Run the sync again later; it resumes behind the last saved page.',
    { where: placeOf(url) },
  );
}

export function notAHelpdesk(url: URL, what: string): PlumblineError {
  return new PlumblineError('NOT_A_HELPDESK', what, checkAddress(url), { where: placeOf(url) });
}

function checkAddress({ origin }: URL): string {
  return `Check the address ${origin}: a wrong subdomain, a renamed account or a login page in front of the API answers like this.`;
}

/** A redirect to another host, which credentials do not follow. Its status is kept: some helpdesks answer so for a record that went into another. */
export function leadsAway({ url, status, to }: Extract<Outcome, { kind: 'redirect' }>): HttpStatusError {
  const place = placeOf(url);
  const says = `${place} redirects to ${to.origin}; it was not followed.`;
  return new HttpStatusError('NOT_A_HELPDESK', status, null, place, checkAddress(url), { says });
}

export function broken(url: URL, what: string, problems: readonly string[] = []): PlumblineError {
  return new PlumblineError(
    'VENDOR_BROKEN',
    what,
    'Nothing of this page was kept. Run the sync again; it resumes behind the last saved page.',
    { where: placeOf(url), problems },
  );
}

/** Error for an attempt that gave no reply at all. */
export function unreachable(url: URL, outcome: Extract<Outcome, { kind: 'failed' }>): PlumblineError {
  const place = placeOf(url);
  if (outcome.code === ADDRESS_REFUSED)
    return new PlumblineError(
      'BAD_URL',
      `${url.hostname} resolves to an address that is not public.`,
      'Use the public address of the helpdesk, or --allow-private when it really is on a private network.',
      { where: place },
    );
  if (outcome.reason === 'too_large')
    return new PlumblineError(
      'VENDOR_BROKEN',
      `${place} sent a body beyond the size limit.`,
      'Lower the page size of the connection.',
      {
        where: place,
      },
    );
  if (outcome.code === 'ENOTFOUND')
    return new PlumblineError(
      'NOT_A_HELPDESK',
      `${url.hostname} does not exist.`,
      'Check the spelling of the helpdesk address.',
      {
        where: place,
      },
    );
  return new PlumblineError(
    'VENDOR_UNREACHABLE',
    `${place} did not answer (${outcome.code}).`,
    'Check the network and the address, then run the sync again; it resumes behind the last saved page.',
    { where: place },
  );
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An error body that is not JSON has no code for us; the status alone decides.
    return null;
  }
}
