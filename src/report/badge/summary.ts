import { z } from 'zod';
import { PLACEMENT_STATUSES } from '../../domain/placement.ts';
import { ModelName, StatementName } from '../view/named.ts';
import type { SnapshotView } from '../view/snapshot.ts';
import { Step } from '../view/step.ts';

/** A verdict in short for wikis and pipelines. Numbers of steps are null where they are withheld; probabilities and shares are 0..1. */
export const Summary = z.strictObject({
  schema: z.literal('plumbline.summary/1'),
  workspace: z.string(),
  /** End of the data, exclusive. */
  as_of: z.iso.datetime(),
  last_day: z.iso.date(),
  /** Of the snapshot: asks for the whole of it. */
  digest: z.string(),
  model: ModelName,
  title: z.string(),
  sentence: z.string(),
  status: z.enum(PLACEMENT_STATUSES),
  step: Step.nullable(),
  /** P(exactly this step). */
  probability: z.number().nullable(),
  /** Reached in nine of ten cases by what records show. */
  assured: Step.nullable(),
  /** The step if all that is unseen were missing, and if all of it were in place. */
  range: z.strictObject({ floor: z.int(), ceiling: z.int() }).nullable(),
  /** By records alone, and by answers alone. */
  seen: Step.nullable(),
  said: Step.nullable(),
  /** Share of the statements up to the next step that were seen in data. */
  coverage: z.number(),
  holds_back: z.string(),
  moves: z.array(StatementName.extend({ title: z.string(), effort: z.string(), gain: z.number() })),
});
export type Summary = z.infer<typeof Summary>;

const MOST_MOVES = 3;

/** The summary of what a snapshot says. Pure. */
export function summarize({ headline, ladder, holds_back, moves }: SnapshotView): Summary {
  const { workspace, as_of, last_day, digest, model, title, sentence, step, probability, assured, range, coverage } =
    headline;
  const at = (mark: 'seen' | 'said'): Step | null => ladder.marks.find((one) => one.mark === mark)?.step ?? null;
  return {
    schema: 'plumbline.summary/1',
    workspace,
    as_of,
    last_day,
    digest,
    model,
    title,
    sentence,
    status: coverage.status,
    step,
    probability,
    assured: assured?.step ?? null,
    range: range === null ? null : { floor: range.floor, ceiling: range.ceiling },
    seen: at('seen'),
    said: at('said'),
    coverage: coverage.share,
    holds_back: holds_back.sentence,
    moves: (moves?.moves ?? []).slice(0, MOST_MOVES).map((move) => ({
      ...move.statement,
      title: move.title,
      effort: move.effort,
      gain: move.gain_in_order,
    })),
  };
}
