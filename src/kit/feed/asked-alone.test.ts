import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { silentHttp } from '../../../test/harness/fake-http.ts';
import type { HttpClient } from '../http.ts';
import { HttpStatusError } from '../http-status-error.ts';
import { readOne, readShown } from './read-one.ts';
import { lessRests, namesOfPrograms } from './rests.ts';
import { looksBelow, seesBelow } from './visible-parts.ts';

const refusal = (status: number) => new HttpStatusError('VENDOR_BROKEN', status, null, 'desk.example/x', 'Look.');

/** A vendor that answers paths with rows, or refuses them with a status. */
function reader(replies: Readonly<Record<string, unknown>>) {
  const getJson: HttpClient['getJson'] = async ({ path, schema }) => {
    const reply = replies[path];
    if (typeof reply === 'number') throw refusal(reply);
    return { data: schema.parse(reply), status: 200, date: null, headers: {}, bytes: 0, empty: false };
  };
  return { http: silentHttp({ getJson }), signal: new AbortController().signal };
}
const Row = z.looseObject({ id: z.string(), at: z.number() });

describe('readOne', () => {
  it('gives a record, none that is gone, and sets one aside that cannot be read', async () => {
    const from = reader({ '/a': { id: 'a', at: 1 }, '/b': 404, '/c': { id: 'c' }, '/d': 301 });
    expect(await readOne(from, 'rows', '/a', Row)).toEqual({ kept: [{ id: 'a', at: 1 }], rejected: [] });
    expect(await readOne(from, 'rows', '/b', Row)).toEqual({ kept: [], rejected: [] });
    expect((await readOne(from, 'rows', '/c', Row)).rejected).toMatchObject([{ stream: 'rows', ref: 'c', path: 'at' }]);
    await expect(readOne(from, 'rows', '/d', Row)).rejects.toMatchObject({ status: 301 });
    expect(await readOne(from, 'rows', '/d', Row, [301])).toEqual({ kept: [], rejected: [] });
  });
});

describe('readShown', () => {
  it('gives a record, null where it is refused or gone, and fails where nothing is known', async () => {
    const from = reader({ '/a': { id: 'a', at: 1 }, '/b': 404, '/c': 403, '/d': 500 });
    expect(await readShown(from, { path: '/a' }, Row)).toEqual({ id: 'a', at: 1 });
    expect([await readShown(from, { path: '/b' }, Row), await readShown(from, { path: '/c' }, Row)]).toEqual([
      null,
      null,
    ]);
    await expect(readShown(from, { path: '/d' }, Row)).rejects.toMatchObject({ status: 500 });
  });
});

describe('seesBelow', () => {
  const ask = (id: string) => ({ path: `/t/${id}` });

  it('says no only where each of the first three is refused', async () => {
    const from = reader({ '/t/a': 403, '/t/b': 404, '/t/c': { rows: [] }, '/t/d': 403, '/t/e': 500 });
    expect(await seesBelow(from, ['a', 'b', 'c'], ask)).toBe(true);
    expect(await seesBelow(from, ['a', 'b', 'd', 'c'], ask)).toBe(false);
    expect(await seesBelow(from, [], ask)).toBe(true);
    const moved = reader({ '/t/a': 301, '/t/b': 403 });
    expect(await seesBelow(moved, ['a'], ask)).toBe(true);
    expect(await seesBelow(moved, ['a', 'b'], ask)).toBe(false);
    await expect(seesBelow(from, ['e'], ask)).rejects.toMatchObject({ status: 500 });
  });

  it('is asked for each call once', async () => {
    let asked = 0;
    const sample = async () => {
      asked += 1;
      return ['a'];
    };
    const sees = looksBelow(reader({ '/t/a': 403, '/n/a': {} }), sample, {
      talks: ask,
      notes: (id) => ({ path: `/n/${id}` }),
    });
    expect([await sees('talks'), await sees('talks'), await sees('notes')]).toEqual([false, false, true]);
    expect(asked).toBe(2);
  });
});

describe('lessRests', () => {
  const feed = { id: 'tickets', provides: { tickets: ['status', 'tags'], events: ['status'] } };

  it('takes what rests on a refused call from what the feed shows, and says what to grant', async () => {
    const rests = [
      { on: async () => null, lacks: { events: ['status', 'group'], agents: ['role'] }, words: 'Grant history.' },
      { on: async () => [], lacks: { tickets: ['tags'] }, words: 'Grant tags.' },
      { on: async () => false, lacks: { tickets: ['tags'] }, feeds: ['archive'], words: 'Grant the archive.' },
      namesOfPrograms(async () => null, ['tickets'], 'Grant names.'),
    ];
    const shown = { status: 'available', lacks: { tickets: ['tags'] }, detail: 'As ever.' } as const;
    expect(await lessRests(shown, feed, null, rests)).toEqual({
      status: 'available',
      lacks: { tickets: ['tags'], events: ['status'] },
      detail:
        'As ever. Grant history. Grant names. Until then a program that writes as somebody of the desk is told by its work alone.',
      hidden: 'permission',
    });
  });

  it('leaves a feed that is hidden, and one that lacks nothing, as they are', async () => {
    const rest = { on: async () => null, lacks: { events: ['status'] }, words: 'Grant history.' };
    const hidden = { status: 'plan', detail: 'Not in this plan.' } as const;
    expect(await lessRests(hidden, feed, null, [rest])).toBe(hidden);
    const whole = { status: 'available' } as const;
    expect(await lessRests(whole, feed, null, [{ ...rest, on: async () => true }])).toBe(whole);
  });
});
