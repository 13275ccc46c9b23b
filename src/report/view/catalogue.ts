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
  fooled_by: true,
  sql: true,
  remedy: true,
}).extend({
  /** Streams and fields, with the alternatives of which one has to be met whole. */
  reads: z.string(),
  /** What its number is held against, and where that comes from. */
  lines_text: z.string(),
  /** Estimator, window and the fewest cases. */
  worked_out: z.string(),
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

function readsOf({ needs, needs_any }: SignalDefinition): string {
  const ways = (needs_any ?? []).map((way) => way.join(' and '));
  return [needs.join(', '), ways.length === 0 ? '' : `and ${ways.join(', or ')}`]
    .filter((each) => each !== '')
    .join(', ');
}

function linesText(signal: SignalDefinition): string {
  const { partly_text, fully_text, origin_words, source } = linesOf(signal, signal.unit);
  const lines = [
    ...(partly_text === null ? [] : [`partly: ${partly_text}`]),
    ...(fully_text === null ? [] : [`fully: ${fully_text}`]),
  ];
  return `${lines.length === 0 ? 'none' : lines.join('; ')}. They come from ${origin_words} (${source}).`;
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
        fooled_by: [...signal.fooled_by],
        sql: signal.sql,
        remedy: signal.remedy,
        reads: readsOf(signal),
        lines_text: linesText(signal),
        worked_out: `${signal.estimator}, over ${signal.window}, from ${signal.min_sample} ${signal.sample_unit} on`,
        limits: limitsOf(signal),
        statements: used
          .filter(({ ids }) => ids.includes(one))
          .map(({ criterion }) => ({ id: criterion.id, name: criterion.name })),
      };
    }),
  };
}
