import { type SaleKind, type SalesTelling, saleKindOf, saleWords } from '../../src/kit/recognise-sale.ts';
import { wordsOf } from '../../src/kit/words-of.ts';
import type { Description, Opportunity } from './schema.ts';
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
  const isBox = (label: string | null) => BOX.test(wordsOf(label).join(' '));
  const boxes = fields.filter(({ custom, type, label }) => custom === true && type === 'boolean' && isBox(label));
  const byType = new Map(has('RecordTypeId') ? [...recordTypes].map(([id, name]) => [id, saleKindOf(name)]) : []);
  const renewals = boxes.map(() => 'renewal' as const);
  const isNamed = kind !== undefined && opportunityFields.kind !== undefined;
  const { telling, kindOf } = saleWords(kind?.picklistValues ?? [], isNamed, [...byType.values(), ...renewals]);
  if (!telling.renewals && !telling.growth) return null;
  return {
    names: [
      ...NEEDED,
      ...[kind, ...boxes].flatMap((field) => field?.name ?? []),
      ...(byType.size > 0 ? ['RecordTypeId'] : []),
    ],
    telling,
    kindOf(row) {
      const value = kind === undefined ? null : row[kind.name];
      return kindOf(
        typeof value === 'string' ? value : null,
        byType.get(row.RecordTypeId ?? '') ?? null,
        boxes.some(({ name }) => row[name] === true) ? 'renewal' : null,
      );
    },
  };
}
