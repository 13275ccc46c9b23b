import { createHash, timingSafeEqual } from 'node:crypto';
import { oneLine } from '../domain/free-text.ts';
import { type AccessToken, ROLES, type Role, WorkspaceName } from '../domain/operations.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Operations } from '../store/operations-port.ts';

const DAY_MS = 86_400_000;
const TOKEN_BYTES = 32;
/** 32 bytes in base64url without padding are 43 characters. */
const FORM = /^plb_[A-Za-z0-9_-]{43}$/;

/** Tokens in force that one token may have made. */
export const MOST_MADE = 100;

/** Source of unpredictable bytes; compose.ts gives the system's. */
export type RandomBytes = (size: number) => Uint8Array;

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  /** Null = every workspace, also those to come. */
  readonly workspaces: readonly string[] | null;
  readonly expiresAt: Date | null;
  /** The token that asks for it; null = the command line, which needs none. */
  readonly maker?: AccessToken | null;
}

interface TokenDeps {
  readonly operations: Pick<Operations, 'tokens' | 'saveToken' | 'tokenByHash'>;
  readonly now: Date;
  readonly randomBytes: RandomBytes;
}

/** SHA-256 of a token, hex. The token has 256 random bits, so a plain hash cannot be turned around by guessing. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function refuse(message: string, remedy: string): never {
  throw new PlumblineError('BAD_USAGE', message, remedy);
}

/** Errors: BAD_USAGE (unusable name or workspace name, expiry in the past). */
function assertUsable({ name, workspaces, expiresAt }: NewToken, now: Date): void {
  const named = oneLine(100).safeParse(name.trim());
  if (!named.success)
    refuse(
      `The name of the token ${name.trim() === '' ? 'is empty' : (named.error.issues[0]?.message ?? 'is not usable')}.`,
      'Say in at most 100 characters on one line what it is for.',
    );
  const bad = (workspaces ?? []).find((workspace) => !WorkspaceName.safeParse(workspace).success);
  if (bad !== undefined)
    refuse(`The workspace name "${bad}" cannot be used.`, 'Use lower-case letters, digits, - and _.');
  if (workspaces?.length === 0)
    refuse('A token for no workspace opens nothing.', 'Name a workspace, or leave the list out for all.');
  if (expiresAt !== null && expiresAt <= now) refuse('The token would have expired already.', 'Choose a later expiry.');
}

function notAllowed(message: string, remedy: string): PlumblineError {
  return new PlumblineError('NOT_ALLOWED', message, remedy);
}

/** A token never outlives or outranks the one that made it. Errors: NOT_ALLOWED. */
async function assertWithin(maker: AccessToken, wanted: NewToken, deps: TokenDeps): Promise<void> {
  if (!roleReaches(maker.role, wanted.role))
    throw notAllowed(
      `The new token would be ${wanted.role}; this one is ${maker.role}.`,
      `Ask for ${maker.role} or less.`,
    );
  const opens = maker.workspaces === null || wanted.workspaces?.every((one) => opensWorkspace(maker, one)) === true;
  if (!opens)
    throw notAllowed(
      'The new token would open workspaces that this one does not.',
      'Name only workspaces that GET /v1/workspaces lists.',
    );
  if (maker.expires_at !== null && wanted.expiresAt !== null && wanted.expiresAt > maker.expires_at)
    throw notAllowed(
      `The new token would outlive the one that makes it, which expires at ${maker.expires_at.toISOString()}.`,
      'Choose an earlier expiry, or leave it out for the same one.',
    );
  const made = (await deps.operations.tokens()).filter((one) => one.made_by === maker.id && isActive(one, deps.now));
  if (made.length >= MOST_MADE)
    throw notAllowed(
      `This token has made ${MOST_MADE} tokens that are in force.`,
      'Revoke those that nobody uses: GET /v1/tokens lists them.',
    );
}

/**
 * Makes a token and keeps its hash. `token` is the only copy: show it once. Made by another token, it is bounded by that one: without an
 * expiry it gets its maker's. Errors: BAD_USAGE (unusable name or workspace name, expiry in the past), NOT_ALLOWED (more than its maker).
 */
