import { describe, expect, it } from 'vitest';
import { runVendor } from '../../test/conformance/vendor-run.ts';
import {
  BIG,
  type FakeConversation,
  helpScoutConversations,
  helpScoutRoutes,
  MODIFIED,
} from '../../test/harness/help-scout.ts';
import { helpScoutCase } from '../../test/harness/help-scout-case.ts';
import { memoryTelemetry } from '../../test/harness/memory-telemetry.ts';
import type { DeskChanges, DeskRows } from '../../test/harness/read-desk.ts';
import { rowsOf, syncedDesk, syncWhole } from '../../test/harness/synced-desk.ts';

const syncWith = (change: DeskChanges = {}) => syncWhole(helpScoutCase, { routes: helpScoutRoutes(), ...change });

describe('the Help Scout account of the tests', () => {
  const { rows, shows, pick } = syncedDesk(() => syncWith());

  it('gives conversations of all states with their category, codes and customer', () => {
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual(['101', '102', '103', '104', '106', '107', BIG].sort());
    expect(pick('ticket', '101', 'status', 'vendor_status', 'channel', 'brand', 'organisation_id')).toEqual([
      'closed',
      'closed',
      'email',
      '31',
      '61',
    ]);
    expect(pick('ticket', '101', 'product', 'category', 'severity', 'cause_code', 'group_id', 'assignee_id')).toEqual([
      'api',
      'billing',
      'high',
      'config',
      '51',
      '11',
    ]);
    // Hashed here as `tag:<length>:<code of the first letter>`.
    expect(pick('ticket', '101', 'tags', 'filled_fields', 'reported_closed_at')).toEqual([
      ['escalated', 'tag:11:99'],
      ['301', '302', '303', '304', '305'],
      new Date('2026-03-02T15:00:00Z'),
    ]);
    expect(pick('ticket', '102', 'status', 'channel', 'vendor_channel', 'organisation_id')).toEqual([
      'pending',
      'voice',
      'web',
      null,
    ]);
    // Who is assigned to the vendor's own user is assigned to nobody; the customer of 103 is gone.
    expect(pick('ticket', '103', 'channel', 'assignee_id', 'group_id', 'organisation_id')).toEqual([
      'chat',
      null,
      null,
      null,
    ]);
    expect(pick('ticket', '104', 'channel', 'brand')).toEqual(['api', '32']);
    expect(pick('ticket', '106', 'channel', 'status', 'spam')).toEqual(['other', 'closed', true]);
    expect(pick('ticket', BIG, 'deleted', 'spam')).toEqual([true, false]);
    // The vendor's search compares when it was changed, which a workflow did; people touched it long before.
    expect(pick('ticket', '107', 'status', 'updated_at')).toEqual(['closed', new Date('2026-03-01T08:00:00Z')]);
  });

  it('tells who began, and who wrote what', () => {
    const began = (id: string) => pick('ticket', id, 'created_by', 'created_on_behalf');
    expect(began('101')).toEqual(['customer', false]);
    // A call that Bob logged; mail that Ann began; what a program wrote down for a customer.
    expect(began('102')).toEqual(['agent', true]);
    expect(began('107')).toEqual(['agent', false]);
    expect(began('104')).toEqual(['machine', true]);
    const said = (id: string) => pick('message', id, 'seq', 'author', 'author_id', 'public', 'auto_reply');
    expect(said('501')).toEqual([0, 'customer', null, true, false]);
    expect(said('502')).toEqual([1, 'machine', null, true, true]);
    expect(said('504')).toEqual([2, 'agent', '11', false, false]);
    expect(said('505')).toEqual([3, 'agent', '11', true, false]);
    expect(said('506')).toEqual([4, 'customer', null, true, false]);
    // An AI agent answers; a forward goes to somebody else.
    expect(said('522')).toEqual([1, 'machine', null, true, false]);
    expect(said('524')).toEqual([2, 'agent', '12', false, false]);
    expect(said('531')).toEqual([0, 'customer', null, true, false]);
    // Lines, drafts and kinds that nobody knows are no messages.
    for (const id of ['503', '507', '508', '512', '532']) expect(rows.message?.[id]).toBeUndefined();
    expect(pick('message', '502', 'promised_reply_s', 'template_id')).toEqual([8 * 3600, null]);
    expect(pick('message', '505', 'template_id', 'article_ids')).toEqual([
      'saved:801',
      ['5215163545667acd25394b5c', '8'],
    ]);
    expect(pick('message', '531', 'through_api', 'channel')).toEqual([true, 'api']);
    expect(pick('message', '521', 'through_api', 'channel')).toEqual([false, 'chat']);
    expect(pick('link', '504:issue:0', 'kind', 'system')).toEqual(['issue', 'jira']);
  });

  it('gives the history that lines and replies tell', () => {
    const events = (ticket: string) =>
      rowsOf(rows, 'event', ticket).map((one) => [
        one.kind,
        one.from_value,
        one.to_value,
        one.actor,
        one.actor_id,
        one.initial,
      ]);
    expect(events('101')).toEqual([
      ['status', null, 'open', 'customer', null, true],
      ['field', null, '31', 'customer', null, true],
      ['group', null, '51', 'agent', '11', false],
      // The team keeps the conversation that Ann takes.
      ['assignee', null, '11', 'agent', '11', false],
      ['status', 'open', 'closed', 'agent', '11', false],
      ['status', 'closed', 'open', 'customer', null, false],
      ['merge', null, '99', 'agent', '11', false],
      ['status', 'open', 'closed', 'agent', '11', false],
    ]);
    expect(events('102')).toEqual([
      ['status', null, 'open', 'agent', '12', true],
      ['assignee', null, '12', 'agent', '12', true],
      ['field', null, '32', 'agent', '12', true],
      ['field', '32', '31', 'agent', '11', false],
      ['status', 'open', 'pending', 'agent', '11', false],
      ['group', null, '52', 'agent', '11', false],
      ['assignee', '12', null, 'agent', '11', false],
      ['group', '52', '51', 'agent', '12', false],
    ]);
    expect(events('103').slice(2)).toEqual([
      ['assignee', null, '14', 'automation', null, false],
      ['assignee', '14', null, 'automation', null, false],
    ]);
    expect(events('107').at(-1)).toEqual(['status', 'pending', 'closed', 'automation', null, false]);
    const rules = Object.values(rows.event ?? {}).flatMap((one) =>
      one.rule_id === null ? [] : [[one.ticket_id, one.rule_id]],
    );
    expect(rules).toEqual(
      expect.arrayContaining([
        ['102', '701'],
        ['107', '702'],
      ]),
    );
  });

  it('gives answers of surveys between great and not good', () => {
    const answer = (id: string) => pick('csat', id, 'ticket_id', 'answered_at', 'score', 'offered_at');
    expect(answer('505')).toEqual(['101', new Date('2026-03-02T16:00:00Z'), 1, null]);
    expect(answer('590')[2]).toBe(0.5);
    expect(answer('551')[2]).toBe(0);
  });

  it('gives people, articles, customers, rules and tools', () => {
    expect(pick('agent', '11', 'role', 'active', 'human', 'department')).toEqual(['admin', true, true, 'support']);
    expect(pick('agent', '13', 'role', 'human')).toEqual(['integration', false]);
    expect(pick('agent', '14', 'role', 'human')).toEqual(['integration', false]);
    expect(pick('agent', '15', 'role')).toEqual(['light']);
    expect(Object.keys(rows.membership ?? {}).sort()).toEqual(['11 51', '12 51']);
    expect(Object.keys(rows.team ?? {}).sort()).toEqual(['51', '52']);
    expect(pick('team', '52', 'purpose', 'tier')).toEqual(['escalation', 2]);
    expect(
      pick('article', '5215163545667acd25394b5c', 'published', 'public', 'author_id', 'editor_id', 'edited_at'),
    ).toEqual([true, true, '11', '12', new Date('2026-02-10T00:00:00Z')]);
    expect(pick('article', '5215163545667acd25394b5d', 'published')).toEqual([false]);
    expect(pick('organisation', '61', 'domain_hash')).toEqual(['domain:16:99']);
    expect(pick('automation', 'macro 701', 'active')).toEqual([true]);
    expect(pick('automation', 'trigger 702', 'active', 'condition_terms', 'unread_conditions')).toEqual([
      true,
      null,
      null,
    ]);
    expect(pick('automation', 'trigger 703', 'active')).toEqual([false]);
    expect(pick('automation', 'macro saved:801', 'actions')).toEqual([['comment']]);
    expect(pick('automation', 'field 304', 'condition_terms', 'required_to_solve')).toEqual([
      ['holds:code', 'role:cause'],
      ['304'],
    ]);
    expect(pick('automation', 'field 306', 'condition_terms')).toEqual([['holds:date']]);
    expect(pick('integration', 'webhook:1', 'class', 'active')).toEqual(['monitoring', true]);
    expect(pick('integration', 'webhook:2', 'active')).toEqual([false]);
  });

  it('says what it shows and why not', () => {
    expect(shows('tickets')).toMatchObject({ status: 'available', detail: null });
    expect(shows('sla_policies')).toMatchObject({ status: 'absent' });
  });
});

