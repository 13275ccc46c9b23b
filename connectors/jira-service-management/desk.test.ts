import { describe, expect, it } from 'vitest';
import { FakeStatus } from '../../test/conformance/connector.ts';
import { namesOf } from '../../test/conformance/vendor-run.ts';
import { BIG } from '../../test/harness/jira-service-management.ts';
import { jiraCase } from '../../test/harness/jira-service-management-case.ts';
import { rowsOf, syncedDesk, syncWhole } from '../../test/harness/synced-desk.ts';

const syncWith = (settings = {}, without: readonly string[] = []) => syncWhole(jiraCase, { settings, without });

/** The site with the body of every reply of a route changed. */
// biome-ignore lint/suspicious/noExplicitAny: replies of the fake are of no type
const readChanged = (route: string, change: (body: any) => void) =>
  syncWhole(jiraCase, {
    fault(reply, seen) {
      if (seen.route !== route || typeof reply !== 'object' || reply === null) return undefined;
      const body = structuredClone(reply instanceof FakeStatus ? reply.body : reply);
      change(body);
      return new FakeStatus(200, body, reply instanceof FakeStatus ? reply.headers : {});
    },
  });

const at = (text: string) => new Date(text);

describe('the Jira site of the tests', () => {
  const { rows, requests, shows, pick } = syncedDesk(() => syncWith());
  const eventsOf = (id: string) => rowsOf(rows, 'event', id);
  const told = (id: string, initial: boolean) =>
    eventsOf(id)
      .filter((event) => event.initial === initial)
      .map((event) => [event.kind, event.from_value, event.to_value, event.actor]);

  it('gives the names by which a desk points to an issue', () => {
    const host = 'acme.atlassian.net/browse';
    expect(pick('ticket', '1001', 'reference_keys')).toEqual([
      namesOf(`https://${host}/SUP-1`, `${host}/sup-1`, 'SUP-1', 'sup-1'),
    ]);
  });

  it('gives requests with their category, rank, channel and codes', () => {
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual(['1001', '1002', '1003', '1004', '1006', '1007', BIG].sort());
    // 01:00 at -0800 is 09:00 UTC.
    expect(pick('ticket', '1001', 'created_at', 'status', 'vendor_status', 'reported_solved_at')).toEqual([
      at('2026-03-02T09:00:00Z'),
      'solved',
      'Resolved',
      at('2026-03-02T10:00:00Z'),
    ]);
    expect(pick('ticket', '1001', 'priority_rank', 'vendor_priority', 'type', 'channel', 'form')).toEqual([
      1,
      'Urgent',
      'incident',
      'portal',
      '21',
    ]);
    expect(pick('ticket', '1001', 'product', 'category', 'severity', 'cause_code', 'group_id', 'brand')).toEqual([
      'Cloud',
      'billing',
      'S1',
      'config',
      'g3',
      '11001',
    ]);
    // The fifth of five priorities is no lower than the lowest rank.
    expect(pick('ticket', '1004', 'priority_rank', 'type')).toEqual([4, 'problem']);
    expect(pick('ticket', '1002', 'status', 'channel')).toEqual(['pending', 'email']);
    expect(pick('ticket', '1007', 'status', 'organisation_id')).toEqual(['open', '70']);
    expect(pick('ticket', BIG, 'status')).toEqual(['closed']);
    expect(pick('ticket', '1006', 'priority_rank', 'form', 'group_id', 'organisation_id', 'requester_key')).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('tells who opened a request, and for whom', () => {
    const opened = (id: string) => pick('ticket', id, 'created_by', 'created_on_behalf', 'requester_is_agent');
    expect(opened('1001')).toEqual(['customer', false, false]);
    expect(opened('1003')).toEqual(['agent', true, false]);
    expect(opened('1004')).toEqual(['agent', false, true]);
    expect(opened('1006')).toEqual(['machine', false, null]);
  });

  it('tells who wrote what, and what customers can see', () => {
    const said = (id: string) => pick('message', id, 'seq', 'author', 'author_id', 'public', 'auto_reply');
    expect(said('1001:opening')).toEqual([0, 'customer', null, true, false]);
    expect(said('601')).toEqual([1, 'agent', '5b10:ann', true, false]);
    expect(said('602')).toEqual([2, 'agent', '5b10:bob', false, false]);
    expect(said('603')).toEqual([3, 'customer', null, true, false]);
    expect(said('604')).toEqual([4, 'machine', null, true, true]);
    // An account of the site that is no agent now and did not ask: a colleague of the requester, or an agent of former times.
    expect(said('605')).toEqual([5, null, null, true, false]);
    // Internal by its property alone, as Data Center writes it.
    expect(said('606')).toEqual([1, 'agent', '5b10:ann', false, false]);
    expect(pick('message', '601', 'article_ids')).toEqual([['801']]);
  });

  it('gives the values at creation and every change after them', () => {
    expect(told('1001', true)).toEqual([
      ['status', null, 'open', 'customer'],
      ['priority', null, '3', 'customer'],
      ['group', null, 'g2', 'customer'],
      ['field', null, 'Cloud', 'customer'],
      ['field', null, 'billing', 'customer'],
      ['field', null, 'config', 'customer'],
      ['tag', null, expect.stringMatching(/^tag:/), 'customer'],
    ]);
    const reference = 'reference:6:68';
    expect(told('1001', false)).toEqual([
      ['assignee', null, '5b10:ann', 'agent'],
      ['priority', '3', '1', 'automation'],
      ['tag', null, 'escalated', 'automation'],
      ['escalation', null, 'tag:escalated', 'automation'],
      ['field', null, 'S1', 'automation'],
      // Both statuses are open: the move between them is an escalation and no change of category.
      ['escalation', null, 'state:4', 'agent'],
      ['group', 'g2', 'g3', 'agent'],
      ['link', null, reference, 'agent'],
      ['status', 'open', 'solved', 'agent'],
      ['field', null, 'Done', 'agent'],
    ]);
    expect(eventsOf('1001').map((event) => event.seq)).toEqual(eventsOf('1001').map((_, i) => i));
  });

  it('asks for the whole history where less than all of it came with a request', () => {
    expect(requests.filter((one) => one.route === 'changelog').length).toBeGreaterThan(0);
    expect(told('1002', true)[0]).toEqual(['status', null, 'open', 'customer']);
    expect(told('1002', false)).toEqual([
      ['status', 'open', 'pending', 'agent'],
      ['status', 'pending', 'open', 'customer'],
      ['status', 'open', 'pending', 'system'],
    ]);
  });

  it('gives each cycle of an SLA with its outcome', () => {
    const clock = (id: string) => pick('sla_clock', id, 'metric', 'instance', 'target_s', 'fulfilled_at', 'met');
    expect(clock('1001:customfield_10030:1')).toEqual(['first_reply', 1, 14_400, at('2026-03-02T09:30:00Z'), true]);
    expect(clock('1001:customfield_10031:1')).toEqual(['resolution', 1, 3000, at('2026-03-02T10:00:00Z'), false]);
    expect(clock('1001:customfield_10031:2')).toEqual(['resolution', 2, 3000, null, null]);
    // Ran out and goes on: missed already.
    expect(clock('1002:customfield_10030:1')).toEqual(['first_reply', 1, 900, null, false]);
    expect(pick('sla_clock', '1001:customfield_10030:1', 'started_at', 'breach_at')).toEqual([
      at('2026-03-02T09:00:00Z'),
      at('2026-03-02T13:00:00Z'),
    ]);
    expect(shows('sla_clocks')?.detail).toContain('1 SLA field');
  });

  it('gives four of five stars as three quarters', () => {
    expect(pick('csat', '1001', 'score', 'scale', 'answered_at', 'offered_at')).toEqual([
      0.75,
      '1-5',
      at('2026-03-02T11:30:00Z'),
      null,
    ]);
    expect(Object.keys(rows.csat ?? {})).toEqual(['1001']);
  });

  it('tells issues of other teams from requests of the desk', () => {
    expect(pick('link', 'link:801:1001', 'kind', 'system', 'linked_at')).toEqual([
      'issue',
      'jira',
      at('2026-03-02T09:40:00Z'),
    ]);
    expect(pick('link', 'link:802:1001', 'kind', 'system')).toEqual(['problem', null]);
    // The comment names DEV-18 and SUP-2; the second is a request itself.
    expect(Object.keys(rows.link ?? {}).filter((id) => id.startsWith('601:'))).toEqual(['601:issue:0']);
  });

  it('gives agents, programs and teams', () => {
    expect(Object.keys(rows.agent ?? {}).sort()).toEqual(['5b10:ann', '5b10:bob', '5b10:rules']);
    expect(pick('agent', '5b10:ann', 'role', 'human', 'department')).toEqual(['agent', true, 'support']);
    expect(pick('agent', '5b10:rules', 'role', 'human')).toEqual(['integration', false]);
    expect(Object.keys(rows.team ?? {}).sort()).toEqual(['g2', 'g3']);
    expect(pick('team', 'g3', 'purpose', 'tier')).toEqual(['escalation', 2]);
    // Who is in the group and no agent is no member of the desk.
    expect(Object.keys(rows.membership ?? {}).sort()).toEqual(['5b10:ann g2', '5b10:bob g3']);
  });

  it('reads forms, fields and queues, and counts what it does not understand', () => {
    expect(pick('automation', 'form 21', 'condition_fields', 'required_fields')).toEqual([
      ['customfield_10040', 'customfield_10043', 'summary'],
      ['customfield_10040'],
    ]);
    expect(pick('automation', 'field customfield_10042', 'condition_terms')).toEqual([['holds:code', 'role:cause']]);
    const queue = (id: string) => pick('automation', `queue 1:${id}`, 'condition_terms', 'unread_conditions');
    expect(queue('31')).toEqual([
      ['!assignee:*', '!status:closed', '!status:solved', 'by:sla_breach', 'priority:1', 'priority:2'],
      0,
    ]);
    expect(queue('32')).toEqual([['!tag:escalated', 'organisation:70'], 1]);
    expect(queue('33')).toEqual([['by:time', 'field:customfield_10040=S1', 'time:*'], 1]);
  });

  it('says what it never shows, and who has it', () => {
    expect(shows('sla_policies')).toMatchObject({
      status: 'absent',
      detail: expect.stringContaining('Project settings'),
    });
    expect(shows('articles')).toMatchObject({ status: 'absent', detail: expect.stringContaining('Confluence') });
  });
});

describe('a Jira site that shows less', () => {
  it('does not tell authors apart without the groups of its agents', async () => {
    const { rows, shows } = await syncWith({}, ['groups']);
    expect(shows('agents')?.status).toBe('absent');
    expect(rows.message?.['601']?.author).toBeNull();
    // What the account itself says still stands, and only agents write internal comments.
    expect(rows.message?.['602']?.author).toBe('agent');
    expect(rows.message?.['603']?.author).toBe('customer');
    expect(rows.ticket?.['1001']?.requester_is_agent).toBeNull();
  });

  it('takes nobody for a customer while not all members of the groups of agents can be read', async () => {
    const { rows } = await readChanged('members', (body) => {
      for (const one of body.values) if (one.accountId === '5b10:ann') one.accountId = null;
    });
    expect(rows.ticket?.['1001']?.requester_is_agent).toBeNull();
    expect(rows.ticket?.['1004']).toMatchObject({ requester_is_agent: null, created_by: null });
    // What the account itself says still stands.
    expect(rows.message?.['603']?.author).toBe('customer');
  });

  it('believes no desk without agents', async () => {
    const { rows } = await readChanged('members', (body) => {
      Object.assign(body, { values: [], total: 0, isLast: true });
    });
    expect(rows.ticket?.['1004']).toMatchObject({ requester_is_agent: null, created_by: null });
  });

  it('does not know on whose behalf a request is whose reporter cannot be read', async () => {
    const { rows } = await readChanged('search', (body) => {
      for (const one of body.issues) one.fields.reporter = [{}];
    });
    expect(rows.ticket?.['1003']).toMatchObject({ created_by: 'agent', created_on_behalf: null });
  });

  it('tells no values at creation where a change does not say of which field it is', async () => {
    const { rows } = await readChanged('search', (body) => {
      for (const one of body.issues)
        for (const history of one.changelog?.histories ?? [])
          for (const item of history.items) {
            delete item.field;
            delete item.fieldId;
          }
    });
    expect(rowsOf(rows, 'event', '1001').filter(({ initial }) => initial)).toEqual([]);
  });

  it('lacks codes, SLAs and ratings when it may not see the fields', async () => {
    const { rows, shows } = await syncWith({}, ['field']);
    expect(shows('tickets')?.fields).not.toContain('severity');
    expect(shows('csat')?.fields ?? []).not.toContain('score');
    expect(rows.ticket?.['1001']?.severity).toBeNull();
    // The resolution stands in for a cause that no field holds; whether one does is not shown.
    expect(rows.ticket?.['1001']?.cause_code).toBeNull();
    expect(shows('tickets')).toMatchObject({ detail: expect.stringContaining('Fields of the site are not shown') });
  });

  it('reads nothing of projects that the settings do not name', async () => {
    const { rows, shows } = await syncWith({ projects: ['OTHER'] });
    expect(rows.ticket ?? {}).toEqual({});
    expect(shows('tickets')).toMatchObject({
      status: 'permission',
      detail: expect.stringContaining('setting projects'),
    });
  });

  it('takes meanings of statuses, priorities and SLAs from the settings', async () => {
    const { rows } = await syncWith({
      statuses: { '1': 'hold' },
      priorities: { '3': 2 },
      slas: { customfield_10030: 'next_reply' },
    });
    expect(rows.ticket?.['1007']).toMatchObject({ status: 'hold', priority_rank: 2 });
    expect(rows.sla_clock?.['1002:customfield_10030:1']?.metric).toBe('next_reply');
  });
});
