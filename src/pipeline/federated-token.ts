import { createHash } from 'node:crypto';
import type { AccessToken, Role } from '../domain/operations.ts';
import type { Operations } from '../store/operations-port.ts';
import { hashToken, type RandomBytes, revokeMadeBy, roleReaches } from './access-tokens.ts';

const SECRET_BYTES = 32;

interface FederatedPerson {
  readonly issuer: string;
  /** As the provider names the person; only a hash of it is kept. */
  readonly subject: string;
  /** Null = the provider's claim grants nothing any more. */
  readonly granted: { readonly role: Role; readonly workspaces: readonly string[] | null } | null;
}

interface FederatedDeps {
  readonly operations: Pick<Operations, 'token' | 'tokens' | 'saveToken' | 'tokenByHash'>;
  readonly now: Date;
  readonly randomBytes: RandomBytes;
}

/** Whether what a token may do shrinks, so that what it made could outgrow it. */
function shrinks(before: AccessToken, after: AccessToken): boolean {
  const fewer =
    after.workspaces !== null &&
    (before.workspaces === null || before.workspaces.some((one) => !after.workspaces?.includes(one)));
  return fewer || !roleReaches(after.role, before.role);
}

/**
 * The access token that stands for a person of an OpenID provider: one for each, made when the person first comes, brought up to what the claim
 * grants at each sign-in. Nobody knows its text, so only sessions can use it. Null = the claim grants nothing, or an admin has revoked it; then
 * sessions and tokens of the person are over.
 */
export async function federatedToken(person: FederatedPerson, deps: FederatedDeps): Promise<AccessToken | null> {
  const { operations, now } = deps;
  const key = createHash('sha256').update(`${person.issuer}\n${person.subject}`).digest('hex');
  const id = `oidc-${key.slice(0, 24)}`;
  const before = await operations.token(id);
  if (before?.revoked_at != null) return null;
  if (person.granted === null) {
    if (before !== null) await operations.saveToken({ ...before, expires_at: now });
    await revokeMadeBy([id], deps);
    return null;
  }
  const { role, workspaces } = person.granted;
  const after: AccessToken = {
    id,
    name: `sign-in ${key.slice(0, 8)}`,
    hash: before?.hash ?? hashToken(Buffer.from(deps.randomBytes(SECRET_BYTES)).toString('hex')),
    role,
    workspaces: workspaces === null ? null : [...workspaces],
    created_at: before?.created_at ?? now,
    expires_at: null,
    revoked_at: null,
    made_by: null,
  };
  await operations.saveToken(after);
  if (before !== null && shrinks(before, after)) await revokeMadeBy([id], deps);
  return after;
}
