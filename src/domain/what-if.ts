import { z } from 'zod';
import { Answer } from './assessment.ts';
import { Finding } from './finding.ts';
import { SignalDefinition } from './signal.ts';
import { StagedModel } from './staged-model.ts';

/** All that the pure scoring core needs to judge a kept snapshot again, with things switched on and off. */
export const WhatIfInputs = z.strictObject({
  digest: z.string(),
  as_of: z.iso.datetime(),
  /** The document that the snapshot was judged by, or that of today with a note. */
  model: StagedModel,
  /** What is to be said where model or signals are not those of the snapshot; empty where they are. */
  notes: z.array(z.string()),
  /** Those that the model names. */
  signals: z.array(SignalDefinition),
  /** One for each of them. */
  findings: z.array(Finding),
  /** Answers that the snapshot counted, without their comments. */
  answers: z.array(Answer),
  /** Item id -> reason. */
  not_applicable: z.record(z.string(), z.string()),
});
export type WhatIfInputs = z.infer<typeof WhatIfInputs>;