export async function addToken(
  wanted: NewToken,
  deps: TokenDeps,
): Promise<{ readonly token: string; readonly row: AccessToken }> {
  const maker = wanted.maker ?? null;
  assertUsable(wanted, deps.now);
  if (maker !== null) await assertWithin(maker, wanted, deps);
  const token = `plb_${Buffer.from(deps.randomBytes(TOKEN_BYTES)).toString('base64url')}`;
  const row: AccessToken = {
    id: Buffer.from(deps.randomBytes(8)).toString('hex'),
    name: wanted.name.trim(),
    hash: hashToken(token),
    role: wanted.role,
    workspaces: wanted.workspaces === null ? null : [...new Set(wanted.workspaces)].sort(),
    created_at: deps.now,
    expires_at: wanted.expiresAt ?? maker?.expires_at ?? null,
    revoked_at: null,
    made_by: maker?.id ?? null,
  };
  await deps.operations.saveToken(row);
  if (maker !== null) await assertStillThere(maker, row, deps);
  return { token, row };
}

/** Whoever revokes the maker at this moment either sees the new token in the list or has revoked already when it is asked again. */
async function assertStillThere(maker: AccessToken, row: AccessToken, deps: TokenDeps): Promise<void> {
  const found = await deps.operations.tokenByHash(maker.hash);
  if (found !== null && isActive(found, deps.now)) return;
  await deps.operations.saveToken({ ...row, revoked_at: deps.now });
  throw notAllowed('The token that asks was revoked meanwhile.', 'Use another one.');
}

/** What the audit log says of a new token: for which workspaces and until when. */
export function tokenDetail(wanted: Pick<NewToken, 'role' | 'workspaces' | 'expiresAt'>): Record<string, string> {
  const workspaces = wanted.workspaces === null ? 'all' : wanted.workspaces.slice(0, 50).join(',');
  return { role: wanted.role, workspaces, expires_at: wanted.expiresAt?.toISOString() ?? 'never' };
}

/** Whether a token opens anything at the instant: neither revoked nor expired. */
export function isActive(token: AccessToken, now: Date): boolean {
  return token.revoked_at === null && (token.expires_at === null || token.expires_at > now);
}

/** The active token behind the text that a caller presents; null for anything else, without saying why. */
export async function findToken(text: string, deps: Omit<TokenDeps, 'randomBytes'>): Promise<AccessToken | null> {
  if (!FORM.test(text)) return null;
  const hash = hashToken(text);
  const found = await deps.operations.tokenByHash(hash);
  if (found === null) return null;
  const same = found.hash.length === hash.length && timingSafeEqual(Buffer.from(found.hash), Buffer.from(hash));
  return same && isActive(found, deps.now) ? found : null;
}

/**
 * Revokes by id or, where it is the only active one, by name; a revoked one stays as it is.
 * What it made, and what that made, is revoked with it. Errors: UNKNOWN_NAME.
 */
export async function revokeToken(idOrName: string, deps: Omit<TokenDeps, 'randomBytes'>): Promise<AccessToken> {
  const all = await deps.operations.tokens();
  const named = all.filter((token) => token.name === idOrName && token.revoked_at === null);
  const found = all.find((token) => token.id === idOrName) ?? (named.length === 1 ? named[0] : undefined);
  if (found === undefined)
    throw new PlumblineError(
      'UNKNOWN_NAME',
      named.length > 1 ? `${named.length} tokens are named "${idOrName}".` : `There is no token "${idOrName}".`,
      'Name its id; plumbline token list shows them.',
    );
  const revoked = found.revoked_at === null ? { ...found, revoked_at: deps.now } : found;
  if (revoked !== found) await deps.operations.saveToken(revoked);
  await revokeMadeBy([found.id], deps);
  return revoked;
}

/** Revokes all that these tokens made. The list is read after the maker is revoked, so that nothing is made meanwhile. */
export async function revokeMadeBy(makers: readonly string[], deps: Omit<TokenDeps, 'randomBytes'>): Promise<void> {
  const all = await deps.operations.tokens();
  const seen = new Set(makers);
  for (const maker of seen)
    for (const token of all) {
      if (token.made_by !== maker) continue;
      seen.add(token.id);
      if (token.revoked_at === null) await deps.operations.saveToken({ ...token, revoked_at: deps.now });
    }
}

/** Whether a role may do what asks for `needed`. */
export function roleReaches(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** Whether a token opens the workspace. */
export function opensWorkspace(token: Pick<AccessToken, 'workspaces'>, workspace: string): boolean {
  return token.workspaces === null || token.workspaces.includes(workspace);
}

/** Reads a lifetime such as `90d`. Errors: BAD_USAGE. */
export function parseLifetime(text: string, now: Date): Date {
  const days = /^([1-9]\d{0,3})d$/.exec(text)?.[1];
  if (days === undefined)
    throw new PlumblineError('BAD_USAGE', `--expires ${text} is not a number of days.`, 'Write e.g. --expires 90d.');
  return new Date(now.getTime() + Number(days) * DAY_MS);
}
