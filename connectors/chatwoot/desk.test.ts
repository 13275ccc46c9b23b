import { describe, expect, it } from 'vitest';
import { runVendor } from '../../test/conformance/vendor-run.ts';
import { BIG, chatwootConversations, chatwootRoutes } from '../../test/harness/chatwoot.ts';
import { chatwootCase } from '../../test/harness/chatwoot-case.ts';
import { memoryTelemetry } from '../../test/harness/memory-telemetry.ts';
import type { DeskRows } from '../../test/harness/read-desk.ts';
import { rowsOf, syncedDesk, syncWhole } from '../../test/harness/synced-desk.ts';

const syncWith = (without: readonly string[] = []) => syncWhole(chatwootCase, { routes: chatwootRoutes(), without });

describe('the Chatwoot account of the tests', () => {
  const { rows, shows, pick } = syncedDesk(() => syncWith());

  it('gives conversations of all states with their category, rank and codes', () => {
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual(['1', '2', '3', '4', '6', '7', BIG].sort());
    expect(pick('ticket', '1', 'status', 'vendor_status', 'priority_rank', 'channel', 'calendar_id')).toEqual([
      'solved',
      'resolved',
      1,
      'chat',
      '31',
    ]);
    expect(pick('ticket', '1', 'product', 'category', 'severity', 'cause_code', 'group_id', 'assignee_id')).toEqual([
      'api',
      'billing',
      'high',
      'config',
      '51',
      '11',
    ]);
    // Hashed here as `tag:<length>:<code of the first letter>`.
    expect(pick('ticket', '1', 'tags', 'filled_fields')).toEqual([
      ['escalated', 'tag:11:99'],
      ['area', 'cause', 'impact', 'product', 'remark'],
    ]);
    expect(pick('ticket', '2', 'status', 'calendar_id')).toEqual(['pending', null]);
    expect(pick('ticket', '3', 'status', 'channel', 'group_id', 'assignee_id')).toEqual([
      'pending',
      'email',
      null,
      null,
    ]);
    expect(pick('ticket', '4', 'status', 'priority_rank', 'created_at')).toEqual([
      'open',
      4,
      new Date('2026-03-02T09:00:00Z'),
    ]);
    expect(pick('ticket', '6', 'channel')).toEqual(['other']);
  });

  it('tells who began, and who wrote what', () => {
    const began = (id: string) => pick('ticket', id, 'created_by')[0];
    // Ann wrote first to 2, a campaign began 4; 7 has no messages.
    expect(['1', '2', '3', '4', BIG, '7'].map(began)).toEqual([
      'customer',
      'agent',
      'customer',
      'machine',
      'customer',
      null,
    ]);
    const said = (id: string) => pick('message', id, 'seq', 'author', 'author_id', 'public', 'auto_reply');
    expect(said('501')).toEqual([0, 'customer', null, true, false]);
    expect(said('502')).toEqual([1, 'machine', null, true, true]);
    expect(said('504')).toEqual([2, 'agent', '11', false, false]);
    expect(said('505')).toEqual([3, 'agent', '11', true, false]);
    // A bot answers; an agent that is a program sends what nobody wrote.
    expect(said('522')).toEqual([1, 'machine', null, true, false]);
    expect(said('523')).toEqual([2, 'machine', null, true, true]);
    // Lines about what happened and questions of surveys are no messages.
    for (const id of ['503', '506', '513']) expect(rows.message?.[id]).toBeUndefined();
    expect(pick('message', '502', 'promised_reply_s')).toEqual([8 * 3600]);
    expect(pick('message', '505', 'article_ids')).toEqual([['77']]);
    expect(pick('link', '504:issue:0', 'kind', 'system')).toEqual(['issue', 'jira']);
  });

  it('gives what the vendor measured, and the ends and reopenings in it', () => {
    expect(
      pick(
        'ticket',
        '1',
        'reported_first_reply_calendar_s',
        'reported_first_reply_business_s',
        'reported_first_resolution_calendar_s',
        'reported_full_resolution_calendar_s',
        'reported_full_resolution_business_s',
        'reported_solved_at',
      ),
    ).toEqual([2400, 1200, 7200, 21_600, 10_800, new Date('2026-03-02T15:00:00Z')]);
    const events = (ticket: string) =>
      rowsOf(rows, 'event', ticket).map((one) => [one.kind, one.from_value, one.to_value, one.initial, one.actor]);
    expect(events('1')).toEqual([
      ['status', null, 'solved', false, null],
      ['status', 'solved', 'open', false, null],
      ['status', 'open', 'solved', false, null],
    ]);
    // What the bot ended is measured twice.
    expect(events('7')).toEqual([['status', null, 'solved', false, 'automation']]);
    expect(pick('bot_session', '3', 'handed_over', 'ticket_id')).toEqual([true, '3']);
    expect(pick('bot_session', '7', 'handed_over')).toEqual([false]);
    expect(rows.bot_session?.['1']).toBeUndefined();
  });

  it('gives promises with their outcome where there is one', () => {
    const clock = (id: string) => pick('sla_clock', id, 'met', 'target_s', 'policy_id', 'business_hours');
    // The first reply was missed, the rest is undecided; of 3 nothing was missed.
    expect(clock('1:first_reply:1')).toEqual([false, 1800, '81', false]);
    expect(clock('1:resolution:1')).toEqual([null, 14_400, '81', false]);
    expect(clock('3:first_reply:1')[0]).toBe(true);
    // At the end of 4 only the solution was noted as missed.
    expect([clock('4:first_reply:1')[0], clock('4:resolution:1')[0]]).toEqual([true, false]);
    expect(rows.sla_clock?.['1:next_reply:1']).toBeUndefined();
    expect(pick('sla_target', '81 resolution any', 'target_s')).toEqual([14_400]);
    expect(Object.keys(rows.sla_target ?? {}).length).toBe(2);
  });

  it('gives surveys that were offered and those that were answered', () => {
    const survey = (id: string) => pick('csat', id, 'ticket_id', 'offered_at', 'answered_at', 'score');
    expect(survey('506')).toEqual(['1', new Date('2026-03-02T15:00:05Z'), new Date('2026-03-02T16:00:00Z'), 1]);
    expect(survey('513')).toEqual(['2', new Date('2026-03-02T10:10:00Z'), null, null]);
    // The questions of the others can no longer be read.
    expect(survey('999')).toEqual(['4', null, new Date('2026-03-04T16:00:00Z'), 0.25]);
    expect(survey('998')[3]).toBe(0);
  });

  it('gives hours, people and tools', () => {
    expect(Object.keys(rows.calendar ?? {})).toEqual([`31 ${new Date(0)}`]);
    const [zone, weekly] = pick('calendar', `31 ${new Date(0)}`, 'time_zone', 'weekly');
    expect(zone).toBe('America/New_York');
    // Closed on Sunday, 9:00 to 17:30 from Monday on, all of Saturday; minutes from Sunday.
    expect((weekly as unknown[]).length).toBe(6);
    expect((weekly as unknown[])[0]).toEqual({ start_minute: 1440 + 540, end_minute: 1440 + 1050 });
    expect((weekly as unknown[])[5]).toEqual({ start_minute: 6 * 1440, end_minute: 7 * 1440 });
    expect(pick('agent', '11', 'role', 'active')).toEqual(['admin', true]);
    expect(pick('agent', '12', 'role', 'active')).toEqual(['agent', false]);
    expect(pick('agent', '13', 'role', 'human')).toEqual(['integration', false]);
    expect(Object.keys(rows.membership ?? {}).sort()).toEqual(['11 51', '12 51']);
    expect(pick('team', '52', 'purpose', 'tier')).toEqual(['escalation', 2]);
    expect(pick('integration', 'app:slack', 'class', 'active')).toEqual(['collaboration', true]);
    expect(pick('integration', 'app:linear', 'class', 'active')).toEqual(['issue_tracker', false]);
    expect(pick('integration', 'webhook:1', 'class')).toEqual(['monitoring']);
    expect(pick('automation', 'bot bot:61', 'active')).toEqual([true]);
  });

  it('reads rules, and counts what it does not understand', () => {
    const rule = (key: string) =>
      pick('automation', key, 'condition_terms', 'unread_conditions', 'action_terms', 'unread_actions');
    expect(rule('trigger 701')).toEqual([
      ['!field:area=billing', 'channel:chat', 'created'],
      1,
      ['group:52', 'notify:requester', `promise:${8 * 3600}`],
      0,
    ]);
    expect(pick('automation', 'trigger 701', 'actions')).toEqual([['escalate', 'notify_requester']]);
    expect(rule('trigger 702')).toEqual([
      ['!assignee:*', 'priority:1', 'text', 'update'],
      0,
      ['notify:target', 'priority:2', 'tag:escalated'],
      1,
    ]);
    expect(pick('automation', 'macro macro:701', 'shared', 'action_terms')).toEqual([false, ['status:solved']]);
    expect(pick('automation', 'macro macro:702', 'shared', 'action_terms')).toEqual([true, ['!assignee:*']]);
    expect(pick('automation', 'field 304', 'condition_terms')).toEqual([['holds:code', 'role:cause']]);
  });

  it('says what it shows and why not', () => {
    expect(shows('tickets')).toMatchObject({ status: 'available', detail: null });
    expect(shows('articles')).toMatchObject({ status: 'absent' });
  });
});

