import { describe, expect, it } from 'vitest';
import { FakeStatus } from '../../test/conformance/connector.ts';
import type { Fault } from '../../test/conformance/vendor-run.ts';
import { BIG } from '../../test/harness/servicenow.ts';
import { serviceNowCase } from '../../test/harness/servicenow-case.ts';
import { rowsOf, syncedDesk, syncWhole } from '../../test/harness/synced-desk.ts';

const syncWith = (settings = {}, fault?: Fault) =>
  syncWhole(serviceNowCase, fault === undefined ? { settings } : { settings, fault });

/** Rows of a table are counted and none of them is shown, as by an ACL. */
const hides =
  (...tables: readonly string[]): Fault =>
  (reply, seen) =>
    tables.includes(seen.route) && reply instanceof FakeStatus
      ? new FakeStatus(200, { result: [] }, { 'x-total-count': reply.headers['x-total-count'] ?? '' })
      : undefined;

describe('the ServiceNow instance of the tests', () => {
  const { rows, shows, pick } = syncedDesk(() => syncWith());
  const story = (ticket: string, kind: string) => rowsOf(rows, 'event', ticket).filter((one) => one.kind === kind);

  it('gives tickets of both tables with their category, rank and origin', () => {
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual(
      [
        '1001',
        '1002',
        '1003',
        '1004',
        '1005',
        '1006',
        '1007',
        '1091',
        '1092',
        '1093',
        '2001',
        '2002',
        '2003',
        BIG,
      ].sort(),
    );
    expect(pick('ticket', '1001', 'status', 'priority_rank', 'type', 'channel', 'group_id', 'assignee_id')).toEqual([
      'closed',
      1,
      'incident',
      'portal',
      '51',
      '12',
    ]);
    expect(pick('ticket', '1001', 'product', 'category', 'severity', 'cause_code', 'problem_id')).toEqual([
      '5001',
      'network',
      '2',
      'Solved (Permanently)',
      '3001',
    ]);
    // Three hours of the default schedule and four by the clock; durations are instants from 1970.
    expect(
      pick('ticket', '1001', 'reported_full_resolution_business_s', 'reported_full_resolution_calendar_s'),
    ).toEqual([10_800, 14_400]);
    // On hold for the caller, written down by an agent for her; the lowest priority and impact say nothing.
    expect(
      pick('ticket', '1002', 'status', 'priority_rank', 'created_by', 'created_on_behalf', 'filled_fields'),
    ).toEqual(['pending', 4, 'agent', true, ['category', 'contact_type']]);
    expect(pick('ticket', '1003', 'created_by', 'requester_key', 'channel')).toEqual(['machine', null, 'monitoring']);
    expect(pick('ticket', '1004', 'created_by', 'created_on_behalf', 'requester_is_agent')).toEqual([
      'agent',
      false,
      true,
    ]);
    // 12 is a state of the instance's own, "Awaiting Vendor"; the reason of an earlier hold stands on behind it.
    expect(pick('ticket', '1006', 'status', 'vendor_status', 'channel')).toEqual(['hold', 'Awaiting Vendor', 'other']);
    // "Inquiry / Help" is the category that every incident begins with.
    expect(pick('ticket', '1005', 'category', 'filled_fields')).toEqual([
      'inquiry',
      ['contact_type', 'impact', 'priority'],
    ]);
    // Opened by somebody who is neither of the desk nor the caller.
    expect(pick('ticket', '1007', 'created_by', 'created_on_behalf')).toEqual([null, null]);
    expect(pick('ticket', '2001', 'status', 'type', 'organisation_id', 'product')).toEqual([
      'pending',
      null,
      '71',
      '5101',
    ]);
    // 3 is on hold for incidents and closed for cases.
    expect(pick('ticket', '2002', 'status', 'cause_code')).toEqual(['closed', '6']);
    expect(pick('ticket', '1091', 'deleted', 'group_id', 'created_by')).toEqual([true, '50', 'customer']);
  });

  it('tells the history from the audit log, back to the values at creation', () => {
    expect(story('1001', 'status').map((one) => [one.from_value, one.to_value, one.actor, one.actor_id])).toEqual([
      [null, 'new', 'customer', null],
      ['new', 'open', 'agent', '11'],
      ['open', 'pending', 'agent', '11'],
      ['pending', 'open', 'customer', null],
      ['open', 'solved', 'agent', '12'],
      ['solved', 'closed', 'automation', null],
    ]);
    expect(story('1001', 'priority').map((one) => [one.from_value, one.to_value, one.initial])).toEqual([
      [null, '3', true],
      ['3', '1', false],
    ]);
    expect(story('1001', 'group').map((one) => [one.from_value, one.to_value])).toEqual([
      [null, '50'],
      ['50', '51'],
    ]);
    expect(story('1001', 'link').map((one) => one.to_value)).toEqual(['3001']);
    // This one has rows of its creation in the log.
    expect(story('1005', 'priority').map((one) => [one.to_value, one.initial, one.actor])).toEqual([
      ['2', true, 'customer'],
      ['4', false, 'system'],
    ]);
    // Logged under the older name of the state.
    expect(story('1004', 'status').map((one) => [one.from_value, one.to_value])).toEqual([
      [null, 'new'],
      ['new', 'open'],
    ]);
    // A state named "Escalated", reached by somebody who is no longer of the desk.
    expect(story('1006', 'escalation').map((one) => [one.to_value, one.actor])).toEqual([['state:13', null]]);
    expect(story('2001', 'escalation').map((one) => one.to_value)).toEqual(['field:active_escalation=*']);
  });

  it('tells who wrote what, and what customers can see', () => {
    const said = (id: string) => pick('message', id, 'author', 'author_id', 'public', 'seq');
    expect(said('1001:opening')).toEqual(['customer', null, true, 0]);
    // Saved with the ticket: part of its opening.
    expect(rows.message?.['700']).toBeUndefined();
    expect(said('701')).toEqual(['agent', '11', true, 1]);
    expect(said('702')).toEqual(['agent', '11', false, 2]);
    expect(said('703')).toEqual(['customer', null, true, 3]);
    expect(said('704')).toEqual(['machine', null, true, 4]);
    expect(said('705')).toEqual([null, null, true, 5]);
    expect(said('706')).toEqual(['agent', null, false, 6]);
    expect(said('707')).toEqual(['machine', null, true, 1]);
    expect(pick('message', '701', 'article_ids')).toEqual([['8001']]);
    expect(pick('message', '704', 'promised_reply_s', 'promise_business_hours')).toEqual([4 * 3600, true]);
    expect(pick('link', '701:issue:0', 'kind', 'system')).toEqual(['issue', 'jira']);
    expect(pick('link', '1001:problem', 'kind', 'target_key')).toEqual(['problem', '3001']);
    expect(pick('link', '1002:parent', 'kind', 'target_key')).toEqual(['incident', '1001']);
    expect(pick('link', '1004:correlation', 'kind', 'system')).toEqual(['issue', 'jira']);
    // Of the problem: whoever tells of a trouble that hangs on it has told of what is linked there.
    expect(pick('link', '3001:correlation', 'kind', 'system', 'ticket_id')).toEqual(['issue', 'azure_devops', '3001']);
  });

  it('gives promises, their runs and the hours that they count in', () => {
    expect(pick('sla_target', '401 first_reply 1', 'target_s', 'business_hours')).toEqual([1800, true]);
    expect(pick('sla_target', '402 resolution 2', 'target_s')).toEqual([4 * 3600]);
    expect(pick('sla_policy', '402', 'condition_terms', 'unread_conditions', 'calendar_id')).toEqual([
      ['organisation:70', 'priority:1', 'priority:2'],
      1,
      '601',
    ]);
    expect(pick('sla_policy', '403', 'scope')).toEqual(['group']);
    expect(rows.sla_policy?.['405']).toBeUndefined();
    const run = (id: string) => pick('sla_clock', id, 'metric', 'instance', 'met', 'target_s', 'paused_s', 'voided');
    expect(run('501')).toEqual(['first_reply', 1, true, 1800, null, false]);
    // Three hours spent and two left make five: the definition was another one then.
    expect(run('502')).toEqual(['resolution', 1, true, 5 * 3600, 3600, false]);
    // The first run was cancelled at nine, the second one breached.
    expect(run('504')).toEqual(['resolution', 1, null, 4 * 3600, null, true]);
    expect(run('503')).toEqual(['resolution', 2, false, 4 * 3600, null, false]);
    expect(pick('sla_clock', '505', 'scope', 'metric', 'met')).toEqual(['group', 'resolution', null]);
    expect(rows.sla_clock?.['506']).toBeUndefined();
    const always = `${new Date(0)}`;
    // Monday to Friday 8 to 17 without the hour at noon; Monday begins 1440 minutes into the week.
    const weekday = (day: number) => [
      { start_minute: day * 1440 + 480, end_minute: day * 1440 + 720 },
      { start_minute: day * 1440 + 780, end_minute: day * 1440 + 1020 },
    ];
    expect(pick('calendar', `601 ${always}`, 'time_zone', 'is_default', 'weekly')).toEqual([
      'America/New_York',
      true,
      [1, 2, 3, 4, 5].flatMap(weekday),
    ]);
    // The third Mondays of January, the 25th of December, and two days in March.
    expect(rows.calendar?.[`601 ${always}`]?.holidays).toEqual(
      expect.arrayContaining([
        { from: '2025-01-20', to: '2025-01-20' },
        { from: '2026-01-19', to: '2026-01-19' },
        { from: '2025-12-25', to: '2025-12-25' },
        { from: '2026-03-06', to: '2026-03-07' },
      ]),
    );
    // Sunday and Saturday 10 to 14, Monday 7 to 10 in UTC, which is 8 to 11 in Berlin in winter.
    expect(pick('calendar', `602 ${always}`, 'time_zone', 'is_default', 'weekly')).toEqual([
      'Europe/Berlin',
      false,
      [
        { start_minute: 600, end_minute: 840 },
        { start_minute: 1440 + 480, end_minute: 1440 + 660 },
        { start_minute: 6 * 1440 + 600, end_minute: 6 * 1440 + 840 },
      ],
    ]);
    expect(Object.keys(rows.calendar ?? {})).toHaveLength(2);
  });

  it('reads rules, and counts what it does not understand', () => {
    expect(pick('automation', 'routing 101', 'condition_terms', 'action_terms')).toEqual([
      ['!group:*', 'field:category=network'],
      ['group:50'],
    ]);
    expect(pick('automation', 'routing 102', 'action_terms', 'unread_actions')).toEqual([['assignee:12'], 1]);
    expect(pick('automation', 'trigger 111', 'condition_terms', 'actions', 'unread_actions', 'vendor_default')).toEqual(
      [
        ['!created', '!field:impact=3', 'changed:priority', 'priority:1', 'priority:2', 'requester'],
        ['escalate'],
        1,
        false,
      ],
    );
    // A value that a script works out, and a condition that is one.
    expect(pick('automation', 'trigger 112', 'condition_terms', 'unread_conditions', 'vendor_default')).toEqual([
      ['channel:email', 'status:closed', 'status:solved'],
      2,
      true,
    ]);
    expect(pick('automation', 'acknowledgement mail:121', 'condition_terms', 'action_terms')).toEqual([
      ['created', 'organisation:70'],
      ['notify:requester', 'promise:14400', 'promise_in:business_hours'],
    ]);
    // Fired by an event that says nothing of creation, and told to followers too.
    expect(pick('automation', 'trigger mail:122', 'unread_conditions', 'action_terms', 'unread_actions')).toEqual([
      1,
      ['notify:agent', 'notify:group:*', 'notify:group:51'],
      1,
    ]);
    expect(pick('automation', 'acknowledgement mail:123', 'condition_terms', 'unread_conditions')).toEqual([
      ['created'],
      0,
    ]);
    expect(pick('automation', 'automation flow:131', 'condition_terms', 'unread_actions')).toEqual([null, null]);
    expect(pick('automation', 'automation sla:401', 'condition_terms', 'unread_actions')).toEqual([['sla_breach'], 1]);
    expect(pick('automation', 'field 141', 'condition_terms', 'required_fields')).toEqual([
      ['holds:code', 'role:category'],
      ['category'],
    ]);
    expect(pick('automation', 'field 143', 'required_fields')).toEqual([[]]);
  });

  it('gives people, articles, customers, answers and tools', () => {
    expect(pick('agent', '11', 'role', 'human', 'department')).toEqual(['admin', true, 'support']);
    expect(pick('agent', '13', 'role', 'human')).toEqual(['integration', false]);
    expect(pick('agent', '15', 'role', 'active')).toEqual(['light', false]);
    expect(pick('agent', '16', 'role')).toEqual(['agent']);
    // The role of a portal user works on no tickets.
    expect(rows.agent?.['900']).toBeUndefined();
    expect(pick('team', '51', 'purpose', 'tier')).toEqual(['escalation', 2]);
    expect(pick('article', '8001', 'published', 'public', 'from_ticket_id', 'promised_reply_s')).toEqual([
      true,
      true,
      '1001',
      8 * 3600,
    ]);
    // Of a base with user criteria only the instance itself knows who reads it.
    expect(pick('article', '8002', 'published', 'public')).toEqual([false, null]);
    expect(pick('article', '8005', 'public')).toEqual([false]);
    expect(rows.article?.['8006']).toBeUndefined();
    const views = (id: string, day: string) => rows.article_view?.[`${id} ${new Date(day)}`]?.views;
    expect([views('8001', '2026-03-05'), views('8005', '2026-03-05'), views('*', '2026-03-05')]).toEqual([4, 2, 6]);
    expect([views('*', '2026-03-06'), views('*', '2026-03-07')]).toEqual([0, 1]);
    expect(pick('organisation', '70', 'tier', 'tier_rank', 'partner')).toEqual(['gold', 2, false]);
    expect(pick('organisation', '71', 'tier', 'partner', 'domain_hash')).toEqual([null, null, null]);
    expect(pick('csat', '851', 'score', 'scale', 'answered_at')).toEqual([1, '1-5', new Date('2026-03-06T07:00:00Z')]);
    expect(pick('csat', '852', 'score', 'offered_at', 'answered_at')).toEqual([
      null,
      new Date('2026-03-05T12:10:00Z'),
      null,
    ]);
    // A quarter on one scale, a half on the other.
    expect(pick('csat', '853', 'score', 'scale')).toEqual([0.375, null]);
    expect(rows.csat?.['854']).toBeUndefined();
    expect(Object.keys(rows.integration ?? {})).toEqual(['151']);
  });

  it('says what it shows and why not', () => {
    expect(shows('tickets')).toMatchObject({ status: 'available', detail: null, reconciled_share: 1 });
    expect(shows('events')?.fields).toEqual(expect.arrayContaining(['status', 'priority', 'actor']));
    expect(shows('sla_clocks')?.detail).toContain('1 SLA definition(s)');
    expect(shows('bot_sessions')).toMatchObject({ status: 'absent', detail: expect.stringContaining('Virtual Agent') });
  });
});

