import type { Ticket, TicketEvent } from '../../src/domain/telemetry.ts';
import { isProgram } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import type { Context } from './account.ts';
import type { Account } from './schema.ts';

/** What the mapping of issues has to know of the repository. */
export interface Desk {
  readonly context: Context;
  /** Null = it is not shown who may be assigned. */
  readonly staff: ReadonlyMap<string, Account> | null;
}

export async function loadDesk(context: Context): Promise<Desk> {
  return { context, staff: await context.session.staff() };
}

/** The user "ghost" stands for all who were deleted, so it is nobody in particular. */
function isGone({ login }: Account): boolean {
  return login === 'ghost';
}

export function requesterKey(user: Account | null, { context }: Desk): string | null {
  return user === null || isGone(user) ? null : context.pseudonymise('requester', user.id);
}

/** Apps write as bots. */
function isBot(user: Account, { context }: Desk): boolean {
  if (/^bot$/i.test(user.type ?? '') || /\[bot\]$/i.test(user.login ?? '')) return true;
  return isProgram({ id: user.id, name: user.login }, statedOf(context.settings));
}

type Side = Ticket['created_by'];

/**
 * On whose side somebody writes: by the association with the repository that the vendor states, which is that of today, or by being one who may be
 * assigned. `association` null = the vendor does not state it here: who is not of the staff and did not report the issue is unknown then.
 */
export function sideOf(user: Account | null, association: string | null, reporter: Account | null, desk: Desk): Side {
  if (user === null || isGone(user)) return null;
  if (isBot(user, desk)) return 'machine';
  const stated = association?.toUpperCase() ?? null;
  if ((desk.context.settings.staff as readonly string[]).includes(stated ?? '')) return 'agent';
  if (desk.staff?.has(user.id) === true) return 'agent';
  if (stated !== null) return 'customer';
  return desk.staff !== null && user.id === reporter?.id ? 'customer' : null;
}

export function agentId(side: Side, user: Account | null): string | null {
  return side === 'agent' ? (user?.id ?? null) : null;
}

export function actorOf(
  user: Account | null,
  reporter: Account | null,
  desk: Desk,
  association: string | null = null,
): Pick<TicketEvent, 'actor' | 'actor_id'> {
  const side = sideOf(user, association, reporter, desk);
  return { actor: side === 'machine' ? 'automation' : side, actor_id: agentId(side, user) };
}
