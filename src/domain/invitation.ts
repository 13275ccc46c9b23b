import { z } from 'zod';
import { PersonId, RoleName } from './free-text.ts';
import { WorkspaceName } from './operations.ts';

/** A link by which one respondent answers the questions of one workspace, and sees nothing else. Instants are UTC. */
export const Invitation = z.strictObject({
  id: z.string(),
  workspace: WorkspaceName,
  /** SHA-256 of the link's secret (256 random bits), hex; the link is shown once and never kept. */
  hash: z.string(),
  /** Model whose questions are asked. */
  model: z.string(),
  respondent: PersonId,
  role: RoleName,
  created_at: z.date(),
  /** Id of the token that made it. */
  created_by: z.string(),
  /** Link and answers end then. */
  expires_at: z.date(),
  /** When the link was opened; it opens once. */
  used_at: z.date().nullable(),
  revoked_at: z.date().nullable(),
});
export type Invitation = z.infer<typeof Invitation>;

export const INVITATION_STATES = ['open', 'used', 'expired', 'revoked'] as const;
type InvitationState = (typeof INVITATION_STATES)[number];

/** What has become of an invitation at the instant. */
export function stateOf(
  { used_at, revoked_at, expires_at }: Pick<Invitation, 'used_at' | 'revoked_at' | 'expires_at'>,
  now: Date,
): InvitationState {
  if (revoked_at !== null) return 'revoked';
  if (expires_at <= now) return 'expired';
  return used_at === null ? 'open' : 'used';
}
