import type { z } from 'zod';
import type { Answer } from '../domain/assessment.ts';
import type { ContactGroup, ContactRule } from '../domain/contact-mix.ts';
import type { EconomicEdit } from '../domain/economic-edit.ts';
import type { Finding } from '../domain/finding.ts';
import type { ModelHead, ModelItem } from '../domain/model.ts';
import type { ModelProblem } from '../domain/model-problem.ts';
import type { NotApplicableReasons } from '../domain/not-applicable.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { Judged } from '../domain/verdict.ts';

/** Contacts of a window, what the user says of their codes, and figures of the user for the calculator. */
export interface Exchange {
  readonly contacts: { readonly windowDays: number; readonly groups: readonly ContactGroup[] } | null;
  readonly mapping: readonly ContactRule[];
  /** By id of the input. */
  readonly edits: Readonly<Record<string, EconomicEdit>>;
}

export interface JudgeInput<M> {
  readonly model: M;
  /** Definitions of all signals that the model names; more do no harm. */
  readonly signals: Iterable<SignalDefinition>;
  /** One finding for each of them, in any order. */
  readonly findings: readonly Finding[];
  /** Every answer ever given to the model; the method tells which are in force. */
  readonly answers: readonly Answer[];
  /** Item id -> reason, as people gave it. */
  readonly notApplicable: NotApplicableReasons;
  readonly asOf: Date;
  /** What only models of kind `value` read; left out = nothing was counted, mapped or put in. */
  readonly exchange?: Exchange;
}

/**
 * How models of one kind are read, checked and judged. Everything in it is pure: no clock, no I/O, no randomness, and the order of findings and
 * answers changes nothing. Another kind is one more entry in `METHODS`.
 */
export interface Method<M extends ModelHead, Body> {
  /** Strict shape of the model file, with `kind` as a literal. */
  readonly schema: z.ZodType<M>;
  /** Strict shape of the kind's own part of a verdict. */
  readonly body: z.ZodType<Body>;
  /** Faults that the schema cannot see; empty = the model may be used. Without `signals` their ids are not resolved. */
  lint(model: M, signals?: Iterable<SignalDefinition>): ModelProblem[];
  /** What can be asked, evidenced and explained, in the order of the file. */
  items(model: M): ModelItem[];
  judge(input: JudgeInput<M>): Judged<Body>;
}