const withRoute = (name: string, answer: (url: URL) => unknown) =>
  helpScoutRoutes().map((route) => (route.name === name ? { ...route, answer } : route));

describe('a Help Scout that shows less', () => {
  it('has its inboxes as groups where people say so', async () => {
    const store = memoryTelemetry();
    const said = { ...helpScoutCase, settings: { ...helpScoutCase.settings, groups: 'inboxes' } };
    expect((await runVendor(said, { store, routes: helpScoutRoutes() })).error).toBeNull();
    const rows = store.all() as DeskRows;
    expect(rows.team?.['32']?.purpose).toBe('escalation');
    expect(rows.ticket?.['102']?.group_id).toBe('31');
    const moved = Object.values(rows.event ?? {}).filter((one) => one.ticket_id === '102' && one.kind === 'group');
    expect(moved.map((one) => [one.from_value, one.to_value])).toEqual([
      [null, '32'],
      ['32', '31'],
    ]);
  });

  it('leaves a conversation with its team where teams may not be seen', async () => {
    const { rows } = await syncWith({ without: ['teams'] });
    expect(rows.team).toBeUndefined();
    expect(rows.ticket?.['101']).toMatchObject({ group_id: '51', assignee_id: '11' });
  });

  it('says that custom fields and reports are part of a plan, and asks nothing of Docs without its key', async () => {
    const { rows, shows } = await syncWith({ without: ['fields', 'ratings'] });
    expect(rows.ticket?.['101']).toMatchObject({ product: null, filled_fields: ['301', '302', '303', '304', '305'] });
    expect(shows('csat')?.status).toBe('plan');
    const plain = { ...helpScoutCase, settings: { since: '2026-02-20' }, secret: 'sesame-open-token' };
    const store = memoryTelemetry();
    const { error, requests } = await runVendor(plain, { store, routes: helpScoutRoutes() });
    expect(error).toBeNull();
    expect(requests.filter((one) => one.url.host !== 'api.helpscout.net')).toEqual([]);
    const seen = (await store.telemetry.observability()).find((one) => one.stream === 'articles');
    expect(seen).toMatchObject({ status: 'permission', detail: expect.stringContaining('docs=true') });
    expect((store.all() as DeskRows).message?.['505']?.article_ids).toEqual(['8']);
  });

  it('says that a user without all rights may miss inboxes', async () => {
    const { shows } = await syncWith({ routes: withRoute('me', () => ({ id: 12, role: 'user' })) });
    expect(shows('tickets')?.detail).toContain('inboxes that this user may not see');
  });
});

