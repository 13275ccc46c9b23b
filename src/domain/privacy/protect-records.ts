import type { TableName, TelemetryBatch } from '../telemetry.ts';
import { guardValue } from './label-privacy.ts';

type Hash = (kind: 'reference' | 'tag', value: string) => string;
type Role = 'label' | 'id';

/** Text columns that a vendor's free words can reach. Ids of tickets and of configuration are the vendor's own numbers and stand as they are. */
const COLUMNS: Partial<Record<TableName, Readonly<Record<string, Role>>>> = {
  ticket: {
    vendor_status: 'label',
    vendor_priority: 'label',
    vendor_channel: 'label',
    form: 'label',
    brand: 'label',
    product: 'label',
    category: 'label',
    severity: 'label',
    cause_code: 'label',
    support_line: 'label',
    tags: 'label',
    filled_fields: 'label',
    group_id: 'id',
    assignee_id: 'id',
    organisation_id: 'id',
    problem_id: 'id',
  },
  event: { field: 'label', actor_id: 'id' },
  message: { author_id: 'id' },
  sla_policy: { tier: 'label' },
  csat: { scale: 'label', reason_code: 'label' },
  article: { category: 'label', author_id: 'id', editor_id: 'id' },
  bot_session: { topic: 'label' },
  agent: { id: 'id' },
  team: { id: 'id' },
  membership: { agent_id: 'id', team_id: 'id' },
  organisation: { id: 'id', tier: 'label' },
  link: { system: 'label', team: 'label', target_key: 'id' },
};

/** Values before and after a change: ids for owners and links, words of the vendor for fields; statuses and ranks are ours. */
const EVENT_VALUES: Readonly<Record<string, Role>> = {
  group: 'id',
  assignee: 'id',
  link: 'id',
  merge: 'id',
  field: 'label',
  tag: 'label',
  csat: 'label',
};

const REMEMBERED = 50_000;

/**
 * A guard over records on their way to the store: every value of a free text column that holds a mail address, a telephone number, a
 * person's full name or a sentence becomes a keyed hash, the same for the same value wherever it stands, so that joins hold. All other
 * values stay. It is the last line behind each connector's own care, and the same for all of them. Empty batches give empty batches.
 */
export function createRecordGuard(hash: Hash): (records: TelemetryBatch) => TelemetryBatch {
  const seen = new Map<string, string>();
  const keep = (value: string, role: Role): string => {
    const key = `${role}${value}`;
    const before = seen.get(key);
    if (before !== undefined) return before;
    if (seen.size > REMEMBERED) seen.clear();
    const made = guardValue(value, role) === null ? value : hash('reference', value);
    seen.set(key, made);
    return made;
  };
  const guard = (value: unknown, role: Role): unknown =>
    typeof value === 'string'
      ? keep(value, role)
      : Array.isArray(value)
        ? value.map((one: unknown) => (typeof one === 'string' ? keep(one, role) : one))
        : value;
  return (records) => {
    const kept: Record<string, unknown> = { ...records };
    for (const [table, columns] of Object.entries(COLUMNS)) {
      const rows = kept[table] as readonly Readonly<Record<string, unknown>>[] | undefined;
      if (rows === undefined) continue;
      kept[table] = rows.map((row) => {
        const made: Record<string, unknown> = { ...row };
        for (const [column, role] of Object.entries(columns)) made[column] = guard(row[column], role);
        const role = table === 'event' ? EVENT_VALUES[String(row.kind)] : undefined;
        if (role !== undefined) {
          made.from_value = guard(row.from_value, role);
          made.to_value = guard(row.to_value, role);
        }
        return made;
      });
    }
    return kept as TelemetryBatch;
  };
}
