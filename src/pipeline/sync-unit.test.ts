import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { silentHttp } from '../../test/harness/fake-http.ts';
import { aTicket } from '../../test/harness/records.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Connector, ConnectorContext, ConnectorPage } from '../kit/connector.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store, TelemetryStore } from '../store/ports.ts';
import { finishSync, type SyncDeps, syncConnection, syncUnit, syncUnits, UnitResult } from './sync.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const LATER = new Date('2026-03-01T12:10:00Z');
const PAGES = 6;

const ticketPage = (i: number): ConnectorPage => ({
  records: { ticket: [aTicket({ id: `${i}a` }), aTicket({ id: `${i}b` })] },
  rejected: [],
  checkpoint: String(i),
  seen: 2,
});

/** Two history streams of six pages each and two configuration streams; the page number is the cursor. */
function aDesk(more: Partial<Connector<unknown>> = {}): Connector<unknown> {
  return {
    id: 'desk',
    title: 'Desk',
    settings: z.unknown(),
    flags: [],
    example: {},
    account: () => ({
      baseUrl: new URL('https://desk.example'),
      auth: { kind: 'none' },
      limits: { concurrency: 1, perMinute: null },
    }),
    never: {},
    streams: [
      { id: 'agents', title: 'Agents', kind: 'config', provides: { agents: [] } },
      { id: 'tickets', title: 'Tickets', kind: 'history', provides: { tickets: [] } },
      { id: 'surveys', title: 'Surveys', kind: 'history', provides: { csat: [] } },
      { id: 'field', title: 'Field', kind: 'config', provides: { tickets: ['product'] } },
    ],
    lagS: 0,
    identify: async () => ({ role: 'admin', account: 'desk', serverNow: NOW }),
    probe: async () => ({ status: 'available', since: new Date('2020-01-01T00:00:00Z'), total: 12, detail: 'Half.' }),
    async *read(stream, checkpoint) {
      if (stream.id !== 'tickets') return;
      for (let i = Number(checkpoint ?? 0) + 1; i <= PAGES; i++) yield ticketPage(i);
    },
    count: async () => 12,
    ticketUrl: () => null,
    ...more,
  };
}

const context: ConnectorContext<unknown> = {
  settings: {},
  http: silentHttp(),
  pseudonymise: (_, value) => value,
  signal: new AbortController().signal,
  until: NOW,
};

