import { describe, expect, it } from 'vitest';
import { AS_OF, answer, daysBefore } from '../../../../test/harness/finding-builder.ts';
import { shippedStaged } from '../../../../test/harness/staged-subjects.ts';
import type { Answer } from '../../../domain/assessment.ts';
import { readRoles } from './role-groups.ts';

const model = shippedStaged('contact-centre-continuum');

function says(role: string, respondent: string, value: (set: number, id: string) => 1 | 2 | 3 | null): Answer[] {
  return model.criteria.flatMap(({ id, set }) => {
    const given = value(set, id);
    return given === null ? [] : [answer(id, given, { model: model.id, role, respondent })];
  });
}

function read(answers: readonly Answer[]) {
  return readRoles({ model, answers, asOf: AS_OF, notApplicable: new Set() });
}

const managers = says('support_lead', 'm1', () => 3);
const executives = says('executive', 'e1', (set) => (set === 1 ? 3 : 1));

describe('readRoles', () => {
  it('is silent for a model whose source states no bias', () => {
    expect(
      readRoles({ model: shippedStaged('six-stage'), answers: managers, asOf: AS_OF, notApplicable: new Set() }),
    ).toBeNull();
  });

  it('names no stage for groups that nobody answered for', () => {
    expect(read([])).toEqual({
      groups: [
        { id: 'managers', name: 'Managers', respondents: 0, stage: null },
        { id: 'executives', name: 'Executives', respondents: 0, stage: null },
        { id: 'customers', name: 'Customers', respondents: 0, stage: null },
      ],
      apart: [],
      settle: null,
    });
  });

  it('places each group by its answers alone, side by side', () => {
    // derived vectors: all answers 3 give tier 4 by the median; a floor at 3 under everything at 1 gives tier 1
    const reading = read([...managers, ...executives]);
    expect(reading?.groups.map(({ stage }) => stage)).toEqual([4, 1, null]);
    expect(reading?.apart).toEqual([{ group: 'executives', stages: 3 }]);
  });

  it('asks the question on which they differ and the verdict of the biased group hangs', () => {
    const almost = says('executive', 'e1', (_, id) => (id === 'T2.3' ? 1 : 3));
    expect(read([...managers, ...almost])?.settle).toMatchObject({
      criterion: 'T2.3',
      means: [
        { group: 'managers', mean: 3 },
        { group: 'executives', mean: 1 },
      ],
      ask: ['customers'],
    });
  });

  it('asks the others when nobody of them answered', () => {
    const settle = read(managers)?.settle;
    expect(settle?.ask).toEqual(['executives', 'customers']);
    expect(settle?.weight).toBeGreaterThan(0);
  });

  it('needs no question where the biased group already stands lowest', () => {
    expect(read(says('support_lead', 'm1', () => 1))?.settle).toBeNull();
  });

  it('counts the latest answer of a person, and none that is expired or "don\'t know"', () => {
    const older = executives.map((a) => ({ ...a, value: 3 as const, answered_at: daysBefore(10) }));
    expect(read([...older, ...executives])?.groups[1]).toMatchObject({ respondents: 1, stage: 1 });
    const expired = executives.map((a) => ({ ...a, answered_at: daysBefore(400), expires_at: daysBefore(1) }));
    expect(read(expired)?.groups[1]).toMatchObject({ respondents: 0, stage: null });
    expect(read(executives.map((a) => ({ ...a, value: 'dont_know' as const })))?.groups[1]).toMatchObject({
      stage: null,
    });
  });

  it('leaves out roles that are in no group', () => {
    expect(read(says('agent', 'a1', () => 3))?.groups.every(({ respondents }) => respondents === 0)).toBe(true);
  });
});
