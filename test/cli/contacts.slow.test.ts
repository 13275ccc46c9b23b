import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../harness/run-cli.ts';

const MAPPING = `version: 1
mode: tickets
time_zone: UTC
ticket: { id: id, created_at: created, solved_at: solved, category: topic, requester: who }
`;

/** 25 tickets about login, of which 20 come back to the same customer a day after a solution, and 25 about invoices that do not. */
function rows(): string[] {
  const day = (n: number) => new Date(Date.UTC(2026, 0, 5 + n)).toISOString().slice(0, 10);
  const ticket = (id: string, n: number, topic: string, who: string) =>
    `${id},${day(n)} 09:00,${day(n)} 12:00,${topic},${who}`;
  return [
    ...Array.from({ length: 25 }, (_, i) => ticket(`l${i}`, 2 * Math.floor(i / 5), 'login', `c${i % 5}`)),
    ...Array.from({ length: 25 }, (_, i) => ticket(`i${i}`, i, 'invoice', `d${i}`)),
  ];
}

describe('contacts', () => {
  const bench = openWorkbench();
  afterAll(() => bench.remove());
  beforeAll(async () => {
    writeFileSync(join(bench.dir, 'desk.csv'), ['id,created,solved,topic,who', ...rows()].join('\n'));
    writeFileSync(join(bench.dir, 'm.yaml'), MAPPING);
    const { code, err } = await bench.run('import', 'desk.csv', '--map', 'm.yaml', '--quiet');
    expect(code, err).toBe(0);
  });

  it('proposes a kind from what repeats, and writes a file that counts once it is named', async () => {
    const { out, err } = await bench.run('contacts', '--write');
    expect(out).toContain('50 contacts in the 90 days');
    expect(out).toMatch(/category login +25 {2}eroding: 80 % come back/);
    expect(out).toMatch(/category invoice +25 {2}yours to say/);
    expect(err).toContain('exchange: { value-exchange: exchange.yaml }');
    const mixOf = async (): Promise<Record<string, unknown>> => {
      const { code, out: judged, err: why } = await bench.run('models', 'judge', 'value-exchange', '--json', '--quiet');
      expect(code, why).toBe(0);
      return JSON.parse(judged).verdicts[0].body.mix;
    };
    expect(await mixOf()).toMatchObject({ contacts: 50, mapped: 0 });
    writeFileSync(join(bench.dir, 'plumbline.yaml'), 'exchange: { value-exchange: exchange.yaml }\n');
    expect(await mixOf()).toMatchObject({ contacts: 50, mapped: 25, eroding: { contacts: 25, share: 1 } });
    const again = await bench.run('contacts', '--json');
    expect(JSON.parse(again.out).proposals.map((one: { value: string }) => one.value)).toEqual(['invoice']);
  });

  it('counts contacts for a snapshot too, by rules that stand in the model as it is kept', async () => {
    const { code, out, err } = await bench.run('snapshot', '--json', '--quiet');
    expect(code, err).toBe(0);
    const verdicts = JSON.parse(out).verdicts as { model: { id: string }; body: { mix?: { mapped: number } } }[];
    expect(verdicts.find(({ model }) => model.id === 'value-exchange')?.body.mix?.mapped).toBe(25);
  });

  it.each([
    ['exchange: { value-exchang: exchange.yaml }', 'did you mean "value-exchange"?'],
    ['exchange: { six-stage: exchange.yaml }', 'there is no model of kind value "six-stage"'],
    ['exchange: { value-exchange: gone.yaml }', 'The file gone.yaml is not there'],
  ])('refuses %s', async (line, message) => {
    writeFileSync(join(bench.dir, 'bad.yaml'), `${line}\n`);
    const { code, err } = await bench.run('models', 'list', '--config', 'bad.yaml');
    expect(code).toBe(2);
    expect(err.replace(/\s+/g, ' ')).toContain(message);
  });

  it('does not write over a file that nobody names, and says faults of one with their lines', async () => {
    writeFileSync(join(bench.dir, 'mine.yaml'), 'notes: keep me\n');
    expect((await bench.run('contacts', '--write', 'mine.yaml')).code).toBe(2);
    expect(readFileSync(join(bench.dir, 'mine.yaml'), 'utf8')).toBe('notes: keep me\n');
    writeFileSync(join(bench.dir, 'bad.yaml'), 'exchange: { value-exchange: mine.yaml }\n');
    expect((await bench.run('models', 'list', '--config', 'bad.yaml')).err).toContain(
      'mine.yaml:1: unknown key "notes"',
    );
    expect(existsSync(join(bench.dir, 'exchange.yaml'))).toBe(true);
  });
});
