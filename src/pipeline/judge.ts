import type { Answer } from '../domain/assessment.ts';
import type { Measurement } from '../domain/measurement.ts';
import type { ModelHead } from '../domain/model.ts';
import type { NotApplicableReasons } from '../domain/not-applicable.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import { isValueModel } from '../domain/value-model.ts';
import type { Verdict } from '../domain/verdict.ts';
import { type Exchange, methodOf } from '../scoring/index.ts';
import type { CountedContacts } from './count-contacts.ts';

/** What people said, and what the words of the measurement mean. */
export interface Given {
  /** Definitions that the findings were measured by. */
  readonly signals: readonly SignalDefinition[];
  /** Every answer ever given to the model. */
  readonly answers: readonly Answer[];
  /** Item id -> reason. */
  readonly notApplicable: NotApplicableReasons;
  /** Contacts of the window, for models of kind `value`; left out or null = not counted. */
  readonly contacts?: CountedContacts | null;
}

/** What only models of kind `value` read: the contacts, and what the user said of them. */
function exchangeOf(model: ModelHead, contacts: CountedContacts | null): { readonly exchange?: Exchange } {
  if (!isValueModel(model)) return {};
  const { contacts: mapping = [], figures: edits = {} } = model.exchange ?? {};
  return { exchange: { contacts, mapping, edits } };
}

/**
 * The verdict of one model on a measurement. Pure: the same input gives the same bytes, whatever other models judge it too and in whatever
 * order its findings stand. Errors: BUG when a signal that the model names did not report; BAD_ANSWERS for marks that may not be.
 */
export function judge(
  { model, hash }: { readonly model: ModelHead; readonly hash: string },
  measurement: Pick<Measurement, 'findings' | 'as_of'>,
  { contacts = null, ...given }: Given,
): Verdict {
  const { id, version, kind, title, source } = model;
  const judged = methodOf(model).judge({
    model,
    ...given,
    ...exchangeOf(model, contacts),
    findings: measurement.findings,
    asOf: new Date(measurement.as_of),
  });
  return {
    model: { id, version, hash, kind, title, source },
    headline: judged.headline,
    items: [...judged.items],
    ledger: [...judged.ledger],
    body: judged.body,
  };
}
