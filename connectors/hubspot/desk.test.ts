import { describe, expect, it } from 'vitest';
import { runVendor } from '../../test/conformance/vendor-run.ts';
import {
  type AccountOptions,
  BIG,
  BIG_COMPANY,
  deal,
  hubspotRoutes,
  hubspotTickets,
} from '../../test/harness/hubspot.ts';
import { hubspotCase } from '../../test/harness/hubspot-case.ts';
import { memoryTelemetry } from '../../test/harness/memory-telemetry.ts';
import type { DeskRows } from '../../test/harness/read-desk.ts';
import { rowsOf, syncedDesk, syncWhole } from '../../test/harness/synced-desk.ts';

const syncWith = (settings = {}, without: readonly string[] = [], options: AccountOptions = {}) =>
  syncWhole(hubspotCase, { settings, routes: hubspotRoutes(hubspotTickets(), options), without });

/** History of one ticket, in its order: kind, before, after, who. */
function storyOf(rows: DeskRows, ticket: string) {
  return rowsOf(rows, 'event', ticket).map((one) => [
    (one.at as Date).toISOString().slice(5, 16),
    one.field === null ? one.kind : `${one.kind} ${one.field}`,
    one.from_value,
    one.to_value,
    one.actor_id === null ? one.actor : `${one.actor} ${one.actor_id}`,
  ]);
}

