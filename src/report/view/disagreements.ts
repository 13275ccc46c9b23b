import { z } from 'zod';
import type { Comparison, StatementGap } from '../../domain/assessment.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { percent, short, signed, counted as withWord } from '../numbers.ts';
import { nameStatement, StatementName } from './named.ts';
import { sayPulledDown } from './said.ts';
import { Step, stepOf } from './step.ts';

const GAP_FLAGS = ['none', 'over', 'strong_over', 'under', 'strong_under'] as const;

/** One statement of which both sides speak. Levels are 1 (not there) to 3 (fully); gap = said - seen. */
export const GapRow = StatementName.extend({
  area: z.string().nullable(),
  set: z.int(),
  /** Mean of what people said. */
  said: z.number(),
  /** Expected level that these answers amount to, as self-ratings run high; null in old snapshots. */
  counted: z.number().nullable(),
  /** Expected level by the records. */
  seen: z.number(),
  /** Mean, which may lie between two levels. */
  gap: z.number(),
  /** To the median level, within `interval`; null in old snapshots. */
  median: z.number().nullable(),
  /** 80 % interval, from level to level. */
  interval: z.tuple([z.number(), z.number()]),
  flag: z.enum(GAP_FLAGS),
  /** `clearly over-rated`; empty for `none`. */
  flag_words: z.string(),
  direction: z.enum(['over', 'under', 'none']),
  /** Probability of what the flag says; of the nearer side where nothing is flagged. */
  probability: z.number(),
  sentence: z.string(),
  answers: z.array(z.strictObject({ role: z.string(), value: z.union([z.int(), z.literal('dont_know')]) })),
});
export type GapRow = z.infer<typeof GapRow>;

/** Where people and records part, the widest gap first. `more` = flagged statements that are not among `rows`. */
export const DisagreementsView = z.strictObject({
  stages: z.strictObject({
    said: Step.nullable(),
    seen: Step.nullable(),
    together: Step.nullable(),
    sentence: z.string(),
  }),
  rows: z.array(GapRow),
  more: z.int(),
  /** All statements that both sides can judge: how many are over-rated, how well both agree; null where there is none. */
  summary: z.string().nullable(),
  /** Notes that go with it: what brackets mean, why low answers about later stages pull. */
  notes: z.array(z.string()),
  /** Claims that records cannot check. */
  unverifiable: z.array(StatementName),
});
export type DisagreementsView = z.infer<typeof DisagreementsView>;

/** Why a gap has two numbers beside its interval. */
export const GAP_NOTE =
  'Levels are whole: the mean gap may lie between two of them, the median and the interval that holds 80 % go from level to level.';

/** `+0.91, median +1.00 [+1.00, +1.00]`: an interval stands beside the middle that it belongs to. */
export function gapText({ gap, median, interval }: Pick<GapRow, 'gap' | 'median' | 'interval'>, digits = 2): string {
  const ends = `[${signed(interval[0], digits)}, ${signed(interval[1], digits)}]`;
  return `${signed(gap, digits)}, ${median === null ? '80 %' : `median ${signed(median, digits)}`} ${ends}`;
}

const FLAG_WORDS: Readonly<Record<StatementGap['flag'], string>> = {
  none: '',
  over: 'over-rated',
  strong_over: 'clearly over-rated',
  under: 'under-rated',
  strong_under: 'clearly under-rated',
};

/** Answers count for clearly less or more than they say. */
export function isDiscounted({ said, counted }: { readonly said: number; readonly counted: number | null }): boolean {
  return counted !== null && Math.abs(counted - said) >= 0.05;
}

function directionOf(flag: StatementGap['flag']): GapRow['direction'] {
  if (flag === 'none') return 'none';
  return flag === 'over' || flag === 'strong_over' ? 'over' : 'under';
}

function sayGap(gap: Omit<GapRow, 'sentence'>): string {
  const counts = isDiscounted(gap) && gap.counted !== null ? ` (counted as ${gap.counted.toFixed(1)})` : '';
  const sides = `On a scale of 1 to 3, people say ${short(gap.said, 1)}${counts} and records show ${gap.seen.toFixed(1)}`;
  return gap.flag === 'none'
    ? `${sides}: no clear difference.`
    : `${sides}: ${gap.flag_words} (${percent(gap.probability)}).`;
}

