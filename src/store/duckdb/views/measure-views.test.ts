import { afterEach, describe, expect, it } from 'vitest';
import { aMessage, anEvent, aTicket, at } from '../../../../test/harness/records.ts';
import type { Observability } from '../../../domain/observability.ts';
import type { SqlRow } from '../../../domain/sql-session.ts';
import type { TelemetryBatch, TelemetryRecord, TicketEvent } from '../../../domain/telemetry.ts';
import type { Store } from '../../ports.ts';
import { openMemoryStore } from '../open.ts';

const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

async function storeWith(records: TelemetryBatch, seen: readonly Partial<Observability>[] = []): Promise<Store> {
  const store = await openMemoryStore();
  stores.push(store);
  await store.telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
  await store.telemetry.recordObservability(
    seen.map((row) => ({
      connection: 'desk',
      stream: 'events' as const,
      status: 'available' as const,
      detail: null,
      fields: [],
      since: null,
      until: null,
      rows: 0,
      rejected: 0,
      reconciled_share: null,
      ...row,
    })),
  );
  return store;
}

const ASOF = '2026-02-02T00:00:00Z';

async function ask(store: Store, sql: string, asOf = ASOF, horizon = '2025-01-01T00:00:00Z'): Promise<SqlRow[]> {
  return store.telemetry.measure({ asOf: at(asOf), horizon: at(horizon) }, (session) => session.query(sql));
}

async function one(store: Store, columns: string, asOf = ASOF, id = '1'): Promise<SqlRow | undefined> {
  return (await ask(store, `SELECT ${columns} FROM ticket_all WHERE id = '${id}'`, asOf))[0];
}

let eventNo = 0;
/** `when` = day of January 2026 and time, UTC. */
function ev(
  when: string,
  kind: TicketEvent['kind'],
  from: string | null,
  to: string | null,
  more: Partial<TicketEvent> = {},
) {
  eventNo += 1;
  const id = `e${eventNo}`;
  return anEvent({ id, ticket_id: '1', at: at(`2026-01-${when}:00Z`), kind, from_value: from, to_value: to, ...more });
}

const agent = (id: string, human = true): TelemetryRecord<'agent'> => ({
  id,
  role: human ? 'agent' : 'bot',
  department: null,
  active: true,
  human,
  created_at: null,
});

/** One ticket with a full life: set up at 09:00 on the 5th, solved on the 6th, reopened, moved about, solved on the 9th, closed on the 20th. */
const LIFE = {
  ticket: [
    aTicket({
      id: '1',
      status: 'closed',
      priority_rank: 1,
      group_id: 'g2',
      assignee_id: 'bob',
      updated_at: at('2026-01-20T12:00:00Z'),
      created_by: 'customer',
      organisation_id: 'acme',
    }),
  ],
  organisation: [
    {
      id: 'acme',
      created_at: null,
      tier: 'gold',
      tier_rank: 1,
      terms: null,
      partner: false,
      domain_hash: null,
      external_keys: null,
      has_contract: null,
      has_health: null,
      health_changed_at: null,
      health_rank: null,
      renews_at: null,
      value_band: null,
      churned_at: null,
      expanded_at: null,
    },
  ],
  agent: [agent('ann'), agent('bob'), agent('robot', false)],
  event: [
    ev('05T09:00', 'status', null, 'new', { initial: true, actor: 'customer' }),
    ev('05T09:00', 'priority', null, '3', { initial: true, actor: 'system' }),
    ev('05T09:00', 'group', null, 'g1', { initial: true, actor: 'automation' }),
    ev('05T09:30', 'assignee', null, 'ann', { actor: 'automation' }),
    ev('05T10:00', 'status', 'new', 'open', { actor_id: 'ann' }),
    ev('06T10:00', 'status', 'open', 'solved', { actor_id: 'ann' }),
    ev('07T10:00', 'status', 'solved', 'open', { actor: 'customer' }),
    ev('07T12:00', 'assignee', 'ann', null, { actor_id: 'ann' }),
    ev('08T12:00', 'assignee', null, 'bob', { actor_id: 'bob' }),
    ev('08T12:00', 'group', 'g1', 'g2', { actor_id: 'bob' }),
    ev('08T12:00', 'priority', '3', '1', { actor_id: 'bob' }),
    ev('09T10:00', 'status', 'open', 'solved', { actor_id: 'bob' }),
    ev('20T12:00', 'status', 'solved', 'closed', { actor: 'automation' }),
  ],
  message: [
    aMessage({ id: 'm0', ticket_id: '1', at: at('2026-01-05T09:00:00Z'), seq: 0, author: 'customer' }),
    aMessage({
      id: 'm1',
      ticket_id: '1',
      at: at('2026-01-05T09:01:00Z'),
      seq: 1,
      author: 'machine',
      auto_reply: true,
      promised_reply_s: 3600,
      promise_business_hours: true,
    }),
    aMessage({ id: 'm2', ticket_id: '1', at: at('2026-01-05T09:45:00Z'), seq: 2, author_id: 'robot' }),
    aMessage({ id: 'm3', ticket_id: '1', at: at('2026-01-05T10:30:00Z'), seq: 3, author_id: 'ann', public: false }),
    aMessage({
      id: 'm4',
      ticket_id: '1',
      at: at('2026-01-06T09:00:00Z'),
      seq: 4,
      author_id: 'ann',
      template_id: 'macro',
    }),
    aMessage({ id: 'm5', ticket_id: '1', at: at('2026-01-07T10:00:00Z'), seq: 5, author: 'customer' }),
    aMessage({
      id: 'm6',
      ticket_id: '1',
      at: at('2026-01-09T09:00:00Z'),
      seq: 6,
      author_id: 'bob',
      article_ids: ['kb1'],
    }),
  ],
} satisfies TelemetryBatch;

