import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';

let bench: Workbench;
beforeEach(() => {
  bench = openWorkbench();
});
afterEach(() => bench.remove());

const HEAD =
  'Week starting,Unique visitors,Searches,Searches with no results,Bot conversations,Handed over,Resolved,No-result rate';
const MAP = ['--as', 'deflection', '--map', 'report.mapping.yaml'];

function write(rows: readonly string[], file = 'report.csv'): void {
  writeFileSync(join(bench.dir, file), [HEAD, ...rows].join('\n'));
}

interface Row {
  readonly connection: string;
  readonly stream: string;
  readonly status: string;
  readonly fields: readonly string[];
  readonly rows: number;
}

async function streams(workspace = 'default'): Promise<readonly Row[]> {
  const { out } = await bench.run('doctor', '--json', '--workspace', workspace);
  return (JSON.parse(out) as { observability: Row[] }).observability;
}

it('proposes columns, reads them once, replaces a week, and doctor tells what it holds', async () => {
  write(['2026-01-05,"1,200",400,60,90,30,40,15 %', '2026-01-12,900,-,,100,20,60,12 %']);
  const proposed = await bench.run('import', '--as', 'deflection', 'report.csv');
  expect([proposed.code, proposed.err]).toEqual([0, '']);
  for (const [target, column] of [
    ['starts', 'Week starting'],
    ['counts.visitors', 'Unique visitors'],
    ['counts.searches', 'Searches'],
    ['counts.searches_without_result', 'Searches with no results'],
    ['counts.bot_sessions', 'Bot conversations'],
    ['counts.handed_over', 'Handed over'],
    ['counts.solved', 'Resolved'],
  ])
    expect(proposed.out).toContain(`${target} <- ${column}`);
  expect(proposed.out).toContain('No-result rate: a share or a mean');
  expect((await bench.run('import', 'report.csv', ...MAP)).out).toContain(
    'report: 2 rows of counts of self-service, 4 records',
  );
  expect((await bench.run('import', 'report.csv', ...MAP, '--json')).out).toContain('"unchanged": true');

  write(['2026-01-12,900,500,50,100,20,65,10 %', '2026-01-19,800,300,30,80,20,40,10 %'], 'next.csv');
  expect((await bench.run('import', 'next.csv', ...MAP, '--name', 'report')).code).toBe(0);
  const seen = await streams();
  expect(seen.map(({ stream, status, rows }) => [stream, status, rows])).toEqual([
    ['article_views', 'available', 3],
    ['bot_sessions', 'available', 3],
  ]);
  expect(seen.flatMap(({ fields }) => fields)).toEqual([
    ...['searches', 'searches_without_result', 'visitors'],
    ...['sessions', 'sessions_handed_over', 'sessions_solved'],
  ]);
  expect((await bench.run('doctor')).out.replace(/\s+/g, ' ')).toContain(
    'report holds counts of self-service (deflection): 3 counts of the help centre, from 2026-01-05 up to 2026-01-26; 3 counts of bots, from 2026-01-05 up to 2026-01-26. It has no tickets.',
  );
});

it('refuses a file with a wrong row, with each row and the way out, and stores nothing', async () => {
  write(['2026-01-05,10,40,6,9,3,4,1 %', '2026-01-12,10,40,6,9,3,4,1 %']);
  await bench.run('import', '--as', 'deflection', 'report.csv');
  write([
    '2026-01-05,10,40,60,9,3,4,1 %',
    '2026-01-05,10,40,6,9,3,4,1 %',
    '2026-01-20,10,4.5,6,9,3,10,1 %',
    'soon,10,40,6,9,3,4,1 %',
  ]);
  const { code, err } = await bench.run('import', 'report.csv', ...MAP);
  expect(code).toBe(2);
  const text = err.replace(/\s+/g, ' ');
  for (const problem of [
    'row 1: "Searches with no results" is greater than "Searches"',
    'row 2: the same week as row 1',
    'row 3: its week begins on another weekday than that of row 1',
    'row 3: "Searches" is no whole number',
    'row 3: "Resolved" is greater than "Bot conversations"',
    'row 4: "Week starting" is no date',
    'Correct these rows or export them again',
  ])
    expect(text).toContain(problem);
  expect(await streams()).toEqual([]);
});

it('takes no mapping of tickets for counts, and no days beside weeks', async () => {
  write(['2026-01-05,10,40,6,9,3,4,1 %', '2026-01-12,10,40,6,9,3,4,1 %']);
  await bench.run('import', '--as', 'deflection', 'report.csv');
  await bench.run('import', 'report.csv', ...MAP);
  writeFileSync(
    join(bench.dir, 't.yaml'),
    'version: 1\nmode: tickets\nticket: { id: Searches, created_at: Week starting }\n',
  );
  expect((await bench.run('import', 'report.csv', '--as', 'deflection', '--map', 't.yaml')).err).toContain(
    'no mapping of counts',
  );
  write(['2026-01-05,10,40,6,9,3,4,1 %', '2026-01-06,10,40,6,9,3,4,1 %'], 'days.csv');
  await bench.run('import', '--as', 'deflection', 'days.csv');
  const mixed = await bench.run(
    'import',
    'days.csv',
    '--as',
    'deflection',
    '--map',
    'days.mapping.yaml',
    '--name',
    'report',
  );
  expect(mixed.err.replace(/\s+/g, ' ')).toContain(
    'report was imported from a file of another form: mode deflection by week',
  );
});

it('keeps what was counted through a backup, with its role, and forgets it when asked to', async () => {
  write(['2026-01-05,10,40,6,9,3,4,1 %', '2026-01-12,10,40,6,9,3,4,1 %']);
  await bench.run('import', '--as', 'deflection', 'report.csv');
  await bench.run('import', 'report.csv', ...MAP);
  expect((await bench.run('backup', 'kept')).code).toBe(0);
  expect((await bench.run('restore', 'kept', '--workspace', 'copy')).code).toBe(0);
  expect(await streams('copy')).toEqual(await streams());
  expect((await streams('copy')).map(({ stream, rows }) => [stream, rows])).toEqual([
    ['article_views', 2],
    ['bot_sessions', 2],
  ]);
  expect((await bench.run('doctor', '--workspace', 'copy')).out).toContain('counts of self-service (deflection)');
  expect((await bench.run('disconnect', 'report', '--forget', '--workspace', 'copy')).code).toBe(0);
  expect(await streams('copy')).toEqual([]);
  expect((await streams()).length).toBe(2);
});
