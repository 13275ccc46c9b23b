import type { Ticket } from '../../src/domain/telemetry.ts';
import { type CodeFields, chooseCodeFields } from '../../src/kit/code-fields.ts';
import { type Side, type Staff, sideOf } from './people.ts';
import type { Task } from './schema.ts';
import type { Context } from './session.ts';
import type { Settings, TicketTable } from './settings.ts';
import { type Status, shippedStatus, statusByLabel, waitsForCaller } from './words.ts';

/** What the mapping of tickets of one table has to know of the instance. */
export interface Desk {
  readonly context: Context;
  readonly table: TicketTable;
  readonly staff: Staff;
  /** Null = they are not shown. */
  readonly labels: ReadonlyMap<string, string> | null;
  readonly codes: CodeFields;
}

/** Fields that the vendor ships for these codes. */
const SHIPPED = {
  incident: { product: 'business_service', category: 'category', severity: 'impact', cause: 'close_code' },
  sn_customerservice_case: { product: 'product', category: 'category', severity: 'impact', cause: 'resolution_code' },
} as const;

export function codesOf(settings: Settings, table: TicketTable): CodeFields {
  const stated = Object.entries(settings.fields).filter(([, field]) => field !== undefined);
  return chooseCodeFields({ ...SHIPPED[table], ...Object.fromEntries(stated) }, []);
}

export async function loadDesk(context: Context, table: TicketTable): Promise<Desk> {
  const { session, settings } = context;
  return {
    context,
    table,
    staff: await session.staff(),
    labels: await session.labels(),
    codes: codesOf(settings, table),
  };
}

/** Label of a value as the instance shows it; those of the parent table count where the table has none of its own. */
export function labelOf(
  field: string,
  value: string | null,
  { labels, table }: Pick<Desk, 'labels' | 'table'>,
): string | null {
  if (value === null) return null;
  return labels?.get(`${table} ${field} ${value}`) ?? labels?.get(`task ${field} ${value}`) ?? null;
}

/**
 * Category of a state: as stated, else by what its label says, else as the vendor ships it, else by the value itself where that is a label. Work goes on in
 * one that says nothing, unless the ticket is no longer active.
 */
export function statusOf(
  state: string | null,
  hold: string | null,
  desk: Pick<Desk, 'context' | 'labels' | 'table'>,
  active: boolean | null = null,
): Status {
  const { settings } = desk.context;
  const own = settings.statuses[`${desk.table}.${state}`] ?? settings.statuses[state ?? ''];
  if (own !== undefined) return own;
  const label = labelOf('state', state, desk);
  const found =
    statusByLabel(label) ?? (state === null ? null : shippedStatus(desk.table, state)) ?? statusByLabel(state);
  // The reason belongs to the state "On Hold" and may stand on behind another one.
  const onHold = desk.table === 'incident' && (state === '3' || /on[ -]?hold/i.test(label ?? state ?? ''));
  if (onHold && found === 'hold' && waitsForCaller(hold, labelOf('hold_reason', hold, desk))) return 'pending';
  return found ?? (active === false ? 'closed' : 'open');
}

export function sideIn(name: string | null, row: Task, { staff, context }: Desk): Side {
  return sideOf(name, row, staff, context.settings);
}

/** Who did something, and the id where it was somebody of the desk. */
export function actorOf(name: string | null, row: Task, desk: Desk) {
  const side = sideIn(name, row, desk);
  return {
    // Flows and scheduled jobs of the desk run as the vendor's own account; other programs come from outside.
    actor: side === 'system' ? ('automation' as const) : side === 'machine' ? ('system' as const) : side,
    actor_id: side === 'agent' ? (desk.staff.byName.get(name ?? '')?.sys_id ?? null) : null,
  };
}

/** Who opened a ticket, and whether for somebody else. */
export function openerOf(
  row: Task,
  requester: string | null,
  desk: Desk,
): Pick<Ticket, 'created_by' | 'created_on_behalf'> {
  const { users, isWhole } = desk.staff;
  const byName = sideIn(row['opened_by.user_name'] ?? row.sys_created_by, row, desk);
  if (byName === 'machine' || byName === 'system') return { created_by: 'machine', created_on_behalf: null };
  const opener = row.opened_by;
  if (opener === null || users === null) return { created_by: byName, created_on_behalf: null };
  if (users.has(opener))
    return { created_by: 'agent', created_on_behalf: requester === null ? null : opener !== requester };
  // Somebody outside the desk who opened it for another: on whose side is not said.
  return isWhole && opener === requester
    ? { created_by: 'customer', created_on_behalf: false }
    : { created_by: null, created_on_behalf: null };
}
