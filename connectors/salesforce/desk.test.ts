import { describe, expect, it } from 'vitest';
import { FakeStatus } from '../../test/conformance/connector.ts';
import { runVendor } from '../../test/conformance/vendor-run.ts';
import { memoryTelemetry } from '../../test/harness/memory-telemetry.ts';
import type { DeskRows } from '../../test/harness/read-desk.ts';
import { BIG, id, LOST, type OrgOptions, opportunity, salesforceRoutes, WON } from '../../test/harness/salesforce.ts';
import { salesforceCase } from '../../test/harness/salesforce-case.ts';
import { syncedDesk, syncWhole } from '../../test/harness/synced-desk.ts';
import { longId } from './schema.ts';
import { Settings } from './settings.ts';
import { channelOf, rankOf, statusOf, wordsOf } from './words.ts';

const syncWith = (settings = {}, options: OrgOptions = {}) =>
  syncWhole(salesforceCase, { settings, routes: salesforceRoutes(options) });

const ticketId = (number: number) => id('500', number);
const [ANN, BOB, SYNC, CARL] = [1, 2, 3, 4].map((number) => id('005', number));
const [TIER1, TIER2] = [id('00G', 1), id('00G', 2)];
const minute = (text: string) => new Date(`2026-03-${text}:00Z`);

