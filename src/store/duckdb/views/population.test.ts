import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { aTicket, at } from '../../../../test/harness/records.ts';
import type { Ticket } from '../../../domain/telemetry.ts';
import type { Store } from '../../ports.ts';
import { openMemoryStore } from '../open.ts';

const DAY_MS = 86_400_000;
const START = at('2024-01-01T00:00:00Z').getTime();
const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

/** `perDay[i]` tickets on day i, `stepMs` apart. */
function history(perDay: readonly number[], stepMs = 61_003): Ticket[] {
  return perDay.flatMap((n, day) =>
    Array.from({ length: n }, (_, i) =>
      aTicket({ id: `${day}-${i}`, created_at: new Date(START + day * DAY_MS + i * stepMs) }),
    ),
  );
}

/** `n` tickets of one day, written in three goes by one program. */
function marked(n: number, day: number): Ticket[] {
  return Array.from({ length: n }, (_, i) =>
    aTicket({
      id: `import-${day}-${i}`,
      created_by: 'machine',
      created_at: new Date(START + day * DAY_MS + 3_607_000 + (i % 3) * 1_000),
    }),
  );
}

const days = (count: number, n: number): number[] => Array.from({ length: count }, () => n);

/** Days that hold tickets of population migration. */
async function migrationDays(ticket: Ticket[]): Promise<number[]> {
  const store = await openMemoryStore();
  stores.push(store);
  await store.telemetry.commit({
    connection: 'desk',
    stream: null,
    checkpoint: null,
    records: { ticket },
    rejected: [],
  });
  const rows = await store.telemetry.measure(
    { asOf: at('2026-01-01T00:00:00Z'), horizon: at('2020-01-01T00:00:00Z') },
    (session) => session.query("select distinct created_at from ticket_all where population = 'migration'"),
  );
  const found = new Set(rows.map((row) => Math.floor(((row.created_at as Date).getTime() - START) / DAY_MS)));
  return [...found].sort((a, b) => a - b);
}

describe('migration days', () => {
  it('are told by the days around them, not by a long thin tail', async () => {
    expect(await migrationDays(history([...days(60, 30), ...days(300, 2)]))).toEqual([]);
  });

  it('are not the days after a desk has grown', async () => {
    expect(await migrationDays(history([...days(100, 2), ...days(40, 30)]))).toEqual([]);
  });

  it('are not told by volume alone: a burst with its own customers and its own times is work', async () => {
    expect(await migrationDays(history([...days(50, 2), 60, ...days(50, 2)]))).toEqual([]);
    expect(await migrationDays(history([200, ...days(60, 2)]))).toEqual([]);
  });

  // Ten times two is 20: one more and the day is busy. `marked` tickets came in three goes and by one maker.
  it.each([
    [20, []],
    [21, [50]],
  ])('a day of %i marked tickets amid days of two', async (n, expected) => {
    const usual = history([...days(50, 2), 0, ...days(50, 2)]);
    expect(await migrationDays([...usual, ...marked(n, 50)])).toEqual(expected);
  });

  it('are found on the first day of a desk', async () => {
    expect(await migrationDays([...history([0, ...days(60, 2)]), ...marked(200, 0)])).toEqual([0]);
  });

  it('are found whatever the size of the desk and of the import', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 45, max: 120 }),
        fc.integer({ min: 0, max: 60 }),
        async (usual, n, day) => {
          const perDay = days(61, usual);
          expect(await migrationDays([...history(perDay), ...marked(n, day)])).toContain(day);
          // The same crowd, each ticket by another customer at a time of its own.
          perDay[day] = n;
          expect(await migrationDays(history(perDay, 17_003))).toEqual([]);
        },
      ),
      { numRuns: 8, seed: 7 },
    );
  });
});

describe('migration instants', () => {
  it.each([
    ['with seconds in the stamps of the desk', 17_000, [3]],
    ['not where stamps are written to the minute', 60_000, []],
  ])('shared by 30 tickets: %s', async (_, stepMs, expected) => {
    const usual = history(days(20, 30), stepMs);
    const same = Array.from({ length: 30 }, (_, i) =>
      aTicket({ id: `s${i}`, created_at: new Date(START + 3 * DAY_MS + 7_200_000) }),
    );
    expect(await migrationDays([...usual, ...same])).toEqual(expected);
  });

  it('are no import when several people are known to have made the tickets', async () => {
    const usual = history(days(20, 30), 17_000);
    const same = (requester: (i: number) => string | null, at: number) =>
      Array.from({ length: 30 }, (_, i) =>
        aTicket({
          id: `s${i}`,
          created_by: 'customer',
          requester_key: requester(i),
          created_at: new Date(START + 3 * DAY_MS + at),
        }),
      );
    expect(await migrationDays([...usual, ...same((i) => `r${i}`, 7_201_000)])).toEqual([]);
    expect(await migrationDays([...usual, ...same(() => 'r', 7_201_000)])).toEqual([3]);
    // Midnight may be a bare date: there nobody known is not enough.
    expect(await migrationDays([...usual, ...same(() => null, 0)])).toEqual([]);
    expect(await migrationDays([...usual, ...same(() => 'r', 0)])).toEqual([3]);
  });
});
