import { describe, expect, it } from 'vitest';
import { runVendor } from '../../test/conformance/vendor-run.ts';
import { BIG, forbidden, frontConversations, frontRoutes } from '../../test/harness/front.ts';
import { frontCase } from '../../test/harness/front-case.ts';
import { memoryTelemetry } from '../../test/harness/memory-telemetry.ts';
import { type DeskRows, readDesk } from '../../test/harness/read-desk.ts';
import { rowsOf, syncedDesk, syncWhole } from '../../test/harness/synced-desk.ts';

const EPOCH = new Date(0);

describe('the Front company of the tests', () => {
  const { rows, shows, pick } = syncedDesk(async () => {
    const read = await syncWhole(frontCase);
    expect(read.aside).toEqual([]);
    return read;
  });
  const story = (id: string) =>
    rowsOf(rows, 'event', id)
      .filter((one) => one.initial === false)
      .map((one) => [one.kind, one.from_value, one.to_value, one.actor, one.actor_id ?? one.rule_id]);

  it('gives conversations of all states with their category, rank and codes', () => {
    const all = ['cnv_1', 'cnv_2', 'cnv_3', 'cnv_4', 'cnv_6', 'cnv_7', 'cnv_8', 'cnv_90', BIG];
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual(all.sort());
    expect(pick('ticket', 'cnv_1', 'status', 'vendor_status', 'priority_rank', 'vendor_priority', 'channel')).toEqual([
      'solved',
      'archived',
      1,
      'urgent',
      'email',
    ]);
    expect(pick('ticket', 'cnv_1', 'category', 'product', 'severity', 'cause_code')).toEqual([
      'billing',
      'api',
      'high',
      'config',
    ]);
    // Hashed here as `tag:<length>:<code of the first letter>`.
    expect(pick('ticket', 'cnv_1', 'tags', 'filled_fields')).toEqual([
      ['escalated', 'tag:11:99'],
      ['fld_1', 'fld_2', 'fld_3', 'fld_4', 'fld_5', 'fld_6'],
    ]);
    // It was moved to the second inbox, which the second team owns.
    expect(pick('ticket', 'cnv_1', 'group_id', 'brand', 'assignee_id')).toEqual(['inb_32', 'tim_52', 'tea_11']);
    expect(pick('ticket', 'cnv_1', 'created_at')).toEqual([new Date('2026-03-02T09:00:00.333Z')]);
    // Without an event that names an inbox, it is asked for.
    expect(pick('ticket', 'cnv_2', 'status', 'group_id', 'brand')).toEqual(['open', 'inb_31', 'tim_51']);
    expect(pick('ticket', 'cnv_3', 'status', 'vendor_status', 'assignee_id')).toEqual(['pending', 'On hold', null]);
    expect(pick('ticket', 'cnv_4', 'channel', 'vendor_channel')).toEqual(['other', 'carrier-pigeon']);
    expect(pick('ticket', BIG, 'status', 'deleted')).toEqual(['closed', true]);
    // Archived, and back by itself at the reminder.
    expect(pick('ticket', 'cnv_8', 'status')).toEqual(['pending']);
    expect(pick('ticket', 'cnv_90', 'status', 'merged_into', 'created_at')).toEqual([
      'closed',
      'cnv_1',
      new Date('2026-03-02T10:50:00Z'),
    ]);
    expect(rows.event?.['cnv_90:evt_110:merge']).toMatchObject({ kind: 'merge', to_value: 'cnv_1' });
  });

  it('tells who asks, and for which customer', () => {
    const who = (id: string) => pick('ticket', id, 'requester_is_agent', 'organisation_id');
    expect(who('cnv_1')).toEqual([false, 'acc_1']);
    // An account without domains is known by its contacts; a domain of two accounts says nothing.
    expect(who('cnv_2')).toEqual([false, 'acc_3']);
    expect(who('cnv_3')).toEqual([false, null]);
    expect(who('cnv_6')).toEqual([true, null]);
    expect(who('cnv_7')).toEqual([true, null]);
    expect(pick('organisation', 'acc_1', 'tier', 'tier_rank', 'terms', 'has_contract', 'has_health')).toEqual([
      'Gold',
      2,
      ['org:fld_7=Gold'],
      true,
      false,
    ]);
    expect(pick('organisation', 'acc_2', 'tier', 'has_contract', 'has_health')).toEqual(['Free', false, true]);
    // The id in another system, hashed.
    expect(pick('organisation', 'acc_1', 'external_keys')).toEqual([['reference:10:56']]);
    expect(pick('organisation', 'acc_2', 'external_keys')).toEqual([null]);
    expect(pick('organisation', 'acc_3', 'tier', 'terms', 'domain_hash')).toEqual([null, [], null]);
  });

  it('tells who began, and who wrote what', () => {
    const began = (id: string) => pick('ticket', id, 'created_by')[0];
    expect(['cnv_1', 'cnv_2', 'cnv_3', 'cnv_6', 'cnv_7', 'cnv_8'].map(began)).toEqual([
      'customer',
      'agent',
      'customer',
      'agent',
      'agent',
      'machine',
    ]);
    const said = (id: string) => pick('message', id, 'seq', 'author', 'author_id', 'public', 'auto_reply');
    expect(said('msg_11')).toEqual([0, 'customer', null, true, false]);
    expect(said('msg_12')).toEqual([1, 'machine', null, true, true]);
    expect(said('com_1')).toEqual([2, 'agent', 'tea_11', false, false]);
    expect(said('com_2')).toEqual([3, 'machine', null, false, false]);
    expect(said('msg_13')).toEqual([4, 'agent', 'tea_11', true, false]);
    // Sent on to somebody else: no reply.
    expect(said('msg_14')).toEqual([5, 'agent', 'tea_11', false, false]);
    // An assistant answers; a teammate that is a program sends what nobody wrote.
    expect(said('msg_32')).toEqual([1, 'machine', null, true, false]);
    expect(said('msg_33')).toEqual([2, 'machine', null, true, true]);
    expect(said('msg_61')).toEqual([0, 'agent', 'tea_11', false, false]);
    expect(said('msg_71')).toEqual([0, 'agent', 'tea_12', true, false]);
    // Drafts and the comment of a survey are no messages.
    for (const id of ['msg_10', 'com_3']) expect(rows.message?.[id]).toBeUndefined();
    expect(pick('message', 'msg_12', 'promised_reply_s')).toEqual([8 * 3600]);
    // The address ends in the number of the article, which is not its id.
    expect(pick('message', 'msg_13', 'article_ids')).toEqual([['kba_12']]);
    expect(pick('link', 'cnv_1:top_1', 'kind', 'system', 'linked_at')).toEqual([
      'issue',
      'jira',
      new Date('2026-03-02T10:45:00Z'),
    ]);
    expect(rows.link?.['cnv_1:top_2']).toBeUndefined();
    expect(pick('link', 'com_1:issue:0', 'system')).toEqual(['jira']);
  });

  it('tells what happened, and who did it', () => {
    expect(story('cnv_1')).toEqual([
      // At one instant the vendor gives the later event first.
      ['assignee', null, 'tea_12', 'automation', 'rul_1'],
      ['tag', null, 'escalated', 'automation', 'rul_1'],
      ['escalation', null, 'tag:escalated', 'automation', 'rul_1'],
      ['assignee', 'tea_12', 'tea_11', 'system', null],
      ['group', 'inb_31', 'inb_32', 'agent', 'tea_11'],
      ['tag', 'tag:14:99', null, 'agent', 'tea_11'],
      ['status', 'open', 'solved', 'automation', null],
      // The customer wrote again, which brings it back to the inbox.
      ['status', 'solved', 'open', 'customer', null],
      ['status', 'open', 'solved', 'agent', 'tea_11'],
    ]);
    // Set aside until a reminder, and taken back in the mailbox: who did that is not told.
    expect(story('cnv_2')).toEqual([
      ['status', 'open', 'pending', 'system', null],
      ['status', 'pending', 'open', null, null],
    ]);
    // A ticket: archiving is no end; of three changes of status the second does not say to what.
    expect(story('cnv_3')).toEqual([
      ['status', null, 'solved', 'automation', 'rul_1'],
      ['status', null, 'pending', 'agent', 'tea_11'],
    ]);
    expect(story(BIG)).toEqual([['delete', null, 'deleted', 'agent', 'tea_11']]);
    const born = Object.values(rows.event ?? {}).filter((one) => one.ticket_id === 'cnv_1' && one.initial);
    expect(born.map((one) => [one.kind, one.to_value]).sort()).toEqual([
      ['group', 'inb_31'],
      ['status', 'open'],
      ['tag', 'tag:11:99'],
      ['tag', 'tag:14:99'],
    ]);
  });

  it('gives answers to surveys from the export, stars as 0 to 1', () => {
    const answer = (id: string) => pick('csat', id, 'ticket_id', 'answered_at', 'score', 'scale');
    expect(answer('evt_951')).toEqual(['cnv_1', new Date('2026-03-02T16:00:00Z'), 1, '1-5']);
    expect(answer('evt_952').slice(2)).toEqual([0.25, '1-5']);
    expect(answer('evt_953')[2]).toBe(0);
    expect(rows.csat?.evt_955).toBeUndefined();
  });

  it('gives hours, people, inboxes, articles and channels', () => {
    const [zone, weekly, main] = pick('calendar', `shf_1 ${EPOCH}`, 'time_zone', 'weekly', 'is_default');
    expect([zone, main]).toEqual(['America/New_York', true]);
    // Monday 9:00 to 17:30, Friday 22:00 to Saturday 6:00; minutes from Sunday.
    expect(weekly).toEqual([
      { start_minute: 1440 + 540, end_minute: 1440 + 1050 },
      { start_minute: 5 * 1440 + 1320, end_minute: 6 * 1440 },
      { start_minute: 6 * 1440, end_minute: 6 * 1440 + 360 },
    ]);
    expect(pick('agent', 'tea_11', 'role', 'active', 'human')).toEqual(['admin', true, true]);
    expect(pick('agent', 'tea_12', 'role', 'active', 'department')).toEqual(['agent', false, 'support']);
    expect(pick('agent', 'tea_13', 'role', 'human')).toEqual(['integration', false]);
    expect(pick('agent', 'tea_14', 'role', 'human')).toEqual(['integration', false]);
    expect(pick('agent', 'tea_15', 'role', 'human')).toEqual(['light', true]);
    expect(Object.keys(rows.team ?? {}).sort()).toEqual(['inb_31', 'inb_32', 'inb_33', 'tim_51', 'tim_52']);
    // The name of an inbox goes before that of its team.
    expect(pick('team', 'inb_31', 'purpose', 'tier')).toEqual(['support', null]);
    expect(pick('team', 'inb_32', 'purpose', 'tier')).toEqual(['escalation', 2]);
    expect(Object.keys(rows.membership ?? {})).toEqual(
      expect.arrayContaining(['tea_12 tim_51', 'tea_12 inb_31', 'tea_11 tim_52']),
    );
    expect(rows.membership?.['tea_12 tim_52']).toBeUndefined();
    expect(pick('article', 'kba_12', 'published', 'public', 'editor_id', 'category', 'promised_reply_s')).toEqual([
      true,
      true,
      'tea_11',
      'kbc_12',
      7200,
    ]);
    expect(pick('article', 'kba_13', 'published', 'public')).toEqual([false, false]);
    expect(pick('article', 'kba_21', 'published', 'public')).toEqual([true, false]);
    expect(pick('integration', 'channel:cha_1', 'class', 'active')).toEqual(['mail', true]);
    expect(pick('integration', 'channel:cha_2', 'class', 'active')).toEqual(['telephony', false]);
  });

  it('reads rules and views, and counts what it does not understand', () => {
    const acts = (key: string) => pick('automation', key, 'shared', 'actions', 'action_terms', 'unread_actions');
    expect(acts('trigger rul_1')).toEqual([
      true,
      ['escalate', 'set_assignee'],
      ['assignee:tea_11', 'group:inb_32', 'tag:escalated'],
      1,
    ]);
    // Nobody of that name works here.
    expect(acts('trigger rul_2')).toEqual([
      false,
      ['notify_requester', 'set_assignee', 'set_status'],
      ['!assignee:*', 'notify:requester', 'status:solved'],
      1,
    ]);
    expect(pick('automation', 'trigger rul_1', 'condition_terms')).toEqual([null]);
    const looks = (key: string) => pick('automation', key, 'condition_terms', 'unread_conditions');
    expect(looks('view lns_1')).toEqual([['!assignee:tea_12', '!tag:tag:11:99', 'group:inb_31', 'tag:escalated'], 0]);
    expect(looks('view lns_2')).toEqual([['!tag:*', 'assignee:tea_11'], 1]);
    expect(pick('automation', 'macro rsp_1', 'shared')).toEqual([true]);
    expect(pick('automation', 'macro rsp_2', 'shared')).toEqual([false]);
    expect(looks('field fld_5')).toEqual([['holds:code', 'role:cause'], 0]);
  });

  it('says what it shows and why not', () => {
    expect(shows('tickets')).toMatchObject({ status: 'available', detail: null });
    expect(shows('sla_clocks')).toMatchObject({ status: 'absent' });
  });
});