describe('the Salesforce org of the tests', () => {
  const { rows, shows, pick } = syncedDesk(() => syncWith());

  it('gives cases with their category, rank, origin and codes', () => {
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual([1, 2, 3, 4, 6, 7, 8, 9].map(ticketId).concat(BIG).sort());
    const first = ticketId(1);
    expect(pick('ticket', first, 'status', 'vendor_status', 'priority_rank', 'type', 'channel')).toEqual([
      'closed',
      'Closed',
      1,
      'incident',
      'email',
    ]);
    expect(pick('ticket', first, 'product', 'category', 'severity', 'cause_code', 'form', 'calendar_id')).toEqual([
      'Cloud',
      'Billing',
      'S1',
      'Bug',
      id('012', 1),
      id('01m', 1),
    ]);
    // Its owner is a person; the queue that it came to last stays responsible.
    expect(pick('ticket', first, 'assignee_id', 'group_id', 'problem_id', 'reported_closed_at')).toEqual([
      BOB,
      TIER2,
      ticketId(7),
      minute('02T12:00'),
    ]);
    expect(pick('ticket', ticketId(2), 'status', 'priority_rank', 'channel', 'group_id')).toEqual([
      'pending',
      2,
      'voice',
      TIER1,
    ]);
    expect(pick('ticket', ticketId(3), 'type', 'channel', 'form')).toEqual(['other', 'portal', null]);
    expect(pick('ticket', ticketId(4), 'status', 'channel', 'priority_rank', 'organisation_id')).toEqual([
      'hold',
      'api',
      null,
      null,
    ]);
    expect(pick('ticket', ticketId(7), 'channel', 'vendor_channel', 'group_id')).toEqual([
      'other',
      'Carrier pigeon',
      TIER2,
    ]);
  });

  it('tells who opened a case, whoever it was made in the name of', () => {
    const made = (key: string) => pick('ticket', key, 'created_by', 'created_on_behalf', 'requester_is_agent');
    expect(made(ticketId(1))).toEqual(['customer', false, false]);
    expect(made(ticketId(2))).toEqual(['agent', true, false]);
    expect(made(ticketId(3))).toEqual(['customer', false, false]);
    expect(made(ticketId(4))).toEqual(['machine', false, null]);
    // An employee wrote a mail.
    expect(made(BIG)).toEqual(['agent', false, true]);
    expect(made(ticketId(6))).toEqual(['agent', false, null]);
  });

  it('tells what was deleted, merged away and spam', () => {
    expect(pick('ticket', ticketId(8), 'deleted', 'spam', 'merged_into')).toEqual([true, true, null]);
    expect(pick('ticket', ticketId(9), 'deleted', 'spam', 'merged_into')).toEqual([false, false, ticketId(3)]);
  });

  it('gives the history of a case from its beginning', () => {
    const events = Object.values(rows.event ?? {})
      .filter((event) => event.ticket_id === ticketId(1))
      .sort((a, b) => Number(a.seq) - Number(b.seq))
      .map((event) => {
        const at = (event.at as Date).toISOString().slice(11, 16);
        const field = event.field === null ? '' : ` ${event.field}`;
        return `${at} ${event.kind}${field} ${event.from_value} > ${event.to_value} ${event.actor} ${event.actor_id}`;
      });
    expect(events).toEqual([
      '09:00 status null > new customer null',
      '09:00 priority null > 3 customer null',
      `09:00 group null > ${TIER1} customer null`,
      `09:05 assignee null > ${ANN} agent ${ANN}`,
      `09:10 status new > pending agent ${ANN}`,
      '09:30 status pending > open customer null',
      `10:00 group ${TIER1} > ${TIER2} automation null`,
      `10:00 assignee ${ANN} > null automation null`,
      '10:00 escalation null > field:IsEscalated=true automation null',
      '10:00 priority 3 > 1 automation null',
      '10:00 escalation null > field:IsEscalated=true automation null',
      `10:05 field Severity__c null > S1 agent ${BOB}`,
      `10:05 assignee null > ${BOB} agent ${BOB}`,
      `11:00 status open > closed agent ${BOB}`,
      '11:30 status closed > open customer null',
      `12:00 status open > closed agent ${BOB}`,
    ]);
  });

  it('tells who wrote what, and what customers can see', () => {
    const said = (key: string) => pick('message', key, 'author', 'author_id', 'public', 'auto_reply', 'channel');
    const mail = (number: number) => said(id('02s', number));
    expect(said(`${ticketId(1)}:opening`)).toEqual(['customer', null, true, false, 'email']);
    // The mail that made the case is its opening; the acknowledgement went out in the name of Ann.
    expect(rows.message?.[id('02s', 1)]).toBeUndefined();
    expect(mail(2)).toEqual(['machine', null, true, true, 'email']);
    expect(pick('message', id('02s', 2), 'promised_reply_s', 'promise_business_hours')).toEqual([8 * 3600, true]);
    expect(mail(3)).toEqual(['agent', ANN, true, false, 'email']);
    expect(pick('message', id('02s', 3), 'template_id', 'article_ids')).toEqual([
      id('00X', 1),
      [id('kA0', 1), id('kA0', 3)],
    ]);
    expect(mail(4)).toEqual(['customer', null, true, false, 'email']);
    // To a supplier, a draft, and a program.
    expect(mail(5)).toEqual(['agent', BOB, false, false, 'email']);
    expect(rows.message?.[id('02s', 6)]).toBeUndefined();
    expect(mail(7)).toEqual(['machine', null, true, true, 'email']);
    expect(said(id('00a', 1))).toEqual(['agent', BOB, false, false, null]);
    expect(said(id('00a', 2))).toEqual(['agent', BOB, true, false, null]);
    expect(said(id('00a', 3))).toEqual(['customer', null, true, false, null]);
    expect(said(id('0D5', 1))).toEqual(['customer', null, true, false, 'portal']);
    expect(said(id('0D7', 1))).toEqual(['agent', ANN, true, false, 'portal']);
    // It comes in a page of its own, as long lists inside a record do (jsforce pull request 1752, simple-salesforce issue 311).
    expect(said(id('0D7', 2))).toEqual(['customer', null, true, false, 'portal']);
    expect(said(id('0D5', 2))).toEqual(['agent', BOB, false, false, null]);
    expect(rows.message?.[id('0D5', 3)]).toBeUndefined();
    expect(said(id('0D1', 1))).toEqual(['agent', BOB, false, false, null]);
    expect(pick('message', id('0D1', 1), 'article_ids')).toEqual([[id('kA0', 1)]]);
  });

  it('gives milestones as clocks with their outcome where there is one', () => {
    const clock = (number: number) =>
      pick('sla_clock', id('555', number), 'metric', 'instance', 'target_s', 'met', 'breach_at', 'business_hours');
    expect(clock(1)).toEqual(['first_reply', 1, 3600, true, minute('02T10:00'), true]);
    expect(clock(2)).toEqual(['resolution', 1, 7200, false, minute('02T11:00'), true]);
    expect(pick('sla_clock', id('555', 2), 'paused_s', 'policy_id')).toEqual([1200, id('552', 1)]);
    expect([clock(3).slice(0, 2), clock(4).slice(0, 2)]).toEqual([
      ['next_reply', 1],
      ['next_reply', 2],
    ]);
    // The case is stopped: when the target runs out is not known.
    expect(clock(5)).toEqual(['resolution', 1, 3600, null, null, null]);
    expect(clock(6).slice(3, 4)).toEqual([false]);
    // A root cause analysis promises customers nothing.
    expect(rows.sla_clock?.[id('555', 7)]).toBeUndefined();
    expect(shows('sla_clocks')?.detail).toContain('1 milestone');
  });

  it('gives surveys that were offered, and answers in a field', () => {
    const survey = (key: string) => pick('csat', key, 'ticket_id', 'offered_at', 'answered_at', 'score');
    expect(survey(id('0Ki', 1))).toEqual([ticketId(1), minute('02T13:00'), minute('02T14:00'), 0.75]);
    expect(survey(id('0Ki', 2))).toEqual([ticketId(2), minute('03T13:00'), null, null]);
    expect(rows.csat?.[id('0Ki', 3)]).toBeUndefined();
    expect(survey(`${ticketId(1)}:field`)).toEqual([ticketId(1), null, minute('02T13:00'), 0.75]);
  });

  it('gives customers with tier, contract and health, and what policies are for whom', () => {
    expect(pick('organisation', id('001', 1), 'tier', 'tier_rank', 'has_contract', 'has_health', 'partner')).toEqual([
      'Premium',
      1,
      true,
      true,
      false,
    ]);
    expect(pick('organisation', id('001', 1), 'health_changed_at')).toEqual([minute('01T09:00')]);
    const facts = ['health_rank', 'renews_at', 'value_band', 'churned_at', 'expanded_at'];
    expect(pick('organisation', id('001', 1), ...facts)).toEqual([
      ...[1, new Date('2026-12-31T00:00:00Z'), 1, null, new Date('2026-01-15T00:00:00Z')],
    ]);
    expect(pick('organisation', id('001', 2), ...facts)).toEqual([null, null, null, new Date('2026-02-01'), null]);
    // It says none of these itself: its open renewal and the upgrade that it bought do.
    expect(pick('organisation', id('001', 3), ...facts)).toEqual([
      ...[null, new Date('2027-01-31T00:00:00Z'), null, null, new Date('2025-12-10T00:00:00Z')],
    ]);
    expect(pick('organisation', id('001', 1), 'terms')).toEqual([
      [
        'org:Health_Score__c=At risk',
        'org:Industry=Retail',
        `org:SlaProcess=${id('552', 1)}`,
        'org:Support_Tier__c=Premium',
        'org:Type=Customer',
      ].sort(),
    ]);
    expect(rows.organisation?.[id('001', 1)]?.domain_hash).toBe(
      `domain:${'customer.example'.length}:${'c'.charCodeAt(0)}`,
    );
    expect(pick('organisation', id('001', 2), 'tier_rank', 'has_contract', 'has_health', 'partner')).toEqual([
      4,
      false,
      false,
      true,
    ]);
    expect(pick('organisation', id('001', 3), 'tier', 'partner', 'domain_hash')).toEqual([null, null, null]);
    expect(pick('sla_policy', id('552', 1), 'active', 'condition_terms', 'calendar_id')).toEqual([
      true,
      [`org:SlaProcess=${id('552', 1)}`],
      id('01m', 1),
    ]);
    expect(Object.keys(rows.sla_policy ?? {})).toEqual([id('552', 1), id('552', 3)]);
  });

  it('gives people by what they do, and queues of cases with all who belong to them', () => {
    const person = (key = '') => pick('agent', key, 'role', 'department', 'human', 'active');
    expect(person(ANN)).toEqual(['admin', 'support', true, true]);
    expect(person(BOB)).toEqual(['agent', 'support', true, true]);
    expect(person(SYNC)).toEqual(['integration', null, false, false]);
    expect(person(CARL)).toEqual(['light', 'engineering', true, true]);
    expect(Object.keys(rows.agent ?? {})).toHaveLength(4);
    expect(pick('team', TIER1, 'purpose', 'tier')).toEqual(['support', 1]);
    expect(pick('team', TIER2, 'purpose', 'tier')).toEqual(['escalation', 2]);
    // Ann through a group, Bob through a role below the one that belongs to it; the queue of leads is none of ours.
    expect(Object.keys(rows.membership ?? {}).sort()).toEqual([`${ANN} ${TIER1}`, `${BOB} ${TIER2}`]);
    expect(rows.team).not.toHaveProperty(id('00G', 5));
  });

  it('gives hours in minutes of the week, articles, and what the desk has set up', () => {
    expect(pick('calendar', `${id('01m', 1)} ${new Date(0)}`, 'time_zone', 'weekly', 'is_default')).toEqual([
      'America/New_York',
      [
        { start_minute: 1440 + 480, end_minute: 1440 + 1020 },
        { start_minute: 6 * 1440, end_minute: 7 * 1440 },
      ],
      true,
    ]);
    expect(pick('calendar', `${id('01m', 2)} ${new Date(0)}`, 'weekly')).toEqual([
      [{ start_minute: 2 * 1440 + 1080, end_minute: 3 * 1440 }],
    ]);
    const article = (number: number) => pick('article', id('kA0', number), 'published', 'public', 'from_ticket_id');
    expect(article(1)).toEqual([true, true, ticketId(1)]);
    expect(article(2)).toEqual([false, false, null]);
    expect(article(3)).toEqual([true, false, null]);
    expect(pick('article', id('kA0', 1), 'edited_at')).toEqual([new Date('2026-01-14T00:00:00Z')]);
    expect(pick('automation', 'field Severity__c', 'condition_terms')).toEqual([['holds:code', 'role:severity']]);
    expect(pick('automation', 'field Required_Area__c', 'required_fields')).toEqual([['Required_Area__c']]);
    const kinds = Object.keys(rows.automation ?? {}).filter((key) => / (?:300|01Q|0JZ|574|00X|012)/.test(key));
    expect(kinds.map((key) => key.split(' ')[0]).sort()).toEqual(
      ['automation', 'form', 'macro', 'macro', 'macro', 'routing', 'trigger'].sort(),
    );
    expect(pick('integration', id('0A3', 1), 'class')).toEqual(['issue_tracker']);
    expect(pick('integration', id('0A3', 2), 'class')).toEqual(['other']);
  });

  it('gives what cases belong to, and talks with a bot', () => {
    const link = (key: string) => pick('link', key, 'kind', 'system', 'target_key');
    expect(link(`${ticketId(1)}:parent`)).toEqual(['problem', null, ticketId(7)]);
    expect(link(`${ticketId(1)}:Jira_Key__c`)).toEqual(['issue', 'jira', `reference:7:${'C'.charCodeAt(0)}`]);
    expect([1, 2, 3].map((number) => link(id('0cr', number))[0])).toEqual(['incident', 'problem', 'related']);
    expect(link(`${id('02s', 4)}:issue:0`).slice(0, 2)).toEqual(['issue', 'github']);
    // The cases were made at nine, when these people talked already.
    const talk = (key: string) => pick('message', key, 'ticket_id', 'author_id', 'channel', 'at');
    expect(talk(id('570', 1))).toEqual([ticketId(6), ANN, 'chat', minute('02T09:00')]);
    expect(rows.message?.[id('570', 2)]).toBeUndefined();
    expect(talk(id('0LQ', 1))).toEqual([ticketId(2), BOB, 'voice', minute('02T09:00')]);
    expect(rows.message?.[id('0LQ', 2)]).toBeUndefined();
    expect(talk(id('0Mw', 3))).toEqual([ticketId(6), CARL, 'messaging', minute('02T09:00')]);
    expect(Object.keys(rows.bot_session ?? {})).toEqual([id('0Mw', 1), id('0Mw', 2)]);
    expect(pick('bot_session', id('0Mw', 1), 'handed_over', 'ticket_id')).toEqual([false, null]);
    expect(pick('bot_session', id('0Mw', 2), 'handed_over', 'ticket_id')).toEqual([true, ticketId(6)]);
  });

  it('says what it shows and why not', () => {
    expect(shows('tickets')).toMatchObject({ status: 'available', detail: null });
    expect(shows('events')?.fields).toEqual(expect.arrayContaining(['status', 'group', 'priority', 'field', 'actor']));
    expect(shows('article_views')).toMatchObject({ status: 'absent' });
  });
});

