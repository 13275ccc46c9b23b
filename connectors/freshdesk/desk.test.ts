import { describe, expect, it } from 'vitest';
import { BIG } from '../../test/harness/freshdesk.ts';
import { freshdeskCase } from '../../test/harness/freshdesk-case.ts';
import { syncedDesk, syncWhole } from '../../test/harness/synced-desk.ts';

const syncWith = (settings = {}, without: readonly string[] = []) => syncWhole(freshdeskCase, { settings, without });

describe('the Freshdesk account of the tests', () => {
  const { rows, shows, pick } = syncedDesk(() => syncWith());

  it('gives tickets of all three lists with their category, rank and origin', () => {
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', BIG].sort());
    expect(pick('ticket', '1', 'status', 'priority_rank', 'vendor_priority', 'type', 'channel')).toEqual([
      'solved',
      1,
      'urgent',
      'incident',
      'email',
    ]);
    expect(pick('ticket', '1', 'product', 'category', 'severity', 'cause_code')).toEqual([
      '31',
      'billing',
      'high',
      'config',
    ]);
    expect(pick('ticket', '1', 'filled_fields', 'calendar_id')).toEqual([
      ['cf_area', 'cf_cause', 'cf_impact', 'priority', 'type'],
      '601',
    ]);
    expect(pick('ticket', '2', 'status', 'vendor_status', 'created_by', 'created_on_behalf')).toEqual([
      'pending',
      'Waiting on Customer',
      'agent',
      true,
    ]);
    expect(pick('ticket', '3', 'created_by', 'created_on_behalf')).toEqual(['agent', false]);
    // 8 is a status of the account's own: "With engineering".
    expect(pick('ticket', '4', 'status', 'type', 'requester_is_agent', 'channel')).toEqual([
      'hold',
      'other',
      true,
      'portal',
    ]);
    expect(pick('ticket', '8', 'deleted', 'spam')).toEqual([true, false]);
    expect(pick('ticket', '9', 'deleted', 'spam')).toEqual([false, true]);
  });

  it('tells who wrote what, and what customers can see', () => {
    const said = (id: string) => pick('message', id, 'author', 'author_id', 'public', 'auto_reply');
    expect(said('1:opening')).toEqual(['customer', null, true, false]);
    expect(said('501')).toEqual(['agent', '11', true, false]);
    expect(said('502')).toEqual(['agent', '12', false, false]);
    expect(said('503')).toEqual(['customer', null, true, false]);
    // The comment of a survey is no message, a forward is not for the customer, and the program is no person.
    expect(rows.message?.['504']).toBeUndefined();
    expect(said('505')).toEqual(['agent', '11', false, false]);
    expect(said('506')).toEqual(['machine', null, true, true]);
    expect(pick('message', '501', 'article_ids', 'seq')).toEqual([['801'], 1]);
    expect(pick('link', '501:issue:0', 'kind', 'system')).toEqual(['issue', 'jira']);
  });

  it('gives promises with their outcome where there is one', () => {
    const clock = (id: string) => pick('sla_clock', id, 'met', 'fulfilled_at');
    expect(clock('1:first_reply:1')).toEqual([true, new Date('2026-03-02T09:30:00Z')]);
    expect(clock('2:first_reply:1')).toEqual([false, null]);
    expect(clock('7:first_reply:1')).toEqual([null, null]);
    // First answered at 9 on the 3rd, due at 18 on the 2nd.
    expect(clock(`${BIG}:first_reply:1`)).toEqual([false, new Date('2026-03-03T09:00:00Z')]);
    expect(clock(`${BIG}:resolution:1`)).toEqual([true, new Date('2026-03-04T07:00:00Z')]);
    expect(rows.sla_clock?.['3:first_reply:1']).toBeUndefined();
  });

  it('gives policies in seconds, whom they are for, and hours in the zone that is meant', () => {
    expect(pick('sla_target', '401 next_reply 1', 'target_s', 'business_hours')).toEqual([3600, false]);
    expect(pick('sla_target', '401 resolution 4', 'target_s', 'business_hours')).toEqual([259_200, true]);
    expect(pick('sla_policy', '401', 'condition_fields', 'condition_terms', 'unread_conditions')).toEqual([
      ['organisation', 'type'],
      ['organisation:70', 'type:incident'],
      0,
    ]);
    expect(pick('automation', 'automation sla:401', 'condition_terms', 'action_terms')).toEqual([
      ['sla_breach'],
      ['notify:agent'],
    ]);
    expect(rows.automation?.['automation sla:402']).toBeUndefined();
    // Monday 8:00 to 17:00 and Saturday 10:00 to midnight, in minutes from Sunday.
    expect(pick('calendar', `601 ${new Date(0)}`, 'time_zone', 'weekly')).toEqual([
      'America/New_York',
      [
        { start_minute: 1440 + 480, end_minute: 1440 + 1020 },
        { start_minute: 6 * 1440 + 600, end_minute: 7 * 1440 },
      ],
    ]);
  });

  it('reads rules, and counts what it does not understand', () => {
    expect(pick('automation', 'trigger 701', 'condition_terms', 'actions', 'action_terms')).toEqual([
      ['priority:1'],
      ['escalate', 'notify_requester'],
      ['group:51', 'notify:requester'],
    ]);
    expect(pick('automation', 'trigger 702', 'condition_terms', 'unread_conditions', 'action_terms')).toEqual([
      ['text'],
      0,
      ['priority:1'],
    ]);
    expect(
      pick('automation', 'automation 703', 'condition_terms', 'unread_conditions', 'action_terms', 'unread_actions'),
    ).toEqual([['time:*'], 1, ['notify:group:51'], 1]);
    expect(pick('automation', 'trigger 704', 'condition_fields', 'condition_terms', 'action_terms')).toEqual([
      ['cause', 'tier'],
      ['!field:cf_cause=bug', 'org:account_tier=Premium'],
      ['notify:target', 'tag:escalated'],
    ]);
    expect(pick('automation', 'form portal', 'required_fields', 'required_to_solve')).toEqual([
      ['cf_area'],
      ['cf_cause'],
    ]);
    expect(pick('automation', 'field 303', 'condition_terms')).toEqual([['holds:code', 'role:cause']]);
  });

  it('gives people, articles, customers and answers', () => {
    expect(pick('agent', '11', 'role', 'human', 'department')).toEqual(['admin', true, 'support']);
    expect(pick('agent', '12', 'role')).toEqual(['light']);
    expect(pick('agent', '13', 'role', 'human', 'active')).toEqual(['integration', false, false]);
    expect(pick('team', '51', 'purpose', 'tier')).toEqual(['escalation', 2]);
    expect(pick('article', '821', 'published', 'public', 'category', 'promised_reply_s')).toEqual([
      true,
      true,
      '811',
      8 * 3600,
    ]);
    expect(pick('article', '822', 'published')).toEqual([false]);
    // Folder 812 is for agents, 813 hangs below 811.
    expect(pick('article', '8120', 'public')).toEqual([false]);
    expect(pick('article', '8130', 'category')).toEqual(['813']);
    expect(pick('article', '8130', 'helpful_votes', 'unhelpful_votes', 'views_total')).toEqual([3, 1, 40]);
    expect(pick('organisation', '70', 'tier', 'tier_rank', 'has_contract', 'has_health')).toEqual([
      'Premium',
      1,
      true,
      true,
    ]);
    expect(pick('organisation', '70', 'renews_at', 'health_rank')).toEqual([new Date('2026-12-31T00:00:00Z'), 3]);
    expect(pick('organisation', '71', 'tier', 'has_contract', 'has_health')).toEqual([null, false, false]);
    expect(pick('organisation', '71', 'renews_at', 'health_rank')).toEqual([null, null]);
    expect(pick('csat', '951', 'score')).toEqual([1]);
    expect(pick('csat', '952', 'score')).toEqual([1 / 6]);
    expect(pick('csat', '953', 'score', 'offered_at')).toEqual([0.5, null]);
  });

  it('says what it shows and why not', () => {
    expect(shows('tickets')).toMatchObject({ status: 'available', detail: null, since: null });
    expect(shows('tickets')?.fields).toEqual(expect.arrayContaining(['category', 'severity', 'cause_code']));
    expect(shows('events')).toMatchObject({ status: 'absent', detail: expect.stringContaining('ticket activities') });
    expect(shows('csat')?.fields).not.toContain('offered_at');
  });
});

describe('a Freshdesk account that shows less', () => {
  it('lacks the fields that nobody has set up', async () => {
    const { shows, rows } = await syncWith({}, ['ticket_fields']);
    for (const field of ['category', 'severity', 'cause_code']) expect(shows('tickets')?.fields).not.toContain(field);
    expect(rows.ticket?.['1']?.category).toBeNull();
    expect(rows.ticket?.['4']?.status).toBe('open');
  });

  it('does not tell authors apart by a list that it may not see', async () => {
    const { rows } = await syncWith({}, ['agents']);
    expect(rows.ticket?.['7']?.requester_is_agent).toBeNull();
    expect(rows.ticket?.['7']?.created_by).toBeNull();
    // The side that a message came from is stated by the message itself.
    expect(rows.message?.['501']?.author).toBe('agent');
    expect(rows.message?.['503']?.author).toBe('customer');
  });
});