describe('a Front that shows less', () => {
  it('names the scopes that the token lacks, and reads the conversations without what they hide', async () => {
    const refuse = ['comments', 'conversation_events', 'accounts', 'events'];
    const { rows, shows, error } = await readDesk(frontCase, {
      fault: (_reply, { route }) => (refuse.includes(route) ? forbidden() : undefined),
    });
    expect(error).toBeNull();
    expect(shows('tickets')?.detail).toContain('`comments:read`, `events:*:read`, `accounts:read`');
    expect(shows('tickets')?.fields).not.toContain('organisation_id');
    expect(shows('events')?.fields ?? []).not.toContain('status');
    expect(shows('messages')?.fields).not.toContain('note');
    expect(rows.event).toBeUndefined();
    expect(rows.ticket?.cnv_1).toMatchObject({ status: 'solved', organisation_id: null });
    expect(rows.message?.msg_13).toMatchObject({ author: 'agent' });
  });

  it('keeps conversations whose kinds of messages, people, sources and events it does not know', async () => {
    const strange = (value: unknown, key = ''): unknown => {
      if (Array.isArray(value)) return value.map((one) => strange(one));
      if (typeof value !== 'object' || value === null) return key === 'type' ? 'never-seen' : value;
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, strange(one, name)]));
    };
    const { rows, aside, error } = await readDesk(frontCase, {
      fault: (reply, { route }) =>
        /^(conversation|messages|comments|events)/.test(route) ? strange(reply) : undefined,
    });
    expect([error, aside]).toEqual([null, []]);
    expect(Object.keys(rows.ticket ?? {}).length).toBe(8);
    expect(rows.ticket?.cnv_1).toMatchObject({ status: 'solved', channel: 'other', vendor_channel: 'never-seen' });
    expect(rows.message?.msg_13).toMatchObject({ author: 'agent', author_id: 'tea_11' });
  });

  it('loses no ticket to cells that are missing, null or of another kind', async () => {
    const bare = { id: 'cnv_9', created_at: '1772442000.5' };
    const odd = {
      ...bare,
      id: 'cnv_10',
      status: 'ARCHIVED',
      tags: [null, 7, { id: 'tag_3' }],
      links: null,
      recipient: {},
    };
    const { rows, aside, error } = await readDesk(frontCase, { routes: frontRoutes([bare, odd]) });
    expect(error).toBeNull();
    // Nothing of the list is left: it is lost once.
    expect(aside.map((one) => [one.code, one.ref, one.path])).toEqual([['CELL_REJECTED', 'cnv_10', 'tags.*']]);
    expect(rows.ticket?.cnv_9).toMatchObject({
      status: 'open',
      tags: null,
      created_at: new Date('2026-03-02T09:00:00.500Z'),
    });
    expect(rows.ticket?.cnv_10).toMatchObject({
      status: 'solved',
      vendor_status: 'ARCHIVED',
      requester_key: null,
      tags: null,
    });
  });

  it('takes a conversation that was only drafted for none', async () => {
    // As events name it while it is written; its first message brings it into an inbox.
    const draft = { id: 'cnv_9', status: 'invisible', created_at: 1772442000.5 };
    const begun = { ...draft, id: 'cnv_1' };
    const { rows, aside, error } = await readDesk(frontCase, { routes: frontRoutes([draft, begun]) });
    expect([error, aside]).toEqual([null, []]);
    expect(Object.keys(rows.ticket ?? {})).not.toContain('cnv_9');
    expect(rows.ticket?.cnv_1).toMatchObject({ status: 'open', vendor_status: 'invisible' });
  });

  it('reads without tickets, teams and knowledge bases', async () => {
    const { rows, error } = await readDesk(frontCase, {
      without: ['statuses', 'teams', 'team', 'bases', 'base', 'articles', 'article'],
    });
    expect(error).toBeNull();
    expect(rows.ticket?.cnv_3).toMatchObject({ status: 'pending', vendor_status: null });
    expect(rows.message?.msg_13).toMatchObject({ article_ids: null });
  });
});

