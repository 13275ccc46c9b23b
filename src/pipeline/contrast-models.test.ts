import { describe, expect, it } from 'vitest';
import { shippedStaged } from '../../test/harness/staged-subjects.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import { createStyle } from '../report/style.ts';
import { renderContrasts } from '../report/terminal/contrast.ts';
import { placePoints } from '../scoring/index.ts';
import { contrastModels, type ModelVerdict } from './contrast-models.ts';

/** Sets up to `last` clearly in place, the rest clearly not; 0 = nothing known. */
function judge(model: StagedModel, last: number): ModelVerdict {
  const criteria = Object.fromEntries(
    model.criteria.map(({ id, set }) => [id, set <= last ? [7.5, 7.5] : [-7.5, -7.5]]),
  );
  return { model, placement: placePoints(last === 0 ? {} : { criteria }, model).placement, ledger: [] };
}

const verdicts = [
  judge(shippedStaged('six-stage'), 2),
  judge(shippedStaged('contact-centre-continuum'), 3),
  judge(shippedStaged('cx-programme'), 0),
];

describe('contrastModels', () => {
  const pairs = contrastModels(verdicts);

  it('holds every pair side by side, in the order given', () => {
    expect(pairs.map(({ models }) => models.join(' '))).toEqual([
      'six-stage contact-centre-continuum',
      'six-stage cx-programme',
      'contact-centre-continuum cx-programme',
    ]);
    expect(contrastModels(verdicts.slice(0, 1))).toEqual([]);
    expect(contrastModels([])).toEqual([]);
  });

  it('tells a verdict that is withheld from one that differs', () => {
    // golden vectors: sets 1 to 2 up give stage 2, sets 1 to 3 up give tier 3; nothing known is withheld
    expect(pairs[0]).toMatchObject({
      withheld: [],
      contrast: { higher: 'contact-centre-continuum', lower: 'six-stage' },
    });
    expect(pairs[1]).toEqual({ models: ['six-stage', 'cx-programme'], withheld: ['cx-programme'], contrast: null });
  });

  it('is said in a sentence for each pair', () => {
    const text = renderContrasts(verdicts, pairs, (id) => id, createStyle({ color: false, width: 400 }));
    expect(text).toContain('contact-centre-continuum  tier 3 Effective of 4');
    expect(text).toContain('six-stage                 stage 2 Formal of 6');
    expect(text).toContain('cx-programme              not placed');
    expect(text).toContain('  tier 3 of 4 but stage 2 of 6: ');
    expect(text).toContain('  too little was seen or said for cx-programme.');
  });

  it('says so when two stand about as high', () => {
    const alike = [judge(shippedStaged('six-stage'), 2), judge(shippedStaged('contact-centre-continuum'), 2)];
    const text = renderContrasts(alike, contrastModels(alike), (id) => id, createStyle({ color: false, width: 100 }));
    expect(text).toContain('  about as high in both.');
  });
});
