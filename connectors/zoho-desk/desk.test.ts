import { describe, expect, it } from 'vitest';
import { type FakeRoute, FakeStatus } from '../../test/conformance/connector.ts';
import { runVendor } from '../../test/conformance/vendor-run.ts';
import { memoryTelemetry } from '../../test/harness/memory-telemetry.ts';
import { type DeskRows, readDesk } from '../../test/harness/read-desk.ts';
import { rowsOf, syncedDesk, syncWhole } from '../../test/harness/synced-desk.ts';
import { BIG, zohoDeskRoutes, zohoTickets } from '../../test/harness/zoho-desk.ts';
import { zohoDeskCase } from '../../test/harness/zoho-desk-case.ts';

const at = (text: string) => new Date(`2026-03-${text}Z`);

/** A sync of the organisation of the tests; `instead` answers for routes by their name. */
async function syncWith(
  changes: { without?: readonly string[]; instead?: Record<string, (reply: unknown) => unknown> } = {},
) {
  const { without = [], instead = {} } = changes;
  const routes = zohoDeskRoutes().map((route): FakeRoute => {
    const other = instead[route.name];
    return other === undefined ? route : { ...route, answer: (url, body) => other(route.answer(url, body)) };
  });
  return syncWhole(zohoDeskCase, { routes, without });
}

const eventsOf = (rows: DeskRows, ticket: string) =>
  rowsOf(rows, 'event', ticket)
    .filter((one) => one.initial !== true)
    .map((one) => [one.kind, one.from_value, one.to_value, one.actor, one.actor_id]);
const bornAs = (rows: DeskRows, ticket: string) =>
  Object.fromEntries(
    Object.values(rows.event ?? {})
      .filter((one) => one.ticket_id === ticket && one.initial === true)
      .map((one) => [one.field ?? one.kind, one.to_value]),
  );

