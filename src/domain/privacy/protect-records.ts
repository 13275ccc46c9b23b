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

type LooseRow = Readonly<Record<string, unknown>>;

/**
 * A guard over records on their way to the store: every value of a free text column that holds a mail address, a telephone number, a
 * person's full name or a sentence becomes a keyed hash, the same for the same value wherever it stands, so that joins hold. All other
 * values stay. It is the last line behind each connector's own care, and the same for all of them. Empty batches give empty batches.
 */
export function createRecordGuard(hash: Hash): (records: TelemetryBatch) => TelemetryBatch {
  const seen: Readonly<Record<Role, Map<string, string>>> = { label: new Map(), id: new Map() };
  const keep = (value: string, role: Role): string => {
    // Digits alone are an id for every rule of `guardValue`.
    if (role === 'id' && isDigits(value)) return value;
    const before = seen[role].get(value);
    if (before !== undefined) return before;
    if (seen[role].size > REMEMBERED) seen[role].clear();
    const made = guardValue(value, role) === null ? value : hash('reference', value);
    seen[role].set(value, made);
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
  const keepAll = (values: readonly unknown[], role: ColumnRole): readonly unknown[] => {
    const made = values.map((one) => (typeof one === 'string' ? keepOne(one, role) : one));
    return made.some((one, i) => one !== values[i]) ? made : values;
  };
  const guard = (value: unknown, role: ColumnRole): unknown =>
    typeof value === 'string' ? keepOne(value, role) : Array.isArray(value) ? keepAll(value, role) : value;
  /** Nearly every row stays as it is, and is not copied. */
  const guardRow = (row: LooseRow, columns: readonly (readonly [string, ColumnRole])[]): LooseRow => {
    let made: Record<string, unknown> | null = null;
    for (const [column, role] of columns) {
      const value = row[column];
      if (value === null || value === undefined) continue;
      const kept = guard(value, role);
      if (kept === value) continue;
      made ??= { ...row };
      made[column] = kept;
    }
    return made ?? row;
  };
  return (records) => {
    const kept: Record<string, unknown> = { ...records };
    for (const [table, columns] of GUARDED) {
      const rows = kept[table] as readonly LooseRow[] | undefined;
      if (rows === undefined) continue;
      kept[table] = rows.map((row) => {
        const role = table === 'event' ? EVENT_VALUES[String(row.kind)] : undefined;
        const own = guardRow(row, columns);
        return role === undefined ? own : guardRow(own, VALUES_BY_ROLE[role]);
      });
    }
    return kept as TelemetryBatch;
  };
}

const GUARDED = Object.entries(COLUMNS).map(([table, columns]) => [table, Object.entries(columns)] as const);

const valuesAs = (role: ColumnRole) => ['from_value', 'to_value'].map((column) => [column, role] as const);
const VALUES_BY_ROLE = { id: valuesAs('id'), label: valuesAs('label'), term: valuesAs('term') };

function isDigits(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
