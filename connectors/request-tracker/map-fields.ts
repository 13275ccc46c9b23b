import { COLUMNS, type CodeFields } from '../../src/kit/code-fields.ts';
import { chosenCodes } from '../../src/kit/named-fields.ts';
import { becomesEscalated } from '../../src/kit/recognise-escalation.ts';
import { type Change, escalation, type Present } from '../../src/kit/records/history.ts';
import type { TicketRow, TransactionRow } from './schema.ts';
import type { Settings } from './settings.ts';

/** A code is short; anything longer is somebody's prose in a field that was named a code, and is not taken. */
const LONGEST_CODE = 80;

/** Ids of the fields that the settings name; values of all others stay out of sight. */
export function codeFields({ CustomFields }: TicketRow, { fields }: Settings): CodeFields {
  return chosenCodes(fields, CustomFields ?? [], []);
}

/** Code that a field of the ticket holds now; null when it is empty or holds prose. */
export function codeIn(row: TicketRow, field: string): string | null {
  return firstCode(textsIn(row, field));
}

function textsIn({ CustomFields }: TicketRow, field: string): readonly string[] {
  return CustomFields?.find(({ id }) => id === field)?.texts ?? [];
}

function firstCode([first]: readonly string[]): string | null {
  return first === undefined || first.length > LONGEST_CODE ? null : first;
}

/** The history of the fields of one ticket. */
export interface FieldHistory {
  /** Codes that the ticket was born with: RT records no transaction for those. */
  readonly present: readonly Present[];
  readonly changesOf: (one: TransactionRow) => Change[];
}

/**
 * History of all custom fields. `transactions` are all of the ticket in ascending id, also those after the bound of the sync: codes of today are walked back
 * through them to those at creation, then forward again. Values of fields that carry no code can be prose, so they are kept as keyed hashes: enough to see
 * that and how often something changed.
 */
export function fieldHistory(
  row: TicketRow,
  transactions: readonly TransactionRow[],
  settings: Settings,
  hashed: (field: string | null, value: string) => string,
): FieldHistory {
  const present: Present[] = [];
  const codes = new Map<string, Change>();
  for (const [role, id] of codeFields(row, settings)) {
    const field = COLUMNS[role];
    const own = transactions.filter((one) => one.Type === 'CustomField' && one.Field === id);
    let values = own.reduceRight((now, one) => exchange(now, one.NewValue, one.OldValue), textsIn(row, id));
    present.push({ kind: 'field', field, value: null, born: firstCode(values) });
    for (const one of own) {
      const from = firstCode(values);
      values = exchange(values, one.OldValue, one.NewValue);
      codes.set(one.id, { kind: 'field', field, from, to: firstCode(values) });
    }
  }
  return {
    present,
    changesOf(one) {
      const { Field, OldValue, NewValue } = one;
      const name = Field === null ? null : `cf.${Field}`;
      const [from, to] = [OldValue, NewValue].map((value) => (value === null ? null : hashed(Field, value)));
      const change = codes.get(one.id) ?? { kind: 'field' as const, field: name, from: from ?? null, to: to ?? null };
      // A further value of a field of codes, or prose in it, changes no code.
      if (change.from === change.to) return [];
      return marksEscalation(row, one) ? [change, escalation(`field:${change.field}=${change.to}`)] : [change];
    },
  };
}

/** Values are looked at in clear, by the name of their field; anything longer than a code is prose. */
function marksEscalation({ CustomFields }: TicketRow, { Field, OldValue, NewValue }: TransactionRow): boolean {
  if (NewValue !== null && NewValue.length > LONGEST_CODE) return false;
  return becomesEscalated(CustomFields?.find(({ id }) => id === Field)?.name ?? null, OldValue, NewValue);
}

/** RT records each value that comes or goes; one that is replaced keeps its place. */
function exchange(values: readonly string[], out: string | null, into: string | null): readonly string[] {
  const place = out === null ? -1 : values.indexOf(out);
  const added = into === null || values.includes(into) ? [] : [into];
  return place < 0 ? [...values, ...added] : [...values.slice(0, place), ...added, ...values.slice(place + 1)];
}