describe('a Chatwoot that shows less', () => {
  it('has no history where the server does not show what it measured', async () => {
    const { rows, shows } = await syncWith(['measures']);
    expect(shows('tickets')?.fields).not.toContain('reported_solved_at');
    expect(shows('events')?.fields ?? []).not.toContain('status');
    expect(rows.event).toBeUndefined();
    expect(rows.ticket?.['1']).toMatchObject({ status: 'solved', reported_solved_at: null });
  });

  it('reads a conversation again when it has changed, and no other', async () => {
    const store = memoryTelemetry();
    const live = chatwootConversations();
    await runVendor(chatwootCase, { store, routes: chatwootRoutes(live) });
    const changed = Date.parse('2026-03-07T12:30:00Z') / 1000;
    Object.assign(live[3] as object, { status: 'resolved', updated_at: changed });
    const now = new Date('2026-03-07T13:00:00Z');
    const { requests, error } = await runVendor(chatwootCase, { store, routes: chatwootRoutes(live), now });
    expect(error).toBeNull();
    const read = requests.filter((one) => one.route === 'messages').map((one) => one.url.pathname.split('/')[6]);
    // Below the first one it is looked whether the token may: for the list, and for the answers.
    expect([...new Set(read)]).toEqual(['1', '4']);
    expect((store.all() as DeskRows).ticket?.['4']?.status).toBe('solved');
  });
});
