import { createHash, timingSafeEqual } from 'node:crypto';
import type { AccessToken } from '../domain/operations.ts';
import type { Session } from '../domain/session.ts';
import type { Operations } from '../store/operations-port.ts';
import { isActive, type RandomBytes } from './access-tokens.ts';

const COOKIE_BYTES = 32;
/** 32 bytes in base64url without padding are 43 characters. */
const FORM = /^pls_[A-Za-z0-9_-]{43}$/;
/** Sessions of one token or invitation at a time; the oldest give way. */
const MOST_SESSIONS = 50;
/** A sign of life is written down at most this often, so that a busy page does not write with each request. */
const TOUCH_EVERY_MS = 60_000;

interface SessionLimits {
  /** Time without a request after which a session is over. */
  readonly idleMs: number;
  /** Time after which it is over in any case. */
  readonly longestMs: number;
}

export interface SessionDeps {
  readonly operations: Pick<Operations, 'sessionByHash' | 'addSession' | 'touchSession' | 'endSession' | 'token'>;
  readonly now: Date;
  readonly limits: SessionLimits;
}

/** What a session stands for; `until` = when that ends by itself, null = never. */
interface SessionOwner {
  readonly token: string | null;
  readonly invitation: string | null;
  readonly until: Date | null;
}

/** SHA-256 of a cookie, hex. It has 256 random bits, so a plain hash cannot be turned around by guessing. */
export function hashCookie(cookie: string): string {
  return createHash('sha256').update(cookie).digest('hex');
}

/** What a page must send along with each write. Made from the cookie, which no other site can read, so that nothing needs to be kept. */
export function csrfOf(cookie: string): string {
  return createHash('sha256').update(`csrf\n${cookie}`).digest('base64url');
}

/** Whether a text is the one that belongs to the cookie. */
export function isCsrfOf(cookie: string, text: string): boolean {
  const [own, given] = [Buffer.from(csrfOf(cookie)), Buffer.from(text)];
  return own.length === given.length && timingSafeEqual(own, given);
}

/**
 * Begins a session under a name of its own, never one that a caller brought along. `before` = the session of the same browser, which ends.
 * `cookie` is the only copy.
 */
export async function startSession(
  owner: SessionOwner,
  before: Session | null,
  deps: SessionDeps & { readonly randomBytes: RandomBytes },
): Promise<{ readonly cookie: string; readonly session: Session }> {
  const cookie = `pls_${Buffer.from(deps.randomBytes(COOKIE_BYTES)).toString('base64url')}`;
  const longest = owner.invitation === null ? deps.now.getTime() + deps.limits.longestMs : Number.POSITIVE_INFINITY;
  const session: Session = {
    hash: hashCookie(cookie),
    token: owner.token,
    invitation: owner.invitation,
    created_at: deps.now,
    seen_at: deps.now,
    expires_at: new Date(Math.min(longest, owner.until?.getTime() ?? longest)),
  };
  if (before !== null) await deps.operations.endSession(before.hash);
  await deps.operations.addSession(session, MOST_SESSIONS);
  return { cookie, session };
}

/**
 * Whether a session is over at the instant: too old, or nobody came for too long. A respondent may come back for as long as the invitation
 * stands: its link does not open a second time.
 */
export function isOver(session: Session, { now, limits }: Pick<SessionDeps, 'now' | 'limits'>): boolean {
  const idle = session.invitation === null && now.getTime() - session.seen_at.getTime() >= limits.idleMs;
  return session.expires_at <= now || idle;
}

/** The session behind a cookie that a caller presents, with a sign of life; null for anything else, without saying why. */
export async function findSession(cookie: string, deps: SessionDeps): Promise<Session | null> {
  if (!FORM.test(cookie)) return null;
  const session = await deps.operations.sessionByHash(hashCookie(cookie));
  if (session === null || isOver(session, deps)) return null;
  if (deps.now.getTime() - session.seen_at.getTime() >= TOUCH_EVERY_MS)
    await deps.operations.touchSession(session.hash, deps.now);
  return session;
}

/** The token that a session stands for while it opens anything; null for an invitation's session and a token that was revoked or expired. */
export async function tokenOf(
  session: Session,
  deps: Pick<SessionDeps, 'operations' | 'now'>,
): Promise<AccessToken | null> {
  const token = session.token === null ? null : await deps.operations.token(session.token);
  return token !== null && isActive(token, deps.now) ? token : null;
}
