import { describe, expect, it } from 'vitest';
import { aVerdict, placedReading } from '../../../test/harness/placed-snapshot.ts';
import { shippedStaged } from '../../../test/harness/staged-subjects.ts';
import { type ModelPair, modelsView } from './models.ts';

const SIX = shippedStaged('six-stage');
const TIERS = shippedStaged('contact-centre-continuum');
const value = aVerdict('value-exchange', { value: 3, label: '3 of 6 pairs exchanged', of: 6 });
const reading = placedReading({ stage: 3, day: 10, beside: [value] });
const NONE = { verdicts: [], pairs: [] };

describe('modelsView', () => {
  it('puts the shown model first, each on a common scale from its own lowest value', () => {
    const { rows } = modelsView(reading.verdicts, 'value-exchange', NONE, String);
    // Stage 3 of 1..6 is (3 - 1) / 5; three of six pairs, which begin at none, are a half.
    expect(rows.map(({ model, shown, height }) => [model.id, shown, height])).toEqual([
      ['value-exchange', true, 0.5],
      ['six-stage', false, 0.4],
    ]);
    expect(rows[0]?.sentence).toBe('value-exchange: 3 of 6 pairs exchanged; measured, 100 % of it seen in data.');
  });

  it('has no height for a verdict that is withheld', () => {
    const withheld = aVerdict('value-exchange', { value: null, label: 'not placed' });
    const [row] = modelsView([withheld], 'value-exchange', NONE, String).rows;
    expect(row).toMatchObject({ height: null, sentence: 'value-exchange: not placed.' });
  });

  it('says of each pair of staged models why they differ, or that they do not', () => {
    const { placement } = reading;
    const verdicts = [
      { model: SIX, placement },
      { model: TIERS, placement: { ...placement, stage: 1 } },
    ];
    const pair = (over: Partial<ModelPair>): ModelPair => ({
      models: [SIX.id, TIERS.id],
      withheld: [],
      contrast: null,
      ...over,
    });
    const contrast = { higher: SIX.id, lower: TIERS.id, heights: [0.4, 0] as const, reasons: [] };
    const pairs = [pair({}), pair({ withheld: [TIERS.id] }), pair({ contrast })];
    expect(modelsView([], SIX.id, { verdicts, pairs }, String).pairs.map(({ sentence }) => sentence)).toEqual([
      'about as high in both.',
      `too little was seen or said for ${TIERS.id}.`,
      `stage 3 of 6 but ${TIERS.step ?? 'stage'} 1 of 4: no single item of ${TIERS.title} holds it down.`,
    ]);
  });
});
