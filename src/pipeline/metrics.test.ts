import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMapping } from '../../connectors/file/plan.ts';
import { openFileSource } from '../../connectors/file/source.ts';
import { type Metric, MetricsReport } from '../domain/snapshot.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store } from '../store/ports.ts';
import { importSource } from './import.ts';
import { computeMetrics, type Dimension } from './metrics.ts';

const FIXTURES = resolve(import.meta.dirname, '../../connectors/file/fixtures');
const NOW = new Date('2024-06-01T00:00:00Z');

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
  const source = await openFileSource({
    paths: [join(FIXTURES, 'incidents.csv')],
    mapping: parseMapping(readFileSync(join(FIXTURES, 'incidents.yaml'), 'utf8'), 'map.yaml'),
    mappingName: 'map.yaml',
    pseudonymise: (kind, value) => `${kind}:${value}`,
    now: NOW,
  });
  await importSource(
    { name: 'log', source, settings: {} },
    { telemetry: store.telemetry, ledger: store.ledger, clock: () => NOW, batchRows: 1_000, progress: () => undefined },
    new AbortController().signal,
  );
  await source.close();
});
afterAll(() => store.close());

// The store stays as it is: one computation serves all that ask for the same window.
const reports = new Map<string, Promise<MetricsReport>>();

function reportOf(from: string | null, to: string | null, by: readonly Dimension[]): Promise<MetricsReport> {
  const key = JSON.stringify([from, to, by]);
  const kept = reports.get(key);
  if (kept !== undefined) return kept;
  const report = computeMetrics(store.telemetry, {
    from: from === null ? null : new Date(from),
    to: to === null ? null : new Date(to),
    by,
  });
  reports.set(key, report);
  return report;
}

async function figures(
  from: string | null,
  to: string | null,
  by: readonly Dimension[] = [],
): Promise<{ get: (id: string) => Metric; report: MetricsReport }> {
  const report = await reportOf(from, to, by);
  const get = (id: string): Metric => {
    const found = report.metrics.find((metric) => metric.id === id);
    if (found === undefined) throw new Error(`no metric ${id}`);
    return found;
  };
  return { get, report };
}

// The four incidents of the fixture by hand, hours from opening: resolved after 25, 76, never, 2; closed after 145, 196, 120 1/6, 122.
describe('computeMetrics over the whole data', () => {
  it.each([
    ['tickets_created', 4, 4],
    ['tickets_solved', 4, 4],
    ['backlog_open_at_end', 0, 0],
    ['backlog_unclosed_at_end', 0, 0],
    ['first_resolution_time_p50_calendar_h', 25, 3],
    // type 7 at 0.9 of [2, 25, 76]: 25 + 0.8 * 51
    ['first_resolution_time_p90_calendar_h', 65.8, 3],
    ['first_resolution_time_mean_calendar_h', 103 / 3, 3],
    ['full_resolution_time_p50_calendar_h', 25, 3],
    ['close_time_p50_calendar_h', 133.5, 4],
    ['reopen_share', 0.25, 4],
    ['reassigned_share', 0.25, 4],
    ['reassignments_per_ticket_mean', 0.25, 4],
    ['sla_met_share', 0.75, 4],
    ['sla_met_share_overall', 0.75, 4],
    ['teams_active', 2, 2],
  ])('%s is %d', async (id, value, n) => {
    const metric = (await figures(null, null)).get(id);
    expect(metric.value).toBeCloseTo(value, 9);
    expect(metric.n).toBe(n);
    expect(metric.definition.length).toBeGreaterThan(20);
  });

  it('tells tickets that were closed without a resolution apart from unresolved ones', async () => {
    expect((await figures(null, null)).get('first_resolution_time_p50_calendar_h').excluded).toEqual({
      closed_without_resolution: 1,
    });
    // On the 1st of March INC1 is resolved, INC2 open.
    expect((await figures(null, '2016-03-02T00:00:00Z')).get('first_resolution_time_p50_calendar_h')).toMatchObject({
      value: 25,
      n: 1,
      excluded: { unresolved_at_end: 1 },
    });
  });

  it.each([
    ['first_reply_time_p50_calendar_h', { messages_absent: 4 }],
    ['first_resolution_time_p50_business_h', { calendars_absent: 4 }],
    ['one_touch_share', { messages_absent: 4 }],
    ['machine_created_share', { created_by_absent: 4 }],
    ['csat_good_share', { csat_absent: 0 }],
    ['csat_response_share', { csat_absent: 0 }],
    ['offhours_reply_share', { messages_absent: 0 }],
  ])('%s is null with the missing stream as its reason, never 0', async (id, excluded) => {
    expect((await figures(null, null)).get(id)).toMatchObject({ value: null, n: 0, excluded });
  });

  it('has the published form and ends behind the last stamp', async () => {
    const { report } = await figures(null, null, ['team', 'priority', 'channel', 'week', 'month']);
    expect(MetricsReport.safeParse(report).success).toBe(true);
    expect(report.window).toEqual({ from: '2016-02-28T09:00:00.000Z', to: '2016-03-09T12:00:01.000Z' });
  });
});