describe('units of a sync', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openMemoryStore();
  });
  afterEach(() => store.close());
  const deps = (more: Partial<SyncDeps> = {}): SyncDeps => ({
    telemetry: store.telemetry,
    batchRows: 2,
    progress: () => undefined,
    ...more,
  });
  const cursor = async (): Promise<string | undefined> => (await store.telemetry.checkpoints('desk')).get('tickets');

  it('are all configuration together and each history stream', () => {
    expect(syncUnits(aDesk())).toEqual(['configuration', 'tickets', 'surveys']);
    expect(syncUnits({ streams: aDesk().streams.filter((s) => s.kind === 'history') })).toEqual(['tickets', 'surveys']);
    expect(syncUnits({ streams: [] })).toEqual([]);
  });

  it('done apart, in any order, and handed over as JSON, give what one sync gives', async () => {
    const whole = await openMemoryStore();
    const expected = await syncConnection('desk', aDesk(), context, deps({ telemetry: whole.telemetry }));
    const results: UnitResult[] = [];
    for (const unit of syncUnits(aDesk()).toReversed()) {
      const result = await syncUnit('desk', aDesk(), context, unit, deps());
      results.push(UnitResult.parse(JSON.parse(JSON.stringify(result))));
      expect(await store.telemetry.observability()).toEqual([]);
    }
    expect(await finishSync('desk', aDesk(), context, results, deps())).toEqual(expected);
    expect(await store.telemetry.digest()).toBe(await whole.telemetry.digest());
    expect(await store.telemetry.observability()).toEqual(await whole.telemetry.observability());
    expect((await store.telemetry.rows('desk')).get('ticket')).toBe(12);
    await whole.close();
  });

  it('are complete up to the earliest of their ends', async () => {
    const results: UnitResult[] = [];
    for (const unit of syncUnits(aDesk())) {
      const until = unit === 'surveys' ? NOW : LATER;
      results.push(await syncUnit('desk', aDesk(), { ...context, until }, unit, deps()));
    }
    const { until } = await finishSync('desk', aDesk(), context, results, deps());
    expect(until).toEqual(NOW);
    const ends = (await store.telemetry.observability()).flatMap((o) => (o.until === null ? [] : [o.until]));
    expect(new Set(ends.map((end) => end.getTime()))).toEqual(new Set([NOW.getTime()]));
  });

  it('record what was read when one failed, and nothing when one is not there though none failed', async () => {
    const broken = aDesk({
      probe: async (stream) => {
        if (stream.id === 'surveys') throw new PlumblineError('VENDOR_UNREACHABLE', 'No answer.', 'Wait.');
        return { status: 'available' };
      },
    });
    const results: UnitResult[] = [];
    for (const unit of syncUnits(broken)) results.push(await syncUnit('desk', broken, context, unit, deps()));
    const result = await finishSync('desk', broken, context, results, deps());
    expect(result).toMatchObject({ complete: false, error: { code: 'VENDOR_UNREACHABLE', kind: 'vendor' } });
    const recorded = await store.telemetry.observability();
    const statusOf = (stream: string) => recorded.find((o) => o.stream === stream)?.status;
    expect([statusOf('tickets'), statusOf('csat')]).toEqual(['available', 'failed']);
    const good = results.filter((r) => r.complete);
    await expect(finishSync('desk', broken, context, good, deps())).rejects.toThrow('without its parts surveys');
    expect(await store.telemetry.observability()).toEqual(recorded);
  });

  it('stop behind a committed batch when their turn is over, and go on there', async () => {
    const cursors: (string | undefined)[] = [];
    for (let turn = 0; turn < 20; turn++) {
      const result = await syncUnit(
        'desk',
        aDesk(),
        context,
        'tickets',
        deps({ batchRows: 1_000, turnOver: () => true }),
      );
      expect(result.error).toBeNull();
      expect(result.complete).toBe(!result.more);
      cursors.push(await cursor());
      if (!result.more) break;
    }
    expect(cursors).toEqual(['2', '4', '6', '6']);
    expect((await store.telemetry.rows('desk')).get('ticket')).toBe(12);
  });

  it('come to an end also when every turn is over at once and the last page is given again and again', async () => {
    const repeating = aDesk({
      async *read(stream, checkpoint) {
        if (stream.id !== 'tickets') return;
        for (let i = Math.min(PAGES, Number(checkpoint ?? 0) + 1); i <= PAGES; i++) yield ticketPage(i);
      },
    });
    const more: boolean[] = [];
    for (let turn = 0; turn < 10 && more.at(-1) !== false; turn++)
      more.push((await syncUnit('desk', repeating, context, 'tickets', deps({ turnOver: () => true }))).more);
    expect(more).toEqual([true, true, true, false]);
  });

  it('say which cursor every batch was read from', async () => {
    const seen: [string | null | undefined, string | null][] = [];
    const telemetry: TelemetryStore = {
      ...store.telemetry,
      commit: (batch) => {
        seen.push([batch.previous, batch.checkpoint]);
        return store.telemetry.commit(batch);
      },
    };
    await syncUnit('desk', aDesk(), context, 'tickets', deps({ telemetry, batchRows: 4 }));
    expect(seen).toEqual([
      [null, '2'],
      ['2', '4'],
      ['4', '6'],
    ]);
  });

  it('go on from where another worker has moved the cursor, and double or lose no row', async () => {
    // The other worker reads the same stream up to the fourth page while ours reads its second.
    let disturbed = false;
    const disturb = async (): Promise<void> => {
      disturbed = true;
      for (let i = 1; i <= 4; i++) {
        const previous = (await cursor()) ?? null;
        const { records, checkpoint } = ticketPage(i);
        await store.telemetry.commit({
          connection: 'desk',
          stream: 'tickets',
          previous,
          checkpoint,
          records,
          rejected: [],
        });
      }
    };
    const slow = aDesk({
      async *read(stream, checkpoint, bounded) {
        for await (const page of aDesk().read(stream, checkpoint, bounded)) {
          if (page.checkpoint === '2' && !disturbed) await disturb();
          yield page;
        }
      },
    });
    const result = await syncUnit('desk', slow, context, 'tickets', deps({ batchRows: 4 }));
    expect(disturbed).toBe(true);
    expect(result).toMatchObject({ complete: true, error: null });
    expect(await cursor()).toBe('6');
    expect((await store.telemetry.rows('desk')).get('ticket')).toBe(12);
  });

  it('give up for now when somebody moves the cursor again and again', async () => {
    const telemetry: TelemetryStore = {
      ...store.telemetry,
      commit: () => Promise.reject(new PlumblineError('CURSOR_MOVED', 'Moved.', 'Read again.')),
    };
    const result = await syncUnit('desk', aDesk(), context, 'tickets', deps({ telemetry }));
    expect(result.error?.code).toBe('CURSOR_MOVED');
  });
});
