import { z } from 'zod';
import { assuredStage, PLACEMENT_STATUSES, type Placement } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { lastDay, likelihood, percent } from '../numbers.ts';
import { type ReportContext, STATUS_WORDS } from '../report-context.ts';
import { ModelName } from './named.ts';
import { sayNotPlaced } from './not-placed.ts';
import { ownFindings } from './own-findings.ts';
import { headed, Step, stepName, stepOf, stepWord } from './step.ts';

/** What somebody may do next to get a verdict, or a surer one. */
const NEXT_STEPS = ['connect', 'import', 'assess', 'doctor'] as const;

/**
 * The verdict of a staged model in one breath. `face` decides once how it is told: `step` = one step deserves the headline; `span` = too
 * little was seen to say which, so the steps that hold it in four of five cases are named and the median is what it is held at;
 * `answers_only` = people alone speak; `not_placed` = nothing may be said. Probabilities are 0..1.
 */
export const HeadlineView = z.strictObject({
  workspace: z.string(),
  as_of: z.iso.datetime(),
  /** Last day that the verdict covers, UTC. */
  last_day: z.iso.date(),
  digest: z.string(),
  model: ModelName,
  face: z.enum(['step', 'span', 'answers_only', 'not_placed']),
  /** `Stage 3 Managed`, `Stage 2 to 5`, `Not placed`. */
  title: z.string(),
  /** The median; null when it is withheld. */
  step: Step.nullable(),
  /** Given for the face `span` alone. */
  span: z.strictObject({ low: Step, high: Step }).nullable(),
  /** P(exactly this step). */
  probability: z.number().nullable(),
  /** The probability as a word: likely, very likely ... */
  likelihood: z.string().nullable(),
  /** What follows the title: how likely it is, or why no more can be said. */
  ground: z.string(),
  /** Title and ground in a sentence. */
  sentence: z.string(),
  assured: z.strictObject({ step: Step, sentence: z.string() }).nullable(),
  /** The step if everything unseen were missing, and if all of it were in place: ignorance, apart from chance. */
  range: z.strictObject({ floor: z.int(), ceiling: z.int(), sentence: z.string() }).nullable(),
  coverage: z.strictObject({ share: z.number(), status: z.enum(PLACEMENT_STATUSES), sentence: z.string() }),
  /** A higher step whose own practices are there while lower ones are not complete; null when there is none. */
  reach: z.strictObject({ step: Step, sentence: z.string() }).nullable(),
  /** Why there is no verdict; empty when there is one. */
  why_not: z.array(z.string()),
  next: z.array(z.enum(NEXT_STEPS)),
});
export type HeadlineView = z.infer<typeof HeadlineView>;

/** Below it no single step deserves a headline: the span that holds it in four of five cases does. */
const SURE_ENOUGH = 0.33;

type Told = Pick<HeadlineView, 'face' | 'title' | 'span' | 'ground' | 'sentence'>;

function tellSpan(placement: Placement, stage: number, model: StagedModel): Told {
  const last = (line: number): number => placement.atLeast.filter((p) => p >= line).length;
  // A stage that is held for want of evidence may lie below what the law leaves open.
  const [low, high] = [Math.min(last(0.9), stage), Math.max(last(0.1), stage)];
  const sure = percent(placement.probabilities[stage - 1] ?? 0);
  const title = `${headed(stepWord(model))} ${low} to ${high}`;
  const ground = `too little was seen to say which; held at ${stepName(model, stage)} (${sure})`;
  const [from, to] = [stepOf(model, low), stepOf(model, high)];
  const span = from === null || to === null ? null : { low: from, high: to };
  return { face: 'span', title, span, ground, sentence: `${title}: ${ground}.` };
}

/** How a placement is told: as one step, as a span, by answers alone, or not at all. */
export function tellPlacement(placement: Placement, model: StagedModel): Told {
  const { stage, status } = placement;
  if (stage === null)
    return {
      face: 'not_placed',
      title: 'Not placed',
      span: null,
      ground: '',
      sentence: 'Not placed: too little is known.',
    };
  const sure = placement.probabilities[stage - 1] ?? 0;
  const words = `${likelihood(sure)} (${percent(sure)})`;
  const title = headed(stepName(model, stage));
  if (status === 'self_reported') {
    const ground = `by answers alone: ${words} if they are right; too little was seen in data to check them, nothing is assured`;
    return { face: 'answers_only', title, span: null, ground, sentence: `${title}, ${ground}.` };
  }
  if (sure < SURE_ENOUGH) return tellSpan(placement, stage, model);
  return { face: 'step', title, span: null, ground: words, sentence: `${title}, ${words}.` };
}

function rangeOf({ floor, ceiling }: Placement, model: StagedModel): HeadlineView['range'] {
  if (floor === null || ceiling === null) return null;
  const word = stepWord(model);
  const sentence =
    floor === ceiling
      ? `Even what we cannot see could not move it from ${floor}.`
      : `${headed(word)} ${floor} if everything we cannot see were missing, ${ceiling} if all of it were in place.`;
  return { floor, ceiling, sentence };
}

function assuredOf(placement: Placement, model: StagedModel): HeadlineView['assured'] {
  const step = stepOf(model, assuredStage(placement));
  return step === null ? null : { step, sentence: `At least ${step.text} is assured: nine to one.` };
}

function reachOf({ stage, frontier }: Placement, model: StagedModel): HeadlineView['reach'] {
  const step = stage !== null && frontier !== null && frontier > stage ? stepOf(model, frontier) : null;
  const word = stepWord(model);
  return step === null
    ? null
    : {
        step,
        sentence: `Practices of ${word} ${step.stage} are largely there, but the ${word}s below are not complete.`,
      };
}

/** The way out of "not placed" that fits what is there already; with a verdict, what would make it surer. */
function nextOf({ placement, provenance }: StagedReading): HeadlineView['next'] {
  if (provenance.telemetry.length === 0)
    return ['connect', 'import', ...(placement.stage === null ? ['assess' as const] : [])];
  return placement.status === 'measured' ? [] : ['assess', 'doctor'];
}

/** The headline of a snapshot as its staged model reads it. Pure. */
export function headlineView(
  reading: StagedReading,
  { model, signals }: Pick<ReportContext, 'model' | 'signals'>,
): HeadlineView {
  const { placement, workspace, as_of, digest } = reading;
  const placed = placement.stage !== null;
  const sure = placed ? (placement.probabilities[(placement.stage ?? 1) - 1] ?? 0) : null;
  const findings = ownFindings(reading.findings, model, signals);
  const status = STATUS_WORDS[placement.status];
  return {
    workspace,
    as_of,
    last_day: lastDay(as_of),
    digest,
    model: { id: model.id, version: model.version, title: model.title, source: model.source, kind: model.kind },
    ...tellPlacement(placement, model),
    step: stepOf(model, placement.stage),
    probability: sure,
    likelihood: sure === null ? null : likelihood(sure),
    assured: assuredOf(placement, model),
    range: placed ? rangeOf(placement, model) : null,
    coverage: {
      share: placement.coverage,
      status: placement.status,
      sentence: `${percent(placement.coverage)} of the statements up to the next ${stepWord(model)} were seen in data: ${status}.`,
    },
    reach: reachOf(placement, model),
    why_not: placed ? [] : sayNotPlaced({ ...reading, findings }, model),
    next: nextOf(reading),
  };
}