describe('a Salesforce org that shows less', () => {
  it('has no milestones, surveys and entitlements, and that is no permission', async () => {
    const without = [
      ...['CaseMilestone', 'MilestoneType', 'SlaProcess', 'Entitlement', 'SurveyInvitation', 'MessagingSession'],
      ...['CaseRelatedIssue', 'KnowledgeArticleVersion', 'EmailMessage'],
    ];
    const { shows, rows } = await syncWith({ satisfaction: {} }, { without });
    for (const stream of ['sla_clocks', 'sla_policies', 'csat', 'bot_sessions', 'articles'])
      expect([stream, shows(stream)?.status]).toEqual([stream, 'absent']);
    expect(shows('tickets')?.status).toBe('available');
    expect(shows('messages')?.status).toBe('available');
    // A renewal is filled in, or is not: the field is there.
    expect(rows.organisation?.[id('001', 1)]?.has_contract).toBe(true);
    expect(rows.organisation?.[id('001', 2)]?.has_contract).toBe(false);
  });

  it('keeps no history of fields: status and owner come from the states of cases', async () => {
    const { shows, rows } = await syncWith({}, { tracked: ['Severity__c'] });
    const events = Object.values(rows.event ?? {})
      .filter((event) => event.ticket_id === ticketId(2))
      .sort((a, b) => Number(a.seq) - Number(b.seq))
      .map((event) => [event.kind, event.from_value, event.to_value, event.initial]);
    expect(events).toEqual([
      ['status', null, 'new', true],
      ['group', null, TIER1, true],
      ['assignee', null, BOB, false],
      ['status', 'new', 'pending', false],
    ]);
    expect(shows('events')?.fields).toEqual(expect.arrayContaining(['status', 'assignee']));
    expect(shows('events')?.fields).not.toContain('priority');
    expect(shows('tickets')?.detail).toContain('Set History Tracking');
  });

  it('leaves out fields that the user may not see, and what rests on them is unknown', async () => {
    const { rows, shows } = await syncWith({}, { hidden: ['SuppliedEmail', 'ContactEmail', 'IsStopped', 'Priority'] });
    expect(shows('tickets')?.status).toBe('available');
    expect(rows.ticket?.[ticketId(1)]).toMatchObject({
      created_by: null,
      requester_is_agent: null,
      priority_rank: null,
    });
    expect(rows.ticket?.[ticketId(2)]?.created_by).toBe('agent');
    expect(rows.sla_clock?.[id('555', 1)]?.met).toBe(true);
    expect(rows.message?.[id('02s', 3)]).toMatchObject({ author: 'agent', public: true });
  });

  it('does not tell which fields it keeps changes of: what never changed has no known beginning', async () => {
    const { rows } = await syncWith({}, { without: ['FieldDefinition', 'CaseHistory2'] });
    const born = (number: number) =>
      Object.values(rows.event ?? {}).filter((event) => event.ticket_id === ticketId(number) && event.initial === true);
    expect(born(1).map((event) => event.kind)).toEqual(['status', 'priority', 'group']);
    // Its status changed, its priority did not.
    expect(born(2).map((event) => event.kind)).toEqual(['status', 'group']);
    expect(born(7)).toEqual([]);
  });

  it('shows feeds of cases to users with wider rights only', async () => {
    const store = memoryTelemetry();
    const { error, result } = await runVendor(salesforceCase, {
      store,
      fault: (_reply, { route }) =>
        route === 'CaseFeed' ? new FakeStatus(400, [{ message: 'x', errorCode: 'MALFORMED_QUERY' }]) : undefined,
    });
    expect(error ?? result?.error ?? null).toBeNull();
    expect(result?.streams.find((one) => one.stream === 'posts')?.status).toBe('permission');
  });

  it('is read where it describes nothing', async () => {
    const store = memoryTelemetry();
    const routes = salesforceRoutes().filter((route) => route.name !== 'describe');
    const { error, result } = await runVendor(salesforceCase, { store, routes });
    expect(error ?? result?.error ?? null).toBeNull();
    const rows = store.all() as DeskRows;
    expect(rows.ticket?.[ticketId(1)]).toMatchObject({ status: 'closed', created_by: 'customer', severity: null });
    expect(rows.message?.[id('02s', 3)]?.author).toBe('agent');
    expect(rows.sla_clock?.[id('555', 1)]?.met).toBe(true);
  });

  it('says that cases of others are hidden', async () => {
    const { shows } = await syncWith({}, { seesAll: false });
    expect(shows('tickets')?.detail).toContain('View All');
  });

  it('is a source of customers beside the desk of another vendor', async () => {
    const { shows, rows, requests } = await syncWith({ reads: 'customers' });
    expect(Object.entries(rows).flatMap(([table, of]) => (Object.keys(of).length > 0 ? [table] : []))).toEqual([
      'organisation',
    ]);
    expect(shows('organisations')).toMatchObject({ status: 'available', rows: 3 });
    expect(shows('tickets')).toMatchObject({ status: 'absent', detail: expect.stringContaining('customers only') });
    expect(new Set(requests.map((one) => one.route))).toEqual(
      new Set(['root', 'describe', 'Entitlement', 'Opportunity', 'Account', 'AccountHistory', 'FieldDefinition']),
    );
  });
});

