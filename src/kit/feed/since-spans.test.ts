import { describe, expect, it } from 'vitest';
import { silentHttp } from '../../../test/harness/fake-http.ts';
import type { HttpClient } from '../http.ts';
import { cursor } from '../page/cursor.ts';
import { SINCE_BEGIN, type Since, type SinceState, walkSince } from './since.ts';

const DAY_S = 86_400;
const DAY0 = Date.parse('2026-03-01T00:00:00Z') / 1000;
/** An hour of a day of the test, Unix seconds. */
const hour = (day: number, hours: number): number => DAY0 + day * DAY_S + hours * 3600;

interface Row {
  id: number;
  at: number;
  /** What the vendor compares, where it is not what it shows. */
  hidden?: number;
}
const compared = (row: Row): number => row.hidden ?? row.at;
interface Body {
  readonly from: number;
  readonly to: number;
  readonly after?: string;
}

/** A posted search that compares whole days and gives the newest first, two rows a page. */
async function walk(
  rows: readonly Row[],
  untilS: number,
  state: SinceState = SINCE_BEGIN,
  breaksAt = 0,
  by: Partial<Since> = {},
) {
  const asked: Body[] = [];
  const getJson: HttpClient['getJson'] = async (request) => {
    const body = request.body as Body;
    asked.push(body);
    if (asked.length === breaksAt) throw new Error('broken');
    const found = rows
      .filter((row) => compared(row) >= body.from && compared(row) < body.to)
      .toSorted((a, b) => b.at - a.at);
    const start = Number(body.after ?? 0);
    const after = start + 2 < found.length ? String(start + 2) : null;
    const data = request.schema.parse({ rows: found.slice(start, start + 2), after });
    return { data, status: 200, date: null, headers: {}, bytes: 0, empty: false };
  };
  const dayOf = (at: Date) => Math.floor(at.getTime() / 1000 / DAY_S) * DAY_S;
  const given: number[] = [];
  let end = state;
  const states: SinceState[] = [];
  try {
    for await (const page of walkSince({
      reader: { http: silentHttp({ getJson }), signal: new AbortController().signal },
      pager: cursor({ at: 'after', param: 'after', inBody: true }),
      ask: { path: '/search', method: 'POST' },
      place: { at: 'rows', place: 'search' },
      by: {
        field: 'at',
        overlapS: 3600,
        spanS: 2 * DAY_S,
        ask: (ask, from, to) => ({ ...ask, body: { from: dayOf(from), to: dayOf(to) + DAY_S } }),
        ...by,
      },
      start: new Date(DAY0 * 1000),
      until: new Date(untilS * 1000),
      state,
    })) {
      given.push(...page.fresh.map((row) => (row as Row).id));
      end = page.state;
      states.push(page.state);
    }
  } catch (error) {
    if (!(error instanceof Error) || error.message !== 'broken') throw error;
  }
  return { asked, given, end, states };
}

const rows: readonly Row[] = [
  { id: 1, at: hour(0, 1) },
  { id: 2, at: hour(0, 2) },
  { id: 3, at: hour(1, 23) },
  { id: 4, at: hour(2, 5) },
  { id: 5, at: hour(4, 6) },
  { id: 6, at: hour(4, 20) },
];

describe('a walk by spans', () => {
  it('gives each row once, whatever order it comes in and however much more than the span the vendor gives', async () => {
    const { given, end } = await walk(rows, hour(4, 12));
    expect(given.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
    expect(end).toMatchObject({ at: '2026-03-05T12:00:00.000Z', to: '2026-03-05T12:00:00.000Z' });
  });

  it('keeps what the spans before a break gave, and is complete only at the end', async () => {
    // Four requests for the first span (two pages, walked twice, as the second walk brings nothing new); the second page of the next span breaks.
    const broken = await walk(rows, hour(4, 12), SINCE_BEGIN, 6);
    expect(broken.end).toMatchObject({ at: '2026-03-03T00:00:00.000Z', to: null });
    const rest = await walk(rows, hour(4, 12), broken.end);
    expect(rest.given.toSorted((a, b) => a - b)).toEqual([4, 5]);
    expect(Math.min(...rest.asked.map((one) => one.from))).toBe(hour(1, 0));
  });

  it('reads on from the end, and a row again only when it has changed', async () => {
    const { end } = await walk(rows, hour(4, 12));
    const changed = rows.map((row) => (row.id === 2 ? { id: 2, at: hour(4, 21) } : row));
    const next = await walk(changed, hour(5, 0), end);
    expect(next.given.toSorted((a, b) => a - b)).toEqual([2, 6]);
  });

  it('takes rows of a span that show an older instant than the vendor compares, and reads them again after each change', async () => {
    const touched = [...rows, { id: 7, at: hour(0, 1), hidden: hour(4, 1) }];
    const first = await walk(touched, hour(4, 12), SINCE_BEGIN, 0, { loose: true });
    expect([...new Set(first.given)].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 7]);
    expect(first.end.ids).toEqual([]);
    // What it shows has not changed, what it compares has.
    const next = await walk([{ id: 5, at: hour(4, 6), hidden: hour(4, 13) }], hour(5, 0), first.end, 0, {
      loose: true,
    });
    expect([...new Set(next.given)]).toEqual([5]);
  });

  it('moves over spans without rows', async () => {
    const { asked, end, given } = await walk([], hour(4, 12));
    expect(given).toEqual([]);
    expect(asked).toHaveLength(3);
    expect(end.to).toBe('2026-03-05T12:00:00.000Z');
  });
});