describe('the HubSpot account of the tests', () => {
  const { rows, shows, pick } = syncedDesk(() => syncWith());

  it('gives tickets with their category, rank, origin and codes', () => {
    const all = ['101', '102', '103', '104', '106', '107', '108', '109', '110', '150', '151', BIG];
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual(all.sort());
    expect(pick('ticket', '101', 'status', 'vendor_status', 'priority_rank', 'channel', 'created_by')).toEqual([
      'closed',
      'Closed',
      1,
      'email',
      'customer',
    ]);
    // Own properties go by their labels; category and resolution are the vendor's.
    expect(pick('ticket', '101', 'product', 'category', 'severity', 'cause_code')).toEqual([
      'core',
      'BILLING_ISSUE',
      'high',
      'ISSUE_FIXED',
    ]);
    expect(pick('ticket', '101', 'assignee_id', 'group_id', 'organisation_id')).toEqual(['11', '51', BIG_COMPANY]);
    expect(pick('ticket', '101', 'tags', 'filled_fields')).toEqual([
      ['escalated'],
      [
        'acme_jira_issue_key',
        'customer_note',
        'escalated',
        'hs_resolution',
        'hs_ticket_category',
        'hs_ticket_priority',
        'impact',
        'product_line',
      ],
    ]);
    // 30 minutes, and 49 hours: from the 21st, 9:00 to the 23rd, 10:00.
    expect(pick('ticket', '101', 'reported_first_reply_calendar_s', 'reported_full_resolution_calendar_s')).toEqual([
      1800, 176_400,
    ]);
    expect(pick('ticket', '101', 'reported_full_resolution_business_s', 'reported_closed_at')).toEqual([
      57_600,
      new Date('2026-02-23T10:00:00Z'),
    ]);
  });

  it('tells who opened a ticket only where its record does', () => {
    const opened = (id: string) => pick('ticket', id, 'created_by', 'created_on_behalf', 'channel');
    expect(opened('102')).toEqual(['agent', true, 'voice']);
    expect(opened('103')).toEqual(['customer', null, 'web']);
    expect(opened('104')).toEqual(['agent', false, null]);
    // Made by an integration, for whom is not told; on WhatsApp.
    expect(opened(BIG)).toEqual([null, null, 'messaging']);
    expect(opened('106')).toEqual(['customer', null, 'chat']);
  });

  it('knows stages, and leaves unknown ones to what the vendor works out', () => {
    expect(pick('ticket', '102', 'status')).toEqual(['pending']);
    expect(pick('ticket', '106', 'status')).toEqual(['open']);
    expect(pick('ticket', '107', 'status')).toEqual(['hold']);
    expect(pick('ticket', '103', 'status')).toEqual(['new']);
    expect(pick('ticket', BIG, 'status', 'vendor_status')).toEqual(['open', '99999']);
  });

  it('flags what was deleted, merged, spam and sample', () => {
    expect(pick('ticket', '108', 'deleted', 'merged_into')).toEqual([true, null]);
    expect(pick('ticket', '150', 'deleted', 'merged_into', 'created_at')).toEqual([
      false,
      '101',
      new Date('2026-02-22T10:00:00Z'),
    ]);
    expect(pick('ticket', '151', 'merged_into')).toEqual(['101']);
    expect(pick('ticket', '106', 'spam')).toEqual([true]);
    expect(pick('ticket', '103', 'test', 'brand', 'form')).toEqual([true, '3', 'f0a1']);
  });

  it('tells the history of a ticket, and who made it', () => {
    expect(storyOf(rows, '101')).toEqual([
      // At birth: the stage New, a low priority and the severity.
      ['02-21T09:00', 'status', null, 'new', null],
      ['02-21T09:00', 'priority', null, '4', null],
      ['02-21T09:00', 'field hs_resolution', null, 'ISSUE_FIXED', null],
      ['02-21T09:00', 'field hs_ticket_category', null, 'BILLING_ISSUE', null],
      ['02-21T09:00', 'field impact', null, 'high', null],
      ['02-21T09:00', 'field product_line', null, 'core', null],
      // A workflow gave it to Bob; the team follows.
      ['02-21T09:05', 'assignee', null, '12', 'automation'],
      ['02-21T09:05', 'group', null, '50', 'automation'],
      ['02-21T09:30', 'status', 'new', 'pending', 'automation'],
      // Bob raised it and moved it to the pipeline of escalations.
      ['02-22T08:00', 'status', 'pending', 'hold', 'agent 12'],
      ['02-22T08:00', 'escalation', null, 'state:6', 'agent 12'],
      ['02-22T08:00', 'priority', '4', '1', 'agent 12'],
      ['02-22T08:00', 'assignee', '12', '11', 'agent 12'],
      ['02-22T08:00', 'tag', null, 'escalated', 'agent 12'],
      ['02-22T08:00', 'escalation', null, 'tag:escalated', 'agent 12'],
      ['02-22T08:00', 'field escalated', null, 'true', 'agent 12'],
      ['02-22T08:00', 'escalation', null, 'field:escalated=true', 'agent 12'],
      ['02-22T08:00', 'group', '50', '51', 'agent 12'],
      ['02-23T10:00', 'status', 'hold', 'closed', 'agent 11'],
    ]);
    expect(storyOf(rows, '150')).toEqual([['02-22T10:00', 'merge', null, '101', null]]);
    // A stage that the account no longer lists says nothing.
    expect(storyOf(rows, BIG)).toEqual([]);
  });

  it('tells who wrote what, and what customers can see', () => {
    const spoke = (id: string) => pick('message', id, 'author', 'author_id', 'public', 'auto_reply', 'seq');
    expect(spoke('m1')).toEqual(['customer', null, true, false, 0]);
    expect(spoke('m2')).toEqual(['machine', null, true, true, 1]);
    expect(pick('message', 'm2', 'promised_reply_s', 'promise_business_hours')).toEqual([4 * 3600, true]);
    expect(spoke('m3')).toEqual(['agent', '11', true, false, 2]);
    // It links to the article 821; the canary that all texts link to is none.
    expect(pick('message', 'm3', 'article_ids')).toEqual([['821']]);
    expect(pick('message', 'm7', 'article_ids')).toEqual([[]]);
    expect(spoke('m4')).toEqual(['agent', '12', false, false, 3]);
    // A change of the thread and a message that could not be sent are none.
    expect([rows.message?.m5, rows.message?.m6]).toEqual([undefined, undefined]);
    // A former owner, through an integration.
    expect([...spoke('m7'), ...pick('message', 'm7', 'through_api')]).toEqual(['agent', '14', true, false, 4, true]);
    expect(pick('message', 'm8', 'author', 'auto_reply', 'channel')).toEqual(['machine', true, 'chat']);
    expect(spoke('m9').slice(0, 3)).toEqual(['customer', null, true]);
    expect(spoke('m10').slice(0, 2)).toEqual(['machine', null]);
    // Owner 13 is a program by its name.
    expect(spoke('m11').slice(0, 2)).toEqual(['machine', null]);
    expect(rows.message?.['106:opening']).toBeUndefined();
  });

  it('reads logged mail and notes where there is no conversation', () => {
    const wrote = (id: string) => pick('message', id, 'author', 'author_id', 'public', 'channel', 'auto_reply');
    expect(wrote('102:opening')).toEqual(['agent', '11', true, 'voice', false]);
    expect(wrote('email:8001')).toEqual(['agent', '12', true, 'email', false]);
    expect(wrote('email:8002')).toEqual(['customer', null, true, 'email', false]);
    expect(wrote('email:8003')).toEqual(['agent', '11', false, 'email', false]);
    expect(rows.message?.['email:8004']).toBeUndefined();
    expect(wrote('email:8005')).toEqual(['machine', null, true, 'email', true]);
    expect(wrote('note:8101')).toEqual(['agent', '12', false, null, false]);
    // What the desk began has no other opening.
    expect(pick('message', 'email:8006', 'author', 'author_id', 'seq')).toEqual(['agent', '11', 0]);
    expect(rows.message?.['104:opening']).toBeUndefined();
    // Nobody knows the user 999: the note is still of the desk.
    expect(wrote('note:8102')).toEqual(['agent', 'user:999', false, null, false]);
  });

  it('gives promises with their outcome', () => {
    const clock = (id: string) => pick('sla_clock', id, 'met', 'fulfilled_at', 'policy_id');
    expect(clock('101:first_reply:1')).toEqual([true, new Date('2026-02-21T09:30:00Z'), '77']);
    expect(clock('101:resolution:1')).toEqual([false, new Date('2026-02-23T10:00:00Z'), '77']);
    expect(clock('102:first_reply:1')).toEqual([false, null, null]);
    expect(rows.sla_clock?.['103:first_reply:1']).toBeUndefined();
  });

  it('gives issues that texts and properties name', () => {
    expect(pick('link', 'm3:issue:0', 'ticket_id', 'kind', 'system')).toEqual(['101', 'issue', 'jira']);
    expect(pick('link', '101:issue:jira', 'kind', 'system', 'linked_at')).toEqual(['issue', 'jira', null]);
  });

  it('gives people and teams', () => {
    expect(pick('agent', '11', 'role', 'human', 'active')).toEqual(['admin', true, true]);
    expect(pick('agent', '12', 'role', 'department')).toEqual(['agent', 'support']);
    expect(pick('agent', '13', 'role', 'human')).toEqual(['integration', false]);
    expect(pick('agent', '14', 'role', 'active')).toEqual([null, false]);
    expect(pick('team', '50', 'purpose', 'tier')).toEqual(['support', 1]);
    expect(pick('team', '51', 'purpose')).toEqual(['escalation']);
  });

  it('gives customers with tier, contract, band of value, health and owner', () => {
    expect(pick('organisation', BIG_COMPANY, 'tier', 'tier_rank', 'partner')).toEqual(['Premium', 1, true]);
    expect(pick('organisation', BIG_COMPANY, 'has_contract', 'has_health', 'health_changed_at')).toEqual([
      true,
      true,
      // Red in December, green on the 10th of February; that it was set once more is no change.
      new Date('2026-02-10T00:00:00Z'),
    ]);
    expect(pick('organisation', BIG_COMPANY, 'terms')).toEqual([
      [
        'org:arr=100k-1m',
        'org:health_score=green',
        'org:hubspot_owner_id=12',
        'org:industry=RETAIL',
        'org:support_tier=Premium',
        'org:type=PARTNER',
      ],
    ]);
    const plain = pick('organisation', '702', 'tier', 'partner', 'has_contract', 'has_health', 'domain_hash');
    expect(plain).toEqual([null, false, true, false, null]);
    // The vendor's own renewal date is filled; nobody says whether it is a partner.
    expect(pick('organisation', '703', 'tier_rank', 'partner', 'has_contract')).toEqual([4, null, true]);
  });

  it('gives when contracts renew, how customers fare, and when they left or bought more', () => {
    const facts = ['health_rank', 'renews_at', 'value_band', 'churned_at', 'expanded_at'];
    expect(pick('organisation', BIG_COMPANY, ...facts)).toEqual([
      // Worth 120,000; 90,000 in January were less than before, and more again in February.
      ...[3, new Date('2026-12-31T00:00:00Z'), 3, null, new Date('2026-02-18T00:00:00Z')],
    ]);
    // It says nothing itself: its open renewal and what it bought more do.
    expect(pick('organisation', '702', ...facts)).toEqual([
      ...[null, new Date('2027-01-15T00:00:00Z'), null, null, new Date('2026-01-20T15:00:00Z')],
    ]);
    expect(pick('organisation', '703', ...facts)).toEqual([
      ...[1, new Date('2027-01-01T00:00:00Z'), null],
      ...[new Date('2026-02-27T00:00:00Z'), new Date('2025-11-03T00:00:00Z')],
    ]);
  });

  it('gives answers to surveys about tickets', () => {
    const answer = (id: string) => pick('csat', id, 'ticket_id', 'score', 'scale');
    // Two is the best of three faces, and the second of five steps.
    expect(answer('9501:101')).toEqual(['101', 1, '0-2']);
    expect(answer('9502:102')).toEqual(['102', 0.25, '1-5']);
    expect(answer('9503:103')).toEqual(['103', 0.5, '1-7']);
    // Loyalty is no satisfaction with a case, and an answer without a ticket is about none.
    expect(Object.keys(rows.csat ?? {})).toHaveLength(3);
  });

  it('reads workflows, and counts what it does not understand', () => {
    const facts = ['condition_terms', 'unread_conditions', 'actions', 'action_terms', 'unread_actions'];
    expect(pick('automation', 'trigger 301', ...facts)).toEqual([
      ['org:support_tier=Premium', 'priority:1', 'priority:2'],
      0,
      ['escalate', 'notify_agent', 'set_assignee'],
      ['assignee:11', 'group:51', 'notify:agent', 'status:hold'],
      0,
    ]);
    expect(pick('automation', 'trigger 303', ...facts, 'active')).toEqual([
      ['!field:product_line=core', 'changed:status', 'field:customer_note=*', 'sla_breach', 'status:closed', 'time:*'],
      0,
      ['notify_requester', 'notify_target'],
      ['notify:requester', 'notify:target'],
      1,
      false,
    ]);
    expect(rows.automation?.['trigger 302']).toBeUndefined();
    expect(pick('automation', 'form f0a1', 'required_fields', 'condition_fields')).toEqual([
      ['product_line'],
      ['content', 'impact', 'product_line'],
    ]);
    expect(rows.automation?.['form f0a2']).toBeUndefined();
    expect(pick('automation', 'field property:impact', 'condition_terms')).toEqual([['holds:code', 'role:severity']]);
  });

  it('gives published articles, and no other pages', () => {
    expect(pick('article', '821', 'published', 'public')).toEqual([true, true]);
    expect(pick('article', '822', 'public', 'category')).toEqual([false, null]);
    expect(rows.article?.['823']).toBeUndefined();
  });

  it('says what it shows and why not', () => {
    expect(shows('tickets')).toMatchObject({ status: 'available', detail: null });
    expect(shows('organisations')?.fields).toEqual(expect.arrayContaining(['tier', 'has_contract', 'has_health']));
    expect(shows('sla_policies')).toMatchObject({ status: 'absent', detail: expect.stringContaining('SLAs') });
  });
});

