import { z } from 'zod';
import { SignalName } from './named.ts';
import { Step } from './step.ts';

/** What a cell shows. `open`: something speaks and does not tell the levels apart; `unseen`: nothing speaks, which is not "not there". */
export const CELL_FACES = ['in_place', 'partly', 'not_there', 'open', 'unseen'] as const;

export const MatrixCell = z.strictObject({
  area: z.string(),
  stage: z.int(),
  gist: z.string(),
  face: z.enum(CELL_FACES),
  /** Only people can speak for it: to be hatched, never coloured. */
  people_only: z.boolean(),
  /** Sign and word of it: `■ yes`, `░ ask`. */
  text: z.string(),
  /** What it says, for a tip. */
  sentence: z.string(),
  /** Mean degree in place, 0..1; null when nothing speaks. */
  degree: z.number().nullable(),
  statements: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      /** `3`, `2 or 3`, `open`, `–`. */
      level: z.string(),
      decided_by: z.enum(['telemetry', 'answers', 'both', 'none']),
    }),
  ),
  /** Signals of its statements and of its own. */
  signals: z.array(SignalName),
});
export type MatrixCell = z.infer<typeof MatrixCell>;

/** Areas by steps of the ladder. No rows for a model without a matrix. `cells` stand in the order of `steps`; null = the model has none there. */
export const MatrixView = z.strictObject({
  steps: z.array(Step),
  rows: z.array(
    z.strictObject({
      area: z.string(),
      name: z.string(),
      /** Step of the area alone, by the same rule; null when it is not known. */
      step: Step.nullable(),
      cells: z.array(MatrixCell.nullable()),
    }),
  ),
  legend: z.array(z.strictObject({ sign: z.string(), meaning: z.string() })),
});
export type MatrixView = z.infer<typeof MatrixView>;
