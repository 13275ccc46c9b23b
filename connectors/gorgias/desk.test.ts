import { describe, expect, it } from 'vitest';
import { type FakeRoute, FakeStatus } from '../../test/conformance/connector.ts';
import { runVendor } from '../../test/conformance/vendor-run.ts';
import { BIG, gorgiasRoutes, gorgiasTickets, messagesBelowTickets } from '../../test/harness/gorgias.ts';
import { gorgiasCase } from '../../test/harness/gorgias-case.ts';
import { memoryTelemetry } from '../../test/harness/memory-telemetry.ts';
import { type DeskRows, readDesk } from '../../test/harness/read-desk.ts';
import { rowsOf, syncedDesk, syncWhole } from '../../test/harness/synced-desk.ts';

describe('the Gorgias account of the tests', () => {
  const { rows, shows, pick } = syncedDesk(() => syncWhole(gorgiasCase));

  it('gives tickets of all states with their category, rank and codes', () => {
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual(['1', '2', '3', '4', '6', '7', BIG].sort());
    expect(
      pick('ticket', '1', 'status', 'vendor_status', 'priority_rank', 'channel', 'group_id', 'assignee_id'),
    ).toEqual(['solved', 'closed', 1, 'email', '52', '11']);
    expect(pick('ticket', '1', 'category', 'product', 'cause_code', 'severity')).toEqual([
      'Order::Status',
      'api',
      'refund',
      'high',
    ]);
    // Hashed here as `tag:<length>:<code of the first letter>`.
    expect(pick('ticket', '1', 'tags', 'filled_fields')).toEqual([
      ['escalated', 'tag:11:99'],
      ['301', '302', '303', '304', '305'],
    ]);
    expect(pick('ticket', '1', 'created_at', 'reported_solved_at')).toEqual([
      new Date('2026-03-02T09:00:00.384Z'),
      new Date('2026-03-02T15:00:00.123Z'),
    ]);
    // Snoozed until the 9th; an instant without an offset is UTC.
    expect(pick('ticket', '2', 'status', 'vendor_status', 'reported_solved_at', 'created_at')).toEqual([
      'pending',
      'closed',
      null,
      new Date('2026-03-03T08:00:00.966Z'),
    ]);
    expect(pick('ticket', '3', 'status', 'spam', 'channel')).toEqual(['solved', true, 'social']);
    expect(pick('ticket', '4', 'status')).toEqual(['open']);
    expect(pick('ticket', '4', 'channel', 'vendor_channel', 'group_id', 'filled_fields')).toEqual([
      'other',
      'mystery',
      '51',
      null,
    ]);
    expect(pick('ticket', '6', 'deleted', 'product')).toEqual([true, 'shop']);
    expect(pick('ticket', '7', 'status', 'priority_rank')).toEqual(['open', 1]);
  });

  it('tells who began, and who wrote what', () => {
    const began = (id: string) => pick('ticket', id, 'created_by')[0];
    expect(['1', '2', '3', BIG, '7'].map(began)).toEqual(['customer', 'agent', 'customer', 'machine', 'customer']);
    const said = (id: string) => pick('message', id, 'seq', 'author', 'author_id', 'public', 'auto_reply');
    expect(said('501')).toEqual([0, 'customer', null, true, false]);
    expect(said('502')).toEqual([1, 'machine', null, true, true]);
    expect(said('503')).toEqual([2, 'agent', '11', false, false]);
    expect(said('504')).toEqual([3, 'agent', '11', true, false]);
    // It could not be sent: nobody outside has seen it.
    expect(said('505')).toEqual([4, 'agent', '11', false, false]);
    // The AI agent answers; it acknowledges nothing.
    expect(said('522')).toEqual([1, 'machine', null, true, false]);
    expect(pick('message', '502', 'promised_reply_s')).toEqual([8 * 3600]);
    expect(pick('message', '504', 'article_ids', 'template_id', 'through_api')).toEqual([['4711'], '601', false]);
    expect(pick('message', '522', 'through_api')).toEqual([true]);
    expect(pick('link', '503:issue:0', 'kind', 'system')).toEqual(['issue', 'jira']);
    expect(pick('bot_session', '3', 'handed_over', 'started_at')).toEqual([true, new Date('2026-03-02T09:00:10Z')]);
    expect(pick('bot_session', '4', 'handed_over')).toEqual([false]);
    expect(rows.bot_session?.['1']).toBeUndefined();
  });

  const story = (ticket: string) =>
    rowsOf(rows, 'event', ticket).map((one) => [
      one.kind,
      one.from_value,
      one.to_value,
      one.initial,
      one.actor,
      one.actor_id ?? one.rule_id,
    ]);

  it('gives what happened, by whom, after what the ticket was created with', () => {
    expect(story('1')).toEqual([
      ['status', null, 'open', true, 'customer', null],
      // A rule is told under the same context; tag 79 has no name any more.
      ['tag', null, 'tag:11:99', false, 'automation', '701'],
      ['group', null, '51', false, 'agent', '11'],
      ['assignee', null, '11', false, 'agent', '11'],
      ['group', '51', '52', false, 'agent', '11'],
      ['tag', null, 'escalated', false, 'agent', '11'],
      ['escalation', null, 'tag:escalated', false, 'agent', '11'],
      ['sla', null, 'b2c7a0de-0000-4000-8000-0000000000aa', false, null, null],
      ['status', 'open', 'solved', false, 'agent', '11'],
      // The customer answered a second before.
      ['status', 'solved', 'open', false, 'customer', null],
      // The user is the AI agent.
      ['status', 'open', 'solved', false, 'automation', null],
    ]);
    expect(story('2')).toEqual([
      ['status', null, 'open', true, 'agent', '11'],
      ['status', 'open', 'pending', false, 'agent', '11'],
    ]);
    // Its creation is no longer told: nothing is said of what it began as.
    expect(story('3')).toEqual([
      ['status', 'solved', 'open', false, 'agent', '12'],
      ['status', 'open', 'solved', false, 'agent', '12'],
    ]);
    expect(story('6').at(-1)).toEqual(['delete', null, null, false, 'agent', '12']);
    expect(story('7')).toEqual([['status', 'pending', 'open', false, 'system', null]]);
    expect(story('4')).toEqual([]);
  });

  it('gives surveys that were offered and those that were answered', () => {
    const survey = (id: string) => pick('csat', id, 'ticket_id', 'offered_at', 'answered_at', 'score');
    expect(survey('951')).toEqual(['1', new Date('2026-03-02T16:00:00.1Z'), new Date('2026-03-02T18:00:00Z'), 1]);
    expect(survey('952')).toEqual(['2', new Date('2026-03-03T16:00:00Z'), null, null]);
    expect(survey('953')[3]).toBe(0.25);
    // It waits to be sent.
    expect(rows.csat?.['954']).toBeUndefined();
  });

  it('gives hours, people and tools', () => {
    const [zone, weekly, usual] = pick('calendar', `987 ${new Date(0)}`, 'time_zone', 'weekly', 'is_default');
    expect([zone, usual, Object.keys(rows.calendar ?? {}).length]).toEqual(['America/New_York', true, 1]);
    // Monday to Friday 9:00 to 17:30, all of Saturday; minutes from Sunday.
    expect((weekly as unknown[]).length).toBe(6);
    expect((weekly as unknown[])[0]).toEqual({ start_minute: 1440 + 540, end_minute: 1440 + 1050 });
    expect((weekly as unknown[])[5]).toEqual({ start_minute: 6 * 1440, end_minute: 7 * 1440 });
    expect(pick('agent', '11', 'role', 'active', 'human')).toEqual(['admin', true, true]);
    expect(pick('agent', '12', 'role', 'active')).toEqual(['light', false]);
    expect(pick('agent', '13', 'role', 'human')).toEqual(['integration', false]);
    expect(pick('agent', '14', 'role', 'human')).toEqual(['integration', false]);
    expect(Object.keys(rows.membership ?? {}).sort()).toEqual(['11 51', '11 52', '12 51']);
    expect(pick('team', '52', 'purpose', 'tier')).toEqual(['escalation', 2]);
    expect(pick('integration', '801', 'class', 'active')).toEqual(['mail', true]);
    expect(pick('integration', '802', 'class')).toEqual(['monitoring']);
    expect(pick('integration', '803', 'class', 'active')).toEqual(['crm_billing', false]);
  });

  it('reads rules, macros and views, and counts what it does not understand', () => {
    const rule = (key: string) =>
      pick('automation', key, 'condition_terms', 'unread_conditions', 'action_terms', 'unread_actions');
    expect(rule('trigger 701')).toEqual([
      ['!tag:escalated', '!tag:tag:11:99', 'channel:chat', 'created', 'schedule', 'text'],
      0,
      ['group:52', 'notify:requester', `promise:${8 * 3600}`],
      0,
    ]);
    expect(pick('automation', 'trigger 701', 'actions')).toEqual([['escalate', 'notify_requester']]);
    // With an `else` it is not told which action waits for what.
    expect(rule('trigger 702')).toEqual([
      ['!created', 'update'],
      2,
      ['status:solved', 'tag:escalated', 'tag:tag:6:99'],
      1,
    ]);
    expect(pick('automation', 'trigger 702', 'active', 'actions')).toEqual([false, ['escalate', 'set_status']]);
    expect(rule('trigger 703')).toEqual([
      ['!group:51', 'field:303=api'],
      2,
      ['!assignee:*', 'field:304=refund', 'notify:target', 'priority:2'],
      0,
    ]);
    expect(rule('trigger 704')).toEqual([null, null, null, null]);
    expect(rule('macro 601').slice(2)).toEqual([
      ['assignee:11', 'comment', 'status:solved', 'tag:escalated', 'tag:tag:6:99'],
      0,
    ]);
    expect(pick('automation', 'macro 602', 'active')).toEqual([false]);
    expect(rule('view 401').slice(0, 2)).toEqual([['assignee:self', 'status:open'], 0]);
    expect(pick('automation', 'view 401', 'vendor_default', 'shared')).toEqual([true, true]);
    expect(rule('view 402').slice(0, 2)).toEqual([['by:priority', 'tag:escalated'], 1]);
    expect(pick('automation', 'view 402', 'shared')).toEqual([false]);
    expect(rows.automation?.['view 403']).toBeUndefined();
    // What the vendor manages a field for goes before its name.
    expect(pick('automation', 'field 301', 'condition_terms', 'required_to_solve')).toEqual([
      ['holds:code', 'role:category'],
      ['301'],
    ]);
    expect(pick('automation', 'field 304', 'condition_terms')).toEqual([['holds:code', 'role:cause']]);
    expect(pick('automation', 'field 302', 'condition_terms')).toEqual([['holds:text']]);
  });

  it('says what it shows and why not', () => {
    expect(shows('tickets')).toMatchObject({ status: 'available', detail: null });
    expect(shows('articles')).toMatchObject({ status: 'absent' });
    expect(shows('sla_clocks')).toMatchObject({ status: 'absent' });
  });
});

