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

  it.each([
    [20, []],
    [21, [50]],
  ])('a day of %i amid days of two', async (n, expected) => {
    expect(await migrationDays(history([...days(50, 2), n, ...days(50, 2)]))).toEqual(expected);
  });

  it('are found on the first day of a desk', async () => {
    expect(await migrationDays(history([200, ...days(60, 2)]))).toEqual([0]);
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
});
