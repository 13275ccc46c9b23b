import { z } from 'zod';
import { ModelId } from '../../domain/model.ts';
import { LINE_ORIGINS } from '../../domain/signal.ts';

/** Other lines for a signal, in this model alone. What is left out stays as the signal has it. */
const OwnLines = z.strictObject({
  partial: z.number().optional(),
  full: z.number().optional(),
  origin: z.enum(LINE_ORIGINS).default('CONV'),
  /** Where the numbers come from; shown wherever the line is. */
  source: z.string().min(3),
});

const Part = z.record(z.string(), z.unknown());

/**
 * A model told as its difference from another one. `change`, `add` and `remove` have the shape of a model file, with the entries of a list named by
 * their id (families and signals by name and id, cells as `area/stage`) instead of counted. docs/packs.md.
 */
export const OverlayFile = z.strictObject({
  extends: ModelId,
  /** Version of the base that this was written for. */
  base_version: z.int().positive(),
  id: ModelId,
  version: z.int().positive(),
  title: z.string().min(1).optional(),
  source: z.string().min(1).optional(),
  interpretation: z.string().min(1).optional(),
  /** Added to what the base assumes. */
  assumed: z.array(z.string()).default([]),
  lines: z.record(z.string(), OwnLines).default({}),
  change: Part.default({}),
  add: Part.default({}),
  remove: Part.default({}),
});
export type OverlayFile = z.infer<typeof OverlayFile>;