describe('later syncs of a Front company', () => {
  const later = new Date('2026-03-07T13:00:00Z');

  it('read a conversation again when its stamp or an event moved, and no other', async () => {
    const store = memoryTelemetry();
    const live = frontConversations();
    await runVendor(frontCase, { store, routes: frontRoutes(live) });
    Object.assign(live[6] as object, { status: 'archived', updated_at: Date.parse('2026-03-07T12:30:00Z') / 1000 });
    const { requests, error } = await runVendor(frontCase, { store, routes: frontRoutes(live), now: later });
    expect(error).toBeNull();
    const read = requests.filter((one) => one.route === 'comments').map((one) => one.url.pathname.split('/')[2]);
    // The first conversation is asked for what the token may see.
    expect([...new Set(read)].sort()).toEqual(['cnv_1', 'cnv_7']);
    expect((store.all() as DeskRows).ticket?.cnv_7?.status).toBe('solved');
  });

  it('see a change that leaves the stamp of a conversation as it was', async () => {
    const store = memoryTelemetry();
    const live = frontConversations();
    const tags = live[3]?.tags;
    Object.assign(live[3] as object, { tags: [] });
    // Before the tag was put on, and behind it.
    await runVendor(frontCase, { store, routes: frontRoutes(live), now: new Date('2026-03-07T08:00:00Z') });
    expect((store.all() as DeskRows).ticket?.cnv_4?.tags).toEqual([]);
    Object.assign(live[3] as object, { tags });
    const { requests } = await runVendor(frontCase, { store, routes: frontRoutes(live) });
    expect((store.all() as DeskRows).ticket?.cnv_4?.tags).toEqual(['tag:14:99']);
    expect(requests.filter(({ route }) => route === 'conversation').map(({ url }) => url.pathname)).toEqual([
      // First it is looked whether the token may.
      '/conversations/cnv_4',
      '/conversations/cnv_4',
    ]);
  });

  it('take an export up again that was begun before, and fetch it from where the vendor keeps it', async () => {
    const store = memoryTelemetry();
    const routes = () => frontRoutes(frontConversations(), 'https://api.frontapp.com');
    const broken = await runVendor(frontCase, {
      store,
      routes: routes(),
      fault: (_reply, { route }) =>
        route === 'download' ? { kind: 'failed', reason: 'network', code: 'EPIPE', cause: null } : undefined,
    });
    expect(broken.result?.complete).toBe(false);
    const { requests } = await runVendor(frontCase, { store, routes: routes() });
    const exports = requests.filter(({ route }) => ['begin_export', 'export', 'download'].includes(route));
    // One is begun to see whether that is allowed.
    expect(exports.map(({ route, url }) => `${route} ${url.host}`)).toEqual([
      'begin_export api2.frontapp.com',
      'export api2.frontapp.com',
      'download api.frontapp.com',
    ]);
    expect(Object.keys((store.all() as DeskRows).csat ?? {}).length).toBe(3);
  });

  it.each([
    ['https://acme.api.frontapp.com', 'api2.frontapp.com', true],
    ['https://files.example', 'files.example', false],
  ])('fetch an export that lies at %s from %s', async (files, host, isTold) => {
    const store = memoryTelemetry();
    const { requests, error } = await runVendor(frontCase, { store, routes: frontRoutes(frontConversations(), files) });
    expect(error).toBeNull();
    const download = requests.find(({ route }) => route === 'download');
    expect([download?.url.host, download?.headers.authorization !== undefined]).toEqual([host, isTold]);
    expect(Object.keys((store.all() as DeskRows).csat ?? {}).length).toBe(3);
  });

  it('wait for an export that is still made, ask for less where it is too big, and begin a lost one anew', async () => {
    const store = memoryTelemetry();
    const states = ['running', 'too_big', 'failed'];
    const { requests, error, result } = await runVendor(frontCase, {
      store,
      fault: (_reply, { route }) => {
        if (route !== 'export') return undefined;
        const status = states.shift();
        return status === undefined ? undefined : { id: 'exp_1_2', status, progress: 10 };
      },
    });
    expect(error ?? result?.error ?? null).toBeNull();
    expect(requests.filter(({ route }) => route === 'begin_export').length).toBe(1 + 3);
    expect(Object.keys((store.all() as DeskRows).csat ?? {}).length).toBe(3);
  });
});
