import { describe, expect, it } from 'vitest';
import { FakeStatus } from '../../test/conformance/connector.ts';
import { runVendor } from '../../test/conformance/vendor-run.ts';
import { BIG, intercomConversations, intercomRoutes, part, unix } from '../../test/harness/intercom.ts';
import { intercomCase } from '../../test/harness/intercom-case.ts';
import { memoryTelemetry } from '../../test/harness/memory-telemetry.ts';
import type { DeskRows } from '../../test/harness/read-desk.ts';
import { rowsOf, syncedDesk, syncWhole } from '../../test/harness/synced-desk.ts';
import { Settings } from './settings.ts';

const syncWith = (routes = intercomRoutes(), settings = {}) => syncWhole(intercomCase, { routes, settings });

const at = (time: string) => new Date(`2026-02-22T${time}Z`);

describe('the Intercom workspace of the tests', () => {
  const { rows, requests, shows, pick } = syncedDesk(() => syncWith());
  /** Changes of one case in order, as `kind from>to actor`. */
  const history = (id: string) =>
    rowsOf(rows, 'event', id).map(
      (one) => `${one.kind} ${one.from_value}>${one.to_value} ${one.initial === true ? 'initial' : one.actor}`,
    );
  const said = (id: string) => rowsOf(rows, 'message', id);

  it('gives conversations and the tickets of the desk, each once', () => {
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual(['1', '2', '3', '4', '6', '7', '801', '802', BIG].sort());
    expect(pick('ticket', '1', 'status', 'priority_rank', 'vendor_priority', 'channel', 'created_by')).toEqual([
      'closed',
      2,
      'high',
      'chat',
      'customer',
    ]);
    expect(pick('ticket', '1', 'group_id', 'assignee_id', 'organisation_id', 'problem_id')).toEqual([
      '51',
      '11',
      '531ee472cce572a6ec000006',
      '801',
    ]);
    expect(pick('ticket', '1', 'product', 'category', 'severity', 'cause_code')).toEqual([
      'editor',
      'billing',
      'sev2',
      'config',
    ]);
    // The words of a free text are not kept, that it is filled is.
    expect(pick('ticket', '1', 'filled_fields')).toEqual([
      ['Module', 'Root cause', 'Severity', 'Topic', 'Words', 'priority'],
    ]);
    // 0 and null stand for nobody.
    expect(pick('ticket', '2', 'status', 'priority_rank', 'assignee_id', 'group_id')).toEqual([
      'pending',
      null,
      null,
      null,
    ]);
    expect(pick('ticket', '3', 'created_by')).toEqual(['agent']);
    expect(pick('ticket', '4', 'created_by', 'channel')).toEqual(['machine', 'messaging']);
    expect(pick('ticket', '6', 'created_by', 'channel', 'requester_key')).toEqual([null, null, null]);
    expect(pick('ticket', '7', 'status', 'channel')).toEqual(['pending', 'voice']);
    expect(pick('ticket', '801', 'type', 'status', 'requester_is_agent', 'form')).toEqual([
      'problem',
      'open',
      true,
      'ticket-type:100',
    ]);
    expect(pick('ticket', '802', 'type', 'created_by')).toEqual(['task', 'agent']);
  });

  it('keeps the figures of the vendor with their clock', () => {
    expect(pick('ticket', '1', 'reported_first_reply_at', 'reported_closed_at')).toEqual([
      at('09:30:00'),
      at('15:00:00'),
    ]);
    expect(pick('ticket', '1', 'reported_first_reply_business_s', 'reported_first_resolution_business_s')).toEqual([
      1800, 7200,
    ]);
    expect(pick('ticket', '1', 'reported_full_resolution_business_s', 'reported_reopens')).toEqual([21_600, 1]);
  });

  it('tells the history of a case, with the values before carried forward', () => {
    expect(history('1')).toEqual([
      'status null>open initial',
      'group null>50 automation',
      'sla null>null automation',
      'assignee null>11 agent',
      'sla null>null automation',
      'status open>closed agent',
      'status closed>open customer',
      'priority null>2 agent',
      expect.stringMatching(/^tag null>escalated agent$/),
      'escalation null>tag:escalated agent',
      expect.stringMatching(/^tag null>tag:/),
      expect.stringMatching(/^tag tag:\S+>null agent$/),
      'field bug>config agent',
      'group 50>51 agent',
      'status open>closed agent',
    ]);
    // What the desk sends out is closed until somebody answers; nothing changed, so it was so from the beginning.
    expect(history('3')).toEqual(['status null>closed initial', 'group null>50 initial', 'assignee null>11 initial']);
    expect(history('801')).toEqual([
      'status null>new initial',
      'group null>51 initial',
      'status new>open agent',
      'assignee null>11 agent',
    ]);
    // Of a customer ticket only the states; the first of the two changes nothing.
    expect(history('7')).toEqual(['status null>open initial', 'status open>pending automation']);
  });

  it('tells who wrote what, and what customers can see', () => {
    expect(said('1').map((one) => [one.author, one.author_id, one.public, one.auto_reply])).toEqual([
      ['customer', null, true, false],
      ['machine', null, true, true],
      ['agent', '11', true, false],
      ['agent', '11', false, false],
      // A closing with words is a reply, one without is none.
      ['agent', '11', true, false],
      ['customer', null, true, false],
    ]);
    const [, acknowledged, replied] = said('1');
    expect([acknowledged?.promised_reply_s, acknowledged?.promise_business_hours]).toEqual([4 * 3600, true]);
    expect([replied?.article_ids, replied?.channel, replied?.through_api]).toEqual([['821'], 'email', true]);
    // The answer of the AI agent in a teammate's name is a machine's, but no acknowledgement.
    expect(said('2').map((one) => [one.author, one.auto_reply])).toEqual([
      ['customer', false],
      ['machine', false],
    ]);
    expect(said('3').map((one) => [one.author, one.author_id])).toEqual([['agent', '11']]);
    expect(said('4').map((one) => one.author)).toEqual(['machine', null]);
    expect(said('801').map((one) => [one.author, one.public])).toEqual([['agent', false]]);
  });

  it('gives promises with their outcome where there is one', () => {
    const clock = (id: string) => pick('sla_clock', id, 'metric', 'met', 'voided', 'target_s', 'applied_at');
    expect(clock('1:first_reply_time:1')).toEqual(['first_reply', false, false, 900, at('09:05:30')]);
    // It is closed, and the second target was not told as missed.
    expect(clock('1:time_to_close:1')).toEqual(['resolution', true, false, 86_400, at('09:05:30')]);
    expect(clock('2:whole:1')).toEqual(['overall', true, false, null, null]);
    expect(clock('4:whole:1')).toEqual(['overall', null, false, null, null]);
    expect(Object.keys(rows.sla_clock ?? {})).toHaveLength(4);
  });

  it('gives answers, sessions of the AI agent and what cases are linked with', () => {
    expect(pick('csat', '1:rating', 'score', 'offered_at', 'answered_at')).toEqual([1, at('15:05:00'), at('16:00:00')]);
    expect(pick('csat', '2:rating', 'score', 'answered_at')).toEqual([null, null]);
    expect(pick('bot_session', '2:fin', 'handed_over')).toEqual([true]);
    expect(pick('bot_session', `${BIG}:fin`, 'handed_over', 'ticket_id')).toEqual([false, BIG]);
    expect(Object.keys(rows.bot_session ?? {})).toHaveLength(2);
    expect(pick('link', '1:linked:801', 'kind', 'target_key')).toEqual(['problem', '801']);
    expect(pick('link', '801:linked:1', 'kind', 'target_key')).toEqual(['related', '1']);
    expect(Object.values(rows.link ?? {}).filter((one) => one.kind === 'issue')).toMatchObject([
      { ticket_id: '1', system: 'jira', linked_at: at('09:30:00') },
      { ticket_id: '801', system: 'jira' },
    ]);
  });

  it('gives people, articles, companies and what is asked for', () => {
    expect(pick('agent', '11', 'role', 'human', 'department')).toEqual(['admin', true, 'support']);
    expect(pick('agent', '12', 'role', 'created_at')).toEqual(['light', null]);
    expect(pick('agent', '13', 'role', 'human')).toEqual(['integration', false]);
    expect(pick('team', '51', 'purpose', 'tier')).toEqual(['escalation', 2]);
    expect(pick('article', '821', 'published', 'public', 'category', 'promised_reply_s')).toEqual([
      true,
      true,
      '18',
      8 * 3600,
    ]);
    expect(pick('article', '822', 'published', 'category')).toEqual([false, null]);
    expect(pick('article', 'internal:821', 'published', 'public')).toEqual([true, false]);
    expect(pick('organisation', '531ee472cce572a6ec000006', 'tier', 'tier_rank', 'has_contract')).toEqual([
      'Enterprise',
      1,
      true,
    ]);
    expect(pick('organisation', '531ee472cce572a6ec000007', 'tier', 'has_contract')).toEqual([null, false]);
    expect(pick('automation', 'field attribute:1', 'condition_terms', 'required_to_solve')).toEqual([
      ['holds:code', 'role:cause'],
      ['Root cause'],
    ]);
    expect(pick('automation', 'field attribute:5', 'condition_terms')).toEqual([['holds:text']]);
    // A title is asked of everybody, and what customers do not see asks nothing of them.
    expect(pick('automation', 'form ticket-type:100', 'condition_fields', 'required_fields')).toEqual([
      ['Browser', 'Version', '_default_title_'],
      ['Version'],
    ]);
  });

  it('asks in one version, and says what it does not show', () => {
    expect(new Set(requests.map((one) => one.headers['intercom-version']))).toEqual(new Set(['2.16']));
    expect(shows('sla_policies')).toMatchObject({ status: 'absent', detail: expect.stringContaining('SLAs') });
    expect(shows('csat')?.fields).toContain('offered_at');
  });
});

