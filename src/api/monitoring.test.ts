import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { manualClock } from '../../test/harness/api-fleet.ts';
import { createLogger } from '../logging/create-logger.ts';
import { renderMetrics } from './metrics.ts';
import { openProcessMetrics } from './process-metrics.ts';
import type { RunningApi } from './server.ts';
import { serveWorkerProbes } from './worker-app.ts';

const own = openProcessMetrics({ version: '1.2.3', collect: true });
let running: RunningApi | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
});

async function serveProbes(ready: boolean): Promise<string> {
  running = await serveWorkerProbes({
    host: '127.0.0.1',
    port: 0,
    clock: manualClock('2026-06-01T12:00:00Z'),
    log: createLogger('silent', process.stderr),
    processMetrics: own,
    checkReady: async () => [{ part: 'queue', ready, reason: ready ? null : 'QUEUE_FAILED' }],
    queueCounts: async () => [{ queue: 'sync', lane: 'usual', state: 'waiting', n: 4 }],
  });
  return running.url;
}

describe('the port of a worker', () => {
  it('says that it lives, whether it is ready, and its figures; nothing else, and no token is asked for', async () => {
    const url = await serveProbes(true);
    const get = async (path: string) => {
      const reply = await fetch(`${url}${path}`);
      return { status: reply.status, type: reply.headers.get('content-type'), text: await reply.text() };
    };
    expect((await get('/healthz')).text).toBe('{"status":"ok"}');
    expect([(await get('/readyz')).status, (await get('/v1/workspaces')).status]).toEqual([200, 404]);
    const { text, type } = await get('/metrics');
    expect(type).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(text).toContain('plumbline_queue_jobs{queue="sync",lane="usual",state="waiting"} 4\n');
    expect(text).toContain(`plumbline_build_info{version="1.2.3",node="${process.version}"} 1\n`);
    expect(text).toMatch(/^process_resident_memory_bytes \d{7,}$/m);
    expect(text).toMatch(/_seconds_count\{method="GET",route="\/readyz",status="2xx"\} 1\n/);
    expect(text.endsWith('# EOF\n')).toBe(true);
    expect(text).not.toContain('workspace=');
  });

  it('says 503 with what does not answer', async () => {
    const reply = await fetch(`${await serveProbes(false)}/readyz`);
    expect([reply.status, await reply.json()]).toEqual([
      503,
      { ready: false, parts: [{ part: 'queue', ready: false, reason: 'QUEUE_FAILED' }] },
    ]);
  });
});

describe('alert rules and dashboard', () => {
  const read = (name: string): string => readFileSync(`docs/operations/${name}`, 'utf8');
  const namesIn = (text: string): string[] => [
    ...new Set([...text.matchAll(/\b(?:plumbline|process|nodejs)_[a-z0-9_]+/g)].map(([name]) => name)),
  ];

  it('name metrics that are there', async () => {
    const desk = { workspace: 'w', model: 'm' };
    const { text } = await renderMetrics(
      {
        now: new Date(0),
        desks: [
          {
            workspace: 'w',
            connections: [{ connection: 'c', until: new Date(0) }],
            placements: [{ ...desk, stage: 1, assured: 1 }],
            verdicts: [{ ...desk, kind: 'staged', value: 1 }],
          },
        ],
        runs: [],
        queues: [],
        tallies: [],
      },
      own,
    );
    const families = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => ({ name, type }));
    const known = new Set(
      families.flatMap(({ name, type }) =>
        type === 'counter'
          ? [`${name}_total`]
          : type === 'histogram'
            ? ['_bucket', '_sum', '_count'].map((part) => `${name}${part}`)
            : [name],
      ),
    );
    for (const file of ['alerts.yaml', 'grafana-dashboard.json']) {
      const named = namesIn(read(file));
      expect(named.length).toBeGreaterThan(5);
      expect([file, named.filter((name) => !known.has(name))]).toEqual([file, []]);
    }
  });

  it('can be read, and each alert has a condition and says what it means', () => {
    const { groups } = parse(read('alerts.yaml')) as {
      groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[];
    };
    const rules = groups.flatMap((group) => group.rules);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, expr, annotations } of rules)
      expect([alert, expr.length > 10, annotations.summary.length > 10]).toEqual([alert, true, true]);
    const { panels } = JSON.parse(read('grafana-dashboard.json')) as { panels: { id: number; targets: unknown[] }[] };
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});
