import { describe, expect, it } from 'vitest';
import { reportView } from '../../../test/harness/report-view.ts';
import type { TrendView } from '../view/trend.ts';
import { drawTrend } from './trend.ts';

const [SAMPLE] = reportView().trend.points;

function course(days: readonly string[], values: readonly (number | null)[]): TrendView {
  const points = days.map((day, index) => ({
    ...(SAMPLE as TrendView['points'][number]),
    as_of: `${day}T00:00:00.000Z`,
    last_day: day,
    value: values[index] ?? null,
    assured: null,
  }));
  const steps = points.slice(1).map(() => ({ from: '', to: '', joined: true, causes: [], sentence: '' }));
  return { points, steps, sentence: 'A course.' };
}

function all(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map((match) => Number(match[1]));
}

describe('drawTrend', () => {
  it('lets time run evenly, whatever the gaps between snapshots', () => {
    const { text } = drawTrend(course(['2026-01-01', '2026-01-11', '2026-01-31'], [1, 2, 3]), 6);
    const [a = 0, b = 0, c = 0] = all(text, /circle class="course-dot" cx="([\d.]+)"/g);
    expect((b - a) / (c - a)).toBeCloseTo(10 / 30, 2);
  });

  it('writes no two dates into each other, and always the last one', () => {
    const days = Array.from({ length: 28 }, (_, index) => `2026-02-${String(index + 1).padStart(2, '0')}`);
    const { text } = drawTrend(course([...days, '2026-12-31'], days.map(() => 2).concat(2)), 6);
    const at = all(text, /class="label" x="([\d.]+)" y="82"/g).sort((a, b) => a - b);
    expect(at.length).toBeGreaterThan(1);
    for (const [index, x] of at.slice(1).entries()) expect(x - (at[index] ?? 0)).toBeGreaterThanOrEqual(70);
    expect(text).toContain('>2026-12-31<');
  });

  it('joins nothing across a point without a verdict', () => {
    const { text } = drawTrend(course(['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'], [1, null, 2, 2]), 6);
    expect(text.match(/class="course"/g)).toHaveLength(1);
    expect(text.match(/course-dot/g)).toHaveLength(3);
  });
});