describe('a search that compares whole days', () => {
  it('gives what changed on the day of the sync, and later on the same day', async () => {
    const own = intercomConversations();
    const store = memoryTelemetry();
    const syncAt = async (hour: string) => {
      const now = new Date(`2026-03-07T${hour}:00Z`);
      const { error } = await runVendor(intercomCase, { store, routes: intercomRoutes(own), now });
      expect(error).toBeNull();
      return (store.all() as DeskRows).ticket?.['7']?.updated_at;
    };
    Object.assign(own[6] as object, { updated_at: unix('2026-03-07T08:00:00Z') });
    expect(await syncAt('09:00')).toEqual(new Date('2026-03-07T08:00:00Z'));
    Object.assign(own[6] as object, { updated_at: unix('2026-03-07T10:30:00Z') });
    expect(await syncAt('12:00')).toEqual(new Date('2026-03-07T10:30:00Z'));
  });
});

describe('an Intercom workspace that shows less', () => {
  it('lacks the attributes that it may not see, and does not keep their values', async () => {
    const { rows, shows } = await syncWith(intercomRoutes().filter((route) => route.name !== 'attributes'));
    for (const field of ['product', 'category', 'severity', 'cause_code'])
      expect(shows('tickets')?.fields).not.toContain(field);
    expect(rows.ticket?.['1']?.category).toBeNull();
    expect(Object.values(rows.event ?? {}).filter((one) => one.kind === 'field')).toEqual([]);
  });

  it('says that the plan refuses, where the vendor says so', async () => {
    const refusal = new FakeStatus(403, {
      type: 'error.list',
      errors: [{ code: 'api_plan_restricted', message: 'x' }],
    });
    const routes = intercomRoutes().map((route) =>
      /articles/.test(route.name) ? { ...route, answer: () => refusal } : route,
    );
    expect((await syncWith(routes)).shows('articles')).toMatchObject({ status: 'plan' });
  });

  it('leaves out a history of which only the newest 500 parts are given, and counts it', async () => {
    const own = intercomConversations();
    Object.assign(own[1] as object, { statistics: { count_conversation_parts: 501 } });
    const many = Array.from({ length: 500 }, () => part('comment', '2026-03-01T09:00:00Z', { type: 'bot', id: '90' }));
    const routes = intercomRoutes(own).map((route) =>
      route.name !== 'conversation'
        ? route
        : {
            ...route,
            answer: (url: URL, request: Request) =>
              url.pathname.endsWith('/2')
                ? { conversation_parts: { conversation_parts: many } }
                : route.answer(url, request),
          },
    );
    const { rows, aside } = await syncWith(routes);
    expect(rows.ticket?.['2']?.status).toBe('pending');
    expect(Object.values(rows.message ?? {}).filter((one) => one.ticket_id === '2')).toEqual([]);
    expect(aside).toEqual([expect.objectContaining({ ref: '2', path: 'conversation_parts' })]);
  });
});

describe('settings of an Intercom workspace', () => {
  const { account, ticketUrl } = intercomCase.connector;
  it.each([
    ['us', 'https://api.intercom.io'],
    ['EU', 'https://api.eu.intercom.io'],
    ['api.au.intercom.io', 'https://api.au.intercom.io'],
  ])('%s is asked at %s', (url, origin) => {
    expect(account(Settings.parse({ url }), 'x').baseUrl.origin).toBe(origin);
  });

  it('links to the inbox of the region, when the workspace is named', () => {
    expect(ticketUrl(Settings.parse({ url: 'eu', workspace: 'abc' }), '1')).toBe(
      'https://app.eu.intercom.com/a/apps/abc/conversations/1',
    );
    expect(ticketUrl(Settings.parse({ workspace: 'abc' }), '1')).toBe(
      'https://app.intercom.com/a/apps/abc/conversations/1',
    );
    expect(ticketUrl(Settings.parse({}), '1')).toBeNull();
  });
});
