import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import type { Finding } from '../../src/domain/finding.ts';
import type { ItemAnswer, ItemAnswerValue } from '../../src/domain/item-answer.ts';
import type { SignalDefinition } from '../../src/domain/signal.ts';
import { ValueModel } from '../../src/domain/value-model.ts';
import type { ValueInput } from '../../src/scoring/value/index.ts';
import { AS_OF, daysBefore, unmeasured } from './finding-builder.ts';
import { skeletonSignal } from './six-stage-skeleton.ts';

const SHIPPED = resolve(import.meta.dirname, '../../rules/models/value-exchange.yaml');

export function valueModel(): ValueModel {
  return ValueModel.parse(parse(readFileSync(SHIPPED, 'utf8')));
}

/** Every signal that the model names. */
export function namedSignals(model: ValueModel): string[] {
  const sides = model.pairs.flatMap(({ customer, company }) => [...customer.signals, ...company.signals]);
  const checks = model.path.flatMap(({ checks }) =>
    checks.flatMap(({ seen_by }) => (seen_by === undefined || seen_by === 'contact_mix' ? [] : [seen_by])),
  );
  return [...new Set([...sides, ...checks].map(({ id }) => id))];
}

export function saidOf(item: string, value: ItemAnswerValue, respondent = 'r1'): ItemAnswer {
  return {
    model: 'value-exchange',
    item,
    respondent,
    role: 'support_lead',
    value,
    answered_at: AS_OF,
    expires_at: daysBefore(-365),
  };
}

/** The shipped model over a desk of which nothing is known, with what is given in its place. */
export function valueInput(over: Partial<ValueInput> & { readonly measured?: readonly Finding[] } = {}): ValueInput {
  const { measured = [], ...rest } = over;
  const model = rest.model ?? valueModel();
  const signals: SignalDefinition[] = namedSignals(model).map((id) =>
    skeletonSignal(id, 'behaviour', { one_sided: id === 'N7-outbound-contact' || id === 'J4-agents-contribute' }),
  );
  const findings = signals.map(({ id }) => measured.find(({ signal }) => signal === id) ?? unmeasured(id));
  return { model, signals, findings, answers: [], asOf: AS_OF, contacts: null, mapping: [], edits: {}, ...rest };
}