describe('ticket_all: one life, seen at different instants', () => {
  it('shows the whole life at the end', async () => {
    const store = await storeWith(LIFE);
    expect(
      await one(
        store,
        `population, status_as_of, open_as_of, priority_as_of, group_as_of, assignee_as_of, first_solved_at, last_solved_at, closed_at,
         reopens, first_touch_at, first_touch_priority, first_touch_priority_set, first_reply_at, replies, notes, customer_messages,
         owner_changes, group_changes, reassignments, first_assignee_id, first_assignee_at, first_assignee_actor, tier, tier_rank, partner,
         first_reply_calendar_s, first_reply_business_s, close_time_calendar_s, week`,
      ),
    ).toEqual({
      population: 'human',
      status_as_of: 'closed',
      open_as_of: false,
      priority_as_of: 1,
      group_as_of: 'g2',
      assignee_as_of: 'bob',
      first_solved_at: at('2026-01-06T10:00:00Z'),
      last_solved_at: at('2026-01-09T10:00:00Z'),
      closed_at: at('2026-01-20T12:00:00Z'),
      reopens: 1,
      first_touch_at: at('2026-01-05T10:00:00Z'),
      first_touch_priority: 3,
      first_touch_priority_set: false,
      first_reply_at: at('2026-01-06T09:00:00Z'),
      replies: 2,
      notes: 1,
      customer_messages: 2,
      owner_changes: 1,
      group_changes: 1,
      reassignments: 1,
      first_assignee_id: 'ann',
      first_assignee_at: at('2026-01-05T09:30:00Z'),
      first_assignee_actor: 'automation',
      tier: 'gold',
      tier_rank: 1,
      partner: false,
      first_reply_calendar_s: 86_400,
      first_reply_business_s: null,
      close_time_calendar_s: 15 * 86_400 + 3 * 3600,
      week: at('2026-01-05T00:00:00Z'),
    });
  });

  it.each([
    ['2026-01-05T09:00:00.001Z', 'new', true, 3, 'g1', null, 0, 0],
    ['2026-01-05T10:00:00Z', 'new', true, 3, 'g1', 'ann', 0, 0],
    ['2026-01-06T10:00:00.001Z', 'solved', false, 3, 'g1', 'ann', 0, 1],
    ['2026-01-07T10:00:00.001Z', 'open', true, 3, 'g1', 'ann', 1, 1],
    ['2026-01-08T12:00:00Z', 'open', true, 3, 'g1', null, 1, 1],
    ['2026-01-08T12:00:00.001Z', 'open', true, 1, 'g2', 'bob', 1, 1],
  ])('knows at %s what held then', async (asOf, status, open, priority, group, assignee, reopens, replies) => {
    const store = await storeWith(LIFE);
    const columns =
      'status_as_of, open_as_of, priority_as_of, group_as_of, assignee_as_of, reopens, replies, closed_at';
    expect(await one(store, columns, asOf)).toEqual({
      status_as_of: status,
      open_as_of: open,
      priority_as_of: priority,
      group_as_of: group,
      assignee_as_of: assignee,
      reopens,
      replies,
      closed_at: null,
    });
  });

  it('is not there before it is created', async () => {
    expect(await one(await storeWith(LIFE), 'id', '2026-01-05T09:00:00Z')).toBeUndefined();
  });

  it('gives the stays, the replies, the touches and the acknowledgement', async () => {
    const store = await storeWith(LIFE);
    const day = (text: string) => at(`2026-01-${text}:00Z`);
    expect(await ask(store, 'SELECT status, from_at, to_at FROM status_span ORDER BY from_at')).toEqual([
      { status: 'new', from_at: day('05T09:00'), to_at: day('05T10:00') },
      { status: 'open', from_at: day('05T10:00'), to_at: day('06T10:00') },
      { status: 'solved', from_at: day('06T10:00'), to_at: day('07T10:00') },
      { status: 'open', from_at: day('07T10:00'), to_at: day('09T10:00') },
      { status: 'solved', from_at: day('09T10:00'), to_at: day('20T12:00') },
      { status: 'closed', from_at: day('20T12:00'), to_at: null },
    ]);
    expect(await ask(store, 'SELECT assignee_id, from_at, to_at, actor FROM owner_span ORDER BY from_at')).toEqual([
      { assignee_id: null, from_at: day('05T09:00'), to_at: day('05T09:30'), actor: null },
      { assignee_id: 'ann', from_at: day('05T09:30'), to_at: day('07T12:00'), actor: 'automation' },
      { assignee_id: null, from_at: day('07T12:00'), to_at: day('08T12:00'), actor: 'agent' },
      { assignee_id: 'bob', from_at: day('08T12:00'), to_at: null, actor: 'agent' },
    ]);
    expect(
      await ask(
        store,
        'SELECT seq, agent_id, template_id, article_ids, ordinal, off_hours FROM reply ORDER BY ordinal',
      ),
    ).toEqual([
      { seq: 4, agent_id: 'ann', template_id: 'macro', article_ids: null, ordinal: 1, off_hours: null },
      { seq: 6, agent_id: 'bob', template_id: null, article_ids: ['kb1'], ordinal: 2, off_hours: null },
    ]);
    expect(await ask(store, 'SELECT kind, count(*) AS n FROM touch GROUP BY kind ORDER BY kind')).toEqual([
      { kind: 'change', n: 7 },
      { kind: 'note', n: 1 },
      { kind: 'reply', n: 2 },
    ]);
    expect(
      await ask(store, 'SELECT ticket_id, "at", promised_reply_s, promise_business_hours FROM acknowledgement'),
    ).toEqual([
      { ticket_id: '1', at: at('2026-01-05T09:01:00Z'), promised_reply_s: 3600, promise_business_hours: true },
    ]);
  });
});