describe('opportunities of an org', () => {
  const third = id('001', 3);
  const datesOf = async (options: OrgOptions, settings: Record<string, unknown> = {}) => {
    const read = await syncWith({ reads: 'customers', ...settings }, options);
    const { renews_at, churned_at, expanded_at } = read.rows.organisation?.[third] ?? {};
    return { ...read, told: [renews_at, churned_at, expanded_at] };
  };
  const day = (text: string) => new Date(`${text}T00:00:00Z`);
  const renewal = { RecordTypeId: id('012', 8) };

  it('tell who left: its last renewal was lost, and nothing was sold since', async () => {
    const lost = opportunity(1, 3, '2026-02-10', { ...LOST, ...renewal });
    const before = opportunity(2, 3, '2025-02-10', { ...WON, ...renewal });
    expect((await datesOf({ opportunities: [lost, before] })).told).toEqual([null, day('2026-02-10'), null]);
    const back = opportunity(3, 3, '2026-03-01', { ...WON, Type: 'New Customer' });
    expect((await datesOf({ opportunities: [lost, before, back] })).told).toEqual([null, null, null]);
  });

  it('tell no renewal where nothing says which are renewals, and no growth but upgrades', async () => {
    const sales = [
      opportunity(1, 3, '2027-01-31', {}),
      opportunity(2, 3, '2026-01-31', { ...LOST, Type: 'Existing Customer - Replacement' }),
      opportunity(3, 3, '2026-02-10', { ...WON, Type: 'Existing Customer - Upgrade' }),
    ];
    const { told, result } = await datesOf({ opportunities: sales, saleTypes: ['Canary'] });
    expect(told).toEqual([null, null, day('2026-02-10')]);
    const stream = result?.streams.find((one) => one.stream === 'opportunities');
    expect(stream?.status).toBe('read');
  });

  it('are told apart by the field that settings name', async () => {
    const sales = [opportunity(1, 3, '2027-01-31', { StageName: 'Renewal at risk' })];
    const named = { opportunityFields: { kind: 'StageName' } };
    expect((await datesOf({ opportunities: sales, saleTypes: [] }, named)).told).toEqual([
      day('2027-01-31'),
      null,
      null,
    ]);
  });

  it('that may not be read hide no account, and nothing stands in for them', async () => {
    const store = memoryTelemetry();
    const { error, result } = await runVendor(salesforceCase, {
      store,
      fault: (_reply, { route }) => (route === 'Opportunity' ? new FakeStatus(403, []) : undefined),
    });
    expect(error ?? result?.error ?? null).toBeNull();
    const { organisation = {} } = store.all() as DeskRows;
    expect(Object.keys(organisation)).toHaveLength(3);
    expect(organisation[third]).toMatchObject({ renews_at: null, churned_at: null, expanded_at: null });
    expect(organisation[id('001', 1)]?.renews_at).toEqual(day('2026-12-31'));
    expect(result?.streams.find((one) => one.stream === 'opportunities')?.status).toBe('permission');
    const seen = (await store.telemetry.observability()).find((one) => one.stream === 'organisations');
    expect(seen?.detail).toContain('Read and View All on opportunities');
  });

  it('are no part of an org without them: that is no permission', async () => {
    const { told, shows, result } = await datesOf({ without: ['Opportunity'] });
    expect(told).toEqual([null, null, null]);
    expect(shows('organisations')?.detail ?? '').not.toContain('pportunit');
    expect(result?.streams.find((one) => one.stream === 'opportunities')?.status).toBe('absent');
  });

  it('bring their account anew when they change, though it does not', async () => {
    const store = memoryTelemetry();
    const open = opportunity(1, 3, '2027-01-31', renewal);
    const sync = (sale: Record<string, unknown>, now: string) =>
      runVendor(salesforceCase, { store, now: new Date(now), routes: salesforceRoutes({ opportunities: [sale] }) });
    const renews = () => (store.all() as DeskRows).organisation?.[third]?.renews_at;
    await sync(open, '2026-03-07T12:00:00Z');
    expect(renews()).toEqual(day('2027-01-31'));
    const later = { ...open, SystemModstamp: '2026-03-09T00:00:00.000+0000' };
    await sync({ ...later, CloseDate: '2027-03-31' }, '2026-03-10T12:00:00Z');
    expect(renews()).toEqual(day('2027-03-31'));
    // In the recycle bin it tells nothing any more.
    await sync({ ...later, IsDeleted: true, SystemModstamp: '2026-03-11T00:00:00.000+0000' }, '2026-03-12T12:00:00Z');
    expect(renews()).toBeNull();
  });
});