describe('the Zoho Desk organisation of the tests', () => {
  const { rows, shows, pick } = syncedDesk(async () => {
    const read = await syncWith();
    expect(read.aside).toEqual([]);
    return read;
  });

  it('gives tickets of all kinds of status, by their type and what the name adds', () => {
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual(
      ['1001', '1002', '1003', '1004', '1006', '1007', '991', '992', BIG].sort(),
    );
    const status = (id: string) => pick('ticket', id, 'status')[0];
    expect(status('1001')).toBe('closed');
    expect(status('1002')).toBe('pending');
    expect(status('1003')).toBe('hold');
    // A word of their own without a type is no end.
    expect(pick('ticket', '1004', 'status', 'vendor_status', 'spam', 'deleted')).toEqual([
      'open',
      'Parked',
      true,
      true,
    ]);
    expect(pick('ticket', BIG, 'status', 'channel', 'vendor_channel')).toEqual(['solved', 'other', 'Mystery']);
    expect(status('1006')).toBe('new');
    expect(pick('ticket', '1003', 'priority_rank', 'vendor_priority', 'channel')).toEqual([null, 'Blocker', 'chat']);
    expect(pick('ticket', '1007', 'group_id', 'assignee_id')).toEqual(['102', null]);
  });

  it('gives archived tickets of all departments, whole', () => {
    const columns = ['status', 'group_id', 'created_at', 'updated_at', 'reported_closed_at'];
    const closed = new Date('2025-06-02T10:00:00Z');
    expect(pick('ticket', '991', ...columns)).toEqual([
      'closed',
      '101',
      new Date('2025-06-01T09:00:00Z'),
      closed,
      closed,
    ]);
    expect(pick('ticket', '992', 'status', 'group_id')).toEqual(['open', '101']);
  });

  it('gives codes, places and what the vendor measured', () => {
    const codes = ['product', 'category', 'severity', 'cause_code', 'type', 'priority_rank', 'form', 'follow_up_of'];
    expect(pick('ticket', '1001', ...codes)).toEqual([
      '7001',
      'billing',
      'major',
      'config',
      'problem',
      2,
      '6001',
      '990',
    ]);
    expect(pick('ticket', '1001', 'group_id', 'assignee_id', 'organisation_id', 'calendar_id')).toEqual([
      '202',
      '11',
      '801',
      '5001',
    ]);
    expect(pick('ticket', '1002', 'calendar_id')).toEqual([null]);
    // Hashed here as `tag:<length>:<code of the first letter>`.
    expect(pick('ticket', '1001', 'tags')).toEqual([['escalated', 'tag:11:99']]);
    expect(pick('ticket', '1002', 'tags')).toEqual([[]]);
    expect(pick('ticket', '1001', 'filled_fields')[0]).toEqual(
      'accountId category cf_cause cf_impact cf_remark classification dueDate priority productId teamId'.split(' '),
    );
    const reported = (id: string) =>
      pick(
        'ticket',
        id,
        'reported_first_reply_business_s',
        'reported_full_resolution_business_s',
        'reported_reopens',
        'reported_reassignments',
        'reported_replies',
        'reported_closed_at',
      );
    expect(reported('1001')).toEqual([3600, 6.5 * 3600, 1, 2, 3, at('02T15:00:00')]);
    // `00:00 hrs` of a ticket that nobody answered is no time.
    expect(reported('1002')).toEqual([null, null, 0, 0, 0, null]);
  });

  it('tells who began, and who wrote what', () => {
    const began = (id: string) => pick('ticket', id, 'created_by', 'created_on_behalf');
    expect(began('1001')).toEqual(['customer', false]);
    expect(began('1002')).toEqual(['agent', true]);
    expect(began('1003')).toEqual(['machine', false]);
    expect(began(BIG)).toEqual(['customer', false]);
    expect(began('1006')).toEqual([null, null]);
    const said = (id: string) => pick('message', id, 'seq', 'author', 'author_id', 'public', 'auto_reply');
    expect(said('501')).toEqual([0, 'customer', null, true, false]);
    expect(said('502')).toEqual([1, 'machine', null, true, true]);
    expect(said('503')).toEqual([2, 'agent', '11', false, false]);
    expect(said('504')).toEqual([3, 'agent', '11', true, false]);
    expect(said('505')).toEqual([4, 'agent', '12', false, false]);
    // A draft is no message; what is forwarded is not for the customer.
    expect(rows.message?.['506']).toBeUndefined();
    expect(said('507')).toEqual([5, 'agent', '11', false, false]);
    expect(said('512')).toEqual([1, 'agent', '12', true, false]);
    expect(said('522')).toEqual([1, 'machine', null, true, true]);
    expect(said('523')).toEqual([2, 'customer', null, true, false]);
    expect(pick('message', '502', 'promised_reply_s', 'channel')).toEqual([8 * 3600, 'email']);
    expect(pick('message', '504', 'article_ids')).toEqual([['9001']]);
    // Only its beginning is shown.
    expect(pick('message', '503', 'article_ids')).toEqual([null]);
    expect(pick('message', '505', 'article_ids', 'channel')).toEqual([[], null]);
    expect(pick('link', '505:issue:0', 'kind', 'system', 'ticket_id')).toEqual(['issue', 'jira', '1001']);
  });

  it('tells a ticket from its beginning, change by change', () => {
    expect(bornAs(rows, '1001')).toEqual({
      status: 'open',
      priority: '4',
      group: '102',
      category: 'billing',
      cf_impact: 'major',
    });
    expect(eventsOf(rows, '1001')).toEqual([
      ['group', '102', '101', 'automation', null],
      ['assignee', null, '11', 'agent', '11'],
      ['priority', '4', '2', 'agent', '11'],
      ['group', '101', '202', 'agent', '11'],
      // At one instant; the vendor lists the newest first.
      ['escalation', null, 'field:isEscalated=true', 'automation', null],
      ['sla', null, null, 'automation', null],
      ['tag', null, 'escalated', 'agent', '11'],
      ['escalation', null, 'tag:escalated', 'agent', '11'],
      ['tag', null, 'tag:11:99', 'agent', '11'],
      ['status', 'open', 'hold', 'agent', '11'],
      ['status', 'hold', 'closed', 'agent', '11'],
      ['field', null, 'config', 'agent', '11'],
    ]);
    expect(eventsOf(rows, '1002')).toEqual([['delete', null, 'deleted', 'system', null]]);
    const bug = Object.entries(rows.link ?? {}).find(([id]) => id.startsWith('1001:bug:'))?.[1];
    expect(bug).toMatchObject({ system: 'jira', linked_at: at('02T10:45:00') });
    expect(String(bug?.target_key)).not.toContain('CORE-17');
  });

  it('gives promises with their outcome where there is one', () => {
    const clock = (id: string) => pick('sla_clock', id, 'met', 'policy_id', 'breach_at', 'fulfilled_at');
    expect(clock('1001:resolution:1')).toEqual([true, '4001', at('02T17:00:00'), at('02T15:00:00')]);
    // Of replies only late ones could be told.
    expect(Object.keys(rows.sla_clock ?? {})).toHaveLength(1);
    expect(pick('sla_policy', '4001', 'active', 'calendar_id', 'condition_terms')).toEqual([
      true,
      '5001',
      ['group:101'],
    ]);
    expect(pick('sla_policy', '4002', 'active', 'calendar_id', 'condition_terms')).toEqual([false, null, null]);
    // A contract promises it; to whom is not said there.
    expect(pick('sla_policy', '4001', 'condition_fields', 'unread_conditions')).toEqual([['group', 'organisation'], 1]);
    expect(rows.sla_target).toBeUndefined();
  });

  it('gives answers of customers', () => {
    const answer = (id: string) => pick('csat', id, 'ticket_id', 'offered_at', 'answered_at', 'score');
    expect(answer('951')).toEqual(['1001', null, at('02T16:00:00'), 1]);
    expect(answer('952')[3]).toBe(0.5);
    expect(answer('953')[3]).toBe(0);
  });

  it('gives hours with their breaks and holidays', () => {
    const [always, shift] = [`5002 ${new Date(0)}`, `5001 ${new Date(0)}`];
    expect(Object.keys(rows.calendar ?? {}).sort()).toEqual([shift, always]);
    const [zone, weekly, holidays] = pick('calendar', shift, 'time_zone', 'weekly', 'holidays') as [
      string,
      object[],
      object[],
    ];
    expect(zone).toBe('Asia/Kolkata');
    // Monday to Friday in two parts, closed on Saturday; minutes from Sunday.
    expect(weekly.length).toBe(10);
    expect(weekly[0]).toEqual({ start_minute: 1440 + 600, end_minute: 1440 + 750 });
    expect(weekly[9]).toEqual({ start_minute: 5 * 1440 + 810, end_minute: 5 * 1440 + 960 });
    // Every Christmas from ten years back to the next one, and one Good Friday.
    expect(holidays.length).toBe(13);
    expect(holidays).toContainEqual({ from: '2026-04-03', to: '2026-04-03' });
    expect(holidays).toContainEqual({ from: '2016-12-25', to: '2016-12-26' });
    expect(holidays).toContainEqual({ from: '2027-12-25', to: '2027-12-26' });
    expect((pick('calendar', always, 'weekly')[0] as object[]).length).toBe(7);
  });

  it('gives people and where they work', () => {
    expect(pick('agent', '11', 'role', 'active', 'department')).toEqual(['admin', true, null]);
    expect(pick('agent', '12', 'role', 'active', 'department')).toEqual(['light', false, 'support']);
    expect(pick('agent', '13', 'role', 'human')).toEqual(['integration', false]);
    expect(pick('agent', '14', 'role', 'human')).toEqual(['integration', false]);
    // The invitation is not confirmed yet.
    expect(pick('agent', '15', 'role', 'active', 'department')).toEqual(['agent', false, 'sales']);
    expect(Object.keys(rows.membership ?? {}).sort()).toEqual(
      ['11 101', '11 102', '11 201', '11 202', '12 101', '12 201', '15 102'].sort(),
    );
    expect(pick('team', '202', 'purpose', 'tier', 'active')).toEqual(['escalation', 2, true]);
    expect(pick('team', '101', 'purpose')).toEqual(['support']);
    expect(pick('team', '103', 'active')).toEqual([false]);
  });

  it('gives customers, articles and tools', () => {
    const columns = ['tier', 'tier_rank', 'terms', 'has_contract'];
    expect(pick('organisation', '801', ...columns)).toEqual(['Gold', 2, ['org:cf_plan=Gold'], true]);
    expect(pick('organisation', '802', ...columns, 'domain_hash')).toEqual([null, null, [], false, null]);
    expect(pick('organisation', '803', 'tier', 'created_at')).toEqual(['Basic', null]);
    expect(pick('organisation', '801', 'domain_hash')[0]).not.toBeNull();
    expect(pick('article', '9001', 'published', 'public', 'author_id', 'editor_id', 'category')).toEqual([
      true,
      true,
      '11',
      '12',
      '6501',
    ]);
    expect(pick('article', '9002', 'published', 'public')).toEqual([false, false]);
    expect(pick('article', '9003', 'published')).toEqual([false]);
    expect(pick('integration', 'webhook:6701', 'class', 'active')).toEqual(['monitoring', true]);
    expect(pick('integration', 'webhook:6702', 'class', 'active')).toEqual(['collaboration', false]);
  });

  it('reads rules, and counts what it does not understand', () => {
    const rule = (key: string) =>
      pick('automation', key, 'condition_terms', 'unread_conditions', 'action_terms', 'unread_actions');
    expect(rule('routing 3101:1')).toEqual([
      ['!field:cf_impact=minor', '!group:*', 'created', 'group:101', 'priority:1', 'priority:2', 'status:open', 'text'],
      2,
      ['group:202'],
      0,
    ]);
    expect(pick('automation', 'routing 3101:1', 'actions')).toEqual([['escalate']]);
    expect(rule('routing 3101:2')).toEqual([['created', 'group:101'], 0, ['assignee:12', 'group:102'], 0]);
    // What a workflow asks and does is not described.
    expect(rule('trigger group:3201')).toEqual([['created'], 2, [], 1]);
    expect(pick('automation', 'trigger group:3201', 'active')).toEqual([true]);
    expect(rule('macro group:3202')).toEqual([null, null, [], 1]);
    expect(pick('automation', 'macro group:3202', 'active')).toEqual([false]);
    expect(pick('automation', 'field 304', 'condition_terms')).toEqual([['holds:code', 'role:cause']]);
    expect(pick('automation', 'field 305', 'condition_terms')).toEqual([['holds:text']]);
    expect(pick('automation', 'form 6001', 'condition_fields', 'required_fields')).toEqual([
      ['category', 'cf_impact', 'subject'],
      ['cf_impact', 'subject'],
    ]);
    expect(pick('automation', 'form 6002', 'active')).toEqual([false]);
  });

  it('says what it shows and why not', () => {
    expect(shows('tickets')).toMatchObject({ status: 'available', detail: null });
  });
});

