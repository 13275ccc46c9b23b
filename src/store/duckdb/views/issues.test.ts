import { afterEach, expect, it } from 'vitest';
import { putConnection } from '../../../../test/harness/beside-desk.ts';
import { aMessage, anEvent, aTicket, at } from '../../../../test/harness/records.ts';
import type { TelemetryBatch, TelemetryRecord, Ticket } from '../../../domain/telemetry.ts';
import { blank } from '../../../kit/blank.ts';
import type { Store } from '../../ports.ts';
import { openMemoryStore } from '../open.ts';

const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

function aLink(target: string, system: string | null = 'redmine', ticket = '1'): TelemetryRecord<'link'> {
  return {
    ...blank('link'),
    id: `${ticket} ${system} ${target}`,
    ticket_id: ticket,
    kind: 'issue',
    system,
    target_key: target,
    linked_at: at('2026-01-10T09:00:00Z'),
  };
}

const anIssue = (id: string, more: Partial<Ticket> = {}) => aTicket({ id, reference_keys: [`at ${id}`, id], ...more });

interface Sides {
  readonly links: readonly TelemetryRecord<'link'>[];
  /** Records by tracker; every tracker is a Redmine. */
  readonly trackers: Readonly<Record<string, TelemetryBatch>>;
}

async function ask({ links, trackers }: Sides, sql: string, asOf = '2026-03-01T00:00:00Z'): Promise<unknown[][]> {
  const store = await openMemoryStore();
  stores.push(store);
  await putConnection(store, 'desk', 'desk', { ticket: [aTicket({ id: '1' })], link: [...links] });
  for (const [name, records] of Object.entries(trackers)) {
    await putConnection(store, name, 'engineering', records);
    const row = (await store.ledger.connections()).find((one) => one.name === name);
    if (row !== undefined) await store.ledger.saveConnection({ ...row, vendor: 'redmine' });
  }
  const rows = await store.telemetry.measure({ asOf: at(asOf), horizon: at('2026-01-01T00:00:00Z') }, (session) =>
    session.query(sql),
  );
  return rows.map((row) => Object.values(row));
}

const MATCHES = 'SELECT target_key, status, tracker, issue_id, counts FROM issue_match ORDER BY target_key, system';

it('finds the issue that a link leads to, by any of its names, and never one of another kind of tracker', async () => {
  const found = await ask(
    {
      links: [aLink('at 7'), aLink('8', null), aLink('8', 'linear'), aLink('9')],
      trackers: { bugs: { ticket: [anIssue('7'), anIssue('8')] } },
    },
    MATCHES,
  );
  expect(found).toEqual([
    ['8', 'unmatched', null, null, false],
    ['8', 'matched', 'bugs', '8', true],
    ['9', 'unmatched', null, null, false],
    ['at 7', 'matched', 'bugs', '7', true],
  ]);
});

it('takes an issue that two trackers have for neither', async () => {
  const trackers = { bugs: { ticket: [anIssue('7')] }, more: { ticket: [anIssue('7')] } };
  expect(await ask({ links: [aLink('7')], trackers }, MATCHES)).toEqual([['7', 'ambiguous', null, null, false]]);
});

it('counts none while fewer than half of the issues are found, of the systems of which any is', async () => {
  const links = ['1', '2', '3', '4', '5'].map((id) => aLink(id));
  const elsewhere = ['6', '7', '8', '9'].map((id) => aLink(id, 'jira'));
  const counts = async (ids: readonly string[]) =>
    (
      await ask(
        { links: [...links, ...elsewhere], trackers: { bugs: { ticket: ids.map((id) => anIssue(id)) } } },
        'SELECT count(*) FILTER (counts) FROM issue_match',
      )
    )[0];
  expect(await counts(['1', '2'])).toEqual([0]);
  expect(await counts(['1', '2', '3'])).toEqual([3]);
});

const FACTS = 'SELECT responded_at, closed_at, closed_as FROM link';
const opened = at('2026-01-10T09:00:00Z');
const said = (id: string, day: number, more: object = {}) =>
  aMessage({
    id,
    ticket_id: '7',
    seq: day,
    at: at(`2026-01-${day}T09:00:00Z`),
    author: 'agent',
    author_id: 'dev',
    ...more,
  });
const turned = (day: number, to: string) =>
  anEvent({ id: `e${day}`, ticket_id: '7', from_value: null, to_value: to, at: at(`2026-01-${day}T10:00:00Z`) });

it('tells of an issue when somebody else first answered, and the end that holds', async () => {
  const tracker = {
    ticket: [anIssue('7', { status: 'closed', vendor_status: 'Closed', created_at: opened })],
    message: [
      aMessage({ id: 'm0', ticket_id: '7', seq: 0, at: opened, author: 'agent', author_id: 'support' }),
      said('m1', 11, { author_id: 'support' }),
      said('m2', 12, { author: 'customer', author_id: null }),
      said('m3', 13, { auto_reply: true }),
      said('m4', 14, { public: false }),
      said('m5', 15),
    ],
    event: [turned(16, 'closed'), turned(17, 'open'), turned(18, 'solved'), turned(19, 'closed')],
  };
  const sides = { links: [aLink('7')], trackers: { bugs: tracker } };
  const answered = at('2026-01-14T09:00:00Z');
  expect(await ask(sides, FACTS)).toEqual([[answered, at('2026-01-18T10:00:00Z'), 'fixed']]);
  expect(await ask(sides, FACTS, '2026-01-17T12:00:00Z')).toEqual([[answered, null, null]]);
  expect(await ask(sides, FACTS, '2026-01-14T00:00:00Z')).toEqual([[null, null, null]]);
  // Whatever the order of rows.
  const reversed = Object.fromEntries(Object.entries(tracker).map(([table, rows]) => [table, rows.toReversed()]));
  expect(await ask({ ...sides, trackers: { bugs: reversed } }, FACTS)).toEqual(await ask(sides, FACTS));
});

it.each<[string, Partial<Ticket>, string | null]>([
  ['closed: completed', {}, 'fixed'],
  ['closed: not_planned', {}, 'rejected'],
  ['Done', { cause_code: "Won't Do" }, 'rejected'],
  ['Closed', { cause_code: 'Incomplete' }, 'rejected'],
  ['closed: duplicate', {}, 'duplicate'],
  ['closed', { merged_into: '8' }, 'duplicate'],
  ['closed', {}, null],
])('reads in %j %j how an issue without a history ended', async (vendor_status, more, as) => {
  const issue = anIssue('7', { status: 'closed', vendor_status, reported_closed_at: opened, ...more });
  const sides = { links: [aLink('7')], trackers: { bugs: { ticket: [issue] } } };
  expect(await ask(sides, FACTS)).toEqual([[null, opened, as]]);
});

it('leaves what the desk itself records as it is', async () => {
  const own = { responded_at: opened, closed_at: opened, closed_as: 'rejected' } as const;
  const tracker = {
    ticket: [anIssue('7', { status: 'closed', vendor_status: 'done' })],
    message: [said('m5', 15)],
    event: [turned(16, 'closed')],
  };
  const sides = { links: [{ ...aLink('7'), ...own }], trackers: { bugs: tracker } };
  expect(await ask(sides, FACTS)).toEqual([[opened, opened, 'rejected']]);
});
