import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRun } from '../../test/conformance/operations.ts';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import type { NewRun } from '../domain/operations.ts';
import { pageAfter, writeCursor } from './paging.ts';

const NOON = new Date('2026-06-01T12:00:00Z');
const later = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1_000);

let fleet: ApiFleet;
let admin: string;
let two: string;
beforeAll(async () => {
  fleet = await openApiFleet(['desk-a', 'desk-b', 'desk-c']);
  admin = (await fleet.token('admin')).token;
  two = (await fleet.token('admin', ['desk-a', 'desk-b'])).token;
});
afterAll(() => fleet.close());

const get = (path: string, token = admin) => fleet.ask({ method: 'GET', url: path, token });

/** Goes through a list from its start to its end, page by page. */
async function walk(path: string, token = admin): Promise<Record<string, unknown>[][]> {
  const pages: Record<string, unknown>[][] = [];
  for (let cursor: string | null = ''; cursor !== null && pages.length < 20; ) {
    const behind: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { next, ...lists } = (await get(`${path}${behind}`, token)).json();
    pages.push(Object.values(lists).find((list) => Array.isArray(list)) as Record<string, unknown>[]);
    cursor = next;
  }
  return pages;
}
const ids = (pages: readonly Record<string, unknown>[][]): unknown[] =>
  pages.flatMap((page) => page.map(({ id }) => id));

function runAt(id: string, second: number): NewRun {
  const at = later(second);
  return aRun({ workspace: 'desk-a', id, slot: at, due_at: at, created_at: at });
}

describe('lists page by page', () => {
  it('give all runs once, newest first, whatever comes in meanwhile', async () => {
    await fleet.operations.addRuns(['a', 'b', 'c', 'd', 'e'].map((id, second) => runAt(id, second)));
    const runs = '/v1/workspaces/desk-a/runs?limit=2';
    expect((await walk(runs)).map((page) => page.map(({ id }) => id))).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
    const first = (await get(runs)).json();
    await fleet.operations.addRuns([runAt('f', 9)]);
    const second = (await get(`${runs}&cursor=${first.next}`)).json();
    expect(second.runs.map(({ id }: { id: string }) => id)).toEqual(['c', 'b']);
    expect(ids(await walk('/v1/workspaces/desk-a/runs?limit=1000'))).toEqual(['f', 'e', 'd', 'c', 'b', 'a']);
  });

  it('give audit entries of the desks that a token opens, those of one instant too', async () => {
    const entry = { actor: 'cli', action: 'x', subject: null, outcome: 'done', detail: {} } as const;
    const desks = ['desk-a', 'desk-b', 'desk-c', 'desk-a', 'desk-b', 'desk-b'];
    for (const [index, workspace] of desks.entries())
      await fleet.operations.addAudit({ ...entry, id: `e${String(index)}`, at: later(index < 4 ? 0 : 1), workspace });
    const pages = await walk('/v1/audit?limit=2', two);
    expect(ids(pages)).toEqual(['e5', 'e4', 'e3', 'e1', 'e0']);
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
  });

  it('give what was set aside once', async () => {
    const { ledger, telemetry } = await fleet.store('desk-b');
    await ledger.saveConnection({
      name: 'old',
      vendor: 'zendesk',
      role: 'desk',
      settings: {},
      secret: 'none',
      allow_private: false,
      status: 'disconnected',
      created_at: NOON,
    });
    const rejected = [1, 2, 3, 4, 5].map((n) => ({
      stream: 'tickets',
      ref: String(n),
      code: n === 2 ? 'CELL_REJECTED' : 'RECORD_REJECTED',
      path: 'created_at',
      detail: 'expected an instant',
    }));
    await telemetry.commit({ connection: 'old', stream: null, checkpoint: null, records: {}, rejected });
    const pages = await walk('/v1/workspaces/desk-b/connections/old/set-aside?limit=2');
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    // Records first, then values of records that were kept.
    expect(pages.flatMap((page) => page.map(({ ref }) => ref))).toEqual(['1', '3', '4', '5', '2']);
  });

  it.each([
    ['what is no cursor', 'nonsense'],
    ['one of another list', writeCursor({ at: NOON, id: 'e1' })],
    ['one with more in it', writeCursor({ created_at: NOON, slot: NOON, id: 'a', or: '1=1' })],
  ])('refuse %s with the way out', async (_name, cursor) => {
    const reply = await get(`/v1/workspaces/desk-a/runs?cursor=${cursor}`);
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'BAD_USAGE']);
    expect(reply.json().remedy).toContain('leave the cursor out');
  });
});

describe('pageAfter', () => {
  const rows = ['a', 'b', 'c'];
  const self = (row: string): string => row;

  it('says where the list ends', () => {
    expect(pageAfter(rows, { limit: 3 }, self)).toEqual({ rows, next: null });
    expect(pageAfter([], { limit: 3 }, self)).toEqual({ rows: [], next: null });
    const { next } = pageAfter(rows, { limit: 2 }, self);
    expect(pageAfter(rows, { limit: 2, cursor: next ?? '' }, self)).toEqual({ rows: ['c'], next: null });
  });

  it('refuses to go on behind a row that is gone', () => {
    expect(() => pageAfter(rows, { limit: 1, cursor: writeCursor('z') }, self)).toThrow(/no longer in this list/);
  });
});
