/** One field changing inside an update, whichever way the vendor wrote it. */
export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  readonly initial: boolean;
}

/** Keys of a child event that say something about the event, not about the ticket. */
const EVENT_KEYS = new Set([
  'id',
  'via',
  'via_reference_id',
  'type',
  'event_type',
  'previous_value',
  'added_tags',
  'removed_tags',
  'author_id',
  'public',
  'comment_present',
  'comment_public',
  'body',
  'html_body',
  'plain_body',
  'attachments',
  'audit_id',
  'created_at',
  'metadata',
  'recipients',
  'macro_id',
  'data',
  'trusted',
  'value',
  'field_name',
  'subject',
  'raw_subject',
  'description',
  'uploads',
]);

const NONE: readonly FieldChange[] = [];

/** Field changes of an event of this kind: `Create` ones are the values given at creation. Other events give an empty list. */
export function fieldChanges(kind: string | null, row: Readonly<Record<string, unknown>>): readonly FieldChange[] {
  if (kind !== 'Change' && kind !== 'Create') return NONE;
  const initial = kind === 'Create';
  const from = row.previous_value;
  const named = row.field_name;
  if (typeof named === 'string' || typeof named === 'number')
    return [{ field: String(named), from, to: row.value, initial }];
  const changes: FieldChange[] = [];
  for (const field in row) {
    if (EVENT_KEYS.has(field)) continue;
    const to = row[field];
    if (field === 'custom_ticket_fields' && isRecord(to)) changes.push(...customChanges(to, from, initial));
    else changes.push({ field, from, to, initial });
  }
  return changes;
}

function customChanges(values: Record<string, unknown>, before: unknown, initial: boolean): FieldChange[] {
  return Object.entries(values).map(([field, to]) => ({
    field,
    from: isRecord(before) ? before[field] : before,
    to,
    initial,
  }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