describe('health in numbers', () => {
  const first = async (field: Record<string, unknown>, value: unknown, settings: Record<string, unknown> = {}) => {
    const { rows, shows } = await syncWith({ reads: 'customers', ...settings }, { health: { field, value } });
    const { has_health, health_rank } = rows.organisation?.[id('001', 1)] ?? {};
    const seen = shows('organisations');
    return [
      has_health,
      health_rank,
      seen?.fields.includes('health_rank'),
      seen?.detail?.includes('healthScale') ?? false,
    ];
  };

  it.each([
    // A number alone is there, and says nothing else.
    [{ type: 'double' }, 20, {}, [true, null, false, true]],
    [{ type: 'percent' }, 20, {}, [true, 1, true, false]],
    [{ type: 'double', inlineHelpText: 'From 0 to 10' }, 8, {}, [true, 3, true, false]],
    [{ type: 'double', label: 'Health (1-5)' }, 3, {}, [true, 2, true, false]],
    // What is off the scale is of another one.
    [{ type: 'double', inlineHelpText: 'From 0 to 10' }, 80, {}, [true, null, true, false]],
    [{ type: 'double' }, 45, { healthScale: { worst: 0, best: 100, risk: 50, well: 75 } }, [true, 1, true, false]],
    // A formula that gives words.
    [{ type: 'string', calculated: true }, 'Green', {}, [true, 3, true, false]],
  ])('%j with %s and %j: %j', async (field, value, settings, expected) => {
    expect(await first(field, value, settings)).toEqual(expected);
  });
});

