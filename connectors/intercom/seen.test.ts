import { describe, expect, it } from 'vitest';
import { FakeStatus } from '../../test/conformance/connector.ts';
import type { FakeRow } from '../../test/harness/fake-vendor.ts';
import { intercomConversations, intercomRoutes, part, unix } from '../../test/harness/intercom.ts';
import { intercomCase } from '../../test/harness/intercom-case.ts';
import { type DeskRows, readDesk } from '../../test/harness/read-desk.ts';

/**
 * Kinds of replies that others recorded of real workspaces, also in versions before ours. The replies are our own; where a kind was seen stands beside it.
 * A: airbytehq/airbyte source-intercom/integration_tests/expected_records.jsonl. D: dust-tt/dust pull request 23795. F: forestadmin/forest-express pull request 316 (all on
 * github.com). V: the vendor's own description of 2.11 and 2.16. Q: the vendor's questions on conversations (help article 8838326).
 */
const ANN = { type: 'admin', id: '11', name: 'Canary Ann', email: 'canary@acme.example' };

/** One conversation of the fake with other cells, and its parts. */
async function readOne(more: FakeRow, parts: readonly FakeRow[] = []) {
  const [first] = intercomConversations();
  const own = [{ ...first, id: '1', ...more }];
  const routes = intercomRoutes(own).map((route) =>
    route.name === 'conversation'
      ? { ...route, answer: () => ({ conversation_parts: { conversation_parts: parts } }) }
      : route,
  );
  const read = await readDesk(intercomCase, { routes });
  expect(read.error).toBeNull();
  return read;
}

const movesOf = (rows: DeskRows) =>
  Object.values(rows.event ?? {})
    .filter((one) => one.ticket_id === '1' && one.kind === 'assignee' && one.initial === false)
    .map((one) => [one.from_value, one.to_value, one.actor, one.actor_id]);

/** The one reply of a route in place of that of the fake. */
async function readWith(name: string, reply: unknown) {
  const routes = intercomRoutes().map((route) =>
    route.name === name ? { ...route, answer: () => structuredClone(reply) } : route,
  );
  const read = await readDesk(intercomCase, { routes });
  expect(read.error).toBeNull();
  return read;
}

