import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { type Directory, isStaff } from './directory.ts';
import type { EarlyContext } from './pages.ts';
import type { ChildEvent, Update } from './schema-events.ts';
import type { Via } from './schema-tickets.ts';
import { idAt, wayOf } from './words.ts';

export interface Attribution {
  readonly actor: TicketEvent['actor'];
  readonly actorId: string | null;
  readonly ruleId: string | null;
}

/** An update with its readable children and its place among the updates of the same ticket and second. */
export interface Step {
  readonly update: Update;
  readonly children: readonly ChildEvent[];
  /** The update that created the ticket: its first comment is the opening message. */
  readonly opening: boolean;
  /** First sequence number of this update; children count on from it. */
  readonly seq: number;
  /** Tickets that the same person merged away within the same moment, this one's own merge included: their comments are texts of the system. */
  readonly merged: readonly string[];
}

export const SYSTEM: Attribution = { actor: 'system', actorId: null, ruleId: null };
const CUSTOMER: Attribution = { actor: 'customer', actorId: null, ruleId: null };
const UNTOLD: Attribution = { actor: null, actorId: null, ruleId: null };

/** Numeric order for ids of any length: more digits come later. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** How a part of an update came about: in its own way, else in that of the update. */
export function viaOf(child: ChildEvent, { update }: Pick<Step, 'update'>): Via {
  return child.via.channel === '' ? update.via : child.via;
}

/**
 * Who did it. A rule when the vendor says so; `system` for the vendor itself, imports, programs, and changes made through the API, which
 * are integrations more often than people; else agent or customer. Null actor when the account does not let us tell.
 */
export function attribute(step: Step, child: ChildEvent, directory: Directory, context: EarlyContext): Attribution {
  const via = viaOf(child, step);
  const way = wayOf(via);
  if (way.isRule) {
    const ruleId = idAt(via.from, 'id') ?? child.via_reference_id ?? step.update.viaReferenceId;
    return { actor: 'automation', actorId: null, ruleId };
  }
  const id = child.author_id ?? step.update.updaterId;
  if (id === null || way.isSystem || directory.machines.has(id)) return SYSTEM;
  const staff = isStaff(directory, context.settings.formerAgents, id);
  if (staff === null) return UNTOLD;
  if (!staff) return CUSTOMER;
  return way.isApi ? SYSTEM : { actor: 'agent', actorId: id, ruleId: null };
}