describe('fully_read', () => {
  const read = async (batch: TelemetryBatch) =>
    (await ask(await storeWith(batch), 'SELECT ticket_id FROM fully_read ORDER BY ticket_id')).map(
      (row) => row.ticket_id,
    );
  const tickets = ['1', '2', '3'].map((id) => aTicket({ id }));

  it('is every ticket where a source shows all of each', async () => {
    expect(await read({ ticket: tickets })).toEqual(['1', '2', '3']);
  });

  it('is the sample where there is one', async () => {
    const sample = { ticket_id: '2', stream: 'messages', at: at('2026-01-06T00:00:00Z') } as const;
    expect(await read({ ticket: tickets, ticket_sample: [sample] })).toEqual(['2']);
  });
});

describe('a template that is told beside the message', () => {
  const reply = aMessage({
    id: 'm2',
    ticket_id: '1',
    at: at('2026-01-05T10:00:00Z'),
    seq: 1,
    author: 'agent',
    author_id: 'ann',
  });
  const beside = { message_id: 'm2', ticket_id: '1', at: at('2026-01-05T10:00:00Z'), template_id: 'macro' };

  it.each([
    ['before it', [{ message_template: [beside] }, { message: [reply] }]],
    ['after it', [{ message: [reply] }, { message_template: [beside] }]],
  ])('is that of the reply, and no message of its own, also when it comes %s', async (_when, batches) => {
    const store = await storeWith({ ticket: [aTicket({ id: '1' })], agent: [agent('ann')] });
    for (const records of batches)
      await store.telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
    const found = [
      await ask(store, 'SELECT template_id, ordinal FROM reply'),
      await ask(store, 'SELECT replies, notes, customer_messages FROM ticket_all'),
      await ask(store, 'SELECT count(*) AS n FROM message'),
    ];
    expect(found).toEqual([
      [{ template_id: 'macro', ordinal: 1 }],
      [{ replies: 1, notes: 0, customer_messages: 0 }],
      [{ n: 1 }],
    ]);
  });
});

