import { expect, it } from 'vitest';
import { z } from 'zod';
import { silentHttp } from '../../../test/harness/fake-http.ts';
import type { HttpClient } from '../http.ts';
import { cursor } from '../page/cursor.ts';
import { readChildren } from './children.ts';

/** Two rows with four pages each; the first page of row 1 fails behind the first of row 2. */
it('asks for no further page once one row has failed', async () => {
  const asked: string[] = [];
  const getJson: HttpClient['getJson'] = async ({ path, query, schema }) => {
    const page = Number(query?.page ?? 1);
    asked.push(`${path}:${page}`);
    await Promise.resolve();
    if (path === '/1') throw new Error('dead');
    const data = schema.parse({ rows: [{ id: page }], next: page < 4 ? String(page + 1) : null });
    return { data, status: 200, date: null, headers: {}, bytes: 0, empty: false };
  };
  const read = readChildren(
    { http: silentHttp({ getJson }), signal: new AbortController().signal },
    'list',
    [{ id: '1' }, { id: '2' }],
    {
      path: ({ id }) => `/${id}`,
      at: 'rows',
      page: cursor({ at: 'next', param: 'page' }),
      rows: z.object({ id: z.number() }),
    },
  );
  await expect(read).rejects.toThrow('dead');
  expect(asked.length).toBeLessThan(4);
});
