import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { blank } from '../../src/kit/blank.ts';
import { openDuckdbStore } from '../../src/store/duckdb/open.ts';
import { putConnection } from '../harness/beside-desk.ts';
import { aTicket, at } from '../harness/records.ts';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';

let bench: Workbench;
beforeEach(() => {
  bench = openWorkbench();
});
afterEach(() => bench.remove());

const NAMED = [
  ['1', 'other', 'a'],
  ['2', 'other', 'a'],
  ['3', 'other', 'b'],
  ['4', 'other', 'twice'],
  ['5', 'other', 'nobody'],
  ['6', 'jira', 'x-1'],
] as const;

async function fill(withTracker = true): Promise<void> {
  const dataDir = join(bench.dir, '.plumbline', 'default');
  mkdirSync(dataDir, { recursive: true });
  const store = await openDuckdbStore({ dataDir, workspace: 'default', clock: () => at('2026-02-01T00:00:00Z') });
  await putConnection(store, 'desk', 'desk', {
    ticket: NAMED.map(([id]) => aTicket({ id })),
    link: NAMED.map(([id, system, target_key]) => ({
      ...{ ...blank('link'), id, ticket_id: id, kind: 'issue' as const, system, target_key },
      linked_at: at('2026-01-10T00:00:00Z'),
    })),
  });
  const issue = (id: string, key: string) => aTicket({ id, reference_keys: [key] });
  if (withTracker)
    await putConnection(store, 'bugs', 'engineering', {
      ticket: [issue('1', 'a'), issue('2', 'b'), issue('3', 'twice'), issue('4', 'twice')],
    });
  await store.close();
}

it('tells which issues were found where, and by which tickets those are named that could be several', async () => {
  await fill();
  const { code, out } = await bench.run('links', 'match', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    matches: [
      {
        desk: 'desk',
        issues: { matched: 2, ambiguous: 1, unmatched: 2, of: 5 },
        by_system: [
          { system: 'jira', matched: 0, ambiguous: 0, unmatched: 1, of: 1, reached: false },
          { system: 'other', matched: 2, ambiguous: 1, unmatched: 1, of: 4, reached: true },
        ],
        by_tracker: [{ tracker: 'bugs', issues: 2 }],
        share: 0.5,
        counts: true,
        ambiguous: [{ system: 'other', tickets: ['4'] }],
      },
    ],
  });
  const text = (await bench.run('links', 'match')).out.replace(/\s+/g, ' ');
  expect(text).toContain('✓ desk: 2 of 5 issues matched, 2 in bugs 50 % of the issues in systems that a tracker knows');
  expect(text).toContain('jira: 1 issue, of which no tracker knows any');
  expect(text).toContain('ambiguous, not joined, named by 4');
});

it('says what is missing', async () => {
  await fill(false);
  const { code, err } = await bench.run('links', 'match');
  expect(code).toBe(2);
  expect(err).toContain('--as engineering');
});
