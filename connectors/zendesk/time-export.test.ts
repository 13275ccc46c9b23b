import { describe, expect, it } from 'vitest';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { silentHttp } from '../../test/harness/fake-http.ts';
import type { Context } from './pages.ts';
import { Settings } from './settings.ts';
import { timeExport } from './time-export.ts';

interface Row {
  readonly id: number;
  readonly at: number;
}

interface Vendor {
  readonly rows: readonly Row[];
  readonly size: number;
  /** Sizes up to this are given when asked for. */
  readonly most?: number;
  readonly flag: boolean;
}

/** An export that cuts a page after `size` rows whatever second it is in. */
function cutting({ rows, size, most = size, flag }: Vendor): Context {
  return {
    settings: Settings.parse({ url: 'acme' }),
    until: new Date(1_000_000),
    signal: new AbortController().signal,
    pseudonymise: (_kind: string, value: string) => value,
    http: {
      ...silentHttp(),
      origin: 'https://acme.example',
      async getJson(request) {
        const from = Number(request.query?.start_time);
        const asked = Math.min(most, Math.max(size, Number(request.query?.per_page ?? size)));
        const later = rows.filter((row) => row.at >= from);
        const page = later.slice(0, asked);
        const reply = {
          rows: page,
          count: page.length,
          end_time: page.at(-1)?.at ?? from,
          next_page: 'more',
          ...(flag ? { end_of_stream: later.length <= asked } : {}),
        };
        return { data: request.schema.parse(reply), status: 200, date: null, headers: {}, bytes: 0, empty: false };
      },
    },
  };
}

async function walk(vendor: Vendor, start = 0) {
  const seen = new Set<number>();
  let resume = start;
  let error: unknown = null;
  try {
    for await (const page of timeExport(cutting(vendor), '/incremental/things', 'rows', start)) {
      for (const row of page.items) seen.add((row as Row).id);
      resume = page.resume;
    }
  } catch (thrown) {
    error = thrown;
  }
  return { seen: [...seen], resume, error };
}

const rows = (...counts: readonly [at: number, n: number][]): Row[] =>
  counts.flatMap(([at, n], i) => Array.from({ length: n }, (_, k) => ({ id: i * 100 + k, at })));

describe.each([
  ['with the flag of the end', true],
  ['without it', false],
])('a second with more rows than a page, %s', (_name, flag) => {
  const crowded = rows([10, 3], [20, 4], [50, 25], [60, 7]);

  it('is refused by name, and again from where it stopped: nothing behind it is passed over', async () => {
    const first = await walk({ rows: crowded, size: 10, flag });
    expect(first.error).toBeInstanceOf(PlumblineError);
    expect(first.error).toMatchObject({ code: 'VENDOR_CUT', kind: 'vendor' });
    expect((first.error as Error).message).toContain('1970-01-01T00:00:50Z');
    expect(first.resume).toBeLessThanOrEqual(50);
    const second = await walk({ rows: crowded, size: 10, flag }, first.resume);
    expect(second.error).toMatchObject({ code: 'VENDOR_CUT' });
  });

  it('is refused also when it is the last one', async () => {
    const last = rows([10, 3], [20, 9], [50, 25]);
    const first = await walk({ rows: last, size: 10, flag });
    expect(first.error).toMatchObject({ code: 'VENDOR_CUT' });
    expect((await walk({ rows: last, size: 10, flag }, first.resume)).error).toMatchObject({ code: 'VENDOR_CUT' });
  });

  it('is read whole where the vendor gives larger pages', async () => {
    const { seen, error } = await walk({ rows: crowded, size: 10, most: 1000, flag });
    expect([error, seen.length]).toEqual([null, 39]);
    expect((await walk({ rows: rows([10, 3], [20, 9], [50, 25]), size: 10, most: 1000, flag })).seen).toHaveLength(37);
  });

  it('that just fits is read, and an ordinary end is an end', async () => {
    const fitting = rows([10, 3], [20, 4], [50, 9], [60, 2]);
    expect(await walk({ rows: fitting, size: 10, flag })).toMatchObject({ error: null, resume: 60 });
    expect((await walk({ rows: fitting, size: 10, flag })).seen).toHaveLength(18);
    expect(await walk({ rows: rows([10, 7]), size: 10, flag })).toMatchObject({ error: null });
    expect(await walk({ rows: [], size: 10, flag })).toMatchObject({ error: null, seen: [] });
  });
});
