import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aTicket, at } from '../../../test/harness/records.ts';
import type { Observability } from '../../domain/observability.ts';
import { openMemoryStore } from '../../store/duckdb/open.ts';
import type { Store } from '../../store/ports.ts';
import { computeMetrics } from '../metrics.ts';

const END = at('2026-03-01T00:00:00Z');
const seen = (connection: string, since: Date | null): Observability => ({
  connection,
  stream: 'tickets',
  status: 'available',
  detail: null,
  fields: ['status'],
  since,
  until: END,
  rows: 2,
  rejected: 0,
  reconciled_share: null,
});

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
  for (const [connection, days] of [
    // Read from February on: of January one is left that was still touched then.
    ['late', ['2026-01-10', '2026-02-10', '2026-02-20']],
    ['whole', ['2025-12-10', '2026-01-10', '2026-02-10']],
  ] as const)
    await store.telemetry.commit({
      connection,
      stream: null,
      checkpoint: null,
      records: { ticket: days.map((day, id) => aTicket({ id: String(id), created_at: at(`${day}T00:00:00Z`) })) },
      rejected: [],
    });
});
afterAll(() => store.close());

async function created(from: string | null, whole: Date | null, late: Date | null, to: Date = END) {
  await store.telemetry.recordObservability([seen('late', late), seen('whole', whole)]);
  const report = await computeMetrics(store.telemetry, { from: from === null ? null : at(from), to, by: [] });
  const { value, excluded } = report.metrics.find(({ id }) => id === 'tickets_created') ?? {};
  return { from: report.window.from.slice(0, 10), value, excluded };
}

describe('figures of a span in which tickets are known only from later on', () => {
  const FEBRUARY = at('2026-02-01T00:00:00Z');

  it('begins where the tickets of every connection are known', async () => {
    expect(await created(null, null, null)).toEqual({ from: '2025-12-10', value: 6, excluded: {} });
    expect(await created(null, null, FEBRUARY)).toEqual({ from: '2026-02-01', value: 3, excluded: {} });
  });

  it('leaves a connection out whose tickets are not known from the beginning on', async () => {
    const asked = await created('2026-01-01T00:00:00Z', null, FEBRUARY);
    expect(asked).toEqual({ from: '2026-01-01', value: 2, excluded: { tickets_retention: 3 } });
    expect(await created('2026-02-01T00:00:00Z', null, FEBRUARY)).toMatchObject({ value: 3, excluded: {} });
  });

  it('shows nothing where none is', async () => {
    const asked = await created('2026-01-01T00:00:00Z', FEBRUARY, FEBRUARY);
    expect(asked).toMatchObject({ value: null, excluded: { tickets_retention: 5 } });
    expect(await created(null, FEBRUARY, FEBRUARY, at('2026-01-20T00:00:00Z'))).toMatchObject({
      from: '2025-12-10',
      value: null,
    });
  });

  it('takes a source that begins with its first ticket as whole: before it there was nothing', async () => {
    const first = { late: at('2026-01-10T00:00:00Z'), whole: at('2025-12-10T00:00:00Z') };
    expect(await created('2025-01-01T00:00:00Z', first.whole, first.late)).toEqual({
      from: '2025-01-01',
      value: 6,
      excluded: {},
    });
  });

  it('knows nothing of the time before a source, whether older tickets of it are kept or not', async () => {
    // The first ticket of `late` is one of January 10: nothing older was still touched after this bound.
    const [bound, whole] = [at('2026-01-05T00:00:00Z'), at('2025-12-10T00:00:00Z')];
    expect(await created('2025-12-01T00:00:00Z', whole, bound)).toMatchObject({
      value: 3,
      excluded: { tickets_retention: 3 },
    });
    expect(await created('2025-11-01T00:00:00Z', bound, bound, at('2025-12-01T00:00:00Z'))).toMatchObject({
      value: null,
      excluded: { tickets_retention: 0 },
    });
  });
});

describe('figures of a span after which older tickets ended', () => {
  it('knows nothing of a pause in which records went into the archive of the vendor unread', async () => {
    const paused = await openMemoryStore();
    const solved = at('2025-03-02T00:00:00Z');
    await paused.telemetry.commit({
      connection: 'paused',
      stream: null,
      checkpoint: null,
      records: {
        ticket: [
          aTicket({
            id: '1',
            created_at: at('2025-03-01T00:00:00Z'),
            status: 'solved',
            updated_at: solved,
            reported_solved_at: solved,
          }),
          aTicket({ id: '2', created_at: at('2026-02-10T00:00:00Z') }),
        ],
      },
      rejected: [],
    });
    await paused.telemetry.recordObservability([seen('paused', at('2026-02-01T00:00:00Z'))]);
    const report = await computeMetrics(paused.telemetry, { from: at('2026-01-01T00:00:00Z'), to: END, by: [] });
    await paused.close();
    expect(report.metrics.find(({ id }) => id === 'tickets_created')).toMatchObject({
      value: null,
      excluded: { tickets_retention: 1 },
    });
  });
});
