import { describe, expect, it } from 'vitest';
import { measured } from '../../../test/harness/finding-builder.ts';
import { valueInput, valueModel } from '../../../test/harness/value-model.ts';
import type { Finding } from '../../domain/finding.ts';
import { valueMethod } from './method.ts';

const model = valueModel();

function judge(seen: readonly Finding[] = []) {
  const { signals, findings, asOf } = valueInput({ model, measured: seen });
  return valueMethod.judge({ model, signals, findings: [...findings], asOf, answers: [], notApplicable: {} });
}

describe('valueMethod', () => {
  it('withholds a value where records can speak of no side', () => {
    expect(judge().headline).toEqual({
      value: null,
      label: 'not placed',
      of: 6,
      assured: null,
      status: 'not_placed',
      coverage: 0,
    });
  });

  it('gives a value, and says of how much records speak, once one side can be read', () => {
    const side = model.pairs
      .flatMap(({ customer, company }) => [customer, company])
      .find((s) => s.signals.length === 1);
    const [fed] = side?.signals ?? [];
    if (side === undefined || fed === undefined) throw new Error('the model has no side with one signal');
    const { headline, items } = judge([measured(fed.id, 1, 1)]);
    expect(headline.value).toBe(0);
    expect(headline.coverage).toBeGreaterThanOrEqual(1 / 12);
    expect(items.find(({ id }) => id === side.id)).toMatchObject({
      degree: 1,
      label: 'shown',
      decided_by: 'telemetry',
    });
  });

  it('asks each thing once, and gives both sides of every pair as items', () => {
    const ids = valueMethod.items(model).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(judge().items.map(({ id }) => id)).toEqual(
      model.pairs.flatMap(({ customer, company }) => [customer.id, company.id]),
    );
  });

  it('hands on contacts, mapping and figures, and counts none where none are given', () => {
    const { signals, findings, asOf } = valueInput({ model });
    const input = { model, signals, findings: [...findings], asOf, answers: [], notApplicable: {} };
    expect(valueMethod.judge(input).body.mix).toBeNull();
    const figure = { low: 0.9, high: 0.95, source: 'our books', year: 2026 };
    const contacts = { windowDays: 90, groups: [] };
    const { body } = valueMethod.judge({ ...input, exchange: { contacts, mapping: [], edits: { retention: figure } } });
    expect(body.mix).toMatchObject({ contacts: 0 });
    expect(body.economics.inputs.find(({ id }) => id === 'retention')).toMatchObject({ edited: true });
  });
});
