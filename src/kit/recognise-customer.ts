import { wordsOf } from './words-of.ts';

export const CUSTOMER_ROLES = ['renewal', 'value', 'health'] as const;
export type CustomerRole = (typeof CUSTOMER_ROLES)[number];

/** Beginnings of words, without accents; `.` behind it ends the word, words with a blank stand side by side. Separated by commas. */
const SIGNS: Readonly<Record<CustomerRole, string>> = {
  renewal:
    'renewal,renews.,contract end,contract expir,subscription end,subscription expir,vertragsende,verlangerung,renouvellement,fin de contrat,renovacion,renovacao,rinnovo,verlenging',
  value:
    'arr.,mrr.,acv.,tcv.,contract value,contract amount,annual contract,recurring revenue,annual recurring,monthly recurring,vertragswert,valeur du contrat,valor del contrato,valor do contrato,contractwaarde',
  health: 'health,churn,at risk.,csm sentiment,customer sentiment,kundengesundheit,abwanderung,sante.,salud.,saude.',
};

const PATTERNS = CUSTOMER_ROLES.map(
  (role) => [role, SIGNS[role].split(',').map((sign) => ` ${sign.replace('.', ' ')}`)] as const,
);

/**
 * What a field of a customer may hold, judged by the words of its title: the day a contract renews or ends, what it is worth, how the customer fares. The
 * first that fits; null where the title says nothing. Tiers: `rolesOfField`. Never throws.
 */
export function customerRoleOf(title: string | null): CustomerRole | null {
  const text = ` ${wordsOf(title).join(' ')} `;
  return PATTERNS.find(([, signs]) => signs.some((sign) => text.includes(sign)))?.[0] ?? null;
}

const BANDS: readonly (readonly [below: number, band: string])[] = [
  [1_000, 'below-1k'],
  [10_000, '1k-10k'],
  [100_000, '10k-100k'],
  [1_000_000, '100k-1m'],
  [10_000_000, '1m-10m'],
];

/** Power of ten that an amount of money lies in, in whatever currency it is stated, so that the amount need not be kept; null for none and for less than nothing. */
export function valueBand(amount: number | null): string | null {
  if (amount === null || !Number.isFinite(amount) || amount < 0) return null;
  return BANDS.find(([below]) => amount < below)?.[1] ?? 'from-10m';
}
