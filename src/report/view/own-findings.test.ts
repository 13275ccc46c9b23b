import { describe, expect, it } from 'vitest';
import { measured } from '../../../test/harness/finding-builder.ts';
import { skeletonModel, skeletonSignal } from '../../../test/harness/six-stage-skeleton.ts';
import { ownFindings } from './own-findings.ts';

const model = skeletonModel({ sets: [1, 1], withSignals: true });
const NONE = new Map();

describe('ownFindings', () => {
  it('keeps what the model names and leaves out what only another model asks for', () => {
    const findings = ['H1-habit-kept', 'Z9-asked-elsewhere', 'W2-hint-found'].map((id) => measured(id, 1, 1));
    expect(ownFindings(findings, model, NONE).map(({ signal }) => signal)).toEqual(['H1-habit-kept', 'W2-hint-found']);
  });

  it('knows a signal by a former id, and keeps nothing of nothing', () => {
    const renamed = skeletonSignal('H9-new-name', 'behaviour', { aliases: ['H1-habit-kept'] });
    const known = new Map([[renamed.id, renamed]]);
    expect(ownFindings([measured('H9-new-name', 1, 1)], model, known)).toHaveLength(1);
    expect(ownFindings([], model, known)).toEqual([]);
  });

  it('counts the signals of cells', () => {
    const family = { name: 'own', class: 'B' as const, signals: [{ id: 'Z9-asked-elsewhere', alpha: 1 }] };
    const cells = model.cells.map((cell, index) => (index === 0 ? { ...cell, families: [family] } : cell));
    expect(ownFindings([measured('Z9-asked-elsewhere', 1, 1)], { ...model, cells }, NONE)).toHaveLength(1);
  });
});
