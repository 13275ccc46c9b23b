import type { TicketRow, TransactionRow } from './schema.ts';
import type { Settings } from './settings.ts';

/** Custom fields that the settings name get the canonical word; values of all others stay out of sight. */
const CANONICAL = { product: 'product', category: 'category', severity: 'severity', cause: 'cause_code' } as const;
export type CodeField = (typeof CANONICAL)[keyof typeof CANONICAL];
export const CODE_FIELDS = Object.values(CANONICAL);

/** A code is short; anything longer is somebody's prose in a field that was named a code, and is not taken. */
export const LONGEST_CODE = 80;

type Field = NonNullable<TicketRow['CustomFields']>[number];

function fieldOf(row: TicketRow, code: CodeField, settings: Settings): Field | null {
  const key = (Object.keys(CANONICAL) as (keyof typeof CANONICAL)[]).find((one) => CANONICAL[one] === code);
  const named = key === undefined ? undefined : settings.fields[key];
  return row.CustomFields?.find((one) => one.id === named || one.name === named) ?? null;
}

/** First value that a field holds, when it is a code. */
function codeIn(values: readonly string[]): string | null {
  const [first] = values;
  return first === undefined || first.length > LONGEST_CODE ? null : first;
}

/** Code that the ticket carries now; null when the field is not named, not there, empty or holds prose. */
export function codeOf(row: TicketRow, code: CodeField, settings: Settings): string | null {
  return codeIn(fieldOf(row, code, settings)?.texts ?? []);
}

export interface CodeChange {
  readonly field: CodeField;
  readonly from: string | null;
  readonly to: string | null;
}

export interface CodeHistory {
  /** Codes that the ticket was born with: RT records no transaction for those. */
  readonly initial: ReadonlyMap<CodeField, string>;
  /** By transaction; null for one that changed a field of codes without changing its code (a further value, prose). */
  readonly changes: ReadonlyMap<string, CodeChange | null>;
}

/**
 * History of the fields that carry codes. `transactions` are all of the ticket in ascending id, also those after the bound of the sync:
 * the values now are walked back through them to those at creation, then forward again.
 */
export function replayCodes(row: TicketRow, transactions: readonly TransactionRow[], settings: Settings): CodeHistory {
  const initial = new Map<CodeField, string>();
  const changes = new Map<string, CodeChange | null>();
  for (const field of CODE_FIELDS) {
    const known = fieldOf(row, field, settings);
    if (known === null) continue;
    const own = transactions.filter((one) => one.Type === 'CustomField' && one.Field === known.id);
    let values = [...own].reverse().reduce((now, one) => exchange(now, one.NewValue, one.OldValue), known.texts);
    const born = codeIn(values);
    if (born !== null) initial.set(field, born);
    for (const one of own) {
      const from = codeIn(values);
      values = exchange(values, one.OldValue, one.NewValue);
      const to = codeIn(values);
      changes.set(one.id, from === to ? null : { field, from, to });
    }
  }
  return { initial, changes };
}

/** RT records each value that comes or goes; one that is replaced keeps its place. */
function exchange(values: readonly string[], out: string | null, into: string | null): string[] {
  const place = out === null ? -1 : values.indexOf(out);
  const added = into === null || values.includes(into) ? [] : [into];
  return place < 0 ? [...values, ...added] : [...values.slice(0, place), ...added, ...values.slice(place + 1)];
}