describe('a HubSpot account that is read whole', () => {
  it('is held against what its searches count', async () => {
    const { shows } = await syncWith({ since: undefined });
    expect(shows('tickets')?.reconciled_share).toBe(1);
    expect(shows('organisations')?.reconciled_share).toBe(1);
    expect(shows('tickets')?.since).toBeNull();
  });
});

describe('deals of a HubSpot account', () => {
  const lost = { pipeline: '55', dealstage: '553', closedate: '2026-02-10T09:00:00.000Z' };
  const won = { pipeline: 'default', dealstage: 'closedwon', dealtype: 'newbusiness' };
  const AT = '2026-03-02T00:00:00.000Z';
  const datesOf = async (deals: AccountOptions['deals'], settings: Record<string, unknown> = {}) => {
    const { rows } = await syncWith(settings, [], deals === undefined ? {} : { deals });
    const { renews_at, churned_at, expanded_at } = rows.organisation?.['702'] ?? {};
    return [renews_at, churned_at, expanded_at];
  };

  it('tell who left: the last renewal was lost, and nothing was sold since', async () => {
    expect(await datesOf([deal('6004', AT, lost)])).toEqual([null, new Date('2026-02-10T09:00:00Z'), null]);
    const back = deal('6005', AT, { ...won, closedate: '2026-03-01T09:00:00.000Z' });
    expect(await datesOf([deal('6004', AT, lost), back])).toEqual([null, null, null]);
  });

  it("are the primary company's, however many they are connected with", async () => {
    const { rows } = await syncWith();
    // 6003 hangs on 703 as well, whose last upsell is its own.
    expect(rows.organisation?.['703']?.expanded_at).toEqual(new Date('2025-11-03T00:00:00Z'));
    const { rows: without } = await syncWith({ companyFields: { expanded: 'support_tier' } });
    expect(without.organisation?.['703']?.expanded_at).toBeNull();
    expect(without.organisation?.['702']?.expanded_at).toEqual(new Date('2026-01-20T15:00:00Z'));
  });

  it('are told apart by the property that settings name', async () => {
    const renewal = deal('6005', AT, { sale_kind: 'Renewal', closedate: '1798675200000' });
    // An instant in milliseconds: midnight of the 31st of December.
    const property = { dealFields: { kind: 'sale_kind' } };
    expect(await datesOf([renewal], property)).toEqual([new Date('2026-12-31T00:00:00Z'), null, null]);
    expect(await datesOf([renewal])).toEqual([null, null, null]);
  });

  it.each(['deal_list', 'deal_batch', 'companies_deals', 'deals_companies', 'deal_pipelines', 'deal_properties'])(
    'hide no company where %s may not be read, and nothing stands in for them',
    async (route) => {
      const { rows, shows, result } = await syncWith({}, [route]);
      expect(Object.keys(rows.organisation ?? {})).toHaveLength(3);
      expect(rows.organisation?.['702']).toMatchObject({ renews_at: null, churned_at: null, expanded_at: null });
      expect(rows.organisation?.[BIG_COMPANY]?.renews_at).toEqual(new Date('2026-12-31T00:00:00Z'));
      expect(shows('organisations')).toMatchObject({
        status: 'available',
        detail: expect.stringContaining('crm.objects.deals.read'),
      });
      expect(result?.streams.find((one) => one.stream === 'deals')?.status).not.toBe('read');
    },
  );

  it('bring their company anew when they change, though it does not', async () => {
    const store = memoryTelemetry();
    const sync = (updated: string, closedate: string, now: string) =>
      runVendor(hubspotCase, {
        store,
        now: new Date(now),
        routes: hubspotRoutes(hubspotTickets(), {
          deals: [deal('6004', updated, { pipeline: '55', dealstage: '551', closedate })],
        }),
      });
    const renews = () => (store.all() as DeskRows).organisation?.['702']?.renews_at;
    await sync('2026-03-02T00:00:00.000Z', '2027-01-15T00:00:00.000Z', '2026-03-07T12:00:00Z');
    expect(renews()).toEqual(new Date('2027-01-15T00:00:00Z'));
    await sync('2026-03-09T00:00:00.000Z', '2027-03-15T00:00:00.000Z', '2026-03-10T12:00:00Z');
    expect(renews()).toEqual(new Date('2027-03-15T00:00:00Z'));
  });
});

