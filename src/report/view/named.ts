import { z } from 'zod';
import type { SignalDefinition } from '../../domain/signal.ts';
import type { StagedModel } from '../../domain/staged-model.ts';

/** The model that a view speaks by. */
export const ModelName = z.strictObject({
  id: z.string(),
  version: z.int(),
  title: z.string(),
  /** Named, never quoted. */
  source: z.string(),
  kind: z.string(),
});
export type ModelName = z.infer<typeof ModelName>;

/** A signal by its id, by the letter and number that people type (`D3`), and by its title. */
export const SignalName = z.strictObject({ id: z.string(), short: z.string(), title: z.string() });
export type SignalName = z.infer<typeof SignalName>;

/** A statement of a model by its id and short name. */
export const StatementName = z.strictObject({ id: z.string(), name: z.string() });
export type StatementName = z.infer<typeof StatementName>;

/** A record behind a number; `url` opens it in the vendor's own screen, null where the connector can give none. */
export const RecordLink = z.strictObject({
  connection: z.string(),
  table: z.string(),
  id: z.string(),
  /** It follows the practice (true), does not (false), or is neither (null). */
  hit: z.boolean().nullable(),
  url: z.string().nullable(),
});
export type RecordLink = z.infer<typeof RecordLink>;

/** `D3` of `D3-first-reply-target-met`. */
function shortId(signal: string): string {
  return signal.split('-')[0] ?? signal;
}

/** A signal by its names; one that the rules of today do not know any more is called by its id. */
export function nameSignal(id: string, signals: ReadonlyMap<string, SignalDefinition>): SignalName {
  return { id, short: shortId(id), title: signals.get(id)?.title ?? id };
}

/** A statement by its names; one that the model does not have is called by its id. */
export function nameStatement(id: string, { criteria }: Pick<StagedModel, 'criteria'>): StatementName {
  return { id, name: criteria.find((criterion) => criterion.id === id)?.name ?? id };
}
