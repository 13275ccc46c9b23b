import { describe, expect, it } from 'vitest';
import { measured, unmeasured } from '../../../../test/harness/finding-builder.ts';
import { ORG_X, SIX_STAGE, scorePoints } from '../../../../test/harness/scored-points.ts';
import { Path } from '../../../domain/assessment.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { Points } from '../../../domain/placement.ts';
import { EFFORT_WEEKS, findPath } from './find-path.ts';

function pathFor(points: ReadonlyMap<string, Points>, target?: number) {
  const scored = scorePoints(points);
  return Path.parse(findPath({ model: SIX_STAGE, scored, findings: [], ...(target === undefined ? {} : { target }) }));
}

const ids = (moves: Path['smallest']) => moves.map((move) => move.criterion);
const weeks = (moves: Path['smallest']) => moves.reduce((sum, move) => sum + EFFORT_WEEKS[move.effort], 0);

/** Expected chances: the stage law written again in Python with numpy, all combinations tried there. */
describe('findPath', () => {
  it('finds the single move of organisation X to stage 4', () => {
    const path = pathFor(ORG_X);
    expect([path.from, path.target]).toEqual([3, 4]);
    expect(path.probability_now).toBeCloseTo(0.1217811973469324, 10);
    expect(ids(path.smallest)).toEqual(['S3.2']);
    expect(path.probability_after).toBeCloseTo(0.5569492939243447, 10);
    expect(path.smallest[0]?.gain_alone).toBeCloseTo(0.4351680965774, 10);
    expect(path.smallest[0]).toMatchObject({
      from: 1,
      to: 3,
      effort: 'quarter',
      gain_in_order: path.smallest[0]?.gain_alone,
    });
  });

  it('names as proof of a move only what the connected sources can show', () => {
    const [move] = pathFor(ORG_X).smallest;
    const [first = '', ...others] = move?.verified_by ?? [];
    expect(others.length).toBeGreaterThan(0);
    const signalsWhen = (finding: Finding) =>
      findPath({ model: SIX_STAGE, scored: scorePoints(ORG_X), findings: [finding] }).smallest[0]?.verified_by;
    expect(signalsWhen(unmeasured(first, 'not_observable', 'stream'))).toEqual(others);
    expect(signalsWhen(unmeasured(first, 'not_observable', 'permission'))).toEqual(others);
    // Too few cases today, or too short a history, can be mended by the move itself.
    expect(signalsWhen(unmeasured(first, 'insufficient'))).toEqual([first, ...others]);
    expect(signalsWhen(unmeasured(first, 'not_observable', 'retention'))).toEqual([first, ...others]);
  });

  const WEAK = new Map<string, Points>(SIX_STAGE.criteria.map(({ id }) => [id, [-7.5, -7.5]]));
  WEAK.set('S1.1', [7.5, 7.5]).set('S1.5', [15, 7.5]);

  it('finds the smallest set where six moves are needed and each alone does nothing', () => {
    const path = pathFor(WEAK);
    expect([path.from, path.target]).toEqual([1, 2]);
    expect(path.probability_now).toBeCloseTo(3.1648067510705936e-9, 14);
    // No five of the ten criteria reach one half; the best six give 0.98698.
    expect(path.smallest).toHaveLength(6);
    expect(path.probability_after).toBeCloseTo(0.9869835741206497, 9);
    expect(ids(path.smallest)).toEqual(expect.arrayContaining(['S1.2', 'S1.3', 'S1.4', 'S2.4']));
  });

  it('gains in order add up to the whole way', () => {
    const path = pathFor(WEAK);
    const sum = path.smallest.reduce((total, move) => total + move.gain_in_order, path.probability_now);
    expect(sum).toBeCloseTo(path.probability_after, 12);
  });

  it.each([2, 3, 4, 5, 6])('reaches stage %d, and the cheapest way never costs more than the smallest', (target) => {
    const path = pathFor(WEAK, target);
    expect(path.probability_after).toBeGreaterThanOrEqual(0.5);
    expect(path.cheapest.length).toBeGreaterThanOrEqual(path.smallest.length);
    expect(weeks(path.cheapest)).toBeLessThanOrEqual(weeks(path.smallest));
    const last = path.cheapest.reduce((total, move) => total + move.gain_in_order, path.probability_now);
    expect(last).toBeGreaterThanOrEqual(0.5);
  });

  it('has nothing to do where the target is reached', () => {
    expect(pathFor(ORG_X, 2)).toMatchObject({ smallest: [], cheapest: [], from: 3, target: 2 });
    const all = new Map<string, Points>(SIX_STAGE.criteria.map(({ id }) => [id, [15, 15]]));
    expect(pathFor(all)).toMatchObject({ from: 6, target: 6, smallest: [] });
  });

  it('starts from nothing known', () => {
    const path = pathFor(new Map());
    expect(path.from).toBe(1);
    expect(path.smallest.every((move) => move.from === null)).toBe(true);
  });

  it.each([0, 7, 2.5])('refuses target %d', (target) => {
    expect(() => pathFor(ORG_X, target)).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
  });

  it('shows the tickets that miss the practice, and never moves on what does not apply', () => {
    const ref = (id: string, hit: boolean | null, table = 'ticket') => ({ connection: 'desk', id, table, hit });
    const finding = {
      ...measured('I3-off-hours-urgent-met', 0, 0),
      sample: [
        ref('7', false),
        ref('8', true),
        ref('9', null),
        ref('7', false),
        ref('4', false, 'agent'),
        ref('12', false),
      ],
    };
    const scored = scorePoints(ORG_X);
    const path = findPath({ model: SIX_STAGE, scored, findings: [finding] });
    expect(path.smallest[0]?.tickets).toEqual(['desk/7', 'desk/12']);
    const without = findPath({
      model: SIX_STAGE,
      scored: scorePoints(ORG_X, [], new Set(['S3.2'])),
      findings: [],
      target: 5,
    });
    expect(ids([...without.smallest, ...without.cheapest])).not.toContain('S3.2');
  });
});
