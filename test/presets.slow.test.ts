import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFileSource, parseMapping, proposeMapping } from '../connectors/file/index.ts';
import { loadPresets } from '../connectors/file/propose/presets.ts';
import type { Metric } from '../src/domain/snapshot.ts';
import { importSource } from '../src/pipeline/import.ts';
import { computeMetrics } from '../src/pipeline/metrics.ts';
import { openMemoryStore } from '../src/store/duckdb/open.ts';

/**
 * The same desk in the columns of every product. Ticket i of 20 comes in on day i (5 January 2026 is day 1) at 09:00; the first answer
 * takes 10·i minutes for i <= 18; it is solved after i hours for i <= 16, the other four are open.
 * By hand: first reply, 18 values 10 … 180 min, median 95 min, 90th (type 7) 10 + 0.9·17·10 = 163 min; resolution, 16 values 1 … 16 h,
 * median 8.5 h, 90th 1 + 0.9·15 = 14.5 h. Of the 16 solved every fourth (4) is rated bad, every second between them (4) was asked and
 * did not answer, the odd ones (8) are rated good: 8 of 12 answers good, 12 of 16 asked answered. i = 5, 10, 15 of the solved were reopened.
 */
const FIXTURES = resolve(import.meta.dirname, '../connectors/file/fixtures/presets');
const NOW = new Date('2026-03-01T00:00:00Z');

type Figures = Readonly<Record<string, readonly [number, number]>>;
const RESOLUTION: Figures = {
  tickets_created: [20, 20],
  tickets_solved: [16, 16],
  backlog_open_at_end: [4, 4],
  full_resolution_time_p50_calendar_h: [8.5, 16],
  full_resolution_time_p90_calendar_h: [14.5, 16],
};
const REPLY: Figures = {
  first_reply_time_p50_calendar_h: [95 / 60, 18],
  first_reply_time_p90_calendar_h: [163 / 60, 18],
};
const RATED: Figures = { csat_good_share: [8 / 12, 12] };
const ASKED: Figures = { csat_response_share: [12 / 16, 16] };
const REOPENED: Figures = { reopen_share: [3 / 16, 16] };

const EXPECTED: Readonly<Record<string, Figures>> = {
  'zendesk-tickets': { ...RESOLUTION, ...REPLY, ...RATED, ...ASKED, ...REOPENED },
  'zendesk-json': { ...RESOLUTION, ...REPLY, ...RATED, ...ASKED, ...REOPENED },
  'zendesk-explore': { ...RESOLUTION, ...REPLY, ...RATED, ...ASKED },
  'jira-csv': { ...RESOLUTION, ...REPLY, ...RATED },
  // Kept for i <= 12 of the 16 solved; all 18 answers came in time.
  freshdesk: {
    ...RESOLUTION,
    ...REPLY,
    ...RATED,
    sla_met_share_resolution: [12 / 16, 16],
    sla_met_share_first_reply: [1, 18],
  },
  // Overdue for i > 12 of the 16 solved; all 18 answers came in time, the two requests without one are undecided.
  'servicedesk-plus': {
    ...RESOLUTION,
    ...REPLY,
    sla_met_share_resolution: [12 / 16, 16],
    sla_met_share_first_reply: [1, 18],
  },
  'servicenow-list': { ...RESOLUTION, ...REOPENED, sla_met_share: [12 / 16, 16] },
  'servicenow-labels': RESOLUTION,
  // Deadlines 4 h and 12 h after creation, the file ends with the creation of ticket 20: ticket 19 missed both, 20 is undecided.
  // Answers: 18 of 19 kept; solutions: i <= 12 kept, 13 … 19 missed.
  'freshdesk-json': {
    ...RESOLUTION,
    ...REPLY,
    sla_met_share_first_reply: [18 / 19, 19],
    sla_met_share_resolution: [12 / 19, 19],
  },
  'hubspot-tickets': {
    ...RESOLUTION,
    ...REPLY,
    sla_met_share_first_reply: [18 / 19, 19],
    sla_met_share_resolution: [12 / 19, 19],
  },
  'salesforce-cases': RESOLUTION,
  'intercom-conversations': { ...RESOLUTION, ...REPLY, ...RATED, ...REOPENED },
  'github-issues': RESOLUTION,
  'help-scout': { ...RESOLUTION, ...REPLY, ...RATED },
  'zoho-desk': { ...RESOLUTION, ...RATED, ...REOPENED, sla_met_share: [12 / 16, 16] },
  // Closed three hours after the solution.
  'xes-log': { ...RESOLUTION, ...REPLY, close_time_p50_calendar_h: [11.5, 16] },
};

async function figuresOf(preset: string): Promise<(id: string) => Metric | undefined> {
  const path = join(FIXTURES, `${preset}.csv`);
  const { yaml } = await proposeMapping([path]);
  const source = await openFileSource({
    paths: [path],
    mapping: parseMapping(yaml, 'proposal'),
    mappingName: 'proposal',
    pseudonymise: (kind, value) => `${kind}:${value}`,
    now: NOW,
  });
  const store = await openMemoryStore();
  try {
    const result = await importSource(
      { name: 'desk', source, settings: {} },
      {
        telemetry: store.telemetry,
        ledger: store.ledger,
        clock: () => NOW,
        batchRows: 1_000,
        progress: () => undefined,
      },
      new AbortController().signal,
    );
    expect(result.rejected).toEqual({});
    const report = await computeMetrics(store.telemetry, { from: null, to: null, by: [] });
    return (id) => report.metrics.find((metric) => metric.id === id);
  } finally {
    await source.close();
    await store.close();
  }
}

describe('presets', () => {
  it('all have a fixture and figures', () => {
    const ids = loadPresets().map((preset) => preset.id);
    expect(ids.toSorted()).toEqual(Object.keys(EXPECTED).sort());
    expect(readdirSync(FIXTURES).sort()).toEqual(ids.map((id) => `${id}.csv`));
  });

  it.each(Object.entries(EXPECTED))('%s gives the figures counted by hand', async (preset, expected) => {
    const figure = await figuresOf(preset);
    for (const [id, [value, n]] of Object.entries(expected)) {
      const metric = figure(id);
      expect([id, metric?.n]).toEqual([id, n]);
      expect(metric?.value, id).toBeCloseTo(value, 9);
    }
  });
});
