import { describe, expect, it } from 'vitest';
import { recordSchema } from '../domain/columns.ts';
import { TABLES } from '../domain/telemetry.ts';
import { batchesOf } from './batches.ts';
import { blank } from './blank.ts';
import { csvRows } from './csv-rows.ts';
import { each } from './each.ts';
import { ClockMinutes, dayOf, HoursMinutes, instantOf, UtcInstant, UtcText, wallTime } from './instants.ts';
import { once, oncePer } from './once.ts';
import { runJob } from './run-job.ts';
import { firstFit, vocabulary } from './vocabulary.ts';

describe('blank', () => {
  it('says nothing of any column, and no record passes without those that may not be unknown', () => {
    const link = { ...blank('link'), id: '1', ticket_id: '2', kind: 'issue' as const };
    expect(recordSchema(TABLES.link).safeParse(link).success).toBe(true);
    const { kind: _left, ...without } = link;
    const refused = recordSchema(TABLES.link).safeParse({ ...blank('link'), ...without });
    expect(refused.error?.issues.map((issue) => issue.path)).toEqual([['kind']]);
  });
});

describe('each', () => {
  it('keeps the order and no more than so many under way', async () => {
    let [now, most] = [0, 0];
    const results = await each(
      [3, 1, 2, 5, 4],
      async (n) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, n));
        now -= 1;
        return n * 10;
      },
      2,
    );
    expect([results, most]).toEqual([[30, 10, 20, 50, 40], 2]);
  });

  it('begins nothing after a failure and throws it', async () => {
    const begun: number[] = [];
    const work = each(
      [1, 2, 3, 4],
      async (n) => {
        begun.push(n);
        if (n === 2) throw new Error('two');
        await Promise.resolve();
        return n;
      },
      2,
    );
    await expect(work).rejects.toThrow('two');
    expect(begun).not.toContain(4);
  });
});

describe('once', () => {
  it('loads once for all, and again after a failure', async () => {
    let loads = 0;
    const get = once(async () => {
      loads += 1;
      if (loads === 1) throw new Error('first');
      return loads;
    });
    await expect(Promise.all([get(), get()])).rejects.toThrow('first');
    expect(await Promise.all([get(), get()])).toEqual([2, 2]);
  });
});

describe('oncePer', () => {
  it('loads each key once for all, and again after a failure', async () => {
    const loads: string[] = [];
    const get = oncePer(async (key: string) => {
      loads.push(key);
      if (loads.length === 1) throw new Error('first');
      return `${key}!`;
    });
    await expect(get('a')).rejects.toThrow('first');
    expect(await Promise.all([get('a'), get('b'), get('a')])).toEqual(['a!', 'b!', 'a!']);
    expect(loads).toEqual(['a', 'a', 'b']);
  });
});

describe('batchesOf', () => {
  it.each([
    [[], []],
    [[1, 2], [[1, 2]]],
    [
      [1, 2, 3, 4, 5],
      [[1, 2], [3, 4], [5]],
    ],
  ])('parts %j', (items, batches) => expect(batchesOf(items, 2)).toEqual(batches));
});

describe('patterns of words', () => {
  const patterns = [
    [/^new/i, 'new'],
    [/wait|^$/i, 'pending'],
    [/^newly/i, 'open'],
  ] as const;
  it.each([
    ['Newly waiting', 'new'],
    ['We wait', 'pending'],
    ['', 'pending'],
    [null, 'pending'],
    [undefined, 'pending'],
    ['Done', null],
  ])('the first that fits %j', (word, meaning) => expect(firstFit(patterns, word)).toBe(meaning));
});

describe('vocabulary', () => {
  const words = vocabulary(
    { status: { Open: 'open', 4: 'solved' } as Record<string, 'open' | 'solved' | 'hold'> },
    { status: { later: 'hold' } },
  );
  it.each([
    ['open', 'open'],
    [' OPEN ', 'open'],
    [4, 'solved'],
    ['4', 'solved'],
    ['Later', 'hold'],
    ['zorp', null],
    ['', null],
    [null, null],
  ])('%s is %s', (word, meaning) => expect(words.status(word)).toBe(meaning));
});

