import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkbench, type Workbench } from '../../../test/harness/run-cli.ts';
import type { Asker } from './asker.ts';
import { placeMapping } from './place-mapping.ts';

const PRIORITIES = [
  'Ticket ID,Created At,Resolved At,Status,Priority,Due date,Subject',
  '1,2026-01-05 09:00,2026-01-05 11:00,Resolved,1,2026-01-09 09:00,Anna cannot log in since Monday morning',
  '2,2026-01-06 09:00,2026-01-06 10:00,Resolved,4,2026-01-09 09:00,Max asks for an invoice of last year',
  '3,2026-01-07 09:00,,parked,3,2026-01-09 09:00,Printer of the second floor does not answer',
].join('\n');

let bench: Workbench;
beforeEach(() => {
  bench = openWorkbench();
  writeFileSync(join(bench.dir, 'desk.csv'), `${PRIORITIES}\n`);
});
afterEach(() => bench.remove());
const mapping = (name = 'desk.mapping.yaml'): string => readFileSync(join(bench.dir, name), 'utf8');

describe('import without --map', () => {
  it('asks nobody without a terminal: the mapping is written with its open points listed', async () => {
    const { code, out } = await bench.run('import', 'desk.csv');
    expect(code).toBe(0);
    expect(out).toContain('looked at 3 of 3 rows');
    expect(out).toContain('OPEN: A PERSON MUST LOOK');
    expect(out).toContain('Wrote desk.mapping.yaml.');
    expect(mapping()).toMatch(/# OPEN: ticket.priority: "Priority" holds bare numbers/);
    expect(mapping()).toMatch(/# OPEN: ticket.status: What does "parked"/);
    expect(mapping()).toMatch(/# OPEN: time_zone/);
  });

  it('takes --tz as the answer to the question of the zone, and refuses what is no zone', async () => {
    const { out } = await bench.run('import', 'desk.csv', '--tz', 'Europe/Berlin');
    expect(out).not.toContain('time_zone');
    expect(mapping()).toContain('time_zone: Europe/Berlin');
    const json = await bench.run('--json', 'import', 'desk.csv', '--tz', 'Europe/Berlin');
    const told = JSON.parse(json.out) as { yaml: string; points: { id: string }[] };
    expect(told.yaml).toContain('time_zone: Europe/Berlin');
    expect(told.points.map((one) => one.id)).not.toContain('time-zone');
    const bad = await bench.run('import', 'desk.csv', '--tz', 'Mars/Olympus');
    expect(bad).toMatchObject({ code: 2, err: expect.stringContaining('"Mars/Olympus" is not an IANA zone') });
  });

  it.each([['--replace'], ['--accept-loss'], ['--max-lost', 'abc']])(
    'refuses %s, which only an import can heed',
    async (...flag) => {
      const { code, err } = await bench.run('import', 'desk.csv', ...flag);
      expect(code).toBe(2);
      expect(err).toContain(`${flag[0]} needs a mapping`);
      expect(err).toContain('BAD_USAGE');
      expect(existsSync(join(bench.dir, 'desk.mapping.yaml'))).toBe(false);
    },
  );

  it('names every column that it leaves out, and shows no text of a ticket', async () => {
    const { out } = await bench.run('import', 'desk.csv');
    expect(out).toMatch(/COLUMNS NOT USED\n {2}Subject: text: left out/);
    expect(out + mapping()).not.toMatch(/Anna|invoice|Printer/);
  });

  it('asks the open points one by one, writes the mapping and imports after a yes', async () => {
    // parked = hold; the greatest number is the most urgent; zone; yes.
    const answers = ['4', '2', 'Europe/Nowhere', 'Europe/Berlin', 'y'];
    const { code, out, err } = await bench.runAnswering(answers, 'import', 'desk.csv');
    expect(err).toContain('What does "parked" in "Status" (1 row) mean?');
    expect(err).toContain('2) 4 is the most urgent: 1 is rank 4, 3 is rank 2, 4 is rank 1');
    expect(err).toContain('"Europe/Nowhere" is not an IANA zone');
    expect(out).toMatch(/desk: 3 rows, 3 tickets/);
    expect(code).toBe(0);
    expect(mapping()).not.toContain('# OPEN');
    expect(mapping()).toContain('time_zone: Europe/Berlin');
    expect(mapping()).toMatch(/parked: hold/);
    expect(mapping()).toMatch(/"1": 4\n {6}"3": 2\n {6}"4": 1/);
  });

  it('keeps what is left open in the file and imports nothing', async () => {
    const { out } = await bench.runAnswering(['', '2', '1'], 'import', 'desk.csv');
    expect(out).toContain('Settle the open points in it');
    expect(mapping()).toMatch(/# OPEN: ticket.status: What does "parked"/);
    expect(mapping()).not.toMatch(/# OPEN: ticket.priority/);
  });

  it('says which product it recognised', async () => {
    const fixture = join(import.meta.dirname, '../../../connectors/file/fixtures/presets/github-issues.csv');
    const { out } = await bench.run('import', fixture);
    expect(out).toContain('This is a GitHub issue list (preset github-issues).');
    expect(out).not.toContain('OPEN:');
  });

  it('never overwrites an edited mapping unasked', async () => {
    await bench.run('import', 'desk.csv');
    const proposed = mapping();
    expect((await bench.run('import', 'desk.csv')).out).toContain('Wrote desk.mapping.yaml.');
    writeFileSync(join(bench.dir, 'desk.mapping.yaml'), `# my note\n${proposed}`);
    const { out } = await bench.run('import', 'desk.csv');
    expect(out.replace(/\s+/g, ' ')).toContain('stays as it is, the proposal is in desk.mapping.yaml.new');
    expect(mapping()).toContain('# my note');
    expect(mapping('desk.mapping.yaml.new')).toBe(proposed);
    await bench.run('import', 'desk.csv', '--force');
    expect(mapping()).toBe(proposed);
  });
});

describe('a proposal whose open points were not settled', () => {
  it('is refused for what is missing, with the open points as the way out', async () => {
    writeFileSync(
      join(bench.dir, 'own.csv'),
      'Ticket ID,Status,Alpha,Beta\n1,Open,2026-01-05 09:00,2026-01-06 09:00\n2,Open,2026-01-07 09:00,2026-01-08 09:00\n',
    );
    await bench.run('import', 'own.csv');
    expect(mapping('own.mapping.yaml')).toMatch(/# OPEN: ticket.created_at/);
    const { code, err } = await bench.run('import', 'own.csv', '--map', 'own.mapping.yaml');
    expect(code).toBe(2);
    const said = err.replace(/\s+/g, ' ');
    expect(said).toContain('ticket.created_at: is missing');
    expect(said).toContain('settle its 2 open points (lines with "# OPEN:")');
  });
});

describe('a question that is left open without hindering the import', () => {
  it('is said with what is read meanwhile, until it is settled', async () => {
    writeFileSync(
      join(bench.dir, 'zone.csv'),
      'Ticket ID,Status,Created\n1,Open,2026-01-05 09:00\n2,Closed,2026-01-07 09:00\n',
    );
    await bench.run('import', 'zone.csv');
    expect(mapping('zone.mapping.yaml')).toMatch(/# OPEN: time_zone/);
    const { code, out } = await bench.run('import', 'zone.csv', '--map', 'zone.mapping.yaml');
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain(
      'zone.mapping.yaml leaves this open (# OPEN:), and is read as written: time_zone',
    );
    const told = await bench.run(
      'import',
      'zone.csv',
      '--map',
      'zone.mapping.yaml',
      '--tz',
      'Europe/Berlin',
      '--replace',
    );
    expect(told.out).not.toContain('leaves this open');
  });
});

describe('placeMapping', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'plumbline-place-'));
    writeFileSync(join(cwd, 'm.yaml'), 'edited');
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));
  const asker = (yes: boolean, asked: string[] = []): Asker => ({
    choose: async () => null,
    confirm: async (question) => {
      asked.push(question);
      return yes;
    },
  });

  it('asks at a prompt, and goes by the answer', async () => {
    const asked: string[] = [];
    expect(await placeMapping(cwd, 'm.yaml', 'new', { force: false, asker: asker(false, asked) })).toEqual({
      file: 'm.yaml.new',
      kept: true,
    });
    expect(asked).toEqual(['m.yaml is there and says something else. Replace it?']);
    expect(readFileSync(join(cwd, 'm.yaml'), 'utf8')).toBe('edited');
    expect((await placeMapping(cwd, 'm.yaml', 'new', { force: false, asker: asker(true) })).kept).toBe(false);
    expect(readFileSync(join(cwd, 'm.yaml'), 'utf8')).toBe('new');
  });

  it('keeps the edited file when somebody only presses enter', async () => {
    const pressEnter: Asker = { choose: async () => null, confirm: async (_question, enter) => enter };
    expect((await placeMapping(cwd, 'm.yaml', 'new', { force: false, asker: pressEnter })).kept).toBe(true);
    expect(readFileSync(join(cwd, 'm.yaml'), 'utf8')).toBe('edited');
  });

  it('asks nothing when nothing would change', async () => {
    const asked: string[] = [];
    await placeMapping(cwd, 'm.yaml', 'edited', { force: false, asker: asker(false, asked) });
    expect(asked).toEqual([]);
    expect(existsSync(join(cwd, 'm.yaml.new'))).toBe(false);
  });

  it('leaves an edited neighbour alone as well', async () => {
    writeFileSync(join(cwd, 'm.yaml.new'), 'edited too');
    const { file } = await placeMapping(cwd, 'm.yaml', 'new', { force: false, asker: null });
    expect(file).toBe('m.yaml.new-2');
    expect(readFileSync(join(cwd, 'm.yaml.new'), 'utf8')).toBe('edited too');
  });
});
