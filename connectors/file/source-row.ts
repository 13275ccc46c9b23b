import type { JS } from '@duckdb/node-api';
import type { SetAside } from '../../src/domain/observability.ts';
import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { type NumberStyle, plainNumber } from './number-columns.ts';
import type { Binding, Plan, Value } from './plan.ts';
import { isProblem, MAX_WORD, NO_ONE, type Problem, type Pseudonymise, readValue } from './read-value.ts';
import { known } from './sql.ts';

export type { Pseudonymise } from './read-value.ts';

/** One row of the file under the mapping. Times are epoch milliseconds UTC; null = unknown. */
export interface SourceRow {
  readonly ref: string;
  readonly key: string;
  readonly values: Readonly<Record<string, Value | null>>;
  /** The file's own word where `values` holds a translation of it. */
  readonly words: Readonly<Record<string, string | null>>;
  /** All bound values as one text: equal texts are equal rows, and ties are broken by it, never by the place in the file. */
  readonly content: string;
}

/** `rows` = the row is not in the store; `cells` = the row is, one of its values is unknown or was overruled. */
type NoteStream = 'rows' | 'cells';

/** What a row gave: `row` null = set aside, and a note of `rows` says why. Notes of `cells` go with rows that are kept. */
export interface RowResult {
  readonly row: SourceRow | null;
  readonly notes: readonly SetAside[];
}

const NUL = '\0';

/** Values without which a row says nothing of a ticket. A row of a log may leave the creation to other rows of its ticket. */
function isNeeded(plan: Plan, target: string): boolean {
  return (
    target === 'ticket.id' || target === 'events.at' || (target === 'ticket.created_at' && plan.mode === 'tickets')
  );
}

/** Value of a row (true) whose end stamp cannot be read or cannot be true: there was an end, and nobody knows when. */
export const ENDED = 'ticket.ended';
const END_STAMPS = new Set(['ticket.solved_at', 'ticket.closed_at']);

/**
 * Whether a dropped cell still tells that its ticket ended: a garbled or impossible instant does, and so does ##### (a spreadsheet's column
 * was too narrow for it); a placeholder or a word does not.
 */
export function tellsEnd(target: string, code: string, text: string | null): boolean {
  if (!END_STAMPS.has(target)) return false;
  return code === 'NEGATIVE_DURATION' || (code === 'BAD_TIME' && /\d|^#+$/.test(text ?? ''));
}

/** A note about one cell that cost the cell only. */
export function noteCell(ref: string, code: string, path: string, detail: string): SetAside {
  return { stream: 'cells' satisfies NoteStream, ref, code, path, detail };
}

/** A note about a row that is set aside. */
export function noteRow(ref: string, code: string, path: string, detail: string): SetAside {
  return { stream: 'rows' satisfies NoteStream, ref, code, path, detail };
}

/**
 * SELECT list that `convertRow` reads: row number, then for every bound column its text and, for times, its milliseconds.
 * `cells` are those of `timeCells`, `numbers` those of `readNumberColumns`.
 */
export function selectList(
  plan: Plan,
  cells: ReadonlyMap<string, string>,
  numbers: ReadonlyMap<string, NumberStyle>,
): string {
  const list = ['cast(row_nr as double)'];
  for (const one of plan.bindings) {
    if (one.column === null) continue;
    const value = known(one.column, one.missing);
    const style = numbers.get(one.column);
    const number = one.kind === 'count' || one.kind === 'duration' || one.kind === 'score';
    list.push(number && style !== undefined ? plainNumber(value, style) : value);
    if (one.kind === 'time') list.push(`cast(${cells.get(one.target) ?? 'null'} as double)`);
  }
  return list.join(', ');
}

/** Who made the change that a row shows; all null where that is not known. */
export function actorOf(row: SourceRow | null): Pick<TicketEvent, 'actor' | 'actor_id'> {
  const actor = (row?.values['events.actor'] ?? null) as TicketEvent['actor'];
  return { actor, actor_id: actor === 'agent' ? ((row?.values['events.actor_id'] ?? null) as string | null) : null };
}

/** The value of a cell, or why it has none. Prose in a field for codes is dropped. */
function readCell(one: Binding, text: string, ms: number | null, hash: Pseudonymise): Value | null | Problem {
  const value = readValue(one, text, ms, hash);
  if ((one.kind === 'word' || one.kind === 'identity') && typeof value === 'string' && value.length > MAX_WORD)
    return { code: 'FREE_TEXT', detail: `a code of at most ${MAX_WORD} characters was expected` };
  return value;
}

/** What stands for a cell that cannot be read: a word without a known meaning ends what was in force, and may tell that the ticket is over. */
function setUnread(values: Record<string, Value | null>, one: Binding, { code }: Problem, text: string | null): void {
  values[one.target] = one.clears && one.kind === 'choice' ? NO_ONE : null;
  if (tellsEnd(one.target, code, text)) values[ENDED] = true;
}

/**
 * Reads one row of `selectList`. A cell that cannot be read costs the cell: its value is unknown and a note says which and why. Only a
 * missing or unreadable key, creation or change stamp sets the row aside. No content ever enters a note.
 */
export function convertRow(plan: Plan, raw: readonly JS[], hash: Pseudonymise): RowResult {
  const ref = `row ${String(raw[0])}`;
  const values: Record<string, Value | null> = {};
  const words: Record<string, string | null> = {};
  const notes: SetAside[] = [];
  const content: string[] = [];
  let at = 1;
  for (const one of plan.bindings) {
    if (one.column === null) {
      values[one.target] = one.constant;
      continue;
    }
    const text = raw[at++] as string | null;
    const ms = one.kind === 'time' ? (raw[at++] as number | null) : null;
    content.push(text ?? NUL);
    words[one.target] = text;
    const value = text === null ? null : readCell(one, text, ms, hash);
    if (isProblem(value)) {
      if (isNeeded(plan, one.target)) return { row: null, notes: [noteRow(ref, value.code, one.column, value.detail)] };
      notes.push(noteCell(ref, value.code, one.column, value.detail));
      setUnread(values, one, value, text);
    } else values[one.target] = value;
  }
  if (plan.firstEvent) values['ticket.created_at'] = values['events.at'] ?? null;
  const lacking = lackOf(plan, values, ref);
  if (lacking !== null) return { row: null, notes: [lacking] };
  return { row: { ref, key: String(values['ticket.id']), values, words, content: content.join('\u0001') }, notes };
}

/** The value without which a row says nothing, when it has none. */
function lackOf(plan: Plan, values: Readonly<Record<string, Value | null>>, ref: string): SetAside | null {
  if (typeof values['ticket.id'] !== 'string')
    return noteRow(ref, 'MISSING_KEY', plan.mapping.ticket.id, 'the row has no ticket id');
  if (plan.mode === 'events' && values['events.at'] === null)
    return noteRow(ref, 'MISSING_TIME', 'events.at', 'the row has no change stamp');
  if (plan.mode === 'tickets' && values['ticket.created_at'] === null)
    return noteRow(ref, 'MISSING_TIME', 'created_at', 'the row has no creation time');
  return null;
}
