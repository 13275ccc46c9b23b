import { createHash, timingSafeEqual } from 'node:crypto';
import { type AccessToken, ROLES, type Role, WorkspaceName } from '../domain/operations.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Operations } from '../store/operations-port.ts';

const DAY_MS = 86_400_000;
const TOKEN_BYTES = 32;
/** 32 bytes in base64url without padding are 43 characters. */
const FORM = /^plb_[A-Za-z0-9_-]{43}$/;

/** Source of unpredictable bytes; compose.ts gives the system's. */
export type RandomBytes = (size: number) => Uint8Array;

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  /** Null = every workspace, also those to come. */
  readonly workspaces: readonly string[] | null;
  readonly expiresAt: Date | null;
}

export interface TokenDeps {
  readonly operations: Pick<Operations, 'tokens' | 'saveToken' | 'tokenByHash'>;
  readonly now: Date;
  readonly randomBytes: RandomBytes;
}

/** SHA-256 of a token, hex. The token has 256 random bits, so a plain hash cannot be turned around by guessing. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Makes a token and keeps its hash. `token` is the only copy: show it once.
 * Errors: BAD_USAGE (empty name, unusable workspace name, expiry in the past).
 */
export async function addToken(
  wanted: NewToken,
  deps: TokenDeps,
): Promise<{ readonly token: string; readonly row: AccessToken }> {
  const name = wanted.name.trim();
  if (name === '' || name.length > 100)
    throw new PlumblineError('BAD_USAGE', 'A token needs a name of at most 100 characters.', 'Say what it is for.');
  const bad = (wanted.workspaces ?? []).find((workspace) => !WorkspaceName.safeParse(workspace).success);
  if (bad !== undefined)
    throw new PlumblineError(
      'BAD_USAGE',
      `The workspace name "${bad}" cannot be used.`,
      'Use lower-case letters, digits, - and _.',
    );
  if (wanted.workspaces?.length === 0)
    throw new PlumblineError(
      'BAD_USAGE',
      'A token for no workspace opens nothing.',
      'Name a workspace, or leave the list out for all.',
    );
  if (wanted.expiresAt !== null && wanted.expiresAt <= deps.now)
    throw new PlumblineError('BAD_USAGE', 'The token would have expired already.', 'Choose a later expiry.');
  const token = `plb_${Buffer.from(deps.randomBytes(TOKEN_BYTES)).toString('base64url')}`;
  const row: AccessToken = {
    id: Buffer.from(deps.randomBytes(8)).toString('hex'),
    name,
    hash: hashToken(token),
    role: wanted.role,
    workspaces: wanted.workspaces === null ? null : [...new Set(wanted.workspaces)].sort(),
    created_at: deps.now,
    expires_at: wanted.expiresAt,
    revoked_at: null,
  };
  await deps.operations.saveToken(row);
  return { token, row };
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

/** Revokes by id or, where it is the only active one, by name; a revoked one stays as it is. Errors: UNKNOWN_NAME. */
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
  if (found.revoked_at !== null) return found;
  const revoked = { ...found, revoked_at: deps.now };
  await deps.operations.saveToken(revoked);
  return revoked;
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
