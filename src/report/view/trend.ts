import { z } from 'zod';
import { PLACEMENT_STATUSES } from '../../domain/placement.ts';
import type { SnapshotChange } from '../../domain/snapshot-change.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import type { Headline } from '../../domain/verdict.ts';
import { lastDay } from '../numbers.ts';
import { ChangeCause, isOwn, sayTurn, tellCauses } from './causes.ts';
import { tellPlacement } from './headline.ts';
import { headed, Step, stepOf } from './step.ts';

/** What a model said in the kept snapshots, oldest first. Values are on the scale of the headline: a stage, a mean, pairs. */
export const TrendView = z.strictObject({
  points: z.array(
    z.strictObject({
      digest: z.string(),
      as_of: z.iso.datetime(),
      last_day: z.iso.date(),
      value: z.number().nullable(),
      /** As the headline calls it: `Stage 3 Managed`, `Stage 2 to 5`, `Not placed`; in the words of the model for other kinds. */
      label: z.string(),
      step: Step.nullable(),
      /** P(exactly this step); null for models of other kinds and when nothing is placed. */
      sure: z.number().nullable(),
      assured: z.number().nullable(),
      /** By records alone; null as above. */
      seen: z.number().nullable(),
      coverage: z.number(),
      status: z.enum(PLACEMENT_STATUSES),
      version: z.int(),
    }),
  ),
  /** From each point to the next. `joined` = a line may be drawn: what changed is what the desk does, not what can be seen of it or is said. */
  steps: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string(),
      joined: z.boolean(),
      causes: z.array(ChangeCause),
      sentence: z.string(),
    }),
  ),
  sentence: z.string(),
});
export type TrendView = z.infer<typeof TrendView>;

/** One kept snapshot as a model of any kind saw it; `reading` is null for models without stages. */
interface CoursePoint {
  readonly digest: string;
  readonly as_of: Date;
  readonly version: number;
  readonly headline: Headline;
  readonly reading: StagedReading | null;
}

function pointView(
  { digest, as_of, version, headline, reading }: CoursePoint,
  words: StagedModel | null,
): TrendView['points'][number] {
  const placement = reading?.placement ?? null;
  const stage = placement?.stage ?? null;
  return {
    digest,
    as_of: as_of.toISOString(),
    last_day: lastDay(as_of),
    value: headline.value,
    label: placement === null || words === null ? headline.label : tellPlacement(placement, words).title,
    step: words === null ? null : stepOf(words, stage),
    sure: placement === null || stage === null ? null : (placement.probabilities[stage - 1] ?? 0),
    assured: headline.assured,
    seen: reading?.readings.seen.stage ?? null,
    coverage: headline.coverage,
    status: headline.status,
    version,
  };
}

function stepView(
  from: CoursePoint,
  to: CoursePoint,
  change: SnapshotChange | null,
  words: StagedModel | null,
): TrendView['steps'][number] {
  const ends = { from: from.digest, to: to.digest };
  if (change === null || from.reading === null || to.reading === null || words === null) {
    const same = from.version === to.version;
    const sentence = same ? 'Judged by the same version of the model.' : 'The model changed in between.';
    return { ...ends, joined: same, causes: [], sentence };
  }
  const causes = tellCauses({ change, before: from.reading, after: to.reading });
  const [before, after] = [from, to].map(({ headline }) => stepOf(words, headline.value));
  return { ...ends, joined: isOwn(causes), causes, sentence: sayTurn(before ?? null, after ?? null, causes) };
}

function sayCourse({ points, steps }: Pick<TrendView, 'points' | 'steps'>, earlier: number): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return 'No snapshot was taken yet.';
  const among =
    earlier === 0
      ? `${points.length} snapshots`
      : `the newest ${points.length} of ${points.length + earlier} snapshots`;
  if (points.length === 1) return 'There is one snapshot so far; a trend begins with the second.';
  const text = ({ label }: TrendView['points'][number]): string => label.slice(0, 1).toLowerCase() + label.slice(1);
  const turns = steps.filter(({ joined }) => !joined).length;
  const marked =
    turns === 0
      ? ''
      : ` ${turns === 1 ? 'One change' : `${turns} of the changes`} in between ${turns === 1 ? 'is' : 'are'} of what is seen, said or asked rather than of what the desk does.`;
  const course = text(first) === text(last) ? `${text(last)} at both ends` : `from ${text(first)} to ${text(last)}`;
  return `${headed(course)}, ${first.last_day} to ${last.last_day}, in ${among}.${marked}`;
}

/**
 * The course of a model's verdict. `changes` has one entry between each two points, null where the model has no stages; `words` name the
 * steps, null likewise; `earlier` = kept snapshots of before the first point. No points give an empty trend. Pure.
 */
export function trendView(
  course: readonly CoursePoint[],
  changes: readonly (SnapshotChange | null)[],
  words: StagedModel | null,
  earlier = 0,
): TrendView {
  const points = course.map((point) => pointView(point, words));
  const steps = course.slice(1).flatMap((to, index) => {
    const from = course[index];
    return from === undefined ? [] : [stepView(from, to, changes[index] ?? null, words)];
  });
  return { points, steps, sentence: sayCourse({ points, steps }, earlier) };
}