describe('computeMetrics at an earlier end', () => {
  it('shows the desk as it was then', async () => {
    const then = await figures(null, '2016-03-04T00:00:00Z');
    expect(then.get('backlog_open_at_end').value).toBe(2);
    expect(then.get('backlog_unclosed_at_end').value).toBe(4);
    expect(then.get('tickets_solved').value).toBe(2);
    expect(then.get('sla_met_share')).toMatchObject({ value: null, n: 0, excluded: { undecided_at_end: 4 } });
  });

  it('counts exactly at the instant of a stamp', async () => {
    expect((await figures(null, '2016-02-29T10:00:00Z')).get('backlog_open_at_end').value).toBe(1);
    expect((await figures(null, '2016-02-29T10:00:00.001Z')).get('backlog_open_at_end').value).toBe(0);
    expect((await figures('2016-03-01T08:00:00Z', '2016-03-02T08:00:00Z')).get('tickets_created').value).toBe(1);
  });

  it('gives zero counts and no other value for an empty span', async () => {
    const empty = await figures('2016-02-01T00:00:00Z', '2016-02-02T00:00:00Z');
    expect(empty.get('tickets_created').value).toBe(0);
    expect(empty.get('backlog_open_at_end').value).toBe(0);
    for (const id of ['reopen_share', 'sla_met_share', 'close_time_mean_calendar_h', 'reassignments_per_ticket_mean'])
      expect(empty.get(id)).toMatchObject({ value: null, n: 0 });
  });

  it('refuses a span that ends before it begins, and an empty store', async () => {
    await expect(figures('2016-03-02T00:00:00Z', '2016-03-01T00:00:00Z')).rejects.toMatchObject({ code: 'BAD_USAGE' });
    const bare = await openMemoryStore();
    await expect(computeMetrics(bare.telemetry, { from: null, to: null, by: [] })).rejects.toMatchObject({
      code: 'NO_DATA',
    });
    await bare.close();
  });
});

describe('breakdowns', () => {
  it('gives the share of each channel without being asked', async () => {
    const { report } = await figures(null, null);
    const channels = report.breakdowns.filter((one) => one.by === 'channel');
    expect(channels.map((one) => [one.by, one.value, one.metrics[0]?.value])).toEqual([
      ['channel', 'email', 0.25],
      ['channel', 'voice', 0.75],
    ]);
  });

  it.each([
    ['team', { 'Group 1': 2, 'Group 2': 1, unknown: 1 }],
    ['priority', { '2': 1, '3': 2, '4': 1 }],
    ['channel', { email: 1, voice: 3 }],
    ['week', { '2016-02-22': 1, '2016-02-29': 3 }],
    ['month', { '2016-02': 1, '2016-03': 3 }],
  ] as const)('by %s, tickets add up to the whole', async (by, expected) => {
    const { report } = await figures(null, null, [by]);
    const counts = report.breakdowns.flatMap((one) => {
      const created = one.metrics.find((metric) => metric.id === 'tickets_created');
      return one.by === by && created !== undefined ? [[one.value, created.value]] : [];
    });
    expect(Object.fromEntries(counts)).toEqual(expected);
  });
});