describe('a ServiceNow instance that shows less', () => {
  it('takes a list that counts rows and shows none for hidden, not for empty', async () => {
    const { shows, rows } = await syncWith({}, hides('sys_journal_field', 'kb_knowledge'));
    expect(shows('messages')).toMatchObject({
      status: 'permission',
      detail: expect.stringContaining('sys_journal_field'),
    });
    expect(shows('articles')).toMatchObject({ status: 'permission' });
    expect(rows.message ?? {}).toEqual({});
  });

  it('does not know who reads articles where the criteria of their bases are hidden', async () => {
    for (const list of ['kb_uc_can_read_mtom', 'kb_uc_cannot_read_mtom']) {
      const { shows, rows } = await syncWith({}, hides(list));
      expect(rows.article?.['8001']?.public).toBeNull();
      expect(rows.article?.['8005']?.public).toBe(false);
      expect(shows('articles')?.fields).not.toContain('public');
      expect(shows('articles')?.detail).toContain('kb_uc_can_read_mtom');
    }
  });

  it('believes no instance that none of its knowledge bases has criteria', async () => {
    const { rows } = await syncWith({}, (reply, seen) =>
      seen.route.startsWith('kb_uc_') && reply instanceof FakeStatus
        ? new FakeStatus(200, { result: [] }, { 'x-total-count': '0' })
        : undefined,
    );
    expect(rows.article?.['8001']?.public).toBeNull();
  });

  it.each([
    ['true', false],
    ['', null],
  ])('takes a base without criteria as the instance says: closed = %s', async (value, expected) => {
    const { rows } = await syncWith({}, (reply, seen) => {
      if (seen.route !== 'sys_properties' || !(reply instanceof FakeStatus)) return undefined;
      const { result } = reply.body as { result: Record<string, unknown>[] };
      return new FakeStatus(200, { result: result.map((row) => ({ ...row, value })) }, reply.headers);
    });
    expect(rows.article?.['8001']?.public).toBe(expected);
  });

  it('reads the stays of metrics where the audit log is hidden, and says what they lack', async () => {
    const { shows, rows } = await syncWith({}, hides('sys_audit'));
    expect(shows('events')?.status).toBe('available');
    for (const field of ['priority', 'actor', 'field']) expect(shows('events')?.fields).not.toContain(field);
    const of = (kind: string) =>
      Object.values(rows.event ?? {})
        .filter((one) => one.ticket_id === '1001' && one.kind === kind)
        .sort((a, b) => Number(a.seq) - Number(b.seq))
        .map((one) => [one.from_value, one.to_value, one.initial, one.actor]);
    expect(of('status')).toEqual([
      [null, 'new', true, 'customer'],
      ['new', 'open', false, null],
      ['open', 'solved', false, null],
    ]);
    // The first stay began ten minutes after the ticket, and has the name of its group alone.
    expect(of('group')).toEqual([
      [null, '50', false, null],
      ['50', '51', false, null],
    ]);
    expect(of('priority')).toEqual([]);
  });

  it('shows no history where neither may be read', async () => {
    const { shows } = await syncWith({}, hides('sys_audit', 'metric_instance'));
    expect(shows('events')).toMatchObject({ status: 'permission', detail: expect.stringContaining('sys_audit') });
  });

  it('tells no history of a ticket whose log does not lead to its present state', async () => {
    const { rows, aside } = await syncWith({}, (reply, seen) => {
      if (seen.route !== 'sys_audit' || !(reply instanceof FakeStatus)) return undefined;
      const { result } = reply.body as { result: Record<string, unknown>[] };
      return new FakeStatus(200, { result: result.filter((row) => row.newvalue !== '7') }, reply.headers);
    });
    expect(Object.values(rows.event ?? {}).filter((one) => one.ticket_id === '1001')).toEqual([]);
    expect(JSON.stringify(aside)).toContain('1001');
    expect(rows.ticket?.['1001']?.status).toBe('closed');
  });

  it('does not tell agents and customers apart by lists that it may not see', async () => {
    const { rows, shows } = await syncWith({}, hides('sys_user_grmember', 'sys_user_has_role'));
    expect(rows.ticket?.['1001']?.created_by).toBeNull();
    expect(rows.ticket?.['1001']?.requester_is_agent).toBeNull();
    expect(rows.message?.['703']?.author).toBeNull();
    expect(rows.message?.['702']?.author).toBe('agent');
    expect(shows('tickets')?.fields).not.toContain('created_by');
  });

  it('knows no role where roles may not be seen', async () => {
    const { rows, shows } = await syncWith({}, hides('sys_user_has_role'));
    expect(rows.agent?.['11']?.role).toBeNull();
    expect(rows.agent?.['13']?.role).toBe('integration');
    expect(rows.agent?.['16']).toBeUndefined();
    expect(shows('agents')?.fields).not.toContain('role');
    expect(shows('agents')?.detail).toContain('sys_user_has_role');
    expect(rows.ticket?.['1001']?.created_by).toBe('customer');
  });

  it('reads no history where instants in questions are not read as UTC', async () => {
    // Five hours behind: a row does not answer to its own instant.
    const { rows, shows } = await syncWith({}, (reply, seen) => {
      const query = seen.url.searchParams.get('sysparm_query') ?? '';
      return query.startsWith('sys_id=') && reply instanceof FakeStatus
        ? new FakeStatus(200, { result: [] }, reply.headers)
        : undefined;
    });
    expect(shows('tickets')).toMatchObject({ status: 'permission', detail: expect.stringContaining('GMT') });
    expect(rows.ticket ?? {}).toEqual({});
    expect(shows('agents')?.status).toBe('available');
  });

  it('goes on without tables that are not installed', async () => {
    const invalid = { error: { message: 'Invalid table sn_customerservice_case', detail: null }, status: 'failure' };
    const { rows, shows } = await syncWith({}, (_reply, seen) =>
      seen.route === 'sn_customerservice_case' ? new FakeStatus(400, invalid) : undefined,
    );
    expect(Object.keys(rows.ticket ?? {})).toContain('1001');
    expect(rows.ticket?.['2001']).toBeUndefined();
    expect(shows('tickets')).toMatchObject({ status: 'available', reconciled_share: 1 });
  });

  it('leaves out a table that the settings leave out, and sets floating schedules aside without a zone', async () => {
    const { rows, aside } = await syncWith({ tables: ['incident'] }, hides('sys_properties'));
    expect(rows.ticket?.['2001']).toBeUndefined();
    expect(Object.keys(rows.calendar ?? {})).toEqual([`601 ${new Date(0)}`]);
    expect(JSON.stringify(aside)).toContain('602');
    const stated = await syncWith({ timeZone: 'Asia/Tokyo' }, hides('sys_properties'));
    expect(stated.rows.calendar?.[`602 ${new Date(0)}`]?.time_zone).toBe('Asia/Tokyo');
  });

  it('takes a success that carries an error for a failure, and asks again', async () => {
    let failed = 0;
    const { rows } = await syncWith({}, (reply, seen) => {
      if (seen.route !== 'incident' || failed > 0 || !(reply instanceof FakeStatus)) return undefined;
      failed += 1;
      const error = { message: 'Transaction cancelled: maximum execution time exceeded', detail: '' };
      return new FakeStatus(200, { result: [], error, status: 'failure' }, reply.headers);
    });
    expect(failed).toBe(1);
    expect(Object.keys(rows.ticket ?? {})).toHaveLength(14);
  });

  it('understands display values beside raw ones, links and labels', async () => {
    const shown = (value: unknown) => ({ display_value: `Canary ${value}`, value });
    const { rows } = await syncWith({}, (reply, seen) => {
      if (seen.route !== 'incident' || !(reply instanceof FakeStatus)) return undefined;
      const { result } = reply.body as { result: Record<string, unknown>[] };
      const both = result.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([key, value]) => [
            key,
            key === 'sys_id' || key.startsWith('sys_updated') || typeof value === 'object' ? value : shown(value),
          ]),
        ),
      );
      return new FakeStatus(200, { result: both }, reply.headers);
    });
    expect(rows.ticket?.['1001']).toMatchObject({ status: 'closed', group_id: '51', priority_rank: 1 });
    expect(rows.ticket?.['1002']).toMatchObject({ status: 'pending', created_at: new Date('2026-03-02T08:00:00Z') });
  });
});
