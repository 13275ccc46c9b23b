import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MetricsReport } from '../src/domain/snapshot.ts';
import { StagedReading } from '../src/domain/staged-reading.ts';
import { openWorkbench, type Workbench } from './harness/run-cli.ts';

/** Small generator of Lehmer: the same file on every machine. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const HEADER =
  'Id,Requester id,Assignee,Group,Subject,Status,Priority,Via,Ticket type,Created at,Updated at,Solved at,Satisfaction Score,Reopens,Replies,First reply time in minutes,Full resolution time in minutes';
const START = Date.UTC(2026, 0, 5, 8);
const stamp = (minutes: number): string =>
  new Date(START + minutes * 60_000).toISOString().slice(0, 16).replace('T', ' ');

interface Desk {
  readonly csv: string;
  readonly resolutions: readonly number[];
  readonly good: number;
  readonly answered: number;
}

/** 500 tickets over 120 days; those of the last twelve days are open. */
function generateDesk(): Desk {
  const random = randomFrom(20_261_128);
  const resolutions: number[] = [];
  let good = 0;
  let answered = 0;
  const rows = Array.from({ length: 500 }, (_, i) => {
    const created = Math.floor((i * 120 * 1440) / 500) + random(120);
    const reply = 5 + random(300);
    const resolution = reply + 10 + random(2880);
    const done = i < 450;
    const verdict = done ? (['Good', 'Good', 'Bad', 'Offered', 'Not Offered'][random(5)] as string) : 'Not Offered';
    if (done) resolutions.push(resolution);
    if (verdict === 'Good') good += 1;
    if (verdict === 'Good' || verdict === 'Bad') answered += 1;
    return [
      9000 + i,
      100 + random(80),
      `Agent ${random(6)}`,
      ['Billing', 'Technical', 'Accounts'][random(3)],
      `subject of ${i}`,
      done ? 'Closed' : 'Open',
      ['Urgent', 'High', 'Normal', 'Normal', 'Low'][random(5)],
      ['Mail', 'Web form', 'Chat'][random(3)],
      ['Question', 'Incident'][random(2)],
      stamp(created),
      stamp(created + (done ? resolution : reply)),
      done ? stamp(created + resolution) : '',
      verdict,
      random(10) === 0 ? 1 : 0,
      1 + random(4),
      reply,
      done ? resolution : '',
    ].join(',');
  });
  return { csv: `${[HEADER, ...rows].join('\n')}\n`, resolutions, good, answered };
}

/** Type 7 at one half. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(at)] as number) + (sorted[Math.ceil(at)] as number)) / 2;
}

describe('a ticket export of 500 rows', () => {
  const desk = generateDesk();
  let bench: Workbench;
  beforeAll(async () => {
    bench = openWorkbench();
    writeFileSync(join(bench.dir, 'desk.csv'), desk.csv);
    // The zone is all that the file does not answer; then yes.
    const { code, out } = await bench.runAnswering(['1', 'y'], 'import', 'desk.csv');
    expect(out).toContain('This is a Zendesk ticket export (preset zendesk-tickets).');
    expect(out).toMatch(/desk: 500 rows, 500 tickets/);
    expect(code).toBe(0);
  });
  afterAll(() => bench.remove());

  it('gives the figures of its own columns', async () => {
    const { metrics } = MetricsReport.parse(JSON.parse((await bench.run('metrics', '--json')).out));
    const figure = (id: string) => metrics.find((metric) => metric.id === id);
    expect(figure('tickets_solved')?.value).toBe(450);
    expect(figure('backlog_open_at_end')?.value).toBe(50);
    expect(figure('full_resolution_time_p50_calendar_h')?.value).toBeCloseTo(median(desk.resolutions) / 60, 6);
    expect(figure('csat_good_share')?.value).toBeCloseTo(desk.good / desk.answered, 9);
  });

  it('places the desk, or names every statement that it cannot see', async () => {
    const snapshot = StagedReading.parse(JSON.parse((await bench.run('snapshot', '--json')).out));
    if (snapshot.placement.stage !== null) return;
    const { out } = await bench.run('doctor');
    const dark = /WHAT STAYS DARK {3}\d+ signals, touching (\d+) of 30 statements/.exec(out);
    const named = new Set(
      [...out.slice(out.indexOf('WHAT STAYS DARK')).matchAll(/^ {2}(S\d\.\d) {2}/gm)].map((m) => m[1]),
    );
    expect(named.size).toBe(Number(dark?.[1]));
    expect(named.size).toBeGreaterThan(0);
  });
});
