import type { TableName, TelemetryBatch } from '../telemetry.ts';
import { guardValue } from './label-privacy.ts';

type Hash = (kind: 'reference' | 'tag', value: string) => string;
type Role = 'label' | 'id';
/** `term`: parts of a term stand for values of other columns and are guarded as those are, so that joins hold. */
type ColumnRole = Role | 'term';

/** Text columns that a vendor's free words can reach. Ids of tickets and of configuration are the vendor's own numbers and stand as they are. */
const COLUMNS: Partial<Record<TableName, Readonly<Record<string, ColumnRole>>>> = {
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
  sla_policy: { tier: 'label', condition_terms: 'term' },
  automation: { condition_terms: 'term', action_terms: 'term' },
  csat: { scale: 'label', reason_code: 'label' },
  article: { category: 'label', author_id: 'id', editor_id: 'id' },
  bot_session: { topic: 'label' },
  agent: { id: 'id' },
  team: { id: 'id' },
  membership: { agent_id: 'id', team_id: 'id' },
  organisation: { id: 'id', tier: 'label', terms: 'term' },
  link: { system: 'label', team: 'label', target_key: 'id' },
};

/** Values before and after a change: ids for owners and links, words of the vendor for fields; statuses and ranks are ours. */
const EVENT_VALUES: Readonly<Record<string, ColumnRole>> = {
  group: 'id',
  assignee: 'id',
  link: 'id',
  merge: 'id',
  field: 'label',
  tag: 'label',
  csat: 'label',
  escalation: 'term',
};

/** `!org:plan=gold`: what it is about, and whatever comes behind. */
const TERM = /^(!?(?:(?:changed|by|notify):)?([a-z_]+):)(.+)$/su;
const NAMED = new Set(['field', 'org']);
const CHOSEN = new Set(['tag', 'state', 'channel']);

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
  const keepTerm = (term: string): string => {
    const [, head = '', subject = '', rest = ''] = TERM.exec(term) ?? [];
    if (head === '') return keep(term, 'label');
    const sign = NAMED.has(subject) ? rest.indexOf('=') : -1;
    if (sign >= 0) return `${head}${keep(rest.slice(0, sign), 'label')}=${keep(rest.slice(sign + 1), 'label')}`;
    return `${head}${keep(rest, NAMED.has(subject) || CHOSEN.has(subject) ? 'label' : 'id')}`;
  };
  const keepOne = (value: string, role: ColumnRole): string => (role === 'term' ? keepTerm(value) : keep(value, role));
  const guard = (value: unknown, role: ColumnRole): unknown =>
    typeof value === 'string'
      ? keepOne(value, role)
      : Array.isArray(value)
        ? value.map((one: unknown) => (typeof one === 'string' ? keepOne(one, role) : one))
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
