import { describe, expect, it } from 'vitest';
import { shippedStaged } from '../../../test/harness/staged-subjects.ts';
import type { Points } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { placePoints } from './place-points.ts';
import { highestToName, reachOfTelemetry } from './telemetry-cap.ts';

const model = shippedStaged('cx-programme');
const everything = Object.fromEntries(model.criteria.map(({ id }): [string, Points] => [id, [15, 15]]));

/** The programme with the families of some items taken away. */
function blind(...ids: string[]): StagedModel {
  return {
    ...model,
    criteria: model.criteria.map((c) => (ids.includes(c.id) ? { ...c, families: [], together: [] } : c)),
  };
}

describe('reachOfTelemetry', () => {
  it('counts by hand what records can show of each level', () => {
    // set 2: P2.1 and P2.2 rest on a hint of 2.5 decibans, below the 3 that decide a level; the other three can be shown fully
    expect(reachOfTelemetry(model).sets[1]).toEqual({
      set: 2,
      items: 5,
      partly: 3,
      fully: 3,
      degree: 0.6,
      people: ['P2.1', 'P2.2'],
    });
    // set 3: four items are for people alone: 2 of 6
    expect(reachOfTelemetry(model).sets[2]).toMatchObject({
      partly: 2,
      fully: 2,
      people: ['P3.1', 'P3.2', 'P3.5', 'P3.6'],
    });
    expect(reachOfTelemetry(model).sets[2]?.degree).toBeCloseTo(1 / 3, 12);
    expect(reachOfTelemetry(model).cap).toBe(2);
  });

  it('falls with what can be seen, and never below 1', () => {
    expect(reachOfTelemetry(blind('P2.3')).cap).toBe(1);
    expect(reachOfTelemetry(blind(...model.criteria.map(({ id }) => id)))).toMatchObject({ cap: 1 });
  });

  it('takes the weakest part of what stands together', () => {
    const [first] = reachOfTelemetry(model).sets.slice(-1);
    expect(first?.people).not.toContain('P5.1');
    const halved = {
      ...model,
      criteria: model.criteria.map((c) =>
        c.id !== 'P5.1'
          ? c
          : {
              ...c,
              families: c.families.map((f, i) =>
                i === 0 ? { ...f, signals: f.signals.map((s) => ({ ...s, existence_only: true })) } : f,
              ),
            },
      ),
    };
    expect(reachOfTelemetry(halved).sets.at(-1)?.people).toContain('P5.1');
  });
});

describe('highestToName', () => {
  it.each([
    ['nobody', [], 2],
    ['one of four, below a third', ['P3.1'], 2],
    ['two of four', ['P3.1', 'P3.2'], 3],
    ['the next level alone, which does not help', ['P4.1', 'P4.5'], 2],
    ['both levels', ['P3.1', 'P3.2', 'P4.1'], 4],
    ['all levels', ['P3.1', 'P3.2', 'P4.1', 'P5.3'], 5],
    ['items that records show', ['P3.3', 'P3.4'], 2],
  ])('%s spoken for', (_, spoken, highest) => {
    expect(highestToName(model, new Set(spoken))).toBe(highest);
  });

  it('sets no limit to a model without a cap', () => {
    const six = shippedStaged('six-stage');
    expect(highestToName(six, new Set())).toBe(6);
  });
});

describe('a placement under the cap', () => {
  it('says by records alone no more than the cap, whatever they show', () => {
    const { placement } = placePoints({ criteria: everything }, model);
    expect(placement.atLeast[4]).toBeGreaterThan(0.9);
    expect(placement).toMatchObject({ stage: 2, assured: 2, frontier: 2, floor: 2 });
  });

  it('goes on once people have spoken for the levels above', () => {
    const said = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, 3 as const]));
    const stage = (ids: string[]) => placePoints({ criteria: everything, answers: said(ids) }, model).placement.stage;
    expect(stage(['P3.1'])).toBe(2);
    expect(stage(['P3.1', 'P3.2'])).toBe(3);
    expect(stage(['P3.1', 'P3.2', 'P4.1', 'P5.3'])).toBe(5);
  });
});
