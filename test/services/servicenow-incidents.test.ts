import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMapping } from '../../connectors/file/plan.ts';
import { openFileSource } from '../../connectors/file/source.ts';
import { importSource } from '../../src/pipeline/import.ts';
import { computeMetrics } from '../../src/pipeline/metrics.ts';
import { openMemoryStore } from '../../src/store/duckdb/open.ts';

/** Folder with `servicenow-incidents/incident_event_log.csv.gz`; the expected figures were counted from that file by other means. */
const FOLDER = process.env.SAMPLE_DATASETS;
const LOG = join(FOLDER ?? '', 'servicenow-incidents', 'incident_event_log.csv.gz');
const MAPPING = resolve(import.meta.dirname, '../../docs/examples/servicenow-incidents/mapping.yaml');
const NOW = new Date('2026-01-01T00:00:00Z');

describe.skipIf(FOLDER === undefined || !existsSync(LOG))('ServiceNow incident log (SAMPLE_DATASETS)', () => {
  it('gives the figures that the log itself gives', async () => {
    const store = await openMemoryStore();
    const load = async () => {
      const source = await openFileSource({
        paths: [LOG],
        mapping: parseMapping(readFileSync(MAPPING, 'utf8'), MAPPING),
        mappingName: 'mapping.yaml',
        pseudonymise: (kind, value) => `${kind}:${value}`,
        now: NOW,
      });
      try {
        return await importSource(
          { name: 'log', source, settings: {} },
          {
            telemetry: store.telemetry,
            ledger: store.ledger,
            clock: () => NOW,
            batchRows: 20_000,
            progress: () => undefined,
          },
          new AbortController().signal,
        );
      } finally {
        await source.close();
      }
    };
    const first = await load();
    expect(first).toMatchObject({
      rows: 141_712,
      seen: 141_712,
      tickets: 24_918,
      rejected: { NEGATIVE_DURATION: 5, STATUS_AFTER_FINAL: 1 },
    });
    const digest = await store.telemetry.digest();
    expect(await load()).toMatchObject({ unchanged: true, written: 0 });
    expect(await store.telemetry.digest()).toBe(digest);

    const whole = await computeMetrics(store.telemetry, { from: null, to: null, by: [] });
    const april = await computeMetrics(store.telemetry, { from: null, to: new Date('2016-05-01T00:00:00Z'), by: [] });
    const of = (report: typeof whole, id: string) => report.metrics.find((metric) => metric.id === id);
    expect(of(whole, 'tickets_created')?.value).toBe(24_918);
    expect(of(whole, 'first_resolution_time_p50_calendar_h')?.n).toBe(23_362);
    expect(of(whole, 'first_resolution_time_p50_calendar_h')?.value).toBeCloseTo(22.1, 2);
    expect(of(whole, 'first_resolution_time_p90_calendar_h')?.value).toBeCloseTo(381.55, 2);
    expect(of(whole, 'first_resolution_time_mean_calendar_h')?.value).toBeCloseTo(178.17, 2);
    expect(of(whole, 'sla_met_share')?.value).toBeCloseTo(0.6342, 4);
    expect(of(whole, 'reopen_share')?.value).toBeCloseTo(0.01104, 5);
    expect(of(whole, 'reassigned_share')?.value).toBeCloseTo(0.4563, 4);
    expect(of(april, 'backlog_open_at_end')?.value).toBe(1_340);
    expect(of(april, 'backlog_unclosed_at_end')?.value).toBe(2_961);
    expect(of(whole, 'first_reply_time_p50_calendar_h')).toMatchObject({
      value: null,
      excluded: { messages_absent: 24_918 },
    });
    await store.close();
  });
});