describe('first_touch_priority', () => {
  const touched = (more: readonly TicketEvent[], raw: number | null = 2): TelemetryBatch => ({
    ticket: [aTicket({ id: '1', priority_rank: raw })],
    event: [ev('05T12:00', 'field', null, 'x', { actor_id: 'ann' }), ...more],
  });
  const columns = 'first_touch_priority AS p, first_touch_priority_set AS was_set';
  it.each([
    ['set by a person before', [ev('05T11:00', 'priority', null, '2', { actor_id: 'zoe' })], { p: 2, was_set: true }],
    [
      'set by the same agent 60 s later',
      [ev('05T12:01', 'priority', null, '2', { actor_id: 'ann' })],
      { p: 2, was_set: true },
    ],
    [
      'set by another agent 60 s later',
      [ev('05T12:01', 'priority', null, '2', { actor_id: 'zoe' })],
      { p: null, was_set: false },
    ],
    [
      'set by the same agent 61 s later',
      [{ ...ev('05T12:01', 'priority', '3', '2', { actor_id: 'ann' }), at: at('2026-01-05T12:01:01Z') }],
      { p: 3, was_set: null },
    ],
    [
      'given by the customer at creation',
      [ev('05T09:00', 'priority', null, '2', { initial: true, actor: 'customer' })],
      { p: 2, was_set: true },
    ],
    [
      'the default of the desk',
      [ev('05T09:00', 'priority', null, '2', { initial: true, actor: 'system' })],
      { p: 2, was_set: false },
    ],
    [
      'given at creation by nobody knows whom',
      [ev('05T09:00', 'priority', null, '2', { initial: true, actor: null })],
      { p: 2, was_set: null },
    ],
    ['not recorded at all', [], { p: null, was_set: null }],
  ])('%s', async (_, more, expected) => {
    expect(await one(await storeWith(touched(more)), columns)).toEqual(expected);
  });
});

