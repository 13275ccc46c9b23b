import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { silentHttp } from '../../../test/harness/fake-http.ts';
import type { HttpClient } from '../http.ts';
import { HttpStatusError } from '../http-status-error.ts';
import { readOne } from './read-one.ts';
import { visibleParts } from './visible-parts.ts';

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

describe('visibleParts', () => {
  it('hides what is refused with 403, and nothing that is only gone', async () => {
    const from = reader({ '/t/notes': 403, '/t/events': 404, '/t/mails': { rows: [] }, '/t/calls': 500 });
    const seen = await visibleParts(from, ['notes', 'events', 'mails'], (part) => `/t/${part}`, 'rows');
    expect([...seen]).toEqual(['events', 'mails']);
    await expect(visibleParts(from, ['calls'], (part) => `/t/${part}`)).rejects.toMatchObject({ status: 500 });
  });
});
