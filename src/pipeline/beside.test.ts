import { describe, expect, it } from 'vitest';
import { AS_OF } from '../../test/harness/finding-builder.ts';
import { shippedStaged } from '../../test/harness/staged-subjects.ts';
import { placePoints } from '../scoring/index.ts';
import { besideVerdict } from './beside.ts';

const model = shippedStaged('contact-centre-continuum');

function kept(role: string, value: 1 | 3) {
  return model.criteria.map(({ id }) => ({
    criterion: id,
    respondent: role,
    role,
    value,
    answered_at: AS_OF.toISOString(),
  }));
}

describe('besideVerdict', () => {
  const criteria = [...placePoints({}, model).criteria];
  const as_of = AS_OF.toISOString();

  it('places the groups of a kept snapshot by the answers that it counted', () => {
    // golden vectors: all answers 3 give tier 4, all answers 1 give tier 1
    const { roles } = besideVerdict(model, {
      as_of,
      criteria,
      answers_used: [...kept('support_lead', 3), ...kept('executive', 1)],
    });
    expect(roles?.groups.map(({ stage }) => stage)).toEqual([4, 1, null]);
    expect(roles?.apart).toEqual([{ group: 'executives', stages: 3 }]);
  });

  it('has no groups for a model whose source states no bias, and its reach all the same', () => {
    const six = shippedStaged('six-stage');
    expect(besideVerdict(six, { as_of, criteria, answers_used: [] })).toMatchObject({ roles: null, reach: { cap: 3 } });
  });
});
