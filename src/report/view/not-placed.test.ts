import { describe, expect, it } from 'vitest';
import { AS_OF, measured, unmeasured } from '../../../test/harness/finding-builder.ts';
import { skeletonModel, skeletonSignals } from '../../../test/harness/six-stage-skeleton.ts';
import type { Finding } from '../../domain/finding.ts';
import { scoreSnapshot } from '../../scoring/index.ts';
import { sayNotPlaced } from './not-placed.ts';

const model = skeletonModel({ withSignals: true });
const signals = skeletonSignals(model);

/** Statements whose signals are all measured; the rest is dark. */
function seeing(...ids: string[]) {
  const findings = signals.map(({ id }): Finding => {
    const criterion = model.criteria[Number(/^\w(\d+)-/.exec(id)?.[1]) - 1];
    return criterion !== undefined && ids.includes(criterion.id)
      ? measured(id, 1, id.startsWith('C') ? null : 1)
      : unmeasured(id);
  });
  return { ...scoreSnapshot({ model, signals, findings, answers: [], asOf: AS_OF }), findings };
}

describe('sayNotPlaced', () => {
  it('counts what was seen and says what would suffice: a third of ten statements is four, of five two', () => {
    const snapshot = seeing('S1.1', 'S2.1');
    expect(snapshot.placement.status).toBe('not_placed');
    const perStatement = signals.length / 30;
    expect(sayNotPlaced(snapshot, model)).toEqual([
      `${2 * perStatement} of ${signals.length} signals measured; 2 of 30 statements seen in data; nobody has answered.`,
      'A stage needs 33 % of the statements up to the next one seen in data: at the least 4 of the 10 of sets 1 and 2 (2 are), among them 2 of set 1 (1 is); or answers of people.',
    ]);
  });

  it('says that there is nothing only where there is nothing', () => {
    expect(sayNotPlaced(seeing(), model)).toEqual(['Nothing could be measured yet, and nobody has answered.']);
  });
});
