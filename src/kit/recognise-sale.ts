import { latest } from '../domain/latest.ts';
import { wordsOf } from './words-of.ts';

/**
 * What a sale to a customer is about: `renewal` of a contract, `growth` = more than before, `existing` = something for a customer who was there before, which may be
 * either.
 */
const SALE_KINDS = ['renewal', 'growth', 'existing'] as const;
export type SaleKind = (typeof SALE_KINDS)[number];

/** Beginnings of words, without accents; words with a blank stand side by side. Separated by commas; the first kind that fits. */
const SIGNS: readonly (readonly [kind: SaleKind | null, signs: string])[] = [
  ['renewal', 'renew,recontract,verlangerung,renouvellement,renovacion,renovacao,rinnovo,verlenging'],
  // Less than before, or the same in another form.
  [null, 'downgrade,downsell,down sell,contraction,replacement'],
  [
    'growth',
    'upsell,up sell,cross sell,crosssell,expansion,upgrade,add on,addon,erweiterung,vente additionnelle,ampliacion,ampliacao',
  ],
  ['existing', 'existing,bestandskunde,client existant,cliente existente'],
];
const PATTERNS = SIGNS.map(([kind, signs]) => [kind, signs.split(',').map((sign) => ` ${sign}`)] as const);

/** Kind of a sale by a word for it: its type, or the name of the pipeline or record type that it is kept in. Null for new business and for any other word. Never throws. */
export function saleKindOf(word: string | null): SaleKind | null {
  const text = ` ${wordsOf(word).join(' ')} `;
  return PATTERNS.find(([, signs]) => signs.some((sign) => text.includes(sign)))?.[0] ?? null;
}

/** Of several words for one sale the one that says most. */
function mostTelling(kinds: readonly (SaleKind | null)[]): SaleKind | null {
  return SALE_KINDS.find((kind) => kinds.includes(kind)) ?? null;
}

export interface Sale {
  readonly kind: SaleKind | null;
  readonly state: 'open' | 'won' | 'lost';
  /** Day or instant on which it was closed, or is expected to be. */
  readonly closes: Date | null;
}

/** What the kinds of sales that somebody keeps can tell of customers. */
export interface SalesTelling {
  readonly renewals: boolean;
  readonly growth: boolean;
}

/** Whether business with those who were there before is growth is told only where renewals are told apart from it. */
function tellingOf(kinds: readonly (SaleKind | null)[]): SalesTelling {
  const renewals = kinds.includes('renewal');
  return { renewals, growth: kinds.includes('growth') || (renewals && kinds.includes('existing')) };
}

/** How somebody's sales are told apart. */
interface SaleWords {
  readonly telling: SalesTelling;
  /** Kind by the value of the field that tells it, and by what else is told of this sale. */
  readonly kindOf: (value: string | null, ...others: readonly (SaleKind | null)[]) => SaleKind | null;
}

/**
 * Words for sales: the list of values of the field that tells the kind, with what people see for each, and kinds that are told otherwise (names of pipelines, of
 * record types). `isNamed` = people named the field: where it is no list, its values are not known beforehand, and whoever names it knows what it holds.
 */
export function saleWords(
  values: readonly { readonly value: string | null; readonly label: string | null }[],
  isNamed: boolean,
  others: readonly (SaleKind | null)[],
): SaleWords {
  const byValue = new Map(values.map(({ value, label }) => [value, saleKindOf(label) ?? saleKindOf(value)]));
  const isOpen = isNamed && byValue.size === 0;
  return {
    telling: isOpen ? { renewals: true, growth: true } : tellingOf([...byValue.values(), ...others]),
    // A value that is no more on the list is told by itself.
    kindOf: (value, ...more) =>
      mostTelling([byValue.has(value) ? (byValue.get(value) ?? null) : saleKindOf(value), ...more]),
  };
}

/** Days of customers that sales do not tell. */
export function untoldDays({ renewals, growth }: SalesTelling): (keyof ToldBySales)[] {
  return [...(renewals ? [] : (['renews_at', 'churned_at'] as const)), ...(growth ? [] : (['expanded_at'] as const))];
}

export interface ToldBySales {
  readonly renews_at: Date | null;
  readonly churned_at: Date | null;
  readonly expanded_at: Date | null;
}

const DAY_MS = 86_400_000;
const dayNumber = (at: Date): number => Math.floor(at.getTime() / DAY_MS);

/**
 * What the sales to one customer tell of it. It renews when its next open renewal is expected to close; one that should have closed before another renewal did
 * was forgotten. It left when its last renewal was lost, unless something was sold to it from that day on or another renewal is open. It grew when it last
 * bought more. Never throws.
 */
export function readSales(sales: readonly Sale[], telling: SalesTelling): ToldBySales {
  const dated = sales.flatMap(({ closes, ...sale }) => (closes === null ? [] : [{ ...sale, closes }]));
  const daysOf = (isMeant: (sale: Sale) => boolean) => dated.filter(isMeant).map(({ closes }) => closes);
  const isRenewal = ({ kind }: Sale) => kind === 'renewal';
  const isOpen = (sale: Sale) => isRenewal(sale) && sale.state === 'open';
  const isGrowth = ({ kind }: Sale) => kind === 'growth' || (kind === 'existing' && telling.renewals);
  const closed = daysOf((sale) => isRenewal(sale) && sale.state !== 'open').map(dayNumber);
  const isBehind = (at: Date) => closed.every((day) => day <= dayNumber(at));
  const ahead = daysOf(isOpen).filter(isBehind);
  const goesOn = ahead.length > 0 || sales.some((sale) => isOpen(sale) && sale.closes === null);
  const stayed = goesOn || daysOf(({ state }) => state === 'won').some(isBehind);
  return {
    renews_at: ahead.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null,
    churned_at: stayed ? null : latest(daysOf((sale) => isRenewal(sale) && sale.state === 'lost').filter(isBehind)),
    expanded_at: latest(daysOf((sale) => sale.state === 'won' && isGrowth(sale))),
  };
}