describe('without events', () => {
  const stamped = (more: Partial<Parameters<typeof aTicket>[0]> = {}) => ({
    ticket: [
      aTicket({
        id: '1',
        status: 'closed',
        reported_first_reply_at: at('2026-01-05T11:00:00Z'),
        reported_solved_at: at('2026-01-10T09:00:00Z'),
        reported_closed_at: at('2026-01-15T09:00:00Z'),
        reported_reopens: 2,
        reported_reassignments: 3,
        reported_replies: 4,
        updated_at: at('2026-01-15T09:00:00Z'),
        ...more,
      }),
    ],
  });
  const columns = `status_as_of, open_as_of, first_solved_at, last_solved_at, closed_at, reopens, reassignments, replies, owner_changes,
    first_reply_at`;

  it('takes the stamps and counters of the vendor', async () => {
    expect(await one(await storeWith(stamped()), columns)).toEqual({
      status_as_of: 'closed',
      open_as_of: false,
      first_solved_at: at('2026-01-10T09:00:00Z'),
      last_solved_at: at('2026-01-10T09:00:00Z'),
      closed_at: at('2026-01-15T09:00:00Z'),
      reopens: 2,
      reassignments: 3,
      replies: 4,
      owner_changes: null,
      first_reply_at: at('2026-01-05T11:00:00Z'),
    });
  });

  it('does not let later stamps and counters leak into the past', async () => {
    const store = await storeWith(stamped());
    expect(await one(store, columns, '2026-01-12T00:00:00Z')).toMatchObject({
      status_as_of: 'solved',
      open_as_of: false,
      closed_at: null,
      reopens: null,
      replies: null,
    });
    expect(await one(store, columns, '2026-01-05T10:00:00Z')).toMatchObject({
      status_as_of: 'open',
      open_as_of: true,
      first_solved_at: null,
      first_reply_at: null,
    });
  });

  it('falls back to the columns', async () => {
    const store = await storeWith({
      ticket: [aTicket({ id: '1', status: 'pending', priority_rank: 2, assignee_id: 'ann' })],
    });
    expect(
      await one(store, 'status_as_of, open_as_of, priority_as_of, assignee_as_of, reopens, replies, notes'),
    ).toEqual({
      status_as_of: 'pending',
      open_as_of: true,
      priority_as_of: 2,
      assignee_as_of: 'ann',
      reopens: null,
      replies: null,
      notes: null,
    });
    expect(await ask(store, 'SELECT * FROM owner_span')).toEqual([]);
    expect(await ask(store, 'SELECT * FROM status_span')).toEqual([]);
  });

  it('tells "none happened" from "none could be seen" by what the connection shows', async () => {
    const quiet = { ticket: [aTicket({ id: '1', assignee_id: 'ann' })] };
    const counts = 'reopens, owner_changes, group_changes, replies, first_assignee_id';
    const seen = [{ stream: 'events' as const, fields: ['status', 'assignee'] }, { stream: 'messages' as const }];
    expect(await one(await storeWith(quiet, seen), counts)).toEqual({
      reopens: 0,
      owner_changes: 0,
      group_changes: null,
      replies: 0,
      first_assignee_id: 'ann',
    });
    const recent = seen.map((row) => ({ ...row, since: at('2026-01-06T00:00:00Z') }));
    expect(await one(await storeWith(quiet, recent), counts)).toEqual({
      reopens: null,
      owner_changes: null,
      group_changes: null,
      replies: null,
      first_assignee_id: null,
    });
    const refused = seen.map((row) => ({ ...row, status: 'permission' as const }));
    expect((await one(await storeWith(quiet, refused), counts))?.replies).toBeNull();
  });
});

describe('status before the first recorded change', () => {
  it('is what that change says it was, also when the change comes after asOf', async () => {
    const store = await storeWith({
      ticket: [aTicket({ id: '1', status: 'solved', assignee_id: 'bob' })],
      event: [ev('10T09:00', 'status', 'pending', 'solved'), ev('10T09:00', 'assignee', 'ann', 'bob')],
    });
    const columns = 'status_as_of, assignee_as_of, first_assignee_id, owner_changes';
    expect(await one(store, columns, '2026-01-08T00:00:00Z')).toEqual({
      status_as_of: 'pending',
      assignee_as_of: 'ann',
      first_assignee_id: 'ann',
      owner_changes: 0,
    });
    expect(await one(store, columns)).toEqual({
      status_as_of: 'solved',
      assignee_as_of: 'bob',
      first_assignee_id: 'ann',
      owner_changes: 1,
    });
  });
});

