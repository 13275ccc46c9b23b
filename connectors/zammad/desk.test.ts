import { describe, expect, it } from 'vitest';
import { runVendor } from '../../test/conformance/vendor-run.ts';
import { memoryTelemetry } from '../../test/harness/memory-telemetry.ts';
import { rowsOf, syncedDesk, syncWhole } from '../../test/harness/synced-desk.ts';
import { BIG } from '../../test/harness/zammad.ts';
import { zammadCase } from '../../test/harness/zammad-case.ts';

const syncWith = (settings = {}, without: readonly string[] = []) => syncWhole(zammadCase, { settings, without });

describe('the Zammad of the tests', () => {
  const { rows, shows, pick } = syncedDesk(() => syncWith());

  it('gives tickets with their category, rank, codes and origin', () => {
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual(['1', '2', '3', '4', '6', '7', BIG].sort());
    expect(pick('ticket', '1', 'status', 'vendor_status', 'priority_rank', 'vendor_priority', 'type')).toEqual([
      'closed',
      'closed',
      2,
      '3 high',
      'incident',
    ]);
    expect(pick('ticket', '1', 'product', 'category', 'severity', 'cause_code', 'calendar_id')).toEqual([
      'api',
      'login::password',
      'high',
      'config',
      '1',
    ]);
    expect(pick('ticket', '1', 'filled_fields', 'reported_first_reply_business_s', 'reported_solved_at')).toEqual([
      ['cause', 'impact', 'priority', 'product', 'remark', 'topic'],
      1800,
      new Date('2026-03-02T15:00:00Z'),
    ]);
    expect(pick('ticket', '2', 'status', 'product', 'filled_fields')).toEqual(['pending', null, ['remark']]);
    // State 8 waits by its type; the settings say for whom.
    expect(pick('ticket', '3', 'status', 'vendor_status', 'priority_rank')).toEqual([
      'hold',
      'waiting for supplier',
      4,
    ]);
    expect(pick('ticket', '4', 'status', 'type', 'channel', 'requester_is_agent')).toEqual([
      'new',
      'other',
      'web',
      true,
    ]);
    // The account 1 is nobody, and a note is no channel.
    expect(pick('ticket', '6', 'assignee_id', 'channel', 'vendor_channel')).toEqual([null, null, 'note']);
    expect(pick('ticket', '7', 'channel')).toEqual(['web']);
    expect(pick('ticket', BIG, 'status', 'merged_into')).toEqual(['closed', '1']);
  });

  it('tells who opened a ticket, and for whom', () => {
    const opened = (id: string) => pick('ticket', id, 'created_by', 'created_on_behalf');
    expect(opened('1')).toEqual(['customer', false]);
    // Ann wrote a call of Jane down; Bob wrote to Jane; Bob asked for himself; a rule opened one.
    expect(opened('2')).toEqual(['agent', true]);
    expect(opened('3')).toEqual(['agent', false]);
    expect(opened('4')).toEqual(['agent', null]);
    expect(opened('6')).toEqual(['machine', null]);
  });

  it('tells who wrote what, and what customers can see', () => {
    const said = (id: string) => pick('message', id, 'seq', 'author', 'author_id', 'public', 'auto_reply');
    expect(said('501')).toEqual([0, 'customer', null, true, false]);
    expect(said('504')).toEqual([1, 'machine', null, true, true]);
    expect(said('502')).toEqual([2, 'agent', '3', true, false]);
    expect(said('503')).toEqual([3, 'agent', '4', false, false]);
    expect(said('511')).toEqual([0, 'customer', null, true, false]);
    expect(said('512')).toEqual([1, 'machine', null, true, true]);
    // Words by their ids where the names are missing: 1 is Agent, 14 is WhatsApp.
    expect(said('513')).toEqual([2, 'agent', '4', true, false]);
    expect(pick('message', '513', 'channel')).toEqual(['messaging']);
    expect(pick('message', '503', 'channel')).toEqual([null]);
    expect(pick('message', '502', 'article_ids')).toEqual([['901']]);
    expect(pick('message', '504', 'promised_reply_s', 'promise_business_hours')).toEqual([8 * 3600, true]);
    // The mark of a merge is no message.
    expect(rows.message?.['521']).toBeUndefined();
  });

  it('gives the history back to the values at birth', () => {
    const events = (ticket: string) =>
      rowsOf(rows, 'event', ticket).map((one) => [
        one.kind,
        one.from_value,
        one.to_value,
        one.initial,
        one.actor,
        one.actor_id ?? one.rule_id,
      ]);
    // Tags are hashed here as `tag:<length>:<code of the first letter>`: "canary jane" 11, "canary waits" 12.
    expect(events('1')).toEqual([
      ['status', null, 'new', true, 'customer', null],
      ['priority', null, '3', true, 'customer', null],
      ['group', null, '1', true, 'customer', null],
      ['field', null, 'api', true, 'customer', null],
      ['field', null, 'login::password', true, 'customer', null],
      ['field', null, 'high', true, 'customer', null],
      ['tag', null, 'tag:11:99', true, 'customer', null],
      ['tag', null, 'tag:12:99', true, 'customer', null],
      ['priority', '3', '2', false, 'automation', '701'],
      ['assignee', null, '3', false, 'agent', '3'],
      ['status', 'new', 'open', false, 'agent', '3'],
      ['group', '1', '2', false, 'agent', '3'],
      ['tag', null, 'escalated', false, 'agent', '3'],
      ['escalation', null, 'tag:escalated', false, 'agent', '3'],
      ['tag', 'tag:12:99', null, false, 'system', null],
      ['field', null, 'config', false, 'agent', '3'],
      ['status', 'open', 'closed', false, 'agent', '3'],
    ]);
    // Imported: nothing is said of its birth.
    expect(events('6')).toEqual([['status', 'new', 'open', false, 'customer', null]]);
    expect(events(BIG).filter(([kind]) => kind === 'merge')).toEqual([['merge', null, '1', false, 'agent', '3']]);
  });

  it('gives promises with their outcome where there is one', () => {
    const clock = (id: string) => pick('sla_clock', id, 'met', 'target_s', 'fulfilled_at', 'breach_at', 'policy_id');
    // 30 minutes taken and 90 left of 120; 360 taken of 240.
    expect(clock('1:first_reply:1')).toEqual([true, 7200, new Date('2026-03-02T09:30:00Z'), null, '81']);
    expect(clock('1:resolution:1')).toEqual([false, 14_400, new Date('2026-03-02T15:00:00Z'), null, '81']);
    expect(clock('2:first_reply:1')).toEqual([null, 7200, null, new Date('2026-03-02T11:00:00Z'), '81']);
    // The longest wait for an update was 200 of 240 minutes; since when is not told.
    expect(clock('7:periodic_update:1')).toEqual([true, 14_400, null, null, '82']);
    expect(pick('sla_clock', '7:periodic_update:1', 'started_at', 'business_hours')).toEqual([null, true]);
    expect(Object.keys(rows.sla_clock ?? {}).filter((id) => /^(3|4|6):/.test(id))).toEqual([]);
  });

  it('gives policies in seconds, whom they are for, and hours in the zone that is meant', () => {
    expect(pick('sla_target', '81 first_reply any', 'target_s', 'business_hours')).toEqual([7200, true]);
    expect(pick('sla_target', '82 periodic_update any', 'target_s')).toEqual([14_400]);
    expect(Object.keys(rows.sla_target ?? {}).length).toBe(3);
    expect(pick('sla_policy', '81', 'calendar_id', 'condition_terms', 'unread_conditions')).toEqual([
      '1',
      ['org:vip=true', 'priority:2'],
      0,
    ]);
    expect(pick('sla_policy', '82', 'condition_terms')).toEqual([['!status:closed']]);
    // Monday 9 to 17, Tuesday 8 to 12 and 13 to midnight, in minutes from Sunday.
    expect(pick('calendar', `1 ${new Date(0)}`, 'time_zone', 'weekly', 'holidays', 'is_default')).toEqual([
      'Europe/Berlin',
      [
        { start_minute: 1440 + 540, end_minute: 1440 + 1020 },
        { start_minute: 2 * 1440 + 480, end_minute: 2 * 1440 + 720 },
        { start_minute: 2 * 1440 + 780, end_minute: 3 * 1440 },
      ],
      [{ from: '2026-05-01', to: '2026-05-01' }],
      true,
    ]);
  });

  it('reads rules, and counts what it does not understand', () => {
    const rule = (key: string) =>
      pick('automation', key, 'condition_terms', 'unread_conditions', 'action_terms', 'unread_actions');
    expect(rule('trigger 701')).toEqual([
      ['actor', 'channel:email', 'channel:voice', 'channel:web', 'created'],
      0,
      ['notify:requester', 'priority:2', `promise:${8 * 3600}`, 'promise_in:business_hours'],
      0,
    ]);
    expect(pick('automation', 'trigger 701', 'active', 'vendor_default', 'actions')).toEqual([
      true,
      true,
      ['notify_requester', 'set_priority'],
    ]);
    // Not understood: what a block denies, and an attribute that the desk does not have; what the AI does.
    expect(rule('trigger 702')).toEqual([
      ['!assignee:*', 'org:plan=gold', 'tag:escalated', 'tag:tag:11:99'],
      2,
      ['group:2', 'notify:target', 'tag:escalated'],
      1,
    ]);
    expect(pick('automation', 'trigger 702', 'active', 'actions')).toEqual([false, ['escalate', 'notify_target']]);
    expect(rule('automation job:701')).toEqual([
      ['!field:cause=bug', 'status:hold', 'status:pending', 'time:pending'],
      0,
      ['comment', 'notify:agent', 'status:closed'],
      0,
    ]);
    expect(pick('automation', 'automation job:701', 'last_fired_at', 'condition_fields')).toEqual([
      new Date('2026-03-06T08:00:00Z'),
      ['cause', 'status', 'time'],
    ]);
    expect(rule('macro macro:701')).toEqual([null, null, ['assignee:self', 'status:closed'], 0]);
    expect(rule('routing filter:13')).toEqual([['recipient'], 0, ['group:1', 'priority:2'], 1]);
    expect(rule('view overview:1').slice(0, 2)).toEqual([
      ['!assignee:*', 'by:priority', 'by:sla_breach', 'status:new', 'status:open'],
      0,
    ]);
  });

  it('tells what is asked for on the portal, and what before closing', () => {
    expect(pick('automation', 'form portal', 'condition_fields', 'required_fields')).toEqual([
      ['product', 'title', 'topic'],
      ['product'],
    ]);
    expect(pick('automation', 'form workflow:9', 'required_fields', 'required_to_solve')).toEqual([[], ['cause']]);
    expect(pick('automation', 'form workflow:10', 'required_fields', 'condition_terms')).toEqual([
      ['product'],
      ['group:1'],
    ]);
    expect(rows.automation?.['form workflow:11']).toBeUndefined();
    expect(pick('automation', 'field cause', 'condition_terms')).toEqual([['holds:code', 'role:cause']]);
    expect(pick('automation', 'field urgent', 'condition_terms')).toEqual([['holds:checkbox']]);
  });

  it('gives people, answers, customers and tools', () => {
    expect(Object.keys(rows.agent ?? {}).sort()).toEqual(['3', '4', '5']);
    expect(pick('agent', '3', 'role', 'human', 'department')).toEqual(['admin', true, 'support']);
    expect(pick('agent', '5', 'role', 'human', 'active')).toEqual(['integration', false, false]);
    // Reading along makes nobody a member; the role Agent gives everybody group 1.
    expect(Object.keys(rows.membership ?? {}).sort()).toEqual(['3 1', '3 2', '4 1', '5 1']);
    expect(pick('team', '2', 'purpose', 'tier')).toEqual(['escalation', 2]);
    const shown = (id: string) => pick('article', id, 'published', 'public', 'author_id', 'editor_id', 'category');
    expect(shown('901')).toEqual([true, true, '3', '4', '7']);
    expect(pick('article', '901', 'edited_at')).toEqual([new Date('2026-01-15T00:00:00Z')]);
    expect(shown('902').slice(0, 2)).toEqual([true, false]);
    // Planned for later, and archived.
    expect(shown('903').slice(0, 2)).toEqual([false, false]);
    expect(shown('904').slice(0, 2)).toEqual([false, false]);
    expect(pick('organisation', '70', 'tier', 'tier_rank', 'terms')).toEqual([
      'gold',
      2,
      ['org:plan=gold', 'org:vip=true'],
    ]);
    expect(pick('organisation', '72', 'tier', 'terms')).toEqual(['basic', ['org:plan=basic']]);
    expect(pick('integration', 'webhook:1', 'class', 'active')).toEqual(['collaboration', true]);
    expect(pick('integration', 'webhook:2', 'class', 'active')).toEqual(['other', false]);
    expect(pick('link', '1:child:3', 'kind', 'target_key')).toEqual(['related', '3']);
    expect(pick('link', '1:issue:0', 'kind', 'system', 'linked_at')).toEqual(['issue', 'github', null]);
    expect(pick('link', '503:issue:0', 'system', 'linked_at')).toEqual(['jira', new Date('2026-03-02T09:40:00Z')]);
  });

  it('says what it shows and why not', () => {
    expect(shows('tickets')).toMatchObject({ status: 'available', detail: null });
    expect(shows('events')).toMatchObject({ status: 'available' });
    expect(shows('csat')).toMatchObject({
      status: 'absent',
      detail: expect.stringContaining('no satisfaction surveys'),
    });
  });
});

