import { describe, expect, it } from 'vitest';
import { silentHttp } from '../../../test/harness/fake-http.ts';
import type { ConnectorContext } from '../connector.ts';
import { type Exported, exports } from './exports.ts';

const UNTIL = new Date('2026-03-11T00:00:00Z');
const context: ConnectorContext<unknown> = {
  settings: {},
  http: silentHttp({}),
  pseudonymise: (_kind, value) => value,
  signal: new AbortController().signal,
  until: UNTIL,
};

/** A vendor whose exports become what stands next in `results`, and then empty ones. */
function vendor(results: readonly Exported[]) {
  const left = [...results];
  const begun: string[] = [];
  const fetched: string[] = [];
  const day = (at: Date) => at.toISOString().slice(5, 10);
  const feed = exports<ConnectorContext<unknown>>({
    id: 'answers',
    title: 'Answers',
    fills: {},
    words: { permission: 'Give it.' },
    start: () => new Date('2026-03-01T00:00:00Z'),
    spanDays: 8,
    overlapDays: 1,
    begin: async (_context, from, to) => `${begun.push(`${day(from)} ${day(to)}`)}`,
    fetch: async (_context, id) => {
      fetched.push(id);
      return left.shift() ?? [];
    },
    map: () => ({}),
  });
  const read = async (checkpoint: string | null, most = 99) => {
    let behind = checkpoint;
    for await (const page of feed.read(context, checkpoint)) {
      behind = page.checkpoint;
      most -= 1;
      if (most === 0) break;
    }
    return behind;
  };
  return { begun, fetched, read };
}

describe('exports', () => {
  it('reads span by span with a day twice, and nothing more when it is read again', async () => {
    const { begun, read } = vendor([]);
    const behind = await read(null);
    expect(begun).toEqual(['02-28 03-09', '03-08 03-11']);
    await read(behind);
    expect(begun.length).toBe(2);
  });

  it('fetches an export that was begun before', async () => {
    const { begun, fetched, read } = vendor([]);
    await read(await read(null, 1));
    expect([begun.length, fetched]).toEqual([2, ['1', '2']]);
  });

  it('asks for half of what is too big, down to a day', async () => {
    const { begun, read } = vendor(['too_big']);
    await read(null);
    expect(begun).toEqual(['02-28 03-09', '02-28 03-05', '03-04 03-09', '03-08 03-11']);
    const never = vendor(['too_big', 'too_big', 'too_big', 'too_big']);
    await expect(never.read(null)).rejects.toMatchObject({ code: 'VENDOR_CUT' });
    expect(never.begun.at(-1)).toBe('02-28 03-02');
  });

  it('begins a lost one anew once, and keeps no lost one for the next sync', async () => {
    const once = vendor(['lost']);
    await once.read(null);
    expect(once.begun.slice(0, 2)).toEqual(['02-28 03-09', '02-28 03-09']);
    const twice = vendor(['lost', 'lost']);
    await expect(twice.read(null)).rejects.toMatchObject({ code: 'VENDOR_BROKEN' });
  });
});
