import { type Activity, type ActivityModel, MARKERS } from '../../domain/activity-model.ts';
import { IMPORTANCE } from '../../domain/item-answer.ts';
import { type ModelProblem, repeated, unknownName } from '../../domain/model-problem.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import { faultOfUse } from '../lint-signal-use.ts';
import { indexSignals } from '../signal-pool.ts';

type Path = ModelProblem['path'];

function idProblems(model: ActivityModel): ModelProblem[] {
  const items: { id: string; path: Path }[] = model.activities.flatMap((activity, index) => [
    { id: activity.id, path: ['activities', index, 'id'] },
    ...activity.markers.map((marker, at) => ({ id: marker.id, path: ['activities', index, 'markers', at, 'id'] })),
  ]);
  return [
    ...repeated(model.objectives, (one) => one.id).map(({ key, index }) => ({
      path: ['objectives', index, 'id'],
      message: `objective ${key} is given twice; give one of them another id`,
    })),
    ...repeated(items, (item) => item.id).map(({ key, index }) => ({
      path: items[index]?.path ?? ['activities'],
      message: `${key} is given twice; answers are kept by id, so activities and markers share no id`,
    })),
  ];
}

function slotFault(activity: Activity): string | null {
  if (activity.name === null)
    return !activity.slot
      ? 'an activity without a name is a slot; name it, or say slot: true'
      : activity.markers.length > 0
        ? 'an empty slot has no markers; give it a name'
        : null;
  const n = activity.markers.length;
  return n < MARKERS.fewest || n > MARKERS.most
    ? `has ${n} markers; an activity has ${MARKERS.fewest} to ${MARKERS.most}`
    : null;
}

function activityProblems(model: ActivityModel): ModelProblem[] {
  const objectives = model.objectives.map(({ id }) => id);
  return model.activities.flatMap((activity, index) => {
    const problems: ModelProblem[] = [];
    const say = (key: string, message: string) =>
      problems.push({ path: ['activities', index, key], message: `${activity.id}: ${message}` });
    const fault = slotFault(activity);
    if (fault !== null) say(activity.name === null ? 'name' : 'markers', fault);
    if (activity.name !== null && activity.objective === null) say('objective', 'stands under no objective; name one');
    if (activity.name !== null && activity.statement === '') say('statement', 'says in no sentence what it covers');
    if (activity.objective !== null && !objectives.includes(activity.objective))
      say('objective', unknownName('objective', activity.objective, objectives));
    const { importance } = activity;
    if (importance !== undefined && !(importance >= IMPORTANCE.lowest && importance <= IMPORTANCE.highest))
      say('importance', `importance ${importance} is outside ${IMPORTANCE.lowest} to ${IMPORTANCE.highest}`);
    return problems;
  });
}

function constantProblems({ bands, min_known }: ActivityModel): ModelProblem[] {
  const problems: ModelProblem[] = [];
  if (!(IMPORTANCE.lowest < bands.medium && bands.medium < bands.high && bands.high <= IMPORTANCE.highest))
    problems.push({
      path: ['bands'],
      message: `bands are ordered lines of the scale: ${IMPORTANCE.lowest} < medium < high <= ${IMPORTANCE.highest}; found ${bands.medium} and ${bands.high}`,
    });
  if (min_known > MARKERS.fewest)
    problems.push({
      path: ['min_known'],
      message: `min_known ${min_known} is above ${MARKERS.fewest}, so an activity with the fewest markers could never be assessed`,
    });
  return problems;
}

function signalProblems(model: ActivityModel, signals: Iterable<SignalDefinition>): ModelProblem[] {
  const known = indexSignals(signals);
  return model.activities.flatMap((activity, index) =>
    activity.markers.flatMap((marker, at): ModelProblem[] => {
      const fault = marker.signal === undefined ? null : faultOfUse(marker.signal, known);
      const path = ['activities', index, 'markers', at, 'signal'];
      return fault === null ? [] : [{ path, message: `${marker.id}: ${fault}` }];
    }),
  );
}

/** Markers of one activity are counted as independent: one signal in two of them would count double. */
function doubleProblems(model: ActivityModel): ModelProblem[] {
  return model.activities.flatMap((activity, index) => {
    const uses = activity.markers.flatMap(({ signal }, at) => (signal === undefined ? [] : [{ id: signal.id, at }]));
    return repeated(uses, (use) => use.id).map(({ key, index: use }) => ({
      path: ['activities', index, 'markers', uses[use]?.at ?? 0, 'signal'],
      message: `${activity.id}: signal ${key} answers two markers; it would count double`,
    }));
  });
}

/** Faults of a model of kind `activity` that its schema cannot see; without `signals` their ids are not resolved. */
export function lintActivityModel(model: ActivityModel, signals?: Iterable<SignalDefinition>): ModelProblem[] {
  return [
    ...idProblems(model),
    ...activityProblems(model),
    ...constantProblems(model),
    ...doubleProblems(model),
    ...(signals === undefined ? [] : signalProblems(model, signals)),
  ];
}
