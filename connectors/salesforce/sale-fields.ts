import { mostTelling, type SaleKind, type SalesTelling, saleKindOf, tellingOf } from '../../src/kit/recognise-sale.ts';
import { wordsOf } from '../../src/kit/words-of.ts';
import type { Description, Field, Opportunity } from './schema.ts';
import type { Settings } from './settings.ts';

/** How the opportunities of an org are told apart. */
export interface SaleFields {
  readonly names: readonly string[];
  readonly telling: SalesTelling;
  kindOf(row: Opportunity): SaleKind | null;
}

/** Without these nothing is told of an opportunity. */
const NEEDED = ['AccountId', 'CloseDate', 'IsClosed', 'IsWon'];
const BOX = /^(?:is )?(?:an? )?renewal(?: opportunity| deal)?$/;

/** From the type (or the field that settings name), the record type, and boxes that are called Renewal. Null where none of them tells anything. */
export function saleFields({ fields, recordTypes }: Description, { opportunityFields }: Settings): SaleFields | null {
  const has = (name: string) => fields.some((field) => field.name === name);
  if (!NEEDED.every(has)) return null;
  const kind = fields.find((field) => field.name === (opportunityFields.kind ?? 'Type'));
  const boxes = fields.filter(
    (field) => field.custom === true && field.type === 'boolean' && BOX.test(wordsOf(field.label).join(' ')),
  );
  const byValue = new Map((kind?.picklistValues ?? []).map((one) => [one.value, kindOfValue(one)]));
  const byType = new Map(has('RecordTypeId') ? [...recordTypes].map(([id, name]) => [id, saleKindOf(name)]) : []);
  // Values of a field that is no list are not known beforehand; who names it knows what it holds.
  const isOpen = kind !== undefined && opportunityFields.kind !== undefined && byValue.size === 0;
  const telling = isOpen
    ? { renewals: true, growth: true }
    : tellingOf([...byValue.values(), ...byType.values(), ...boxes.map(() => 'renewal' as const)]);
  if (!telling.renewals && !telling.growth) return null;
  return {
    names: [
      ...NEEDED,
      ...[kind, ...boxes].flatMap((field) => field?.name ?? []),
      ...(byType.size > 0 ? ['RecordTypeId'] : []),
    ],
    telling,
    kindOf: (row) =>
      mostTelling([
        ...boxes.map(({ name }) => (row[name] === true ? ('renewal' as const) : null)),
        kindOfRow(kind === undefined ? null : row[kind.name], byValue),
        byType.get(row.RecordTypeId ?? '') ?? null,
      ]),
  };
}

function kindOfValue({ value, label }: Field['picklistValues'][number]): SaleKind | null {
  return saleKindOf(label) ?? saleKindOf(value);
}

/** A value that is no more on the list is told by itself. */
function kindOfRow(value: unknown, byValue: ReadonlyMap<string, SaleKind | null>): SaleKind | null {
  if (typeof value !== 'string') return null;
  return byValue.has(value) ? (byValue.get(value) ?? null) : saleKindOf(value);
}