describe('a Gorgias account that shows less or goes on', () => {
  it('has no history where the key may not see events, and says which scope is missing', async () => {
    const routes = gorgiasRoutes().map((route) =>
      route.name === 'events'
        ? { ...route, answer: () => new FakeStatus(403, { error: { msg: 'Forbidden' } }) }
        : route,
    );
    const { rows, shows } = await readDesk(gorgiasCase, { routes });
    expect(rows.event).toBeUndefined();
    expect(shows('events')?.fields ?? []).toEqual([]);
    expect(shows('tickets')?.detail).toContain('events:read');
    expect(rows.ticket?.['1']).toMatchObject({ status: 'solved', created_by: 'customer' });
  });

  it('reads messages below their tickets where they have no list of their own', async () => {
    const whole = await readDesk(gorgiasCase);
    const routes = [...gorgiasRoutes().filter((route) => route.name !== 'messages'), messagesBelowTickets];
    const { rows, error } = await readDesk(gorgiasCase, { routes });
    expect(error).toBeNull();
    expect(rows.message).toEqual(whole.rows.message);
  });

  // Recorded so in NangoHQ/integration-templates (github.com), integrations/gorgias/tests/list-ticket-messages.test.json; all other lists name cursors.
  it('reads messages below their tickets page by page, by the number of pages', async () => {
    const whole = await readDesk(gorgiasCase);
    const below: FakeRoute = {
      ...messagesBelowTickets,
      async answer(url, request) {
        const { data } = (await messagesBelowTickets.answer(url, request)) as { data: readonly unknown[] };
        const page = Number(url.searchParams.get('page') ?? 1);
        const meta = { page, per_page: 2, item_count: data.length, nb_pages: Math.ceil(data.length / 2) };
        return { data: data.slice((page - 1) * 2, page * 2), object: 'list', meta };
      },
    };
    const routes = [...gorgiasRoutes().filter((route) => route.name !== 'messages'), below];
    const { rows, error } = await readDesk(gorgiasCase, { routes });
    expect(error).toBeNull();
    expect(rows.message).toEqual(whole.rows.message);
  });

  it.each([['AI Agent'], ['Gorgias Bot']])('knows %s, which the list of users lacks, for a program', async (name) => {
    const { rows, error } = await readDesk(gorgiasCase, {
      fault: (reply, { route }) => {
        const text = JSON.stringify(reply).replaceAll('Canary AI', name);
        const page = JSON.parse(text) as { data: { id: number }[] };
        if (route === 'messages') return page;
        return route === 'users' ? { ...page, data: page.data.filter(({ id }) => id !== 13) } : undefined;
      },
    });
    expect(error).toBeNull();
    expect(rows.agent?.['13']).toBeUndefined();
    expect(rows.message?.['522']).toMatchObject({ author: 'machine', author_id: null, auto_reply: false });
    expect(rows.bot_session?.['3']).toMatchObject({ handed_over: true });
  });

  it('takes what a chat signals unseen for no message', async () => {
    const { rows, error } = await readDesk(gorgiasCase, {
      fault: (reply, { route }) => {
        if (route !== 'messages') return undefined;
        const page = structuredClone(reply) as { data: { id: number }[] };
        return { ...page, data: page.data.map((one) => (one.id === 503 ? { ...one, meta: { type: 'signal' } } : one)) };
      },
    });
    expect(error).toBeNull();
    expect(rows.message?.['503']).toBeUndefined();
    expect(rows.message?.['504']).toMatchObject({ seq: 2, author: 'agent' });
  });

  it('keeps what is said to belong to another ticket out', async () => {
    const routes = gorgiasRoutes().map((route) => {
      if (route.name !== 'messages' && route.name !== 'events') return route;
      const filter = route.name === 'messages' ? 'ticket_id' : 'object_id';
      // A list that does not heed what is asked for gives those of ticket 1.
      return {
        ...route,
        answer: (url: URL, request: Request) => {
          const all = new URL(url);
          all.searchParams.set(filter, '1');
          return route.answer(all, request);
        },
      };
    });
    const { rows } = await readDesk(gorgiasCase, { routes });
    const of = (table: string) => new Set(Object.values(rows[table] ?? {}).map((row) => row.ticket_id));
    expect([...of('message')]).toEqual(['1']);
    expect([...of('event')]).toEqual(['1']);
  });

  const askedTickets = (requests: Awaited<ReturnType<typeof runVendor>>['requests']) => [
    ...new Set(
      requests
        .filter((one) => one.route === 'messages' && one.url.searchParams.has('ticket_id'))
        .map((one) => one.url.searchParams.get('ticket_id')),
    ),
  ];

  it('reads what has changed since, newest first, and no other', async () => {
    const store = memoryTelemetry();
    const live = gorgiasTickets();
    await runVendor(gorgiasCase, { store, routes: gorgiasRoutes(live) });
    Object.assign(live[3] as object, {
      status: 'closed',
      snooze_datetime: null,
      updated_datetime: '2026-03-07T12:30:00.1+00:00',
    });
    const now = new Date('2026-03-07T13:00:00Z');
    const { requests, error } = await runVendor(gorgiasCase, { store, routes: gorgiasRoutes(live), now });
    expect(error).toBeNull();
    expect(askedTickets(requests)).toEqual(['4']);
    // Two pages of two: the first holds the change, the second nothing but what was read.
    expect(requests.filter((one) => one.route === 'tickets' && one.url.searchParams.has('order_by')).length).toBe(2);
    expect((store.all() as DeskRows).ticket?.['4']?.status).toBe('solved');
  });

  it('begins the first walk anew when the place that it kept has expired', async () => {
    const store = memoryTelemetry();
    const broken = new FakeStatus(500, {});
    // Dies at the third page of tickets.
    let pages = 0;
    await runVendor(gorgiasCase, {
      store,
      fault: (_reply, { route, url }) => {
        if (route === 'tickets' && url.searchParams.has('order_by')) pages += 1;
        return pages >= 3 ? broken : undefined;
      },
    });
    expect(Object.keys((store.all() as DeskRows).ticket ?? {}).length).toBe(4);
    let refused = 0;
    const { error } = await runVendor(gorgiasCase, {
      store,
      fault: (_reply, { route, url }) => {
        if (route !== 'tickets' || !url.searchParams.has('cursor') || refused >= 2) return undefined;
        refused += 1;
        return new FakeStatus(400, { error: { msg: 'cursor' } });
      },
    });
    expect([error, refused]).toEqual([null, 2]);
    expect(Object.keys((store.all() as DeskRows).ticket ?? {}).length).toBe(7);
  });

  it.each([
    ['none', [], 0],
    ['one span and not a list', { days: '7', from_time: '10:00', to_time: '12:00' }, 0],
    ['a time that is none', [{ days: '1', from_time: 'noon', to_time: '12:00' }], 1],
    ['something else', 'always', 1],
  ])('reads business hours that are %s', async (what, business_hours, aside) => {
    const settings = { data: [{ id: 987, type: 'business-hours', data: { timezone: 'UTC', business_hours } }] };
    const routes = gorgiasRoutes().map((route) =>
      route.name === 'settings' ? { ...route, answer: () => settings } : route,
    );
    const read = await readDesk(gorgiasCase, { routes });
    expect(read.error).toBeNull();
    expect(read.aside.length).toBe(aside);
    const hours = Object.values(read.rows.calendar ?? {}).map((row) => row.weekly);
    expect(hours).toEqual(what.startsWith('one') ? [[{ start_minute: 600, end_minute: 720 }]] : []);
  });

  it('takes a bearer token where no user is named', () => {
    const { settings } = gorgiasCase.connector;
    const account = gorgiasCase.connector.account(settings.parse({ url: 'acme' }), 'token');
    expect([account.auth, account.baseUrl.href]).toEqual([
      { kind: 'bearer', token: 'token' },
      'https://acme.gorgias.com/',
    ]);
  });
});