describe('a Zoho Desk that shows less', () => {
  it('says of archived tickets too that no list holds a cause', async () => {
    const { shows } = await syncWith({ instead: { fields: () => new FakeStatus(204, '') } });
    expect(shows('tickets')?.fields).toContain('status');
    expect(shows('tickets')?.fields).not.toContain('cause_code');
  });

  it('says that others than administrators are shown a part', async () => {
    const organization = (reply: unknown) => ({ ...(reply as object), isAdminInOrg: false });
    const { shows } = await syncWith({ instead: { organization } });
    expect(shows('tickets')?.detail).toMatch(/not that of an administrator/);
  });

  it('goes on where policies, ratings, contracts and the history have no call', async () => {
    const { rows, shows } = await syncWith({ without: ['slas', 'ratings', 'contracts', 'history'] });
    expect(shows('sla_policies')).toMatchObject({ status: 'absent' });
    expect(shows('csat')).toMatchObject({ status: 'absent' });
    expect(rows.organisation?.['801']?.has_contract).toBeNull();
    expect(rows.event).toBeUndefined();
    // Who began is then who wrote first.
    expect(rows.ticket?.['1001']).toMatchObject({ status: 'closed', created_by: 'customer' });
  });

  it('names the scope that is missing', async () => {
    const refused = () => new FakeStatus(403, { errorCode: 'SCOPE_MISMATCH', message: 'Canary' });
    const { shows } = await syncWith({ instead: { articles: refused } });
    expect(shows('articles')).toMatchObject({ status: 'permission' });
    expect(JSON.stringify(shows('articles'))).toMatch(/Desk\.articles\.READ/);
  });

  it('tells an edition that lacks a feature from a missing grant', async () => {
    const lacked = () => new FakeStatus(403, { errorCode: 'LICENSE_ACCESS_LIMITED', message: 'Canary' });
    const { shows } = await syncWith({ instead: { articles: lacked } });
    expect(shows('articles')).toMatchObject({ status: 'plan' });
  });

  it('loses cells that cannot be read, and no ticket', async () => {
    const odd = (reply: unknown) =>
      reply instanceof FakeStatus
        ? reply
        : {
            ...(reply as object),
            tagCount: 'many',
            dueDate: 'soon',
            isEscalated: 3,
            cf: 'none',
            sourceTicket: [],
            secondaryContacts: null,
            slaId: { id: '4001' },
          };
    const { rows, aside } = await syncWith({ instead: { ticket: odd } });
    expect(Object.keys(rows.ticket ?? {}).length).toBe(9);
    expect(rows.ticket?.['1001']).toMatchObject({ status: 'closed', category: 'billing', severity: null });
    expect(rows.sla_clock).toBeUndefined();
    expect(new Set(aside.map(({ stream, code }) => `${stream} ${code}`))).toEqual(
      new Set(['tickets CELL_REJECTED', 'archived-tickets CELL_REJECTED']),
    );
    expect(aside.map(({ path }) => path)).toContain('dueDate');
  });

  it.each([
    ['Open', 'Open', at('02T17:00:00')],
    // The vendor's own account of it: on hold the timers freeze, and the due time is worked out anew when work goes on.
    ['On Hold', 'Waiting on supplier', null],
    ['On Hold', 'Awaiting customer', null],
  ])(
    'shows a due time that has passed as a breach of a ticket that is %s (%s), unless its clock stands still',
    async (statusType, status, due) => {
      const late = (reply: unknown, { url }: { readonly url: URL }) =>
        url.pathname.endsWith('/tickets/1001')
          ? { ...(reply as object), statusType, status, closedTime: null, dueDate: '2026-03-02T17:00:00.000Z' }
          : undefined;
      const { rows } = await readDesk(zohoDeskCase, {
        fault: (reply, seen) => (seen.route === 'ticket' ? late(reply, seen) : undefined),
      });
      expect(rows.sla_clock?.['1001:resolution:1']).toMatchObject({ breach_at: due, fulfilled_at: null, met: null });
    },
  );

  it('takes times in milliseconds, and words and numbers however they are written', async () => {
    const old = (reply: unknown) => ({
      ...(reply as object),
      createdTime: '1772442000000',
      statusType: 'CLOSED',
      status: 'closed',
      priority: 'HIGH',
      teamId: 202,
      closedTime: 1772463600000,
    });
    const { rows, aside } = await syncWith({ instead: { ticket: old } });
    expect(aside).toEqual([]);
    expect(rows.ticket?.['1001']).toMatchObject({
      created_at: at('02T09:00:00'),
      reported_closed_at: at('02T15:00:00'),
      status: 'closed',
      priority_rank: 2,
      group_id: '202',
    });
  });

  it('reads the archives that it may, and none of before the first day', async () => {
    const read = async (more: object) => {
      const routes = zohoDeskRoutes().map((route): FakeRoute => {
        const refuse = (url: URL) => url.searchParams.get('departmentId') === '102';
        const answer: FakeRoute['answer'] = (url, body) =>
          refuse(url) ? new FakeStatus(403, { errorCode: 'FORBIDDEN', message: 'Canary' }) : route.answer(url, body);
        return route.name === 'archive' ? { ...route, answer } : route;
      });
      const settings = { ...zohoDeskCase.settings, ...more };
      const { rows, error } = await readDesk({ ...zohoDeskCase, settings }, { routes });
      expect(error).toBeNull();
      return Object.keys(rows.ticket ?? {}).filter((id) => id.startsWith('99'));
    };
    expect(await read({})).toEqual(['991']);
    expect(await read({ since: '2025-06-03' })).toEqual([]);
  });

  it('reads a ticket again when it has changed, and no other', async () => {
    const store = memoryTelemetry();
    const live = zohoTickets();
    await runVendor(zohoDeskCase, { store, routes: zohoDeskRoutes(live) });
    Object.assign(live[5] as object, {
      status: 'Closed',
      statusType: 'Closed',
      modifiedTime: '2026-03-07T12:30:00.000Z',
    });
    const now = new Date('2026-03-07T13:00:00Z');
    const { requests, error } = await runVendor(zohoDeskCase, { store, routes: zohoDeskRoutes(live), now });
    expect(error).toBeNull();
    const read = requests.filter((one) => one.route === 'conversations').map((one) => one.url.pathname.split('/')[4]);
    // Below the first one it is looked whether the token may. What was archived is not read again either.
    expect([...new Set(read)]).toEqual(['1001', '1006']);
    expect(read.filter((id) => id === '1001').length).toBe(1);
    expect(requests.filter((one) => one.route === 'archive').length).toBe(1);
    expect((store.all() as DeskRows).ticket?.['1006']?.status).toBe('closed');
  });
});
