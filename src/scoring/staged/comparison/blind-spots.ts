import type { Comparison, LevelAnswer, StatementGap } from '../../../domain/assessment.ts';
import type { LevelLaw } from '../../../domain/placement.ts';
import type { Criterion } from '../../../domain/staged-model.ts';
import { levelAt } from '../../levels.ts';
import type { Said } from './gaps.ts';

type BlindSpot = Comparison['blind_spots'][number];

export interface BlindSpotInput {
  readonly criterion: Criterion;
  readonly said: Said | undefined;
  /** All answers in force to this statement, "don't know" included. */
  readonly answers: readonly LevelAnswer[];
  /** Telemetry law when the statement is seen (mass reaches the line), else null. */
  readonly law: LevelLaw | null;
  readonly gap: StatementGap | null;
}

function percent(p: number): string {
  return `${Math.round(p * 100)} %`;
}

function sidesPart(input: BlindSpotInput): BlindSpot | null {
  const { gap, criterion, said } = input;
  if (gap === null || said === undefined) return null;
  if ((gap.flag === 'over' || gap.flag === 'strong_over') && said.values.some((v) => v.value === 3))
    return {
      kind: 'over_claim',
      criterion: criterion.id,
      text: `Said to be fully there; the data put it lower with ${percent(gap.over_claim)} probability.`,
    };
  if (gap.flag === 'under' || gap.flag === 'strong_under')
    return {
      kind: 'hidden_strength',
      criterion: criterion.id,
      text: `Better than said: the data put it higher with ${percent(gap.under_claim)} probability.`,
    };
  return null;
}

function unknownButWeak(input: BlindSpotInput): BlindSpot | null {
  const unsure = input.answers.filter((answer) => answer.value === 'dont_know').length;
  if (input.law === null || input.said !== undefined || unsure === 0 || levelAt(input.law, 0.5) !== 1) return null;
  return {
    kind: 'unknown_but_weak',
    criterion: input.criterion.id,
    text: 'Nobody asked could say, and the data show that it is not there.',
  };
}

function unverifiable(input: BlindSpotInput): BlindSpot | null {
  const claimed = input.said?.values.some((v) => v.value >= 2) ?? false;
  const proved = input.answers.some((answer) => answer.proof !== null && answer.proof_checked_by !== null);
  if (input.law !== null || !claimed || proved) return null;
  return {
    kind: 'unverifiable',
    criterion: input.criterion.id,
    text: `No data speak for this claim. It would be proved by: ${input.criterion.proof}`,
  };
}

function respondentsDisagree(input: BlindSpotInput): BlindSpot | null {
  const values = input.said?.values ?? [];
  const low = values.filter((v) => v.value === 1);
  const high = values.filter((v) => v.value === 3);
  if (low.length === 0 || high.length === 0) return null;
  const roles = (side: typeof values): string => [...new Set(side.map((v) => v.role))].sort().join(', ');
  return {
    kind: 'respondents_disagree',
    criterion: input.criterion.id,
    text: `Not there for ${roles(low)}, fully there for ${roles(high)}.`,
  };
}

/**
 * What one side cannot see: full claims that the data contradict, strengths nobody names, gaps nobody knows of, claims that cannot be
 * checked (with what would prove them), and people who are two levels apart. In the order of the model; none gives an empty list.
 */
export function blindSpotsOf(inputs: readonly BlindSpotInput[]): BlindSpot[] {
  return inputs.flatMap((input) =>
    [sidesPart(input), unknownButWeak(input), unverifiable(input), respondentsDisagree(input)].filter(
      (spot) => spot !== null,
    ),
  );
}
