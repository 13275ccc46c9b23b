import { afterEach, describe, expect, it } from 'vitest';
import { livedTicket, type Step, together } from '../../test/harness/lived-tickets.ts';
import { at } from '../../test/harness/records.ts';
import type { Observability } from '../domain/observability.ts';
import type { Ticket } from '../domain/telemetry.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store } from '../store/ports.ts';
import { countContacts } from './count-contacts.ts';

const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

const AS_OF = at('2026-04-01T00:00:00Z');
const reply: Step = { after: 30, say: 'agent', by: 'ann' };
const solve: Step = { after: 60, set: 'status', from: 'open', to: 'solved', by: 'ann' };

interface Given {
  readonly id: string;
  readonly day: string;
  readonly steps?: readonly Step[];
  readonly more?: Partial<Ticket>;
}

async function count(tickets: readonly Given[], leastOfTag = 1, seen: readonly Observability[] = []) {
  const store = await openMemoryStore();
  stores.push(store);
  const records = together(
    ...tickets.map(({ id, day, steps = [reply, solve], more = {} }) =>
      livedTicket(id, at(`${day}T09:00:00Z`), steps, {
        requester_key: `who-${id}`,
        status: steps.includes(solve) ? 'solved' : 'open',
        ...more,
      }),
    ),
  );
  await store.telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
  await store.telemetry.recordObservability(seen);
  const { groups } = await countContacts(store.telemetry, { asOf: AS_OF, days: 30, leastOfTag });
  return groups;
}

describe('countContacts', () => {
  it('counts contacts of the window by their codes', async () => {
    const groups = await count([
      { id: '1', day: '2026-03-10', more: { category: 'login', cause_code: 'expired' } },
      { id: '2', day: '2026-03-11', steps: [], more: { category: 'login', cause_code: 'expired' } },
      { id: '3', day: '2026-03-12', more: { category: 'billing' } },
      { id: '4', day: '2026-02-20', more: { category: 'billing' } },
    ]);
    expect(groups).toHaveLength(2);
    expect(groups[0]).toMatchObject({ cause: 'expired', category: 'login', contacts: 2, one_reply: 1 });
    expect(groups[1]).toMatchObject({ cause: null, category: 'billing', form: null, tags: [], contacts: 1 });
  });

  it('nothing in the window gives no groups', async () => {
    expect(await count([{ id: '1', day: '2026-01-10' }])).toEqual([]);
  });

  it.each([
    ['the day after the solution', '2026-03-11', {}, 1],
    ['on the thirteenth day', '2026-03-23', {}, 1],
    ['after two weeks', '2026-03-25', {}, 0],
    ['from another customer', '2026-03-11', { requester_key: 'who-9' }, 0],
    ['about something else', '2026-03-11', { category: 'other' }, 0],
    ['about nothing that is known', '2026-03-11', { category: null }, 0],
    ['of another category, with the same cause', '2026-03-11', { category: 'other', cause_code: 'c' }, 1],
  ])('a contact %s', async (_, day, more, returning) => {
    const groups = await count([
      { id: '1', day: '2026-03-10', more: { form: 'first', category: 'same', cause_code: 'c' } },
      { id: '2', day, more: { form: 'second', category: 'same', requester_key: 'who-1', ...more } },
    ]);
    expect(groups.find(({ form }) => form === 'second')).toMatchObject({ contacts: 1, returning });
    expect(groups.find(({ form }) => form === 'first')).toMatchObject({ contacts: 1, returning: 0 });
  });

  it('sees a solution from before the window, and a follow-up by its mark', async () => {
    const groups = await count([
      { id: '1', day: '2026-03-01', more: { form: 'first', category: 'same' } },
      { id: '2', day: '2026-03-05', more: { form: 'second', category: 'same', requester_key: 'who-1' } },
      { id: '3', day: '2026-03-20', more: { form: 'third', category: 'other', follow_up_of: '1' } },
    ]);
    expect(groups.map(({ form, returning }) => [form, returning]).sort()).toEqual([
      ['second', 1],
      ['third', 1],
    ]);
  });

  it('knows what is tied to a problem', async () => {
    const groups = await count([{ id: '1', day: '2026-03-10', more: { problem_id: 'p1' } }]);
    expect(groups[0]).toMatchObject({ linked: 1 });
  });

  it('counts two replies as more than one', async () => {
    const again: Step = { after: 40, say: 'agent', by: 'ann' };
    const groups = await count([{ id: '1', day: '2026-03-10', steps: [reply, again, solve] }]);
    expect(groups[0]).toMatchObject({ one_reply: 0 });
  });

  it('takes hours where every ticket has them, else none', async () => {
    const timed = (id: string, billable_s: number | null) => ({ id, day: '2026-03-10', more: { billable_s } });
    expect((await count([timed('1', 3600), timed('2', 1800)]))[0]?.hours).toEqual({ low: 1.5, high: 1.5 });
    expect((await count([timed('1', 3600), timed('2', null)]))[0]?.hours).toBeNull();
  });

  it('leaves rare tags out, and with them a group for each', async () => {
    const tagged = (id: string, tags: string[]) => ({ id, day: '2026-03-10', more: { tags } });
    const groups = await count([tagged('1', ['b', 'a', 'rare-1']), tagged('2', ['a', 'b', 'rare-2'])], 2);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ tags: ['a', 'b'], contacts: 2 });
  });

  it('knows no answers where a connection shows no replies', async () => {
    const stream = (name: Observability['stream'], status: Observability['status']): Observability => ({
      connection: 'desk',
      stream: name,
      status,
      detail: null,
      fields: [],
      since: null,
      until: AS_OF,
      rows: 1,
      rejected: 0,
      reconciled_share: null,
    });
    const one = [{ id: '1', day: '2026-03-10' }];
    const seen = await count(one, 1, [stream('tickets', 'available'), stream('messages', 'available')]);
    expect(seen[0]?.answered).toBe(1);
    const dark = await count(one, 1, [stream('tickets', 'available'), stream('messages', 'absent')]);
    expect(dark[0]?.answered).toBeNull();
  });
});