describe('instants', () => {
  it('gives days and instants as they are stated, and nothing else', () => {
    expect(dayOf('2026-12-31')).toEqual(new Date('2026-12-31T00:00:00Z'));
    expect(dayOf('2026-12-31T10:00:00+02:00')).toEqual(new Date('2026-12-31T08:00:00Z'));
    expect(dayOf('2026-12-31T10:00:00.000+0000')).toEqual(new Date('2026-12-31T10:00:00Z'));
    // Without an offset it is UTC, wherever this runs.
    expect(dayOf('2026-12-31T10:00:00')).toEqual(new Date('2026-12-31T10:00:00Z'));
    expect(dayOf('1767139200000')).toEqual(new Date('2025-12-31T00:00:00Z'));
    const others = ['31.12.2026', '2026-13-45', '2026-02-31', '0001-01-01', '1970-01-01', 'soon', '2026', true, null];
    expect(others.map(dayOf)).toEqual(others.map(() => null));
  });

  const iso = (value: Date | null) => value?.toISOString() ?? null;
  it.each([
    ['2026-03-01T12:00:00.000+0000', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01 14:00:00 +0200', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01T17:30:00+05:30', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01T12:00:00.123456Z', '2026-03-01T12:00:00.123Z'],
    // `date -u -d @1772366400` says 2026-03-01 12:00:00.
    [1_772_366_400, '2026-03-01T12:00:00.000Z'],
    ['1772366400', '2026-03-01T12:00:00.000Z'],
    [1_772_366_400.5, '2026-03-01T12:00:00.500Z'],
    ['1772366400.5', '2026-03-01T12:00:00.500Z'],
    [1_772_366_400_250, '2026-03-01T12:00:00.250Z'],
    ['1772366400250', '2026-03-01T12:00:00.250Z'],
    ['1980-01-01T00:00:00Z', '1980-01-01T00:00:00.000Z'],
    ['2199-12-31T23:59:59Z', '2199-12-31T23:59:59.000Z'],
  ])('%j says which instant it is', (value, expected) => expect(iso(instantOf(value))).toBe(expected));

  it.each([
    ['no offset', '2026-03-01 12:00:00'],
    ['a day', '2026-03-01'],
    ['a day that does not exist', '2026-02-31T12:00:00Z'],
    ['an hour that does not exist', '2026-03-01T25:00:00Z'],
    ['the year 1, which programs write for none', '0001-01-01T00:00:00Z'],
    ['1970, which they write for none too', '1970-01-01T00:00:00Z'],
    ['no time at all', 0],
    ['a small number', 1],
    ['a number before 1980 in seconds and in milliseconds', 10_000_000_000],
    ['millionths of a second', 1_772_366_400_000_000],
    // `waiting_since` in an example of Intercom's interface 1.3.
    ['a second of the year 4018, which Intercom writes for none', 64_632_601_013],
    ['a year that no helpdesk sees', '9999-12-31T00:00:00Z'],
    ['yes', true],
    ['nothing', ''],
    ['no number', Number.NaN],
    ['a list', ['2026-03-01T12:00:00Z']],
  ])('%s is none', (_what, value) => expect(instantOf(value)).toBeNull());

  it('reads text that is UTC, of instants only those of helpdesks', () => {
    expect(iso(UtcText.parse('2026-03-01 12:00:00'))).toBe('2026-03-01T12:00:00.000Z');
    expect(iso(UtcText.parse('2026-03-01T12:00:00.966927'))).toBe('2026-03-01T12:00:00.966Z');
    expect(iso(UtcText.parse('1970-01-01 00:10:00'))).toBe('1970-01-01T00:10:00.000Z');
    expect(iso(UtcInstant.parse('2026-03-01 12:00:00'))).toBe('2026-03-01T12:00:00.000Z');
    expect(UtcInstant.safeParse('1970-01-01 00:10:00').success).toBe(false);
  });

  // Berlin: UTC+1 until 2026-03-29 02:00, UTC+2 until 2026-10-25 03:00.
  it.each([
    ['2026-01-15 12:00:00', '2026-01-15T11:00:00.000Z'],
    ['2026-07-15 12:00:00', '2026-07-15T10:00:00.000Z'],
    ['2026-03-29 02:30:00', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25 02:30:00', '2026-10-25T00:30:00.000Z'],
  ])('%s on the clock of Berlin', (text, expected) =>
    expect(iso(wallTime('Europe/Berlin').parse(text))).toBe(expected),
  );

  it.each([
    ['8:00 am', 480],
    ['12:00 am', 0],
    ['12:30 PM', 750],
    ['17:30', 1050],
    ['24:00', 1440],
  ])('%s is minute %i', (text, minute) => expect(ClockMinutes.parse(text)).toBe(minute));

  it('reads hours and minutes beyond a day', () => {
    expect(HoursMinutes.parse('30:05')).toBe(30 * 3600 + 5 * 60);
    expect(HoursMinutes.safeParse('1:75').success).toBe(false);
  });
});

describe('csvRows', () => {
  it('reads quotes, breaks in quotes and empty fields', () => {
    expect(csvRows('\uFEFFid,text,last\r\n1,"a ""b"",\r\nc",\r\n\r\n2,,x')).toEqual([
      { id: '1', text: 'a "b",\r\nc', last: '' },
      { id: '2', text: '', last: 'x' },
    ]);
    expect(csvRows('')).toEqual([]);
  });

  it.each(['id,a\n1', 'id,a\n1,"open'])('refuses %j', (text) => {
    expect(() => csvRows(text)).toThrow('cut off or malformed');
  });
});

describe('runJob', () => {
  it('waits longer and longer, takes up a job begun before, and gives up for this sync', async () => {
    const waits: number[] = [];
    let looks = 0;
    const job = {
      place: 'the export',
      start: async () => 'new',
      look: async (handle: string) =>
        ++looks === 4 ? ({ state: 'done', result: handle } as const) : ({ state: 'running' } as const),
      wait: async (ms: number) => void waits.push(ms),
      longestWaitMs: 3000,
    };
    expect(await runJob(job, 'kept')).toBe('kept');
    expect(waits).toEqual([1000, 2000, 3000]);
    await expect(runJob({ ...job, looks: 2, look: async () => ({ state: 'running' as const }) })).rejects.toMatchObject(
      { code: 'RATE_LIMITED' },
    );
    await expect(
      runJob({ ...job, look: async () => ({ state: 'failed' as const, why: 'Aborted' }) }),
    ).rejects.toMatchObject({ code: 'VENDOR_BROKEN' });
  });
});