describe('health in numbers', () => {
  it.each([
    // A number alone is there, and says nothing else; the vendor's own sentiment is words, and stands empty.
    [{ type: 'number' }, {}, [true, null, true]],
    [{ type: 'number', description: 'From 0 to 10, set by success' }, {}, [true, 3, false]],
    [{ type: 'number', label: 'Churn risk (0-10)' }, {}, [true, 1, false]],
    [{ type: 'number', numberDisplayHint: 'percentage' }, {}, [true, null, true]],
    [{ type: 'number' }, { healthScale: { worst: 0, best: 10, risk: 5, well: 8 } }, [true, 2, false]],
    // Off the scale of a probability.
    [{ type: 'number', numberDisplayHint: 'probability' }, {}, [true, null, false]],
  ])('seven of %j and %j: %j', async (property, settings, expected) => {
    const { rows, shows } = await syncWith(settings, [], { health: { property, value: '7' } });
    const { has_health, health_rank } = rows.organisation?.[BIG_COMPANY] ?? {};
    const told = shows('organisations')?.detail?.includes('healthScale') ?? false;
    expect([has_health, health_rank, told]).toEqual(expected);
  });
});

describe('a HubSpot account that shows less', () => {
  it('says nothing of conversations that it may not see', async () => {
    const { rows, shows } = await syncWith({}, ['threads', 'email_list', 'users', 'articles']);
    expect(Object.keys(rows.message ?? {})).toEqual([]);
    expect(shows('messages')?.fields).not.toContain('author');
    expect(shows('messages')?.fields).not.toContain('article_ids');
    expect(shows('tickets')?.detail).toContain('conversations.read and sales-email-read');
    expect(shows('agents')?.fields).not.toContain('role');
    expect(rows.agent?.['11']?.role).toBeNull();
  });

  it('reads the customers alone where the token may see nothing else', async () => {
    const crm = ['me', 'companies', 'company_batch', 'company_properties'];
    const others = hubspotRoutes()
      .map((route) => route.name)
      .filter((name) => !crm.includes(name));
    const { rows, shows } = await syncWith({}, others);
    expect(rows.organisation?.[BIG_COMPANY]?.tier).toBe('Premium');
    expect(shows('organisations')?.status).toBe('available');
    expect(shows('tickets')?.status).not.toBe('available');
  });

  it('reads tickets of the named pipelines alone, also those that were there once', async () => {
    const { rows } = await syncWith({ pipelines: ['900'] });
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual(['101', '107', '150', '151', BIG]);
  });
});
