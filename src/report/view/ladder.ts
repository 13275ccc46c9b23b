import { z } from 'zod';
import { assuredStage } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { percent } from '../numbers.ts';
import { Step, stepOf, stepWord } from './step.ts';

/** `said` = by answers taken at their word, `seen` = by records alone, `together` = the verdict, `assured` = at least this, in nine of ten cases. */
export const LADDER_MARKS = ['said', 'seen', 'together', 'assured'] as const;

/** The ladder of a staged model with the law of the stage on it, lowest step first. Probabilities are 0..1 and add up to 1. */
export const LadderView = z.strictObject({
  /** What the model calls a step. */
  word: z.string(),
  rungs: z.array(
    z.strictObject({
      step: Step,
      summary: z.string(),
      /** P(exactly this step); null while the verdict is withheld, for then the prior would speak. */
      probability: z.number().nullable(),
      /** P(this step or higher); null as above. */
      at_least: z.number().nullable(),
      /** The probability for reading: `34 %`, `–`. */
      text: z.string(),
      /** Between floor and ceiling: what is not seen could put it here. */
      in_range: z.boolean(),
      marks: z.array(z.enum(LADDER_MARKS)),
    }),
  ),
  /** One for each mark; `step` is null where that side has nothing to say. */
  marks: z.array(z.strictObject({ mark: z.enum(LADDER_MARKS), step: Step.nullable(), sentence: z.string() })),
});
export type LadderView = z.infer<typeof LadderView>;

type Mark = (typeof LADDER_MARKS)[number];
type Read = Pick<StagedReading, 'placement' | 'readings' | 'comparison'>;

function stagesOf({ placement, readings, comparison }: Read): Readonly<Record<Mark, number | null>> {
  return {
    // At their word, as everywhere where people "say" a stage; by answers alone, discounted, they would seem to say something else.
    said: comparison?.stages.said ?? null,
    seen: readings.seen.stage,
    together: placement.stage,
    assured: assuredStage(placement),
  };
}

const SENTENCES: Readonly<Record<Mark, { readonly with: (text: string) => string; readonly without: string }>> = {
  said: { with: (text) => `People say ${text}.`, without: 'Nobody has answered, or too little to name a step.' },
  seen: { with: (text) => `Records alone show ${text}.`, without: 'Records alone show too little to name a step.' },
  together: { with: (text) => `Both together give ${text}.`, without: 'Both together say too little to name a step.' },
  assured: { with: (text) => `At least ${text} is assured: nine to one.`, without: 'Nothing is assured.' },
};

/** The ladder of a snapshot. Pure. */
export function ladderView(reading: Read, model: StagedModel): LadderView {
  const { placement } = reading;
  const stages = stagesOf(reading);
  const { floor, ceiling } = placement;
  const placed = placement.stage !== null;
  return {
    word: stepWord(model),
    rungs: model.stages.map(({ stage, name, summary }) => {
      const probability = placed ? (placement.probabilities[stage - 1] ?? 0) : null;
      return {
        step: stepOf(model, stage) ?? { stage, name, text: name },
        summary,
        probability,
        at_least: placed ? (placement.atLeast[stage - 1] ?? 0) : null,
        text: probability === null ? '–' : percent(probability),
        in_range: floor !== null && ceiling !== null && floor <= stage && stage <= ceiling,
        marks: LADDER_MARKS.filter((mark) => stages[mark] === stage),
      };
    }),
    marks: LADDER_MARKS.map((mark) => {
      const step = stepOf(model, stages[mark]);
      return { mark, step, sentence: step === null ? SENTENCES[mark].without : SENTENCES[mark].with(step.text) };
    }),
  };
}
