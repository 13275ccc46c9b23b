import { wordsOf } from './words-of.ts';

/**
 * What a sale to a customer is about: `renewal` of a contract, `growth` = more than before, `existing` = something for a customer who was there before, which may be
 * either.
 */
export const SALE_KINDS = ['renewal', 'growth', 'existing'] as const;
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
export function mostTelling(kinds: readonly (SaleKind | null)[]): SaleKind | null {
  return kinds.find((kind) => kind === 'renewal' || kind === 'growth') ?? kinds.find((kind) => kind !== null) ?? null;
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
export function tellingOf(kinds: readonly (SaleKind | null)[]): SalesTelling {
  const renewals = kinds.includes('renewal');
  return { renewals, growth: kinds.includes('growth') || (renewals && kinds.includes('existing')) };
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
  const closed = dated.filter(({ kind, state }) => kind === 'renewal' && state !== 'open');
  const last = closed.reduce((most, { closes }) => Math.max(most, dayNumber(closes)), Number.NEGATIVE_INFINITY);
  const daysOf = (isMeant: (sale: Sale) => boolean) =>
    dated.flatMap((sale) => (isMeant(sale) ? sale.closes.getTime() : []));
  const ahead = daysOf(({ kind, state }) => kind === 'renewal' && state === 'open').filter(
    (ms) => dayNumber(new Date(ms)) >= last,
  );
  const undated = sales.some(({ kind, state, closes }) => kind === 'renewal' && state === 'open' && closes === null);
  const losses = closed.filter(({ closes, state }) => state === 'lost' && dayNumber(closes) === last);
  const stayed =
    undated || ahead.length > 0 || dated.some((one) => one.state === 'won' && dayNumber(one.closes) >= last);
  const grown = daysOf(
    ({ kind, state }) => state === 'won' && (kind === 'growth' || (kind === 'existing' && telling.renewals)),
  );
  const at = (times: readonly number[], pick: (...times: number[]) => number) =>
    times.length === 0 ? null : new Date(pick(...times));
  return {
    renews_at: at(ahead, Math.min),
    churned_at: stayed
      ? null
      : at(
          losses.map(({ closes }) => closes.getTime()),
          Math.max,
        ),
    expanded_at: at(grown, Math.max),
  };
}