describe('a Zammad that shows less', () => {
  it('knows the states of every installation without their list', async () => {
    const { rows, shows } = await syncWith({}, ['states', 'priorities', 'attributes']);
    expect(rows.ticket?.['1']).toMatchObject({ status: 'closed', vendor_status: null, priority_rank: null });
    expect(rows.ticket?.['1']).toMatchObject({ product: null, filled_fields: null });
    for (const field of ['product', 'category', 'severity', 'cause_code', 'filled_fields'])
      expect(shows('tickets')?.fields).not.toContain(field);
    expect(rows.organisation?.['70']).toMatchObject({ tier: null, tier_rank: null, terms: null });
  });

  it('does not tell people apart by a list that it may not see', async () => {
    const { rows } = await syncWith({}, ['users']);
    expect(rows.ticket?.['2']).toMatchObject({ created_by: null, requester_is_agent: null });
    // Whoever asks may be of the desk.
    expect(rows.ticket?.['1']).toMatchObject({ created_by: null });
    // The side that an article came from is stated by the article itself.
    expect(rows.message?.['502']).toMatchObject({ author: 'agent', author_id: '3' });
    const taken = Object.values(rows.event ?? {}).find((one) => one.kind === 'assignee' && one.initial === false);
    expect(taken).toMatchObject({ actor: null, actor_id: null });
  });

  it('gives no due time of which nobody would tell that the clock stopped', async () => {
    const { rows } = await syncWith({}, ['slas']);
    expect(rows.sla_clock?.['2:first_reply:1']).toMatchObject({ breach_at: null, met: null });
    expect(rows.sla_clock?.['1:first_reply:1']).toMatchObject({ met: true, target_s: 7200 });
    expect(rows.sla_clock?.['7:periodic_update:1']).toBeUndefined();
  });

  it('says how many groups it cannot look into', async () => {
    const store = memoryTelemetry();
    const { error } = await runVendor(zammadCase, {
      store,
      fault: (reply, seen) =>
        seen.route === 'me' ? { ...(reply as object), role_ids: [2], group_ids: {} } : undefined,
    });
    expect(error).toBeNull();
    const tickets = (await store.telemetry.observability()).find((one) => one.stream === 'tickets');
    expect(tickets?.detail).toContain('Tickets of 1 groups are not visible');
  });
});
