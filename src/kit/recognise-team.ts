import type { TelemetryRecord } from '../domain/telemetry.ts';
import { saysEscalation } from './recognise-escalation.ts';

type Purpose = TelemetryRecord<'team'>['purpose'];

/** First row that fits wins. A higher line of support (`Tier 2`, `L3`, second line) is support: work goes on there, nothing is escalated by that. */
const PURPOSES: readonly (readonly [Exclude<Purpose, null>, RegExp])[] = [
  [
    'premium',
    /premium|\bvip\b|enterprise|platinum|priority support|strategic|key account|gro(?:ss|ß)kunden|grands comptes|grandes cuentas/i,
  ],
  [
    'engineering',
    /engineer|develop|\bdevs?\b|\bsre\b|devops|\br&d\b|platform team|entwickl|développ|desarroll|desenvolv|sviluppo|ontwikkel/i,
  ],
  ['product', /\bprodu(?:ct|kt|it)\b/i],
  ['success', /customer success|\bcsm?\b|success/i],
  ['sales', /sales|account exec|billing|renewal|vertrieb|ventes|\bventas\b|vendas|verkoop/i],
  ['partner', /partner|reseller|channel|wiederverkäufer|revendeur|revendedor/i],
  [
    'support',
    /support|service|help\s?desk|care|front|(?<![a-z])(?:tier|level|line|l|t)[\s_-]*[1-4]\b|(?:first|second|third|[1-4](?:st|nd|rd|th))[\s_-]+(?:line|level|tier)|triage|kundendienst|assistance|soporte|suporte|assistenza|klantenservice|kundtjänst/i,
  ],
];

/** What a group or queue is for, judged by words in its name; null when the name does not say. Never throws. */
export function purposeOf(name: string | null): Purpose {
  if (name === null) return null;
  if (saysEscalation(name)) return 'escalation';
  return PURPOSES.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

const LINE =
  /(?<![a-z])(?:tier|level|line|l|t)[\s_-]*([1-4])\b|\b([1-4])(?:st|nd|rd|th)[\s_-]+(?:level|line|tier)(?![a-z])/i;

/** Line of support that the name of a group or queue states (`Tier 2`, `L3`, `1st level`), 1-4; null when it states none. Never throws. */
export function tierOfName(name: string | null): number | null {
  const match = LINE.exec(name ?? '');
  const digit = match?.[1] ?? match?.[2];
  return digit === undefined ? null : Number(digit);
}

const DEPARTMENTS = ['support', 'engineering', 'product', 'success', 'sales', 'partner', 'other'] as const;

/**
 * Where a person works, by the purposes of the teams that the person belongs to: known when all of them agree. Escalation and premium teams are
 * support too. Null for a member of none, of teams that differ, or of one of unknown purpose.
 */
export function departmentOfTeams(purposes: readonly Purpose[]): TelemetryRecord<'agent'>['department'] {
  const [only, ...others] = new Set(
    purposes.map((one) => (one === 'escalation' || one === 'premium' ? 'support' : one)),
  );
  return others.length > 0 ? null : (DEPARTMENTS.find((one) => one === only) ?? null);
}
