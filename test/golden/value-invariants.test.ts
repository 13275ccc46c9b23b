import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/domain/canonical-json.ts';
import type { ContactGroup, ContactRule } from '../../src/domain/contact-mix.ts';
import type { ItemAnswer } from '../../src/domain/item-answer.ts';
import type { Range } from '../../src/domain/range.ts';
import { ECONOMIC_INPUTS } from '../../src/domain/value-model.ts';
import type { EvidenceState } from '../../src/domain/value-verdict.ts';
import { judgeValue } from '../../src/scoring/value/index.ts';
import { measured } from '../harness/finding-builder.ts';
import { runs } from '../harness/property-runs.ts';
import { namedSignals, saidOf, valueInput, valueModel } from '../harness/value-model.ts';

const RUNS = runs(80);
const ROUNDING = 1e-6;
const model = valueModel();
const ids = namedSignals(model);
const items = [
  ...model.pairs.flatMap(({ customer, company }) => [customer.id, company.id]),
  ...model.gap.reasons.flatMap(({ questions }) => questions.map(({ id }) => id)),
  ...model.path.flatMap(({ checks }) => checks.map(({ id }) => id)),
];

const code = fc.constantFrom('a', 'b', 'c', 'd');
const maybe = fc.option(code);
const group: fc.Arbitrary<ContactGroup> = fc
  .record({
    cause: maybe,
    category: maybe,
    tags: fc.array(code, { maxLength: 2 }),
    form: maybe,
    contacts: fc.integer({ min: 0, max: 90 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    hours: fc.option(fc.double({ min: 0, max: 50, noNaN: true })),
  })
  .map(({ part, hours, ...rest }) => {
    const some = Math.floor(part * rest.contacts);
    const range = hours === null ? null : { low: hours, high: hours * 1.5 };
    return { ...rest, returning: some, linked: 0, one_reply: some, known_answer: some, answered: some, hours: range };
  });
const rule: fc.Arbitrary<ContactRule> = fc
  .record({
    by: fc.constantFrom('cause' as const, 'category' as const, 'tag' as const, 'form' as const),
    value: code,
    kind: fc.constantFrom('eroding' as const, 'routine' as const, 'adding' as const),
    step: fc.option(fc.constantFrom(...model.pairs.map(({ id }) => id))),
  })
  .map(({ step, ...rest }) => (step === null ? rest : { ...rest, step }));
const rules = fc.uniqueArray(rule, { maxLength: 8, selector: ({ by, value }) => `${by} ${value}` });
const q = fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const seen = fc.dictionary(fc.constantFrom(...ids), q);
const said: fc.Arbitrary<ItemAnswer[]> = fc
  .dictionary(fc.constantFrom(...items), fc.constantFrom('yes' as const, 'no' as const, 'dont_know' as const))
  .map((words) => Object.entries(words).map(([item, value]) => saidOf(item, value)));
const desk = fc.record({ groups: fc.array(group, { maxLength: 6 }), mapping: rules, seen, answers: said });
type Desk = typeof desk extends fc.Arbitrary<infer T> ? T : never;

function inputOf({ groups, mapping, seen: found, answers }: Desk) {
  const findings = Object.entries(found).map(([id, p]) => measured(id, p, p));
  return valueInput({ model, mapping, answers, contacts: { windowDays: 90, groups }, measured: findings });
}

const ORDER: readonly EvidenceState[] = ['not_shown', 'cannot_be_read', 'shown'];

function holds(outer: Range | null, inner: Range | null): void {
  expect(outer === null).toBe(inner === null);
  if (outer === null || inner === null) return;
  const slack = ROUNDING * Math.max(1, Math.abs(outer.low), Math.abs(outer.high));
  expect(outer.low).toBeLessThanOrEqual(inner.low + slack);
  expect(outer.high).toBeGreaterThanOrEqual(inner.high - slack);
}

describe('invariants of the value exchange', () => {
  it('more evidence of a practice never takes away that it is shown', () => {
    fc.assert(
      fc.property(desk, fc.constantFrom(...ids), (given, id) => {
        const before = given.seen[id];
        if (before === undefined) return;
        const raised = { ...given, seen: { ...given.seen, [id]: before + (1 - before) / 2 } };
        const sides = (one: Desk) =>
          judgeValue(inputOf(one)).pairs.flatMap(({ customer, company }) => [customer.evidence, company.evidence]);
        const after = sides(raised);
        for (const [index, state] of sides(given).entries())
          expect(ORDER.indexOf(after[index] as EvidenceState)).toBeGreaterThanOrEqual(ORDER.indexOf(state));
      }),
      RUNS,
    );
  });

  it('the order of contacts, rules, findings and answers changes no byte', () => {
    fc.assert(
      fc.property(desk, (given) => {
        const input = inputOf(given);
        const turned = {
          ...input,
          findings: [...input.findings].reverse(),
          answers: [...input.answers].reverse(),
          mapping: [...input.mapping].reverse(),
          contacts: { windowDays: 90, groups: [...given.groups].reverse() },
        };
        expect(canonicalJson(judgeValue(turned))).toBe(canonicalJson(judgeValue(input)));
      }),
      RUNS,
    );
  });

  it('unmapped contacts are no kind: whatever they turn out to be, the parts stay in their bounds', () => {
    fc.assert(
      fc.property(desk, rule, (given, added) => {
        const fresh = given.groups.map((one) => ({ ...one, cause: null, category: null, tags: [], form: null }));
        const before = judgeValue(inputOf({ ...given, groups: [...given.groups, ...fresh] })).mix;
        const found = fresh.map((one) => ({ ...one, cause: 'z' }));
        const mapping = [...given.mapping, { ...added, by: 'cause' as const, value: 'z' }];
        const after = judgeValue(inputOf({ ...given, mapping, groups: [...given.groups, ...found] })).mix;
        for (const kind of ['eroding', 'routine', 'adding'] as const)
          holds(before?.[kind].bounds ?? null, after?.[kind].bounds ?? null);
      }),
      RUNS,
    );
  });

  it('"do not know" equals no answer', () => {
    fc.assert(
      fc.property(desk, (given) => {
        const without = given.answers.filter(({ value }) => value !== 'dont_know');
        expect(judgeValue(inputOf(given))).toEqual(judgeValue(inputOf({ ...given, answers: without })));
      }),
      RUNS,
    );
  });

  it('codes carry no weight: other words for them change no figure', () => {
    fc.assert(
      fc.property(desk, (given) => {
        const word = (text: string | null) => (text === null ? null : `x${text}`);
        const renamed = {
          ...given,
          groups: given.groups.map((one) => ({
            ...one,
            cause: word(one.cause),
            category: word(one.category),
            form: word(one.form),
            tags: one.tags.map((tag) => `x${tag}`),
          })),
          mapping: given.mapping.map((one) => ({ ...one, value: `x${one.value}` })),
        };
        const plain = judgeValue(inputOf(given));
        const other = judgeValue(inputOf(renamed));
        const back = other.proposals.map((one) => ({ ...one, value: one.value.slice(1) }));
        expect({ ...other, proposals: back }).toEqual(plain);
      }),
      RUNS,
    );
  });

  it('a wider input never gives a narrower result, and results hold what every input inside gives', () => {
    const figure = fc.tuple(
      fc.double({ min: -1000, max: 1000, noNaN: true }),
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.tuple(...ECONOMIC_INPUTS.map(() => figure)), (figures) => {
        const editsOf = (pick: (given: readonly [number, number, number]) => Range) =>
          Object.fromEntries(
            ECONOMIC_INPUTS.map((id, index) => [
              id,
              { ...pick(figures[index] as [number, number, number]), source: 'drawn', year: null },
            ]),
          );
        const outcomes = (pick: (given: readonly [number, number, number]) => Range) =>
          judgeValue(valueInput({ model, edits: editsOf(pick) })).economics.outcomes;
        const wide = outcomes(([low, width]) => ({ low, high: low + width }));
        const inside = outcomes(([low, width, at]) => ({ low: low + at * width, high: low + at * width }));
        for (const [index, one] of wide.entries()) holds(one.range, inside[index]?.range ?? null);
      }),
      RUNS,
    );
  });
});
