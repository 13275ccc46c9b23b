import { z } from 'zod';
import type { SignalDefinition } from '../../domain/signal.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { ModelName, nameSignal, SignalName, StatementName } from './named.ts';
import { linesOf, SignalView } from './signal.ts';

/** A signal as it is defined, whatever any desk shows: what it reads, how it is worked out, and what its number is held against. */
const CatalogueSignal = SignalView.pick({
  signal: true,
  version: true,
  description: true,
  unit: true,
  sample_unit: true,
  lines: true,
  fooled_by: true,
  estimator: true,
  needs: true,
  sql: true,
  remedy: true,
}).extend({
  /** Alternatives beside `needs`, of which one has to be met whole; empty = none. */
  needs_any: z.array(z.array(z.string())),
  window: z.string(),
  min_sample: z.int(),
  /** What it says nothing of: that it is only shown, counts for existence alone, or counts only when it is found. */
  limits: z.array(z.string()),
  /** Statements of the model that it speaks for. */
  statements: z.array(StatementName),
});

/** Every signal and statement of a staged model, in its order. Signals that it does not use stand last. */
export const CatalogueView = z.strictObject({
  model: ModelName,
  areas: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      statements: z.array(
        StatementName.extend({
          stage: z.int(),
          statement: z.string(),
          signals: z.array(SignalName),
          /** Only people can tell. */
          people_only: z.boolean(),
        }),
      ),
    }),
  ),
  signals: z.array(CatalogueSignal),
});
export type CatalogueView = z.infer<typeof CatalogueView>;

function limitsOf({ diagnostic, not_scored, existence_only, one_sided }: SignalDefinition): string[] {
  return [
    ...(diagnostic ? [`Shown only, never scored${not_scored === undefined ? '' : `: ${not_scored.reason}`}.`] : []),
    ...(existence_only ? ['Speaks only to whether it exists.'] : []),
    ...(one_sided ? ['Counts when it is found; not finding it counts for nothing.'] : []),
  ];
}

/** What is measured, and what it speaks for. Pure. */
export function catalogueView(model: StagedModel, signals: ReadonlyMap<string, SignalDefinition>): CatalogueView {
  const byAlias = new Map(
    [...signals.values()].flatMap(({ id, aliases }) => aliases.map((alias) => [alias, id] as const)),
  );
  const known = (id: string): string => byAlias.get(id) ?? id;
  const used = model.criteria.map((criterion) => ({
    criterion,
    ids: [...new Set(criterion.families.flatMap((family) => family.signals.map(({ id }) => known(id))))],
  }));
  const order = [...new Set([...used.flatMap(({ ids }) => ids), ...signals.keys()])];
  const { id, version, title, source, kind } = model;
  return {
    model: { id, version, title, source, kind },
    areas: model.areas.map((area) => ({
      id: area.id,
      name: area.name,
      statements: used
        .filter(({ criterion }) => criterion.area === area.id)
        .map(({ criterion, ids }) => ({
          id: criterion.id,
          name: criterion.name,
          stage: criterion.set,
          statement: criterion.statement,
          signals: ids.map((one) => nameSignal(one, signals)),
          people_only: ids.length === 0,
        })),
    })),
    signals: order.flatMap((one) => {
      const signal = signals.get(one);
      if (signal === undefined) return [];
      return {
        signal: nameSignal(one, signals),
        version: signal.version,
        description: signal.description,
        unit: signal.unit,
        sample_unit: signal.sample_unit,
        lines: linesOf(signal, signal.unit),
        fooled_by: [...signal.fooled_by],
        estimator: signal.estimator,
        needs: [...signal.needs],
        needs_any: (signal.needs_any ?? []).map((way) => [...way]),
        sql: signal.sql,
        remedy: signal.remedy,
        window: signal.window,
        min_sample: signal.min_sample,
        limits: limitsOf(signal),
        statements: used
          .filter(({ ids }) => ids.includes(one))
          .map(({ criterion }) => ({ id: criterion.id, name: criterion.name })),
      };
    }),
  };
}