describe('a Help Scout with records of another form', () => {
  it('loses a cell and not the conversation', async () => {
    const odd = {
      ...helpScoutConversations()[0],
      id: '101',
      status: 'ACTIVE',
      userUpdatedAt: 'yesterday',
      closedAt: 0,
      assignee: 'Canary',
      source: [],
      primaryCustomer: { id: '900' },
      createdBy: null,
      tags: [null, { tag: 'escalated' }, 'canary'],
      customFields: null,
      surprise: { canary: true },
    } as unknown as FakeConversation;
    const { rows, aside } = await syncWith({ routes: helpScoutRoutes([odd]) });
    expect(aside.map(({ code, path }) => [code, path])).toEqual(
      expect.arrayContaining(
        ['userUpdatedAt', 'closedAt', 'assignee', 'source', 'tags.*'].map((path) => ['CELL_REJECTED', path]),
      ),
    );
    expect(rows.ticket?.['101']).toMatchObject({
      status: 'open',
      vendor_status: 'ACTIVE',
      updated_at: null,
      reported_closed_at: null,
      assignee_id: null,
      tags: ['escalated'],
      filled_fields: null,
      created_by: 'customer',
      organisation_id: '61',
    });
  });

  it('takes a conversation that was only drafted for none', async () => {
    const draft = { ...helpScoutConversations()[0], id: 190, state: 'draft' } as unknown as FakeConversation;
    const sent = { ...draft, id: 101 };
    const { rows, aside } = await syncWith({ routes: helpScoutRoutes([draft, sent]) });
    expect(aside).toEqual([]);
    expect(Object.keys(rows.ticket ?? {})).toEqual(['101']);
  });

  it('makes up no beginning where the first threads are missing', async () => {
    const routes = helpScoutRoutes().map((route) =>
      route.name === 'threads'
        ? {
            ...route,
            async answer(url: URL, request: Request) {
              const page = (await route.answer(url, request)) as { _embedded?: { threads: { id: number }[] } };
              const threads = (page._embedded?.threads ?? []).filter(({ id }) => id > 505);
              return threads.length === 0 ? { page: {} } : { ...page, _embedded: { threads } };
            },
          }
        : route,
    );
    const { rows } = await syncWith({ routes });
    const told = Object.values(rows.event ?? {}).filter((one) => one.ticket_id === '101');
    // What the first one that is left says holds from then on; whether it changed anything is unknown.
    expect(told.map((one) => [one.kind, one.from_value, one.to_value])).toEqual([
      ['merge', null, '99'],
      ['status', 'open', 'closed'],
    ]);
  });

  it('reads a conversation again when something but a person has changed it', async () => {
    const store = memoryTelemetry();
    const live = helpScoutConversations();
    await runVendor(helpScoutCase, { store, routes: helpScoutRoutes(live) });
    const own = live.find((one) => one.id === 103) as FakeConversation;
    Object.assign(own, { status: 'closed', [MODIFIED]: '2026-03-07T12:30:00Z' });
    const now = new Date('2026-03-07T13:00:00Z');
    const { requests, error } = await runVendor(helpScoutCase, { store, routes: helpScoutRoutes(live), now });
    expect(error).toBeNull();
    const read = requests.filter((one) => one.route === 'threads').map((one) => one.url.pathname.split('/')[3]);
    // Below the first one of all, closed ones among them, it is looked whether the app may.
    expect([...new Set(read)]).toEqual(['101', '103']);
    expect((store.all() as DeskRows).ticket?.['103']?.status).toBe('closed');
  });
});
