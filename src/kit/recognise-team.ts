import type { TelemetryRecord } from '../domain/telemetry.ts';

type Purpose = TelemetryRecord<'team'>['purpose'];

/** First row that fits wins. */
const PURPOSES: readonly (readonly [Exclude<Purpose, null>, RegExp])[] = [
  ['escalation', /escalat|tier\s*-?[23]\b|\bl[23]\b|level\s*[23]\b|second line|third line|2nd line|3rd line/i],
  ['premium', /premium|\bvip\b|enterprise|platinum|priority support|strategic|key account/i],
  ['engineering', /engineer|develop|\bdevs?\b|\bsre\b|devops|\br&d\b|platform team/i],
  ['product', /\bproduct\b/i],
  ['success', /customer success|\bcsm?\b|success/i],
  ['sales', /sales|account exec|billing|renewal/i],
  ['partner', /partner|reseller|channel/i],
  ['support', /support|service|help\s?desk|care|front|tier\s*-?1\b|\bl1\b|level\s*1\b|first line|triage/i],
];

/** What a group or queue is for, judged by words in its name; null when the name does not say. Never throws. */
export function purposeOf(name: string | null): Purpose {
  if (name === null) return null;
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