describe('population', () => {
  async function populationOf(records: TelemetryBatch, asOf = ASOF): Promise<unknown> {
    return (await one(await storeWith(records), 'population', asOf))?.population;
  }
  const ticketWith = (more: Partial<Parameters<typeof aTicket>[0]>) => ({ ticket: [aTicket({ id: '1', ...more })] });
  const all = {
    deleted: true,
    merged_into: '2',
    spam: true,
    test: true,
    requester_is_agent: true,
    created_by: 'machine' as const,
  };
  it.each([
    ['deleted', all],
    ['merged', { ...all, deleted: false }],
    ['spam', { ...all, deleted: false, merged_into: null }],
    ['test', { ...all, deleted: false, merged_into: null, spam: false }],
    ['internal', { requester_is_agent: true, created_by: 'machine' as const }],
    ['machine', { requester_is_agent: false, created_by: 'machine' as const }],
    ['human', { requester_is_agent: null, created_by: null }],
  ])('is %s, the first that applies', async (population, more) => {
    expect(await populationOf(ticketWith(more))).toBe(population);
  });

  it('is human until the ticket is deleted or merged away', async () => {
    const gone = { ...ticketWith({ deleted: true }), event: [ev('10T09:00', 'delete', null, null)] };
    expect(await populationOf(gone, '2026-01-10T09:00:00Z')).toBe('human');
    expect(await populationOf(gone, '2026-01-10T09:00:00.001Z')).toBe('deleted');
    const merged = { ...ticketWith({ merged_into: '2' }), event: [ev('10T09:00', 'merge', null, '2')] };
    expect(await populationOf(merged, '2026-01-10T09:00:00Z')).toBe('human');
    expect(await populationOf(merged)).toBe('merged');
  });

  it('is bot when a bot talked and no person acted', async () => {
    const session: TelemetryRecord<'bot_session'> = {
      id: 'b',
      started_at: at('2026-01-05T09:00:00Z'),
      handed_over: false,
      requester_key: null,
      ticket_id: '1',
      topic: null,
    };
    const records = { ...ticketWith({}), bot_session: [session] };
    expect(await populationOf(records)).toBe('bot');
    expect(await populationOf({ ...records, message: [aMessage({ id: 'm', ticket_id: '1' })] })).toBe('human');
  });

  it.each([
    [20, 'human'],
    [21, 'migration'],
  ])('of %i tickets of one instant is %s', async (n, population) => {
    // Each other day has as many tickets, spread out, so that the day itself is not unusual.
    const burst = Array.from({ length: n }, (_, i) => aTicket({ id: String(i + 1) }));
    const usual = [6, 7, 8].flatMap((day) =>
      Array.from({ length: 20 }, (_, i) =>
        aTicket({ id: `u${day}-${i}`, created_at: at(`2026-01-0${day}T09:00:${10 + i}Z`) }),
      ),
    );
    expect(await populationOf({ ticket: [...burst, ...usual] })).toBe(population);
  });

  it.each([
    [10, 'human'],
    [11, 'migration'],
  ])('of a day with %i tickets in two goes, where the usual day has one, is %s', async (n, population) => {
    const busy = Array.from({ length: n }, (_, i) =>
      aTicket({ id: String(i + 1), created_by: 'agent', created_at: at(`2026-01-05T09:00:0${1 + (i % 2)}Z`) }),
    );
    const usual = [6, 7, 8].map((day) => aTicket({ id: `u${day}`, created_at: at(`2026-01-0${day}T09:00:00Z`) }));
    expect(await populationOf({ ticket: [...busy, ...usual] })).toBe(population);
  });
});

describe('backlog_week', () => {
  it('counts what was open just before each Monday, what was old, and the solves of four weeks', async () => {
    const open = (id: string, created: string, solved: string | null) => ({
      ticket: aTicket({ id, created_at: at(created), status: solved === null ? 'open' : 'solved' }),
      events: [
        anEvent({ id: `${id}a`, ticket_id: id, at: at(created), to_value: 'open', initial: true }),
        ...(solved === null
          ? []
          : [anEvent({ id: `${id}b`, ticket_id: id, at: at(solved), from_value: 'open', to_value: 'solved' })]),
      ],
    });
    const life = [
      open('1', '2026-01-01T00:00:00Z', null),
      open('2', '2026-01-06T00:00:00Z', '2026-01-12T00:00:00Z'),
      open('3', '2026-01-07T00:00:00Z', '2026-01-11T23:59:59Z'),
    ];
    const store = await storeWith({ ticket: life.map((l) => l.ticket), event: life.flatMap((l) => l.events) });
    const week = (iso: string, tickets: number, old: number, solved: number) => ({
      week_at: at(iso),
      open_tickets: tickets,
      open_over_30d: old,
      solved_28d: solved,
    });
    const rows = await ask(
      store,
      'SELECT week_at, open_tickets, open_over_30d, solved_28d FROM backlog_week ORDER BY week_at',
      '2026-02-16T00:00:00.001Z',
    );
    // The first Monday on or after the first ticket (a Thursday) is the 5th. A ticket of 1 January is over 30 days old from the 31st on.
    expect(rows).toEqual([
      week('2026-01-05T00:00:00Z', 1, 0, 0),
      week('2026-01-12T00:00:00Z', 2, 0, 1),
      week('2026-01-19T00:00:00Z', 1, 0, 2),
      week('2026-01-26T00:00:00Z', 1, 0, 2),
      week('2026-02-02T00:00:00Z', 1, 1, 2),
      week('2026-02-09T00:00:00Z', 1, 1, 1),
      week('2026-02-16T00:00:00Z', 1, 1, 0),
    ]);
  });
});

