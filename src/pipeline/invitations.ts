import { createHash } from 'node:crypto';
import type { Invitation } from '../domain/invitation.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Operations } from '../store/operations-port.ts';
import type { RandomBytes } from './access-tokens.ts';

const SECRET_BYTES = 32;
/** 32 bytes in base64url without padding are 43 characters. */
const FORM = /^inv_[A-Za-z0-9_-]{43}$/;
const DAY_MS = 86_400_000;

/** Invitations of one workspace that are open or in use at a time. */
const MOST_INVITATIONS = 500;

interface NewInvitation {
  readonly workspace: string;
  readonly model: string;
  readonly respondent: string;
  readonly role: string;
  readonly days: number;
  /** Id of the token that asks. */
  readonly by: string;
}

interface InvitationDeps {
  readonly operations: Pick<Operations, 'invitations' | 'addInvitation' | 'invitationByHash' | 'takeInvitation'>;
  readonly now: Date;
}

/** SHA-256 of the secret of a link, hex. */
function hashInvitation(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether an invitation still lets its respondent in: neither revoked nor expired. */
export function isStanding(invitation: Invitation, now: Date): boolean {
  return invitation.revoked_at === null && invitation.expires_at > now;
}

/** Makes an invitation. `secret` is the only copy. Errors: WRONG_STATE when too many stand already. */
export async function invite(
  wanted: NewInvitation,
  deps: InvitationDeps & { readonly randomBytes: RandomBytes },
): Promise<{ readonly secret: string; readonly row: Invitation }> {
  const { days, by, ...who } = wanted;
  const standing = (await deps.operations.invitations(who.workspace)).filter((one) => isStanding(one, deps.now));
  if (standing.length >= MOST_INVITATIONS)
    throw new PlumblineError(
      'WRONG_STATE',
      `${MOST_INVITATIONS} invitations of ${who.workspace} stand already.`,
      'Revoke those that nobody needs.',
    );
  const secret = `inv_${Buffer.from(deps.randomBytes(SECRET_BYTES)).toString('base64url')}`;
  const row: Invitation = {
    ...who,
    id: Buffer.from(deps.randomBytes(8)).toString('hex'),
    hash: hashInvitation(secret),
    created_at: deps.now,
    created_by: by,
    expires_at: new Date(deps.now.getTime() + days * DAY_MS),
    used_at: null,
    revoked_at: null,
  };
  await deps.operations.addInvitation(row);
  return { secret, row };
}

/** Opens an invitation by the secret of its link, once and for one caller of many; null for anything else, without saying why. */
export async function openInvitation(secret: string, deps: InvitationDeps): Promise<Invitation | null> {
  if (!FORM.test(secret)) return null;
  const found = await deps.operations.invitationByHash(hashInvitation(secret));
  if (found === null || !isStanding(found, deps.now)) return null;
  return (await deps.operations.takeInvitation(found.id, deps.now)) ? { ...found, used_at: deps.now } : null;
}
