import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { judgeActivities } from '../../src/scoring/activity/index.ts';
import { worldOf } from '../harness/activity-model.ts';

const Interval = z.tuple([z.number(), z.number()]);
const Vector = z.object({
  name: z.string(),
  activities: z.array(
    z.object({
      id: z.string(),
      importance: z.array(z.number()),
      markers: z.array(
        z.object({
          records: z.object({ q: z.number(), one_sided: z.boolean(), age_days: z.number() }).nullable(),
          people: z.array(z.enum(['y', 'n'])),
        }),
      ),
    }),
  ),
  expected: z.object({
    activities: z.array(
      z.object({
        id: z.string(),
        importance: z.number().nullable(),
        known: z.number(),
        unknown: z.number(),
        maturity: z.number().nullable(),
        grade: z.string().optional(),
        bounds: Interval.optional(),
        interval: Interval.optional(),
        priority: z.number().optional(),
        rank: z.number().optional(),
        rank_interval: Interval.optional(),
      }),
    ),
    overall: z.number(),
    overall_grade: z.string(),
    assessed: z.number(),
  }),
});

/** Derivation: activity-vectors.py beside it, which writes out every joint outcome. */
const VECTORS = z
  .array(Vector)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'activity-vectors.json'), 'utf8')));

function close(got: number | null | undefined, expected: number | null | undefined): void {
  if (expected === null || expected === undefined) expect(got ?? null).toBeNull();
  else expect(got).toBeCloseTo(expected, 9);
}

describe('golden vectors of the activity score', () => {
  it('are there', () => expect(VECTORS.length).toBeGreaterThanOrEqual(6));

  it.each(VECTORS.map((vector) => [vector.name, vector] as const))('%s', (_, { activities, expected }) => {
    const verdict = judgeActivities(worldOf(activities));
    close(verdict.overall.maturity, expected.overall);
    expect(verdict.overall).toMatchObject({ grade: expected.overall_grade, assessed: expected.assessed });
    for (const [index, want] of expected.activities.entries()) {
      const got = verdict.activities[index];
      expect(got).toMatchObject({
        id: want.id,
        unknown: want.unknown,
        grade: want.grade ?? null,
        rank: want.rank ?? null,
        rank_interval: want.rank_interval ?? null,
      });
      for (const key of ['importance', 'known', 'maturity', 'priority'] as const) close(got?.[key], want[key]);
      for (const end of [0, 1] as const) {
        close(got?.interval?.[end], want.interval?.[end]);
        close(got?.bounds?.[end], want.bounds?.[end]);
      }
    }
  });
});
