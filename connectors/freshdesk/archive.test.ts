import { describe, expect, it } from 'vitest';
import { FakeStatus } from '../../test/conformance/connector.ts';
import { type RunOptions, runVendor } from '../../test/conformance/vendor-run.ts';
import { freshdeskRoutes, freshdeskTickets, manyTickets, NOW } from '../../test/harness/freshdesk.ts';
import { freshdeskCase } from '../../test/harness/freshdesk-case.ts';
import { memoryTelemetry } from '../../test/harness/memory-telemetry.ts';

const DAY_MS = 86_400_000;
const inDays = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);

/** An account that is synced as often as a test wants; `sync` gives how far back its tickets are known, what is told of them, and what was asked. */
function account(settings: object = {}) {
  const store = memoryTelemetry();
  return {
    rows: () => store.all() as Record<string, Record<string, Record<string, unknown>>>,
    async sync(options: Partial<RunOptions> = {}, own: object = {}) {
      const spec = { ...freshdeskCase, settings: { ...freshdeskCase.settings, archive: false, ...settings, ...own } };
      const run = await runVendor(spec, { store, batchRows: 1000, ...options });
      expect(run.error ?? run.result?.error ?? null).toBeNull();
      const tickets = (await store.telemetry.observability()).find(({ stream }) => stream === 'tickets');
      const asked = run.requests.flatMap(({ url }) => /archived\/(\d+)$/.exec(url.pathname)?.[1] ?? []);
      return { since: tickets?.since?.getTime() ?? null, detail: tickets?.detail ?? null, asked };
    },
  };
}

/** 120 days before the sync, less the minute that a sync stays behind the clock. */
const bound = (at: Date): unknown => expect.closeTo(at.getTime() - 120 * DAY_MS, -6);

const answerArchived = (status: FakeStatus): Pick<RunOptions, 'fault'> => ({
  fault: (_, { route }) => (route === 'archived' ? status : undefined),
});

// Closed tickets go after 120 days (partnersupport.freshworks.com, article 212901).
describe('the archive of Freshdesk, unread', () => {
  it('bounds what is known of tickets, and says so', async () => {
    const { since, detail } = await account().sync();
    expect(since).toEqual(bound(NOW));
    expect(detail).toContain('archived before the first sync are not read');
  });

  it('is no bound where less is asked for', async () => {
    const shown = await account({ since: '2026-01-01' }).sync();
    expect(shown).toEqual({ since: Date.parse('2026-01-01T00:00:00Z'), detail: null, asked: [] });
    expect((await account({ since: '2025-01-01' }).sync()).since).toEqual(bound(NOW));
  });

  // A trial account answered so: 403 {"code":"require_feature","message":"The Archive Tickets feature(s) is/are not supported in your plan ..."}
  it('is none on a plan without it', async () => {
    const plan = answerArchived(new FakeStatus(403, { code: 'require_feature', message: 'Canary plan' }));
    expect(await account().sync(plan)).toMatchObject({ since: null, detail: null });
  });

  it('is none where no number of a sample is an archived ticket', async () => {
    const none = await account().sync(answerArchived(new FakeStatus(404, null)));
    expect(none).toMatchObject({ since: null, detail: null });
    // Twelve numbers over a thousand, each asked for twice.
    const many = await account().sync({
      routes: freshdeskRoutes([...freshdeskTickets(), ...manyTickets(200)].map((row) => ({ ...row, stats: null }))),
    });
    expect(new Set(many.asked).size).toBe(12);
    expect([many.asked[0], many.asked.at(-1)]).toEqual(['100', '1199']);
  });

  it('may be there where it cannot be looked at', async () => {
    for (const status of [403, 500]) {
      const { since } = await account().sync(answerArchived(new FakeStatus(status, { code: 'access_denied' })));
      expect(since).toEqual(bound(NOW));
    }
  });

  it('stays the bound of the first read, as long as no pause is longer than it takes to archive', async () => {
    const desk = account();
    await desk.sync();
    expect((await desk.sync({ now: inDays(100) })).since).toEqual(bound(NOW));
    expect((await desk.sync({ now: inDays(300) })).since).toEqual(bound(inDays(300)));
  });
});

describe('the archive of Freshdesk, read', () => {
  it('is asked for by number once, newest first, with conversations', async () => {
    const desk = account({ archive: true });
    const first = await desk.sync();
    expect(first).toMatchObject({ since: null, detail: null });
    const fifth = (asked: readonly string[]) => asked.filter((number) => number === '5').length;
    // Once by the sample, which ends with it, and once to be read; what is not there is asked for twice.
    expect(first.asked.slice(0, 9)).toEqual(['1', '1', '2', '2', '3', '3', '4', '4', '5']);
    expect([...new Set(first.asked.slice(9))].toSorted()).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(desk.rows().ticket?.['5']).toMatchObject({ status: 'closed', deleted: false, spam: false });
    expect(desk.rows().message?.['511']).toMatchObject({ ticket_id: '5', author: 'agent', seq: 1 });
    const next = await desk.sync({ now: inDays(30) });
    expect([next.since, fifth(next.asked)]).toEqual([null, 1]);
  });

  it('ends where all are older than what is asked for', async () => {
    const desk = account({ archive: true, since: '2025-10-01' });
    expect((await desk.sync()).since).toBe(Date.parse('2025-10-01T00:00:00Z'));
    expect(desk.rows().ticket?.['5']).toBeUndefined();
    expect(desk.rows().ticket?.['7']).toBeDefined();
  });

  it('lifts the bound of a connection that was read without it', async () => {
    const desk = account();
    expect((await desk.sync()).since).toEqual(bound(NOW));
    expect((await desk.sync({ now: inDays(1) }, { archive: true })).since).toBeNull();
    expect((await desk.sync({ now: inDays(2) })).since).toBeNull();
  });

  it('is a bound until it is read: a failure leaves the others as they are', async () => {
    const store = memoryTelemetry();
    const run = await runVendor(freshdeskCase, {
      store,
      fault: (_, { route, url }) =>
        route === 'archived' && url.pathname.endsWith('/7') ? new FakeStatus(500, null) : undefined,
    });
    expect(run.result?.error ?? run.error).not.toBeNull();
    const tickets = (await store.telemetry.observability()).find(({ stream }) => stream === 'tickets');
    expect(tickets).toMatchObject({ status: 'available' });
    expect(tickets?.since?.getTime()).toEqual(bound(NOW));
  });

  it('is read anew after a pause in which tickets may have gone unread', async () => {
    const desk = account({ archive: true });
    await desk.sync();
    const shorter = await desk.sync({ now: inDays(119) });
    const later = await desk.sync({ now: inDays(300) });
    expect(later.asked.length).toBeGreaterThan(shorter.asked.length);
    expect(later.since).toBeNull();
  });
});
