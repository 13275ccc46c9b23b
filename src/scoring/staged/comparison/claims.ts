import type { Comparison, StatementGap } from '../../../domain/assessment.ts';
import type { LevelLaw } from '../../../domain/placement.ts';
import { levelAt } from '../../levels.ts';
import { gwetAc2, type Rating, rawAgreement, weightedKappa } from './agreement.ts';
import { bootstrapInterval } from './bootstrap.ts';
import { expectedKappa } from './expected-kappa.ts';
import { expectedLevel, nearestLevel } from './gaps.ts';

/** One answer above this share makes kappa misleading (prevalence paradox), so AC2 stands beside it. */
const PREVALENT = 0.6;
/** Bland and Altman (1986): limits that hold 95 % of differences. */
const LIMITS_Z = 1.96;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Expected number and share of statements claimed too high (or too low), with a bootstrap interval over statements; null below two. */
export function claimRate(chances: readonly number[]): Comparison['over_claims'] {
  const interval = bootstrapInterval(chances.length, (drawn) => mean(drawn.map((i) => chances[i] ?? 0)));
  if (interval === null) return null;
  const share = mean(chances);
  return { expected: share * chances.length, share, interval };
}

/** Mean gap in levels and Bland-Altman limits of agreement (mean -/+ 1.96 standard deviations, n - 1); null below two. */
export function signedBias(gaps: readonly StatementGap[]): Comparison['bias'] {
  if (gaps.length < 2) return null;
  const center = mean(gaps.map((g) => g.gap));
  const spread = Math.sqrt(gaps.reduce((sum, g) => sum + (g.gap - center) ** 2, 0) / (gaps.length - 1));
  return { mean: center, limits: [center - LIMITS_Z * spread, center + LIMITS_Z * spread] };
}

export interface Judged {
  readonly gap: StatementGap;
  readonly law: LevelLaw;
}

/**
 * Agreement of answers and telemetry over statements both can judge: raw, weighted kappa against the median level, kappa averaged over
 * the telemetry law, and AC2 when one answer holds more than 60 %. Mean answers of several people count as the nearest level.
 * The interval is the 95 % bootstrap over statements of kappa against the median level. Null below two statements; kappa is null
 * where both sides give one level only.
 */
export function agreement(judged: readonly Judged[]): Comparison['agreement'] {
  if (judged.length < 2) return null;
  const ratings = judged.map(({ gap, law }): Rating => ({ said: nearestLevel(gap.said), seen: levelAt(law, 0.5) }));
  const prevalence = Math.max(...[1, 2, 3].map((level) => mean(ratings.map((r) => (r.said === level ? 1 : 0)))));
  return {
    raw: rawAgreement(ratings),
    kappa: weightedKappa(ratings),
    kappa_expected: expectedKappa(judged.map(({ gap, law }) => ({ said: nearestLevel(gap.said), law }))),
    interval: bootstrapInterval(ratings.length, (drawn) =>
      weightedKappa(drawn.flatMap((i): Rating[] => ratings.slice(i, i + 1))),
    ),
    ac2: prevalence > PREVALENT ? gwetAc2(ratings) : null,
  };
}

/** For each answer given: how many statements, what they show on average, and P(level at or above the answer). Answers not given are absent. */
export function calibrationOf(judged: readonly Judged[]): Comparison['calibration'] {
  return ([1, 2, 3] as const).flatMap((answer) => {
    const laws = judged.filter(({ gap }) => nearestLevel(gap.said) === answer).map(({ law }) => law);
    if (laws.length === 0) return [];
    const atOrAbove = laws.map((law) => law.slice(answer - 1).reduce((sum, p) => sum + p, 0));
    return [{ answer, n: laws.length, mean_seen: mean(laws.map(expectedLevel)), share_at_or_above: mean(atOrAbove) }];
  });
}
