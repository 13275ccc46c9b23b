import { z } from 'zod';
import type { CriterionResult } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { StatementName } from './named.ts';
import { Step, stepOf, stepWord } from './step.ts';
import { listed, sayPoints } from './words.ts';

/** What is known of a statement that holds a stage back. */
const HOLDING_STATES = ['not_there', 'partly', 'undecided', 'unknown', 'in_place'] as const;

/** What keeps a desk from the next step, the strongest first; no statements at the last step, or when nothing is placed. */
export const HoldsBackView = z.strictObject({
  /** The next step; null when there is none. */
  target: Step.nullable(),
  sentence: z.string(),
  statements: z.array(
    StatementName.extend({
      set: z.int(),
      state: z.enum(HOLDING_STATES),
      /** Rise of P(stage >= target), 0..1, if the statement were known to be fully in place. */
      gain: z.number(),
      sentence: z.string(),
    }),
  ),
});
export type HoldsBackView = z.infer<typeof HoldsBackView>;

type State = (typeof HOLDING_STATES)[number];

const STATE_WORDS: Readonly<Record<State, (name: string) => string>> = {
  not_there: (name) => `"${name}" is not there`,
  partly: (name) => `"${name}" is only partly there`,
  undecided: (name) => `the evidence on "${name}" does not settle it`,
  unknown: (name) => `nothing is known of "${name}"`,
  in_place: (name) => `"${name}" is in place but not beyond doubt`,
};

function stateOf({ level, between }: Pick<CriterionResult, 'level' | 'between'>): State {
  if (level !== null) return level === 1 ? 'not_there' : level === 2 ? 'partly' : 'in_place';
  return between === null ? 'unknown' : 'undecided';
}

function sentenceOf(
  statements: HoldsBackView['statements'],
  target: Step | null,
  placed: boolean,
  word: string,
): string {
  if (!placed) return 'Nothing is placed yet, so nothing can be said to hold it back.';
  if (target === null) return `This is the last ${word}: there is none above it.`;
  if (statements.length === 0) return `No single statement holds it back from ${target.text}.`;
  const named = statements.slice(0, MOST_NAMED).map(({ name, state }) => STATE_WORDS[state](name));
  return `What holds it back from ${target.text} most: ${listed(named)}.`;
}

/** Statements that the sentence names, and that the view lists. */
const MOST_NAMED = 3;
const MOST_LISTED = 8;

/** What holds a snapshot back from the next step. Pure. */
export function holdsBackView(
  reading: Pick<StagedReading, 'placement' | 'criteria'>,
  model: StagedModel,
): HoldsBackView {
  const { stage, blockers } = reading.placement;
  const last = model.stages.length;
  const target = stage === null || stage >= last ? null : stepOf(model, stage + 1);
  const results = new Map(reading.criteria.map((result) => [result.id, result]));
  const statements = (target === null ? [] : blockers).slice(0, MOST_LISTED).flatMap(({ criterion, gain }) => {
    const result = results.get(criterion);
    if (result === undefined) return [];
    const sentence = `Fully in place it would lift the chance of ${target?.text} by ${sayPoints(gain)}.`;
    return [{ id: criterion, name: result.name, set: result.set, state: stateOf(result), gain, sentence }];
  });
  return { target, statements, sentence: sentenceOf(statements, target, stage !== null, stepWord(model)) };
}
