import type { JS } from '@duckdb/node-api';
import type { SetAside } from '../../src/domain/observability.ts';
import type { TicketEvent } from '../../src/domain/telemetry.ts';
import type { Binding, Plan, Value } from './plan.ts';
import { known } from './sql.ts';
import type { TimeReading } from './time-columns.ts';

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

export type Pseudonymise = (kind: 'requester' | 'domain' | 'tag' | 'reference', value: string) => string;

export type RowResult =
  | { readonly row: SourceRow; readonly notes: readonly SetAside[] }
  | { readonly row: null; readonly notes: readonly SetAside[] };

/** A code or an id; longer texts are prose and have no place in the store. */
const MAX_WORD = 120;
const NUL = '\0';

/** SELECT list that `convertRow` reads: row number, then for every bound column its text and, for times, its milliseconds. */
export function selectList(plan: Plan, times: ReadonlyMap<string, TimeReading>): string {
  const list = ['cast(row_nr as double)'];
  for (const one of plan.bindings) {
    if (one.column === null) continue;
    list.push(known(one.column, one.missing));
    if (one.kind === 'time') list.push(`cast(${times.get(one.column)?.sql ?? 'null'} as double)`);
  }
  return list.join(', ');
}

/** Who made the change that a row shows; all null where that is not known. */
export function actorOf(row: SourceRow | null): Pick<TicketEvent, 'actor' | 'actor_id'> {
  const actor = (row?.values['events.actor'] ?? null) as TicketEvent['actor'];
  return { actor, actor_id: actor === 'agent' ? ((row?.values['events.actor_id'] ?? null) as string | null) : null };
}

interface Problem {
  readonly code: string;
  readonly detail: string;
}

function translate(one: Binding, text: string): Value | null | Problem {
  const found = one.values?.get(text.toLowerCase());
  if (found !== undefined) return found;
  if (one.fallback !== null) return one.fallback;
  return { code: 'UNMAPPED_VALUE', detail: `a word that \`values\` of ${one.target} does not list` };
}

function count(text: string): number | Problem {
  if (!/^[+-]?\d+(\.0+)?$/.test(text)) return { code: 'NOT_A_NUMBER', detail: 'a whole number was expected' };
  const number = Number(text);
  if (number < 0) return { code: 'NEGATIVE_COUNT', detail: 'a count below zero' };
  return Number.isSafeInteger(number) ? number : { code: 'NOT_A_NUMBER', detail: 'a count beyond 2^53' };
}

/** Reads one value; a Problem sets the row aside. */
function readValue(one: Binding, text: string, ms: number | null, hash: Pseudonymise): Value | null | Problem {
  if (text.includes(NUL)) return { code: 'NUL_BYTE', detail: 'the value holds a NUL byte' };
  switch (one.kind) {
    case 'time':
      return ms ?? { code: 'BAD_TIME', detail: 'not a time of the form that the column has' };
    case 'choice':
    case 'flag':
      return translate(one, text);
    case 'count':
      return count(text);
    case 'key':
      return text.length <= MAX_WORD
        ? text
        : { code: 'BAD_KEY', detail: `a ticket id of more than ${MAX_WORD} characters` };
    case 'identity':
      return one.hashed ? hash(one.target === 'ticket.requester' ? 'requester' : 'reference', text) : text;
    case 'word': {
      const value = one.values?.get(text.toLowerCase());
      return value === undefined ? text : value;
    }
    default:
      return one.kind satisfies never;
  }
}

function isProblem(value: Value | null | Problem): value is Problem {
  return typeof value === 'object' && value !== null;
}

/**
 * Reads one row of `selectList`. A value that cannot be read sets the row aside with its place and what was expected; prose in a
 * field for codes is dropped from the row and noted. No content ever enters a note.
 */
export function convertRow(plan: Plan, raw: readonly JS[], hash: Pseudonymise): RowResult {
  const ref = `row ${String(raw[0])}`;
  const values: Record<string, Value | null> = {};
  const words: Record<string, string | null> = {};
  const notes: SetAside[] = [];
  const content: string[] = [];
  let at = 1;
  const aside = (one: Binding, problem: Problem): SetAside => ({
    stream: 'rows',
    ref,
    code: problem.code,
    path: one.column ?? one.target,
    detail: problem.detail,
  });
  for (const one of plan.bindings) {
    if (one.column === null) {
      values[one.target] = one.constant;
      continue;
    }
    const text = raw[at++] as string | null;
    const ms = one.kind === 'time' ? (raw[at++] as number | null) : null;
    content.push(text ?? NUL);
    words[one.target] = text;
    if (text === null) {
      values[one.target] = null;
      continue;
    }
    const value = readValue(one, text, ms, hash);
    if (isProblem(value)) return { row: null, notes: [aside(one, value)] };
    if ((one.kind === 'word' || one.kind === 'identity') && typeof value === 'string' && value.length > MAX_WORD) {
      notes.push(aside(one, { code: 'FREE_TEXT', detail: `a code of at most ${MAX_WORD} characters was expected` }));
      values[one.target] = null;
    } else values[one.target] = value;
  }
  const key = values['ticket.id'];
  if (typeof key !== 'string')
    return {
      row: null,
      notes: [
        { stream: 'rows', ref, code: 'MISSING_KEY', path: plan.mapping.ticket.id, detail: 'the row has no ticket id' },
      ],
    };
  if (values['ticket.created_at'] === null)
    return {
      row: null,
      notes: [
        { stream: 'rows', ref, code: 'MISSING_TIME', path: 'created_at', detail: 'the row has no creation time' },
      ],
    };
  if (plan.mode === 'events' && values['events.at'] === null)
    return {
      row: null,
      notes: [{ stream: 'rows', ref, code: 'MISSING_TIME', path: 'events.at', detail: 'the row has no change stamp' }],
    };
  return { row: { ref, key, values, words, content: content.join('\u0001') }, notes };
}
