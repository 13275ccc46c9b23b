import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseMapping } from './plan.ts';
import { openFileSource } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-open-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

/** Whether the file is taken to show open work. */
async function showsOpenWork(lines: readonly string[], mapping: string): Promise<boolean> {
  made += 1;
  const path = join(folder, `t${made}.csv`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  const source = await openFileSource({
    paths: [path],
    mapping: parseMapping(mapping, 'map.yaml'),
    mappingName: 'map.yaml',
    pseudonymise: (kind, value) => `${kind}-${value}`,
    now: new Date('2024-06-01T00:00:00Z'),
  });
  try {
    return source.coverage.provides.tickets?.includes('open_tickets') === true;
  } finally {
    await source.close();
  }
}

const STAMPS = 'version: 1\nmode: tickets\ntime_zone: UTC\nticket: { id: id, created_at: opened, closed_at: closed }\n';
const WORDS = `${STAMPS.replace(' }', ', status: { column: st, values: { open: open, done: closed, "?": null } } }')}`;
const LOG =
  'version: 1\nmode: events\ntime_zone: UTC\nticket: { id: id, created_at: at, status: { column: st, values: { open: open, done: closed } } }\nevents: { at: at }\n';

describe('countOpen', () => {
  it.each([
    ['every ticket has an end stamp', STAMPS, ['id,opened,closed', '1,2024-01-01,2024-01-02'], false],
    ['one has none', STAMPS, ['id,opened,closed', '1,2024-01-01,2024-01-02', '2,2024-01-01,'], true],
    [
      'one ends at a placeholder',
      STAMPS,
      ['id,opened,closed', '1,2024-01-01,2024-01-02', '2,2024-01-01,1970-01-01'],
      true,
    ],
    ['an open status beats its stamp', WORDS, ['id,opened,closed,st', '1,2024-01-01,2024-01-02,open'], true],
    ['a closed status without a stamp is over', WORDS, ['id,opened,closed,st', '1,2024-01-01,,done'], false],
    [
      'a word that says nothing leaves it to the stamp',
      WORDS,
      ['id,opened,closed,st', '1,2024-01-01,2024-01-02,?'],
      false,
    ],
    [
      'the last state of a log counts, wherever it stands',
      LOG,
      ['id,at,st', '1,2024-01-02,done', '1,2024-01-01,open'],
      false,
    ],
    ['opened again at the end of a log', LOG, ['id,at,st', '1,2024-01-03,open', '1,2024-01-02,done'], true],
  ])('%s', async (_, mapping, lines, open) => {
    expect(await showsOpenWork(lines, mapping)).toBe(open);
  });
});