describe('horizon', () => {
  it('leaves out what was over long before, and nothing that was alive', async () => {
    const ended = { status: 'closed' as const, created_at: at('2025-01-10T00:00:00Z') };
    const store = await storeWith({
      ticket: [
        aTicket({ id: 'over', ...ended, updated_at: at('2025-02-01T00:00:00Z') }),
        aTicket({ id: 'touched', ...ended, updated_at: at('2025-02-01T00:00:00Z') }),
        aTicket({ id: 'unknown end', ...ended }),
        aTicket({ id: 'still open', created_at: ended.created_at, updated_at: at('2025-02-01T00:00:00Z') }),
      ],
      message: [aMessage({ id: 'm', ticket_id: 'touched', at: at('2026-01-01T00:00:00Z') })],
    });
    const ids = await ask(store, 'SELECT id FROM ticket_all ORDER BY id', ASOF, '2025-11-01T00:00:00Z');
    expect(ids.map((row) => row.id)).toEqual(['still open', 'touched', 'unknown end']);
  });
});

describe('recorded tables', () => {
  const clock: TelemetryRecord<'sla_clock'> = {
    id: 'c',
    ticket_id: '1',
    metric: 'first_reply',
    scope: 'ticket',
    instance: 1,
    policy_id: null,
    target_s: 3600,
    business_hours: false,
    started_at: at('2026-01-05T09:00:00Z'),
    applied_at: null,
    breach_at: at('2026-01-05T10:00:00Z'),
    fulfilled_at: at('2026-01-05T12:00:00Z'),
    paused_s: null,
    voided: false,
    met: false,
  };

  it.each([
    ['2026-01-05T09:00:00Z', []],
    ['2026-01-05T10:00:00Z', [{ fulfilled_at: null, met: null }]],
    ['2026-01-05T10:00:00.001Z', [{ fulfilled_at: null, met: false }]],
    ['2026-01-05T12:00:00.001Z', [{ fulfilled_at: at('2026-01-05T12:00:00Z'), met: false }]],
  ])('show a clock at %s as it stood', async (asOf, rows) => {
    expect(await ask(await storeWith({ sla_clock: [clock] }), 'SELECT fulfilled_at, met FROM sla_clock', asOf)).toEqual(
      rows,
    );
  });

  it('hide answers, rows and edits that came later', async () => {
    const store = await storeWith({
      csat: [
        {
          id: 's',
          ticket_id: '1',
          offered_at: at('2026-01-05T00:00:00Z'),
          answered_at: at('2026-01-09T00:00:00Z'),
          score: 1,
          scale: null,
          reason_code: 'r',
        },
      ],
      event: [ev('05T09:00', 'tag', null, 'x'), ev('09T09:00', 'tag', null, 'y')],
    });
    const csat = 'SELECT answered_at, score, reason_code FROM csat';
    expect(await ask(store, csat, '2026-01-09T00:00:00Z')).toEqual([
      { answered_at: null, score: null, reason_code: null },
    ]);
    expect(await ask(store, csat, '2026-01-09T00:00:00.001Z')).toMatchObject([{ score: 1, reason_code: 'r' }]);
    expect(await ask(store, 'SELECT to_value FROM event', '2026-01-09T00:00:00Z')).toEqual([{ to_value: 'x' }]);
  });
});
