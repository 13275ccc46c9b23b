import { describe, expect, it } from 'vitest';
import { answer } from '../../test/harness/finding-builder.ts';
import { shippedStaged } from '../../test/harness/staged-subjects.ts';
import type { Answer } from '../domain/assessment.ts';
import type { NotApplicable } from '../domain/not-applicable.ts';
import { answersTo, notApplicableTo } from './answers-to.ts';

const base = shippedStaged('six-stage');
const overlay = {
  ...base,
  id: 'our-desk',
  criteria: base.criteria.filter(({ id }) => id !== 'S1.3'),
  extends: [{ id: 'six-stage', version: base.version, hash: 'x' }],
};

function ledgerOf(answers: readonly Answer[], marks: readonly NotApplicable[] = []) {
  return {
    answers: async (model: string) => answers.filter((one) => one.model === model),
    notApplicable: async (model: string) => marks.filter((one) => one.model === model),
  };
}

const said = (model: string, criterion: string, value: 1 | 2 | 3, respondent = 'r1') =>
  answer(criterion, value, { model, respondent });

const read = async (answers: readonly Answer[], model = overlay) =>
  (await answersTo(ledgerOf(answers), { model, items: model.criteria })).map((one) => [
    one.model,
    one.criterion,
    one.respondent,
    one.value,
  ]);

describe('answers to an overlay', () => {
  it('are those to its base where nobody has answered the item of its own', async () => {
    const given = [
      said('six-stage', 'S1.1', 1),
      said('six-stage', 'S1.1', 2, 'r2'),
      said('six-stage', 'S1.2', 3),
      said('our-desk', 'S1.1', 3),
    ];
    expect(await read(given)).toEqual([
      ['our-desk', 'S1.1', 'r1', 3],
      ['our-desk', 'S1.2', 'r1', 3],
    ]);
  });

  it('leave out items that the overlay does not have, and never flow back', async () => {
    expect(await read([said('six-stage', 'S1.3', 2)])).toEqual([]);
    expect(await read([said('our-desk', 'S1.1', 3)], { ...base, extends: [] })).toEqual([]);
  });

  it('come from the nearest base that has any, and from further ones for what is left', async () => {
    const night = { ...overlay, id: 'night', extends: [{ id: 'our-desk', version: 1, hash: 'y' }, ...overlay.extends] };
    const given = [said('six-stage', 'S1.1', 1), said('six-stage', 'S1.2', 1), said('our-desk', 'S1.1', 3)];
    expect(await read(given, night)).toEqual([
      ['night', 'S1.1', 'r1', 3],
      ['night', 'S1.2', 'r1', 1],
    ]);
  });
});

describe('what does not apply to an overlay', () => {
  const mark = (model: string, criterion: string): NotApplicable => ({
    model,
    criterion,
    reason: 'We have no phone.',
    by: 'r1',
    at: new Date('2026-01-01T00:00:00Z'),
  });
  const marked = async (marks: readonly NotApplicable[]) =>
    (await notApplicableTo(ledgerOf([], marks), { model: overlay, items: overlay.criteria })).map(
      ({ criterion }) => criterion,
    );

  it('is what was declared of its base, while nothing was declared of its own', async () => {
    expect(await marked([mark('six-stage', 'S1.2'), mark('six-stage', 'S1.3')])).toEqual(['S1.2']);
    expect(await marked([mark('six-stage', 'S1.2'), mark('our-desk', 'S2.1')])).toEqual(['S2.1']);
  });
});
