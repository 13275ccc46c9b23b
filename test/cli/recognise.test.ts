import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TelemetryBatch } from '../../src/domain/telemetry.ts';
import { openDuckdbStore } from '../../src/store/duckdb/open.ts';
import { anEvent, aTicket, at } from '../harness/records.ts';
import { anOrganisation, aPolicy, aReplyTarget, aRule } from '../harness/rule-records.ts';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';

let bench: Workbench;
beforeEach(() => {
  bench = openWorkbench();
});
afterEach(() => bench.remove());

const HOUR = 3_600_000;
const START = at('2026-01-05T08:00:00Z').getTime();

/** Sixty tickets of twelve organisations, four of which carry the tag that a tight policy asks for; a region only routes; a cause near the end. */
function records(): TelemetryBatch {
  const created = (i: number) => new Date(START + i * HOUR);
  const ids = Array.from({ length: 60 }, (_, i) => i);
  return {
    ticket: ids.map((i) =>
      aTicket({ id: `t${i}`, status: 'solved', organisation_id: `o${i % 12}`, created_at: created(i) }),
    ),
    event: ids.flatMap((i) => [
      anEvent({
        id: `s${i}`,
        ticket_id: `t${i}`,
        kind: 'status',
        from_value: 'new',
        to_value: 'solved',
        at: new Date(START + (i + 10) * HOUR),
      }),
      anEvent({
        id: `c${i}`,
        ticket_id: `t${i}`,
        kind: 'field',
        field: '36001',
        from_value: null,
        to_value: `k${i % 4}`,
        at: new Date(START + (i + 9.8) * HOUR),
      }),
      anEvent({
        id: `d${i}`,
        ticket_id: `t${i}`,
        kind: 'field',
        field: '36002',
        from_value: null,
        to_value: `v${i % 3}`,
        at: new Date(START + (i + 1) * HOUR),
      }),
    ]),
    organisation: Array.from({ length: 12 }, (_, i) =>
      anOrganisation(`o${i}`, [...(i < 4 ? ['tag:9f3c'] : []), `tag:region${i % 2}`]),
    ),
    sla_policy: [aPolicy('p1', ['tag:9f3c']), aPolicy('p2', [])],
    sla_target: [aReplyTarget('p1', 1), aReplyTarget('p2', 8)],
    automation: [
      aRule('r1', ['tag:region0'], ['group:g1']),
      aRule('r2', ['tag:region1'], ['group:g2'], { unread_conditions: 2, unread_actions: 1 }),
    ],
  };
}

async function fill(): Promise<void> {
  const dataDir = join(bench.dir, '.plumbline', 'default');
  mkdirSync(dataDir, { recursive: true });
  const store = await openDuckdbStore({ dataDir, workspace: 'default', clock: () => at('2026-02-01T00:00:00Z') });
  await store.telemetry.commit({
    connection: 'desk',
    stream: null,
    checkpoint: null,
    records: records(),
    rejected: [],
  });
  await store.telemetry.recordObservability([
    {
      connection: 'desk',
      stream: 'tickets',
      status: 'available',
      detail: null,
      fields: [],
      since: null,
      until: at('2026-02-01T00:00:00Z'),
      rows: 60,
      rejected: 0,
      reconciled_share: null,
    },
  ]);
  await store.close();
}

interface Found {
  readonly learnt: readonly { subject: string; meaning: string; how: string; sure: string; statement: unknown }[];
  readonly unread: readonly { kind: string; subject: string; detail: string; say: unknown }[];
}

describe('plumbline recognise', () => {
  it('tells what was learnt, why, how sure and in which line, apart from what could not be read', async () => {
    await fill();
    const { code, out } = await bench.run('recognise');
    expect(code).toBe(0);
    const text = out.replace(/\s+/g, ' ');
    expect(text).toContain('tag:9f3c = 9f3c (likely; by its work: 4 of 4 that carry it are of this tier)');
    expect(text).toContain('tiers: { "tag:9f3c": "9f3c" }');
    expect(text).toContain('36001 = cause (sure; by its work: 60 of 60 values come near the solution, by people)');
    expect(text).toContain('fields: { "36001": cause }');
    const [, apart = ''] = text.split('COULD NOT BE READ');
    expect(apart).toContain('rule r2: 2 conditions, 1 action not understood');
    expect(apart).toContain('tag:region0: 1 rule selects by it');
    expect(apart).toContain('tiers: { "tag:region0": … } <tier>, none');
    expect(apart).toContain('field 36002: filled on 60 of 60 tickets, 3 values');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('writes confirmations beside what stands in plumbline.yaml, and takes corrections at once', async () => {
    await fill();
    writeFileSync(
      join(bench.dir, 'plumbline.yaml'),
      '# ours\nwindow: 60d # short\nfields:\n  # asked at intake\n  "36001": category\n  "36002": reason\n',
    );
    const before = JSON.parse((await bench.run('recognise', '--json')).out) as Found;
    expect(before.learnt.find((one) => one.subject === '36001')).toMatchObject({ meaning: 'category', sure: 'stated' });
    expect(before.unread.map((one) => one.subject)).toEqual(['r2', 'tag:region0', 'tag:region1']);
    const { code, err } = await bench.run('recognise', '--write');
    expect([code, err]).toEqual([0, 'Added 3 lines to plumbline.yaml.\n']);
    const file = readFileSync(join(bench.dir, 'plumbline.yaml'), 'utf8');
    expect(file).toContain('# ours');
    expect(file).toContain('window: 60d # short');
    expect(file).toContain('# asked at intake');
    expect(file).toContain('"36001": category');
    expect(file).toContain('"tag:9f3c": 9f3c');
    const after = JSON.parse((await bench.run('recognise', '--json')).out) as Found;
    expect(after.learnt.every((one) => one.sure === 'stated')).toBe(true);
    expect((await bench.run('recognise', '--write')).err).toBe('Added 0 lines to plumbline.yaml.\n');
    expect(readFileSync(join(bench.dir, 'plumbline.yaml'), 'utf8')).toBe(file);
  });

  it('makes a file where there is none', async () => {
    await fill();
    expect((await bench.run('recognise', '--write')).code).toBe(0);
    expect(readFileSync(join(bench.dir, 'plumbline.yaml'), 'utf8')).toContain('fields:\n  "36001": cause\n');
  });

  it('says that there is nothing to learn from without telemetry', async () => {
    const { code, err } = await bench.run('recognise');
    expect([code, err]).toEqual([2, expect.stringContaining('There is no telemetry to learn from.')]);
  });

  it('stands in doctor in short', async () => {
    await fill();
    const { out } = await bench.run('doctor');
    expect(out).toContain('COULD NOT BE READ   1 field, 1 rule, 2 tags; not the same as not there');
    expect(out).toContain('plumbline recognise');
  });
});