describe('what Intercom workspaces were seen to answer', () => {
  it('takes the state of a ticket as a word too (V 2.11, A)', async () => {
    const ticket = (id: string, state: unknown) => ({
      type: 'ticket',
      id,
      category: 'Tracker',
      ticket_state: state,
      ticket_type: { type: 'ticket_type', id: '1', category: 'Tracker' },
      contacts: { type: 'contact.list', contacts: [] },
      admin_assignee_id: '0',
      team_assignee_id: '0',
      created_at: unix('2026-03-02T09:00:00Z'),
      updated_at: unix('2026-03-02T09:00:02Z'),
      ticket_parts: { type: 'ticket_part.list', ticket_parts: [], total_count: 0 },
      ticket_state_internal_label: 'Submitted',
    });
    const { rows, aside } = await readWith('tickets', {
      type: 'ticket.list',
      tickets: [ticket('70', 'waiting_on_customer'), ticket('71', 'submitted'), ticket('72', null)],
      pages: { type: 'pages', page: 1, per_page: 25, total_pages: 1 },
    });
    expect(aside).toEqual([]);
    expect(['70', '71', '72'].map((id) => rows.ticket?.[id]?.status)).toEqual(['pending', 'new', 'open']);
    expect(rows.ticket?.['70']).toMatchObject({ type: 'problem', assignee_id: null, group_id: null });
  });

  it('takes an assignee that is told as one object (A, F)', async () => {
    const old = { admin_assignee_id: undefined, team_assignee_id: undefined };
    const told = async (assignee: unknown) => {
      const { rows } = await readOne({ ...old, assignee });
      return [rows.ticket?.['1']?.assignee_id, rows.ticket?.['1']?.group_id];
    };
    expect(await told({ type: 'admin', id: '11' })).toEqual(['11', null]);
    expect(await told({ type: 'team', id: '51' })).toEqual([null, '51']);
    expect(await told({ type: 'nobody_admin', id: null })).toEqual([null, null]);
    expect(await told(null)).toEqual([null, null]);
  });

  it('makes up no first message of a conversation that has none (D)', async () => {
    const { rows } = await readOne({ source: null }, [
      part('comment', '2026-02-22T09:10:00Z', ANN, { body: '<p>x</p>' }),
    ]);
    const said = Object.values(rows.message ?? {}).filter((one) => one.ticket_id === '1');
    expect(said).toMatchObject([{ author: 'agent', seq: 1 }]);
    expect(rows.ticket?.['1']).toMatchObject({ created_by: null, channel: null });
  });

  it('carries the value before an attribute forward where an older change does not tell it (V 2.16: null for older events)', async () => {
    const changed = (at: string, value: unknown) =>
      part('conversation_attribute_updated_by_admin', at, ANN, {
        event_details: { attribute: { name: 'Root cause' }, value },
      });
    const { rows } = await readOne({}, [
      changed('2026-02-22T09:10:00Z', { name: 'bug', previous: null }),
      changed('2026-02-22T09:20:00Z', { name: 'config', previous: null }),
      changed('2026-02-22T09:30:00Z', { name: 'user' }),
      changed('2026-02-22T09:40:00Z', {}),
    ]);
    const told = Object.values(rows.event ?? {})
      .filter((one) => one.kind === 'field' && one.initial === false)
      .sort((a, b) => Number(a.at) - Number(b.at))
      .map((one) => [one.from_value, one.to_value]);
    expect(told).toEqual([
      [null, 'bug'],
      ['bug', 'config'],
      ['config', 'user'],
    ]);
  });

  it('knows the vendor’s own bot among the teammates by its address (A)', async () => {
    const { rows } = await readWith('admins', {
      type: 'admin.list',
      admins: [
        {
          type: 'admin',
          id: '90',
          name: 'Helper',
          email: 'operator+ecahpwf5@intercom.io',
          away_mode_enabled: false,
          has_inbox_seat: false,
          team_ids: [],
          team_priority_level: {},
        },
        { type: 'admin', id: '11', name: 'Ann', email: 'ann@acme.example', has_inbox_seat: true, team_ids: [] },
      ],
    });
    expect(rows.agent?.['90']).toMatchObject({ human: false, role: 'integration' });
    expect(rows.agent?.['11']).toMatchObject({ human: true, role: 'agent' });
  });

  it('takes what the vendor’s own bot says in the form of a teammate for a machine’s (address seen in A; as author: operator_initiated in V)', async () => {
    const bot = { type: 'admin', id: '3', name: 'Fin', email: 'operator+ecahpwf5@intercom.io' };
    const { rows } = await readOne(
      { source: { type: 'conversation', delivered_as: 'operator_initiated', body: '<p>Hello</p>', author: bot } },
      [part('comment', '2026-03-01T09:00:00Z', bot), part('comment', '2026-03-01T09:05:00Z', ANN)],
    );
    const told = Object.values(rows.message ?? {}).filter((one) => one.ticket_id === '1');
    expect(told.map(({ author, author_id }) => [author, author_id]).toSorted()).toEqual([
      ['agent', '11'],
      ['machine', null],
      ['machine', null],
    ]);
  });

  it('counts 500 parts as a history without its beginning where nothing tells how many there are', async () => {
    const many = Array.from({ length: 500 }, () => part('comment', '2026-03-01T09:00:00Z', ANN));
    const { rows, aside } = await readOne({ statistics: null }, many);
    expect(Object.values(rows.message ?? {}).filter((one) => one.ticket_id === '1')).toEqual([]);
    expect(aside).toEqual([expect.objectContaining({ ref: '1', path: 'conversation_parts' })]);
  });

  it('takes an empty record of a rating, an SLA or a plan for none', async () => {
    const { rows } = await readOne({ conversation_rating: {}, statistics: {}, company: null });
    expect(Object.values(rows.csat ?? {})).toEqual([]);
    expect(rows.ticket?.['1']).toMatchObject({ reported_reopens: null, organisation_id: null });
  });

  it('says by the author who moved a conversation that the workspace hands out (Q)', async () => {
    const to = { assigned_to: { type: 'admin', id: '11' } };
    const bot = { type: 'bot', id: '90', name: 'Operator', email: 'operator+acme@intercom.io' };
    const { rows } = await readOne({}, [
      part('message_strategy_assignment', '2026-02-22T09:10:00Z', bot, to),
      part('message_strategy_assignment', '2026-02-22T09:20:00Z', ANN, { assigned_to: { type: 'admin', id: '12' } }),
    ]);
    expect(movesOf(rows)).toEqual([
      [null, '11', 'automation', null],
      ['11', '12', 'agent', '11'],
    ]);
  });

  it.each<[string, FakeRow | null]>([
    ['nothing', null],
    ['an empty record', {}],
    ['a kind without a word', { type: '', id: null }],
  ])('knows nobody whom a conversation was with before an assignment that names %s', async (_what, assigned_to) => {
    const { rows } = await readOne({ admin_assignee_id: 11, team_assignee_id: 51 }, [
      part('away_mode_assignment', '2026-02-22T09:10:00Z', ANN, { assigned_to }),
    ]);
    const begun = Object.values(rows.event ?? {}).filter((one) => one.ticket_id === '1' && one.initial === true);
    expect(begun.map(({ kind }) => kind)).toEqual(['status']);
  });

  it('knows nothing of the parts of a conversation that is answered without a body', async () => {
    const routes = intercomRoutes().map((route) =>
      route.name === 'conversation' ? { ...route, answer: () => new FakeStatus(204, '') } : route,
    );
    const { rows, error } = await readDesk(intercomCase, { routes });
    expect(error).toBeNull();
    const ofConversations = (table: string) =>
      Object.values(rows[table] ?? {}).filter(({ ticket_id: id }) => id === '1' || id === '2');
    expect([ofConversations('event'), ofConversations('message'), ofConversations('sla_clock')]).toEqual([[], [], []]);
    expect(rows.ticket?.['1']).toBeDefined();
  });

  it('reads moments in seconds, in milliseconds and as text alike', async () => {
    const at = (created_at: unknown, updated_at: unknown) => readOne({ created_at, updated_at });
    const [ms, text] = [await at(1_771_750_800_000, 1_771_754_400), await at('1771750800', 1_771_754_400)];
    // `date -u -d @1771750800` says 2026-02-22 09:00:00.
    const [created_at, updated_at] = [new Date('2026-02-22T09:00:00Z'), new Date('2026-02-22T10:00:00Z')];
    expect(ms.rows.ticket?.['1']).toMatchObject({ created_at, updated_at });
    expect(text.rows.ticket?.['1']).toMatchObject({ created_at, updated_at });
  });
});
