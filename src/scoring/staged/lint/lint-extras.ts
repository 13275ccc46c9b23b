import { type ModelProblem, repeated, unknownName } from '../../../domain/model-problem.ts';
import type { SignalDefinition } from '../../../domain/signal.ts';
import type { StagedModel } from '../../../domain/staged-model.ts';

/** Shares are written rounded; three of them may add up to a trace above one. */
const ROUNDING = 1e-9;

function archetypeProblems({ archetypes, stages }: StagedModel): ModelProblem[] {
  if (archetypes === undefined) return [];
  const { shares } = archetypes;
  const sum = shares.reduce((total, { share }) => total + share, 0);
  const known = stages.map(({ stage }) => stage);
  const named = shares.flatMap((one, index) => one.stages.map((stage) => ({ stage, index })));
  return [
    ...(sum > 1 + ROUNDING
      ? [{ path: ['archetypes', 'shares'], message: `archetypes: the shares add up to ${Number(sum.toFixed(6))}` }]
      : []),
    ...named
      .filter(({ stage }) => !known.includes(stage))
      .map(({ stage, index }) => ({
        path: ['archetypes', 'shares', index, 'stages'],
        message: `archetypes: there is no stage ${stage}`,
      })),
    ...repeated(named, ({ stage }) => String(stage)).map(({ key, index }) => ({
      path: ['archetypes', 'shares', named[index]?.index ?? 0, 'stages'],
      message: `archetypes: stage ${key} is given twice`,
    })),
  ];
}

function perceptionProblems({ perception }: StagedModel): ModelProblem[] {
  if (perception === undefined) return [];
  const { groups, group } = perception;
  const ids = groups.map(({ id }) => id);
  const roles = groups.flatMap((one, index) => one.roles.map((role) => ({ role, index })));
  return [
    ...(ids.includes(group)
      ? []
      : [{ path: ['perception', 'group'], message: `perception: ${unknownName('group', group, ids)}` }]),
    ...repeated(ids, (id) => id).map(({ key, index }) => ({
      path: ['perception', 'groups', index, 'id'],
      message: `perception: group ${key} is given twice`,
    })),
    ...repeated(roles, ({ role }) => role).map(({ key, index }) => ({
      path: ['perception', 'groups', roles[index]?.index ?? 0, 'roles'],
      message: `perception: role ${key} is in two groups`,
    })),
  ];
}

/** An outcome from data is a diagnostic: what is scored is a practice, and would count twice. */
function outcomeProblems({ outcomes = [] }: StagedModel, signals: readonly SignalDefinition[] | null): ModelProblem[] {
  const twice = repeated(outcomes, ({ id }) => id).map(({ key, index }) => ({
    path: ['outcomes', index, 'id'],
    message: `outcome ${key} is given twice`,
  }));
  if (signals === null) return twice;
  const names = signals.flatMap(({ id, aliases }) => [...aliases, id]);
  const wrong = outcomes.flatMap(({ id, signal }, index) => {
    if (signal === undefined) return [];
    const found = signals.find((one) => one.id === signal || one.aliases.includes(signal));
    const path = ['outcomes', index, 'signal'];
    if (found === undefined) return [{ path, message: `outcome ${id}: ${unknownName('signal', signal, names)}` }];
    return found.diagnostic
      ? []
      : [{ path, message: `outcome ${id}: ${signal} is scored; an outcome is a diagnostic` }];
  });
  return [...twice, ...wrong];
}

/** The cap on telemetry is worked out from the model file alone, so that file has to say what the signal's own says. */
function capProblems({ telemetry, criteria }: StagedModel, signals: readonly SignalDefinition[]): ModelProblem[] {
  if (telemetry === undefined) return [];
  const existence = new Set(signals.filter((s) => s.existence_only).flatMap(({ id, aliases }) => [...aliases, id]));
  return criteria.flatMap(({ id, families }, index) =>
    families
      .flatMap((family) => family.signals)
      .filter((use) => use.existence_only === undefined && existence.has(use.id))
      .map((use) => ({
        path: ['criteria', index, 'families'],
        message: `${id}: ${use.id} speaks to existence only; a model with a cap on telemetry says so (existence_only: true)`,
      })),
  );
}

/** What a model shows beside its verdict fits together: shares, groups of roles, outcomes, areas for users to name. */
export function lintExtras(model: StagedModel, signals?: Iterable<SignalDefinition>): ModelProblem[] {
  const known = signals === undefined ? null : [...signals];
  return [
    ...archetypeProblems(model),
    ...perceptionProblems(model),
    ...outcomeProblems(model, known),
    ...capProblems(model, known ?? []),
    ...(model.user_areas !== undefined && model.areas.length > model.user_areas.count
      ? [{ path: ['areas'], message: `at most ${model.user_areas.count} areas; found ${model.areas.length}` }]
      : []),
  ];
}
