import { TABLES } from '../../../domain/telemetry.ts';

/** Columns of `ticket` that many signals read: every measurement carries them along with what it derives. */
export const COMMON_COLUMNS: readonly string[] = [
  'id',
  'created_at',
  'status',
  'priority_rank',
  'type',
  'channel',
  'group_id',
  'assignee_id',
  'requester_key',
  'requester_is_agent',
  'organisation_id',
  'created_by',
  'created_on_behalf',
  'calendar_id',
];

/**
 * The other columns of `ticket` stay in the recorded table and are joined in only for a query that names one (or asks for all with `*`):
 * carrying lists, the vendor's words and stamps along for every ticket doubles the memory of a measurement.
 */
export const RARE_COLUMNS: readonly string[] = Object.keys(TABLES.ticket.columns).filter(
  (column) => !COMMON_COLUMNS.includes(column),
);

/** The words of a SQL text, in lower case. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[a-z_][a-z0-9_]*/g) ?? []);
}

/** Whether a text may need a rare column: it names one, or asks for whatever there is. Too often yes is only slower. */
export function needsRareColumns(text: string): boolean {
  const words = wordsOf(text);
  return (
    RARE_COLUMNS.some((column) => words.has(column)) ||
    words.has('natural') ||
    words.has('columns') ||
    /(\bselect|\bdistinct|\ball|,|\.)\s*\*/i.test(text)
  );
}

/** Whether a text reads tickets through a relation of all their columns, and may need a rare one. */
export function readsRareColumns(text: string): boolean {
  const words = wordsOf(text);
  return (words.has('ticket_all') || words.has('ticket_h')) && needsRareColumns(text);
}