function rowOf(gap: StatementGap, { answers_used }: Pick<StagedReading, 'answers_used'>, model: StagedModel): GapRow {
  const criterion = model.criteria.find(({ id }) => id === gap.criterion);
  const direction = directionOf(gap.flag);
  const over = direction === 'over' || (direction === 'none' && gap.gap >= 0);
  const row = {
    id: gap.criterion,
    name: gap.name,
    area: criterion?.area ?? null,
    set: criterion?.set ?? 0,
    said: gap.said,
    counted: gap.counted ?? null,
    seen: gap.seen,
    gap: gap.gap,
    median: gap.median ?? null,
    interval: gap.interval,
    flag: gap.flag,
    flag_words: FLAG_WORDS[gap.flag],
    direction,
    probability: over ? gap.over_claim : gap.under_claim,
    answers: answers_used.flatMap(({ criterion: of, role, value }) => (of === gap.criterion ? [{ role, value }] : [])),
  };
  return { ...row, sentence: sayGap(row) };
}

/** Every statement that both sides can judge, the widest gap first. */
export function gapRows(
  reading: Pick<StagedReading, 'answers_used'>,
  gaps: Comparison['gaps'],
  model: StagedModel,
): GapRow[] {
  return gaps
    .map((gap) => rowOf(gap, reading, model))
    .sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap) || (a.id < b.id ? -1 : 1));
}

export function sayKappa({ kappa, interval }: NonNullable<Comparison['agreement']>): string {
  if (kappa === null) return 'not defined (one level throughout)';
  return `${short(kappa)}${interval === null ? '' : ` (95 % ${short(interval[0])} to ${short(interval[1])})`}`;
}

function saySummary({ over_claims, under_claims, agreement, comparable, bias }: Comparison): string | null {
  if (over_claims === null || under_claims === null || agreement === null) return null;
  const mean = bias === null ? '' : `; mean gap ${signed(bias.mean, 2)} levels`;
  return (
    `Of ${withWord(comparable, 'statement')} both can judge, about ${short(over_claims.expected, 1)} are over-rated and ` +
    `${short(under_claims.expected, 1)} under-rated${mean}. Weighted kappa ${sayKappa(agreement)}, raw agreement ${percent(agreement.raw)}.`
  );
}

function stagesOf({ stages }: Comparison, model: StagedModel): DisagreementsView['stages'] {
  const [said, seen, together] = [stages.said, stages.seen, stages.merged].map((stage) => stepOf(model, stage));
  const text = (step: Step | null | undefined): string => step?.text ?? 'nothing that names a step';
  const sentence = `People say ${text(said)}, data show ${text(seen)}, together ${text(together)}.`;
  return { said: said ?? null, seen: seen ?? null, together: together ?? null, sentence };
}

/** Why both together may lie outside what each side says; null where they do not. */
function sayBeyond({ said, seen, merged }: Comparison['stages']): string | null {
  if (said === null || seen === null || merged === null) return null;
  if (merged > Math.max(said, seen))
    return 'Together it is higher than either: answers speak for what records cannot show, and records bear out answers that count for less alone.';
  if (merged < Math.min(said, seen))
    return 'Together it is lower than either: each side speaks against something that the other leaves open.';
  return null;
}

/** Where people and records part: the `most` widest flagged gaps. Pure. */
export function disagreementsView(
  reading: Pick<StagedReading, 'answers_used'>,
  comparison: Comparison,
  model: StagedModel,
  most = Number.POSITIVE_INFINITY,
): DisagreementsView {
  const flagged = gapRows(reading, comparison.gaps, model).filter(({ flag }) => flag !== 'none');
  const pulled = sayPulledDown(comparison, model);
  const beyond = sayBeyond(comparison.stages);
  return {
    stages: stagesOf(comparison, model),
    rows: flagged.slice(0, most),
    more: Math.max(0, flagged.length - most),
    summary: saySummary(comparison),
    notes: [
      ...(flagged.length === 0 ? ['No statement where both sides clearly part.'] : []),
      ...(beyond === null ? [] : [beyond]),
      ...(pulled === null ? [] : [pulled]),
    ],
    unverifiable: comparison.blind_spots
      .filter(({ kind }) => kind === 'unverifiable')
      .map(({ criterion }) => nameStatement(criterion, model)),
  };
}
