import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Comparison, Path } from '../../src/domain/assessment.ts';
import { Explanation } from '../../src/domain/explanation.ts';
import { Placement } from '../../src/domain/placement.ts';
import { MetricsReport } from '../../src/domain/snapshot.ts';
import { StagedReading } from '../../src/domain/staged-reading.ts';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';

/** One journey through the product as a user makes it, on a simulated desk. */
describe('a first visit', () => {
  let bench: Workbench;
  let snapshot: StagedReading;
  const at = ['--workspace', 'demo-harbor'] as const;

  beforeAll(async () => {
    bench = openWorkbench();
    const demo = await bench.run('demo', '--desk', 'harbor', '--json', '--quiet');
    expect(demo.err).toBe('');
    expect(demo.code).toBe(0);
    snapshot = StagedReading.parse((JSON.parse(demo.out) as { snapshot: unknown }[])[0]?.snapshot);
  });
  afterAll(() => bench.remove());

  it('places the desk with probability, assured stage, range and coverage', () => {
    const { placement } = snapshot;
    expect(placement.stage).not.toBeNull();
    expect(placement.assured ?? 0).toBeLessThanOrEqual(placement.stage ?? 0);
    expect(placement.floor ?? 9).toBeLessThanOrEqual(placement.stage ?? 0);
    expect(placement.ceiling ?? 0).toBeGreaterThanOrEqual(placement.stage ?? 9);
    expect(placement.probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    expect(snapshot.areas).toHaveLength(30);
    expect(snapshot.comparison?.stages.said).not.toBeNull();
    expect(snapshot.path?.smallest.length).toBeGreaterThan(0);
  });

  it('gives the same bytes again', async () => {
    const again = await bench.run('snapshot', '--json', ...at);
    expect(again.code).toBe(0);
    expect((JSON.parse(again.out) as StagedReading).digest).toBe(snapshot.digest);
  });

  it('keeps no subject, text, name or address anywhere in its output or files', async () => {
    const { CANARIES } = await import('../../src/demo/index.ts');
    const out = JSON.stringify(snapshot);
    const exported = await bench.run('export', '--format', 'jsonl', '--out', 'out', ...at);
    expect(exported.code).toBe(0);
    const { readdirSync } = await import('node:fs');
    const files = readdirSync(join(bench.dir, 'out')).map((file) => readFileSync(join(bench.dir, 'out', file), 'utf8'));
    for (const canary of Object.values(CANARIES).flat() as string[])
      for (const text of [out, ...files]) expect(text.includes(canary)).toBe(false);
    expect(files.join('')).toMatch(/created_at/);
  });

  it('explains the way from the stage to SQL and tickets', async () => {
    const stage = Explanation.parse(JSON.parse((await bench.run('explain', 'stage', '--json', ...at)).out));
    expect(stage.kind === 'stage' && stage.sets.flatMap((s) => s.criteria)).toHaveLength(30);
    const criterion = Explanation.parse(JSON.parse((await bench.run('explain', 'S1.4', '--json', ...at)).out));
    if (criterion.kind !== 'criterion') throw new Error('expected a criterion');
    for (const gate of [0, 1] as const)
      expect(criterion.ledger.reduce((sum, line) => sum + line.points[gate], 0)).toBeCloseTo(
        criterion.result.total[gate],
        9,
      );
    const ref = criterion.ledger.find((line) => line.ref.startsWith('D3-'))?.ref ?? '';
    const signal = Explanation.parse(JSON.parse((await bench.run('explain', ref, '--json', ...at)).out));
    if (signal.kind !== 'signal') throw new Error('expected a signal');
    expect(signal.sql).toMatch(/select/i);
    const ticket = signal.tickets.find((t) => t.table === 'ticket');
    expect(ticket?.url).toMatch(/\/agent\/tickets\//);
    const opened = Explanation.parse(JSON.parse((await bench.run('explain', ticket?.id ?? '', '--json', ...at)).out));
    if (opened.kind !== 'ticket') throw new Error('expected a ticket');
    expect(opened.timeline.length).toBeGreaterThan(1);
    expect(opened.used_by.map((u) => u.signal)).toContain(signal.id);
  });

  it.each([
    ['compare', Comparison],
    ['path', Path],
    ['metrics', MetricsReport],
  ] as const)('%s --json fits its published schema', async (command, schema) => {
    const { code, out } = await bench.run(command, '--json', ...at);
    expect(code).toBe(0);
    expect(schema.safeParse(JSON.parse(out)).error).toBeUndefined();
  });

  it('says what a missing permission would hide', async () => {
    const { out } = await bench.run('doctor', '--json', ...at);
    const report = JSON.parse(out) as {
      failures: { code: string }[];
      hidden: { signals: unknown[] };
      observability: { rows: number }[];
    };
    // The simulated server is gone by now: doctor says so and still shows what was read.
    expect(report.failures[0]?.code).toBe('VENDOR_UNREACHABLE');
    expect(report.observability.some((o) => o.rows > 1000)).toBe(true);
  });

  it('looks back month by month; configuration counts where nobody has changed it since, else it is not observable', async () => {
    const { code, out } = await bench.run('backfill', '--from', '2026-03-15', '--to', '2026-05-31', '--json', ...at);
    expect(code).toBe(0);
    const months = JSON.parse(out) as { as_of: string; digest: string }[];
    expect(months.map((m) => m.as_of.slice(0, 10))).toEqual(['2026-04-01', '2026-05-01', '2026-06-01']);
    const findingOf = async (signal: string) => {
      const { out } = await bench.run(
        'explain',
        signal,
        '--snapshot',
        months[0]?.digest.slice(0, 12) ?? '',
        '--json',
        ...at,
      );
      const past = Explanation.parse(JSON.parse(out));
      return past.kind === 'signal' ? past.finding : null;
    };
    expect(await findingOf('D1')).toMatchObject({ status: 'measured', pass: { q2: 1 }, as_last_changed: true });
    expect(await findingOf('G1')).toMatchObject({ status: 'not_observable', reason: 'retention' });
    const change = await bench.run('compare', months[0]?.digest.slice(0, 12) ?? '', 'latest', '--json', ...at);
    expect((JSON.parse(change.out) as { by_cause: Record<string, number> }).by_cause.coverage).not.toBe(0);
  });

  it('lets evidence of a disconnected source age instead of vanishing', async () => {
    expect((await bench.run('disconnect', 'harbor', ...at)).code).toBe(0);
    const later = JSON.parse(
      (await bench.run('snapshot', '--as-of', '2026-09-30', '--json', ...at)).out,
    ) as StagedReading;
    const d3 = later.findings.find((f) => f.signal.startsWith('D3-'));
    expect(d3?.status).toBe('measured');
    expect(d3?.carried_from?.snapshot).toBe('connection:harbor');
    const line = later.ledger.find((l) => l.ref === d3?.signal);
    // 93 days from the end of the data to 2026-10-01, half-life of behaviour 180 days.
    expect(line?.decay).toBeCloseTo(2 ** (-(line?.age_days ?? 0) / 180), 12);
    expect(line?.age_days).toBeCloseTo(93, 0);
  });

  it.each([
    [['snapshot']],
    [['compare']],
    [['path']],
    [['metrics']],
    [['explain', 'S1.3']],
    [['explain', 'C3']],
    [['assess']],
    [['snapshot', '--md']],
    [['rules', 'list']],
    [['models', 'show', 'six-stage']],
  ])('%j prints lines no wider than the screen and no control codes', async (argv) => {
    const { code, out } = await bench.run(...(argv as string[]), ...at);
    expect(code).toBe(0);
    expect(out).not.toContain('\u001b');
    expect(out).not.toMatch(/undefined|NaN|\[object/);
    const wide = out.split('\n').filter((l) => [...l].length > 132 && !l.startsWith('|') && !l.startsWith('    '));
    expect(argv[0] === 'rules' || argv.includes('--md') ? [] : wide).toEqual([]);
  });
});

describe('place', () => {
  const bench = openWorkbench();
  afterAll(() => bench.remove());

  // Golden vectors of the published method (docs/method.md): P(stage >= s), stage, assured.
  it.each([
    [{}, [1, 0.59, 0.4335, 0.291, 0.1606, 0.0397], null, 1],
    [{ answers: 1 }, [1, 0.0001, 0, 0, 0, 0], 1, 1],
    [{ answers: 2 }, [1, 0.0755, 0.0216, 0.0066, 0.002, 0.0003], 1, 1],
    [{ answers: 3 }, [1, 0.9975, 0.9889, 0.9576, 0.8483, 0.4579], 5, 4],
  ] as const)('%j', async (given, atLeast, stage, assured) => {
    const sizes = [5, 5, 5, 5, 6, 4];
    const ids = sizes.flatMap((n, set) => Array.from({ length: n }, (_, i) => `S${set + 1}.${i + 1}`));
    const points = 'answers' in given ? { answers: Object.fromEntries(ids.map((id) => [id, given.answers])) } : {};
    writeFileSync(join(bench.dir, 'p.json'), JSON.stringify(points));
    const { code, out } = await bench.run('place', '--points', 'p.json', '--json');
    expect(code).toBe(0);
    const { placement } = JSON.parse(out) as { placement: Placement };
    expect(Placement.safeParse(placement).success).toBe(true);
    placement.atLeast.forEach((p, i) => {
      expect(Math.abs(p - (atLeast[i] ?? 0))).toBeLessThanOrEqual(5e-4);
    });
    expect(placement.stage).toBe(stage);
    expect(placement.assured).toBe(assured);
  });
});
