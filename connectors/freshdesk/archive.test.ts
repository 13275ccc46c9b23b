import { describe, expect, it } from 'vitest';
import { FakeStatus } from '../../test/conformance/connector.ts';
import { type RunOptions, runVendor } from '../../test/conformance/vendor-run.ts';
import { freshdeskRoutes, freshdeskTickets, NOW } from '../../test/harness/freshdesk.ts';
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
    const hidden = answerArchived(new FakeStatus(403, { code: 'access_denied', message: 'Canary' }));
    expect((await account().sync(hidden)).since).toEqual(bound(NOW));
  });

  it('is none where closed tickets stay in the list', async () => {
    const [first, ...others] = freshdeskTickets();
    const withOld = (days: number, status: number) =>
      account().sync({
        routes: freshdeskRoutes([{ ...first, status, updated_at: inDays(-days).toISOString() }, ...others]),
      });
    expect((await withOld(200, 5)).since).toBeNull();
    // Solved tickets are not archived, and closed ones not on the day.
    expect((await withOld(200, 4)).since).toEqual(bound(NOW));
    expect((await withOld(130, 5)).since).toEqual(bound(NOW));
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
    // Once for the sample that tells whether the archive is shown, once to be read.
    expect(fifth(first.asked)).toBe(2);
    expect([...new Set(first.asked)].toSorted()).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(first.asked.lastIndexOf('7')).toBeLessThan(first.asked.lastIndexOf('1'));
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

  it('is a bound where none of its numbers is shown', async () => {
    const shown = await account({ archive: true }).sync(answerArchived(new FakeStatus(404, null)));
    expect(shown.since).toEqual(bound(NOW));
  });

  it('is a bound until it is read: a failure leaves the others as they are', async () => {
    const store = memoryTelemetry();
    const run = await runVendor(freshdeskCase, {
      store,
      fault: (_, { route, url }) =>
        route === 'archived' && url.pathname.endsWith('/5') ? new FakeStatus(500, null) : undefined,
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
