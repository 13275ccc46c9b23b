import { describe, expect, it } from 'vitest';
import type { Metric, MetricsReport } from '../../domain/snapshot.ts';
import { createStyle } from '../style.ts';
import { figuresView } from '../view/figures.ts';
import { renderMetrics } from './metrics.ts';

const metric = (id: string, value: number): Metric => ({
  id,
  unit: 'tickets',
  value,
  n: value,
  excluded: {},
  definition: '',
});
const month = (value: string, ...metrics: readonly Metric[]) => ({ by: 'month', value, metrics: [...metrics] });

const report = (breakdowns: MetricsReport['breakdowns']): MetricsReport => ({
  window: { from: '2026-01-10T09:00:00.000Z', to: '2026-03-20T00:00:00.000Z' },
  zone: { id: 'UTC', from: 'none', note: 'as nothing names a zone' },
  metrics: [],
  breakdowns,
});

describe('renderMetrics', () => {
  const draw = (breakdowns: MetricsReport['breakdowns']): string =>
    renderMetrics(figuresView(report(breakdowns), null, new Map()), createStyle({ color: false, width: 140 }));

  it('says beside a month what of it was looked at, where that is not all', () => {
    const two = (value: string) => month(value, metric('tickets_created', 5), metric('tickets_solved', 4));
    const lines = draw(['2026-01', '2026-02', '2026-03'].map(two)).split('\n');
    expect(lines.filter((line) => line.startsWith('month'))).toEqual([
      'month 2026-01 (only from 2026-01-10 on)',
      'month 2026-02',
      'month 2026-03 (so far, to 2026-03-19)',
    ]);
  });

  it('says so in a line of its own too', () => {
    const text = draw([month('2026-02', metric('tickets_created', 5)), month('2026-03', metric('tickets_created', 2))]);
    expect(text).toContain('tickets_created by month 2026-02: 5 · 2026-03 (so far, to 2026-03-19): 2');
  });
});
