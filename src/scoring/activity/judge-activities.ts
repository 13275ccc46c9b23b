import type { Activity, ActivityModel } from '../../domain/activity-model.ts';
import type { ActivityReading, ActivityVerdict } from '../../domain/activity-verdict.ts';
import type { Finding } from '../../domain/finding.ts';
import type { ItemAnswer } from '../../domain/item-answer.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import { itemAnswersInForce, meanOfNumbers } from '../item-answers.ts';
import { meanOf } from '../order-free.ts';
import { poolOf } from '../yes-no.ts';
import { bandOf, gradeOf, ROUNDING } from './grade.ts';
import { grainOf, type Law } from './law.ts';
import { intervalOf, knownWeight, maturityOf } from './maturity.ts';
import { nextLevel } from './next-level.ts';
import { type Candidate, priorityIndex, rankByPriority } from './priority.ts';
import { type MarkerContext, readMarker } from './read-marker.ts';

export interface ActivityInput {
  readonly model: ActivityModel;
  readonly signals: Iterable<SignalDefinition>;
  readonly findings: Iterable<Finding>;
  readonly answers: Iterable<ItemAnswer>;
  readonly asOf: Date;
}

/** A named activity, with the law of its maturity beside what is published. */
interface Judged {
  readonly reading: ActivityReading;
  readonly law: Law | null;
}

function importanceOf(
  activity: Activity,
  { voices }: MarkerContext,
): Pick<ActivityReading, 'importance' | 'importance_from' | 'importance_respondents'> {
  const said = meanOfNumbers(voices.get(activity.id) ?? []);
  if (said !== null) return { importance: said.mean, importance_from: 'people', importance_respondents: said.n };
  const decided = activity.importance ?? null;
  return {
    importance: decided,
    importance_from: decided === null ? null : 'decided',
    importance_respondents: 0,
  };
}

function judgeActivity(model: ActivityModel, activity: Activity, name: string, context: MarkerContext): Judged {
  const markers = activity.markers.map((marker) => readMarker(marker, context));
  const known = knownWeight(markers);
  const maturity = known >= model.min_known - ROUNDING ? maturityOf(markers) : null;
  const importance = importanceOf(activity, context);
  const both =
    maturity === null || importance.importance === null
      ? null
      : { importance: importance.importance, maturity: maturity.mean };
  const reading: ActivityReading = {
    id: activity.id,
    name,
    objective: activity.objective,
    state: maturity === null ? 'not_assessed' : 'assessed',
    markers,
    known,
    unknown: markers.filter((marker) => marker.yes === null).length,
    maturity: maturity?.mean ?? null,
    interval: maturity === null ? null : intervalOf(maturity.law, model.interval),
    bounds: maturity === null ? null : [...maturity.bounds],
    grade: maturity === null ? null : gradeOf(maturity.mean),
    band: maturity === null ? null : bandOf(maturity.mean, model.bands),
    ...importance,
    gap: both === null ? null : both.importance - both.maturity,
    priority: both === null ? null : priorityIndex(both.importance, both.maturity),
    rank: null,
    rank_interval: null,
    next: maturity === null ? null : nextLevel(activity.markers, markers, maturity.mean),
    to_find_out: markers.filter((marker) => marker.yes === null).map((marker) => marker.marker),
  };
  return { reading, law: maturity?.law ?? null };
}

function candidateOf({ reading, law }: Judged): Candidate[] {
  const { id, name, importance, maturity } = reading;
  return importance === null || maturity === null || law === null ? [] : [{ id, name, importance, maturity, law }];
}

/** Ids by a figure, best first; those without it are left out, and equal ones stand by name. */
function listBy(
  readings: readonly ActivityReading[],
  figure: (reading: ActivityReading) => number | null,
  most: number,
): string[] {
  return readings
    .flatMap((reading) => {
      const value = figure(reading);
      return value === null ? [] : [{ reading, grain: grainOf(value) }];
    })
    .sort((a, b) => b.grain - a.grain || (a.reading.name < b.reading.name ? -1 : 1))
    .slice(0, most)
    .map(({ reading }) => reading.id);
}

function overallOf(model: ActivityModel, readings: readonly ActivityReading[]): ActivityVerdict['overall'] {
  const maturities = readings.flatMap(({ maturity }) => (maturity === null ? [] : [maturity]));
  const bounds = readings.flatMap((reading) => (reading.bounds === null ? [] : [reading.bounds]));
  const mean = meanOf(maturities);
  const low = meanOf(bounds.map(([least]) => least));
  const high = meanOf(bounds.map(([, most]) => most));
  return {
    maturity: mean,
    grade: mean === null ? null : gradeOf(mean),
    bounds: low === null || high === null ? null : [low, high],
    assessed: maturities.length,
    of: readings.length,
    empty_slots: model.activities.length - readings.length,
  };
}

/**
 * Verdict of a model of kind `activity`. Pure: the same input gives the same bytes, in whatever order findings and answers come.
 * Maturity is 1 + 4 * mean(P(yes)) over known markers; an activity with too few known markers is not assessed and is left out of every mean
 * and list. Importance is averaged over respondents before it is used. Slots without a name are counted and otherwise left out.
 * Errors: BUG when a signal that the model names did not report, or gives no probability at the gate that the model asks for.
 */
export function judgeActivities(input: ActivityInput): ActivityVerdict {
  const { model, asOf } = input;
  const voices = itemAnswersInForce(model.id, input.answers, asOf);
  const context: MarkerContext = { model, pool: poolOf(input.signals, input.findings), voices, asOf };
  const judged = model.activities.flatMap((activity) =>
    activity.name === null ? [] : [judgeActivity(model, activity, activity.name, context)],
  );
  const ranks = rankByPriority(judged.flatMap(candidateOf), model.interval);
  const activities = judged.map(({ reading }): ActivityReading => {
    const rank = ranks.find((one) => one.id === reading.id);
    return rank === undefined ? reading : { ...reading, rank: rank.rank, rank_interval: rank.interval };
  });
  const asked = new Set(model.activities.flatMap((one) => [one.id, ...one.markers.map((marker) => marker.id)]));
  const people = [...voices].filter(([item]) => asked.has(item)).flatMap(([, list]) => list.map((v) => v.respondent));
  return {
    activities,
    overall: overallOf(model, activities),
    respondents: new Set(people).size,
    ranking: ranks.map(({ id }) => id),
    lowest_maturity: listBy(activities, ({ maturity }) => (maturity === null ? null : -maturity), model.list_length),
    highest_importance: listBy(activities, ({ importance }) => importance, model.list_length),
  };
}
