import type { ModelHead } from '../domain/model.ts';
import { activityMethod } from './activity/method.ts';
import type { Method } from './method.ts';
import { stagedMethod } from './staged/method.ts';
import { valueMethod } from './value/method.ts';

/** The kinds of models there are, by the `kind` of the file. A kind that is not here is refused by name. */
export const METHODS = {
  staged: stagedMethod,
  activity: activityMethod,
  value: valueMethod,
} as const satisfies Readonly<Record<string, Method<ModelHead, unknown>>>;

export type ModelKind = keyof typeof METHODS;
