import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Level, Points } from '../../src/domain/placement.ts';
import { openStaging, placePoints, stageAt } from '../../src/scoring/index.ts';
import { SHIPPED_STAGED, shippedStaged } from '../harness/staged-subjects.ts';

const Law = z.array(z.number());
const Vectors = z.array(
  z.strictObject({
    model: z.string(),
    sets: z.array(z.int()),
    vectors: z.array(
      z.strictObject({
        name: z.string(),
        derivation: z.string(),
        points: z.record(z.string(), Points),
        answers: z.record(z.string(), Level),
        at_least: Law,
        reached: Law,
        median: z.int(),
        assured: z.int(),
        if_unseen_absent: Law,
        if_unseen_full: Law,
      }),
    ),
  }),
);

/** Written by derive_stage_vectors.py, which knows docs/method.md and nothing of the product. */
const derived = Vectors.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'staged-vectors.json'), 'utf8')));
/** Answers are integrated by another rule there, to about 1e-9 decibans; the file holds nine digits. */
const TOLERANCE = 1e-7;

function expectLaw(actual: readonly number[], expected: readonly number[], what: string): void {
  expect(actual, what).toHaveLength(expected.length);
  for (const [index, p] of expected.entries())
    expect(Math.abs((actual[index] ?? Number.NaN) - p), `${what}, stage ${index + 1}`).toBeLessThanOrEqual(TOLERANCE);
}

it('there are vectors for every staged model that ships', () => {
  expect(derived.map(({ model }) => model).sort()).toEqual(SHIPPED_STAGED.map(({ id }) => id).sort());
});

describe.each(derived)('golden vectors of $model', ({ model: id, sets, vectors }) => {
  const model = shippedStaged(id);

  it('is derived for the sets and constants of the file', () => {
    expect(model.stages.map(({ stage }) => model.criteria.filter((c) => c.set === stage).length)).toEqual(sets);
    expect(model).toMatchObject({
      gate: { largely: 0.5, fully: 0.85, reading: 'attain' },
      self: { rho: 0.34, d: 0.32 },
      prior: { slope: 1.2, grid_from: 0, grid_to: sets.length + 1, grid_step: 0.1 },
      decision: { median: 0.5, assured: 0.9 },
    });
  });

  it.each(vectors)('$name', (vector) => {
    const { placement, criteria } = placePoints({ criteria: vector.points, answers: vector.answers }, model);
    expectLaw(placement.atLeast, vector.at_least, 'P(stage >= s)');
    expect(stageAt(placement.atLeast, 0.5)).toBe(vector.median);
    expect(stageAt(placement.atLeast, 0.9)).toBe(vector.assured);
    const totals = new Map(criteria.map((c) => [c.id, c.total]));
    const staging = openStaging(model, totals);
    expectLaw(staging.law.reached, vector.reached, 'P(set s as its stage asks)');
    const seen = new Set(Object.entries(vector.points).flatMap(([key, p]) => (p.some((x) => x !== 0) ? [key] : [])));
    const unseen = model.criteria.filter((c) => !seen.has(c.id)).map((c) => c.id);
    const forced = (level: 1 | 3) => staging.withLevels(new Map(unseen.map((key) => [key, level]))).atLeast;
    expectLaw(forced(1), vector.if_unseen_absent, 'unseen absent');
    expectLaw(forced(3), vector.if_unseen_full, 'unseen full');
  });
});
