import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Level, Points } from '../../src/domain/placement.ts';
import { openStaging, placePoints } from '../../src/scoring/index.ts';
import { CRITERION_IDS, skeletonModel } from '../harness/six-stage-skeleton.ts';
import { ORG_X_BOUNDS, STAGE_VECTORS } from './stage-vectors.ts';

const model = skeletonModel();
/** Published to four decimals with this tolerance. */
const TOLERANCE = 5e-4;

function expectClose(actual: readonly number[], published: readonly number[]): void {
  expect(actual).toHaveLength(published.length);
  for (const [index, p] of published.entries())
    expect(Math.abs((actual[index] ?? Number.NaN) - p), `P(stage >= ${index + 1})`).toBeLessThanOrEqual(TOLERANCE);
}

describe('golden vectors of the stage law', () => {
  it.each(STAGE_VECTORS)('$name', (vector) => {
    const { placement } = placePoints(vector.input, model);
    expectClose(placement.atLeast, vector.atLeast);
    expect(placement.stage).toBe(vector.stage);
    expect(placement.assured).toBe(vector.assured);
    if (vector.frontier !== undefined) expect(placement.frontier).toBe(vector.frontier);
    if (vector.floor !== undefined) expect(placement.floor).toBe(vector.floor);
    if (vector.ceiling !== undefined) expect(placement.ceiling).toBe(vector.ceiling);
  });

  it('Org X between its bounds', () => {
    const points = new Map<string, Points>(Object.entries(ORG_X_BOUNDS.points));
    const unseen = CRITERION_IDS.filter((id) => !points.has(id));
    const staging = openStaging(model, points);
    const forced = (level: Level) => staging.withLevels(new Map(unseen.map((id) => [id, level]))).atLeast;
    expectClose(forced(1), ORG_X_BOUNDS.floor);
    expectClose(forced(3), ORG_X_BOUNDS.ceiling);
  });

  it('withholds the prior: no evidence is not a stage', () => {
    const { placement, criteria } = placePoints({}, model);
    expect(placement).toMatchObject({ status: 'not_placed', stage: null, frontier: null, coverage: 0, blockers: [] });
    expect(placement).toMatchObject({ floor: 1, ceiling: 6 });
    expect(criteria.every((c) => c.level === null && c.decided_by === 'none')).toBe(true);
  });

  it('tells Org X apart from the claim that it could make', () => {
    const { placement } = placePoints({ criteria: ORG_X_BOUNDS.points }, model);
    // sets 1-4 hold 20 statements, of which S3.5, S4.1, S4.2 and S4.3 were not seen, and S4.4 by 2.5 decibans at each gate only
    expect(placement.coverage).toBeCloseTo(15 / 20, 12);
    expect(placement.status).toBe('measured');
    // P(stage = 3) = .9128 - .1218
    expect(placement.probabilities[2]).toBeCloseTo(0.791, 3);
    expect(placement.frontier).toBe(4);
  });
});

describe('docs/method.md', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../docs/method.md'), 'utf8');
  const four = (p: number) => (p === 0 || p === 1 ? String(p) : p.toFixed(4).replace(/^0/, ''));

  it.each(STAGE_VECTORS)('prints the vector "$name"', ({ name, atLeast, stage, assured }) => {
    expect(text).toContain(`| ${name} | ${atLeast.map(four).join(' ')} | ${stage ?? 'withheld'} | ${assured} |`);
  });

  it('prints the bounds of Org X', () => {
    expect(text).toContain(`floor law is ${ORG_X_BOUNDS.floor.map(four).join(' ')}`);
    expect(text).toContain(`ceiling law 1 ${ORG_X_BOUNDS.ceiling.slice(1).map(four).join(' ')}`);
  });
});