describe('words of an org', () => {
  const settings = Settings.parse({ url: 'acme', statuses: { Parked: 'hold' }, priorities: { Rot: 1 } });
  const words = wordsOf(settings);

  it.each([
    ['Critical', 1],
    ['HIGH', 2],
    ['P3', 3],
    ['Sev 1', 1],
    ['5 - Low', 4],
    ['1 - Low', 4],
    ['Priority 2', 2],
    ['Rot', 1],
    ['24x7', null],
    ['Someday', null],
  ])('priority %s is rank %s', (word, rank) => {
    expect(rankOf(word, words)).toBe(rank);
  });

  it.each([
    ['Closed', true, 'closed'],
    ['Resolved', true, 'solved'],
    ['Resolved', false, 'solved'],
    ['Closed', false, 'open'],
    ['Geschlossen', null, 'closed'],
    ['Waiting for Customer', false, 'pending'],
    ['With Engineering', false, 'hold'],
    ['Parked', false, 'hold'],
    ['New', false, 'new'],
    ['Escalated', false, 'open'],
  ])('status %s, closed: %s, is %s', (name, closed, category) => {
    expect(statusOf(name, closed, settings)).toBe(category);
  });

  it.each([
    ['Email-to-Case', 'email'],
    ['Web', 'web'],
    ['Live Chat', 'chat'],
    ['WhatsApp', 'messaging'],
    ['Partner Portal', 'portal'],
    ['Fax', 'other'],
    [null, null],
  ])('origin %s is %s', (origin, channel) => {
    expect(channelOf(origin)).toBe(channel);
  });

  it('knows the long form of a short id', () => {
    // The example of the vendor's own help.
    expect(longId('001A0000006Vm9r')).toBe('001A0000006Vm9rIAC');
    expect(longId('001A0000006Vm9rIAC')).toBe('001A0000006Vm9rIAC');
  });
});
