import { type HealthScale, isOfRisk, rankOnScale } from './health-scale.ts';
import { wordsOf } from './words-of.ts';

export const CUSTOMER_ROLES = ['churned', 'expanded', 'renewal', 'value', 'health'] as const;
export type CustomerRole = (typeof CUSTOMER_ROLES)[number];

/** Beginnings of words, without accents; `.` behind it ends the word, words with a blank stand side by side. Separated by commas. */
const SIGNS: Readonly<Record<CustomerRole, string>> = {
  churned:
    'churn date.,churned on.,churned at.,cancellation date.,cancelled on.,canceled on.,date lost.,lost on.,kundigungsdatum,gekundigt am.,date de resiliation,fecha de baja,data di disdetta,opzegdatum',
  expanded:
    'expansion date.,last expansion,upsell date.,last upsell,upgraded on.,last upgrade,cross sell date.,erweitert am.,date d expansion',
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
 * What a field of a customer may hold, judged by the words of its title: the day on which it left or bought more, the day a contract renews or ends, what it
 * is worth, how the customer fares. The first that fits; null where the title says nothing. Tiers: `rolesOfField`. Never throws.
 */
export function customerRoleOf(title: string | null): CustomerRole | null {
  const text = ` ${wordsOf(title).join(' ')} `;
  return PATTERNS.find(([, signs]) => signs.some((sign) => text.includes(sign)))?.[0] ?? null;
}

/** Powers of ten, in the order of their numbers. */
const BANDS: readonly (readonly [below: number, name: string])[] = [
  [1_000, 'below-1k'],
  [10_000, '1k-10k'],
  [100_000, '10k-100k'],
  [1_000_000, '100k-1m'],
  [10_000_000, '1m-10m'],
  [Number.POSITIVE_INFINITY, 'from-10m'],
];

/** Words of a value of health, worst first, without accents; each stands for the whole value. */
const HEALTH_WORDS: readonly (readonly [rank: number, words: string])[] = [
  [
    1,
    'red,rot,rouge,rojo,rosso,rood,vermelho,at risk,risk,critical,kritisch,critique,critico,poor,bad,schlecht,mauvais,malo,unhealthy,unhappy,churning,likely to churn,in danger,gefahrdet,a risque,en riesgo,a rischio',
  ],
  [
    2,
    'yellow,gelb,jaune,amarillo,giallo,geel,amarelo,amber,orange,ok,okay,doing okay,fair,mittel,neutral,average,watch,needs attention,concerning,caution,moderate',
  ],
  [
    3,
    'green,grun,gruen,vert,verde,groen,healthy,good,gut,bon,bueno,buono,goed,happy,zufrieden,excellent,great,strong,thriving,very healthy,gesund,on track',
  ],
];
const GRADES: readonly string[] = ['low', 'medium', 'high'];

const RANK_OF_HEALTH = new Map(
  HEALTH_WORDS.flatMap(([rank, words]) => words.split(',').map((word) => [word, rank] as const)),
);

/**
 * How a customer fares by the value of a field of health: 1 = may leave, 2 = to be watched, 3 = well. `title` tells which way low and high point: a high
 * risk is bad, a high health is good. Numbers are read by their scale, where one is stated. Null for no value, for other words, and for numbers off the
 * scale or without one. Never throws.
 */
export function healthRank(value: unknown, title: string | null, scale: HealthScale | null = null): number | null {
  if (typeof value === 'number') return scale === null ? null : rankOnScale(value, scale);
  if (typeof value !== 'string') return null;
  const words = wordsOf(value).join(' ');
  const grade = GRADES.indexOf(words.replace(/ (?:risk|health)$/, ''));
  if (grade !== -1) return / risk$/.test(words) || isOfRisk(title) ? 3 - grade : grade + 1;
  const isNumber = /^[+-]?\d+(?:\.\d+)?$/.test(value.trim());
  return RANK_OF_HEALTH.get(words) ?? (isNumber && scale !== null ? rankOnScale(Number(value), scale) : null);
}

/** The band of an amount as a number: 0 = below 1,000 .. 5 = from 10 million, in whatever currency it is stated; null for none and for less than nothing. */
function bandOf(amount: number | null): number | null {
  if (amount === null || !Number.isFinite(amount) || amount < 0) return null;
  return BANDS.findIndex(([below]) => amount < below);
}

/** Power of ten that an amount of money lies in, so that the amount need not be kept; null as bandOf. */
export function valueBand(amount: number | null): string | null {
  return BANDS[bandOf(amount) ?? -1]?.[1] ?? null;
}

/** The highest band of several amounts, as a number; null without any. */
export function highestBand(amounts: readonly (number | null)[]): number | null {
  const bands = amounts.flatMap((amount) => bandOf(amount) ?? []);
  return bands.length === 0 ? null : Math.max(...bands);
}
