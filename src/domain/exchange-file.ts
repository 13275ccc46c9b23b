import { z } from 'zod';
import { ContactRule } from './contact-mix.ts';
import { EconomicEdit } from './economic-edit.ts';

/** What the user says for a model of kind `value` (exchange.yaml): what contacts do to value, code by code, and figures for the calculator. */
export const ExchangeFile = z.strictObject({
  contacts: z.array(ContactRule).default([]),
  /** By id of the input of the model. */
  figures: z.record(z.string(), EconomicEdit).default({}),
});
export type ExchangeFile = z.infer<typeof ExchangeFile>;
