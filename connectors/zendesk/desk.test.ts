import { beforeAll, describe, expect, it } from 'vitest';
import { TABLE_NAMES, TABLES, type TelemetryBatch } from '../../src/domain/telemetry.ts';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import type { ConnectorContext, ConnectorPage } from '../../src/kit/connector.ts';
import type { HttpClient } from '../../src/kit/http.ts';
import { HttpStatusError } from '../../src/kit/http-status-error.ts';
import { parseLosslessJson } from '../../src/kit/lossless-json.ts';
import { requestUrl } from '../../src/kit/request-parts.ts';
import { bodyText, FakeStatus } from '../../test/conformance/connector.ts';
import { silentHttp } from '../../test/harness/fake-http.ts';
import { NOW, ORIGIN, zendeskRoutes } from '../../test/harness/zendesk.ts';
import { accountUrl, zendesk } from './index.ts';
import { Settings } from './settings.ts';

/** Answers straight from the fake account, without a network. */
function directHttp(without: readonly string[] = []): HttpClient {
  const routes = zendeskRoutes();
  return {
    ...silentHttp(),
    origin: ORIGIN,
    async getJson(request) {
      const url = requestUrl(request, new URL(ORIGIN));
      const route = routes.find((one) => one.path.test(url.pathname));
      const reply =
        route && !without.includes(route.name) ? await route.answer(url, new Request(url)) : new FakeStatus(403, {});
      if (reply instanceof FakeStatus)
        throw new HttpStatusError('PERMISSION_DENIED', reply.status, null, url.pathname, '');
      return {
        data: request.schema.parse(parseLosslessJson(bodyText(reply))),
        status: 200,
        date: NOW,
        headers: {},
        bytes: 0,
        empty: false,
      };
    },
  };
}

function contextOf(
  settings: Record<string, unknown> = {},
  without: readonly string[] = [],
): ConnectorContext<Settings> {
  return {
    settings: Settings.parse({ url: 'acme', ...settings }),
    http: directHttp(without),
    pseudonymise: (kind, value) => `${kind}#${value.length}`,
    signal: new AbortController().signal,
    until: new Date(NOW.getTime() - 60_000),
  };
}

async function read(id: string, context: ConnectorContext<Settings>): Promise<Required<TelemetryBatch>> {
  const stream = zendesk.streams.find((one) => one.id === id);
  if (stream === undefined) throw new Error(`no stream ${id}`);
  const pages: ConnectorPage[] = [];
  for await (const page of zendesk.read(stream, null, context)) pages.push(page);
  const all: Record<string, unknown[]> = {};
  // As in the store: a later row of a key replaces an earlier one.
  for (const table of TABLE_NAMES) {
    const rows = pages.flatMap((page) => (page.records[table] ?? []) as Record<string, unknown>[]);
    const { key } = TABLES[table];
    all[table] = [...new Map(rows.map((row) => [key.map((column) => String(row[column])).join(' '), row])).values()];
  }
  expect(pages.flatMap((page) => page.rejected)).toEqual([]);
  return all as Required<TelemetryBatch>;
}

const BIG = '9007199254740993';

describe('tickets', () => {
  let rows: Required<TelemetryBatch>;
  beforeAll(async () => {
    rows = await read('tickets', contextOf());
  });
  const ticket = (id: string) => rows.ticket.find((one) => one.id === id);

  it('maps words, fields and totals', () => {
    expect(ticket('101')).toMatchObject({
      status: 'solved',
      vendor_status: 'Solved',
      priority_rank: 2,
      type: 'incident',
      channel: 'email',
      group_id: '500',
      assignee_id: '8001',
      requester_is_agent: false,
      product: 'printer',
      cause_code: null,
      severity: null,
      created_by: 'customer',
      created_on_behalf: false,
      tags: ['tag#10', 'tag#7'],
      filled_fields: ['360011', 'priority', 'product', 'type'],
      deleted: false,
      merged_into: null,
      reported_solved_at: new Date('2026-03-03T10:00:00Z'),
      reported_reopens: 1,
      reported_reassignments: 2,
      reported_first_reply_calendar_s: 1800,
      reported_first_reply_business_s: 960,
      reported_full_resolution_business_s: 54_000,
    });
  });

  it('keeps a big id, and an agent who wrote on behalf', () => {
    expect(ticket(BIG)).toMatchObject({ created_by: 'agent', created_on_behalf: true, priority_rank: 4 });
  });

  it('shows deleted, merged, follow-up and sample tickets', () => {
    expect(ticket('103')).toMatchObject({ deleted: true, status: 'closed' });
    expect(ticket('104')).toMatchObject({ merged_into: 'unknown', tags: ['closed_by_merge'] });
    expect(ticket('105')).toMatchObject({
      follow_up_of: '90',
      requester_is_agent: true,
      type: 'problem',
      reported_first_reply_calendar_s: null,
    });
    expect(ticket('106')).toMatchObject({ test: true, created_by: 'machine' });
  });

  it('leaves what was generated after the bound to the next sync', () => {
    expect(ticket('107')).toBeUndefined();
  });

  it('links an incident with its problem', () => {
    expect(rows.link.map((l) => [l.ticket_id, l.kind, l.target_key])).toEqual([['101', 'problem', '105']]);
  });
});

describe.each([
  ['ticket-events', {}],
  ['ticket-audits', { history: 'audits' }],
])('%s', (stream, settings) => {
  let rows: Required<TelemetryBatch>;
  beforeAll(async () => {
    rows = await read(stream, contextOf(settings));
  });
  const events = (ticketId: string) =>
    rows.event
      .filter((e) => e.ticket_id === ticketId)
      .sort((a, b) => a.at.getTime() - b.at.getTime() || a.seq - b.seq)
      .map((e) => [e.kind, e.field, e.from_value, e.to_value, e.initial, e.actor, e.rule_id ?? e.actor_id]);

  it('gives creation values, changes and who made them', () => {
    expect(events('101')).toEqual([
      ['status', null, null, 'new', true, 'customer', null],
      ['group', null, null, '500', true, 'customer', null],
      ['tag', null, null, 'tag#7', true, 'customer', null],
      ['tag', null, null, 'tag#10', true, 'customer', null],
      ['field', 'product', null, 'printer', true, 'customer', null],
      ['field', '360011', null, 'filled', true, 'customer', null],
      ['priority', null, null, '2', false, 'automation', '2003'],
      ['assignee', null, null, '8001', false, 'agent', '8001'],
      ['status', null, 'new', 'pending', false, 'agent', '8001'],
      ['status', null, 'pending', 'solved', false, 'agent', '8001'],
      ['csat', null, 'unoffered', 'offered', false, 'automation', '2005'],
    ]);
    expect(events(BIG)).toEqual([
      ['status', null, null, 'open', true, 'agent', '8001'],
      ['assignee', null, null, '8001', true, 'agent', '8001'],
      ['field', 'product', null, 'scanner', true, 'agent', '8001'],
      ['status', null, 'open', 'hold', false, 'automation', '2004'],
    ]);
  });

  it('gives merges and the changes of integrations', () => {
    expect(events('104')).toEqual([
      ['merge', null, null, '101', false, 'agent', '8001'],
      ['status', null, 'open', 'closed', false, 'agent', '8001'],
      ['tag', null, null, 'closed_by_merge', false, 'agent', '8001'],
    ]);
    expect(events('106')).toEqual([['group', null, '500', '501', false, 'system', null]]);
  });

  it('gives messages with author, template, article and promise', () => {
    const messages = rows.message
      .filter((m) => m.ticket_id === '101')
      .sort((a, b) => a.at.getTime() - b.at.getTime() || a.seq - b.seq)
      .map((m) => [
        m.author,
        m.author_id,
        m.public,
        m.auto_reply,
        m.template_id,
        m.article_ids,
        m.promised_reply_s,
        m.promise_business_hours,
      ]);
    expect(messages).toEqual([
      ['customer', null, true, false, null, [], null, null],
      ['machine', null, true, true, null, [], 14_400, true],
      ['agent', '8001', true, false, '3001', ['7001'], null, null],
      ['agent', '8002', false, false, null, [], null, null],
    ]);
    expect(rows.message.find((m) => m.ticket_id === '101' && m.author === 'customer')?.seq).toBe(0);
    expect(rows.message.find((m) => m.ticket_id === BIG)).toMatchObject({ author: 'agent', seq: 0, channel: 'web' });
  });

  it('takes a call for a public message of the agent who answered', () => {
    expect(rows.message.find((m) => m.ticket_id === '106')).toMatchObject({
      author: 'agent',
      author_id: '8001',
      public: true,
    });
  });

  it('links an issue named in a note', () => {
    expect(rows.link.map((l) => [l.ticket_id, l.kind, l.system, l.target_key])).toEqual([
      ['101', 'issue', 'jira', 'reference#6'],
    ]);
  });

  it('gives every event and message an id of its own', () => {
    expect(new Set(rows.event.map((e) => e.id)).size).toBe(rows.event.length);
    expect(new Set(rows.message.map((m) => m.id)).size).toBe(rows.message.length);
  });
});

it('shows a deletion only in the export: audits of a deleted ticket are gone', async () => {
  const log = await read('ticket-events', contextOf());
  expect(log.event.filter((e) => e.kind === 'delete').map((e) => [e.ticket_id, e.to_value])).toEqual([
    ['103', 'deleted'],
  ]);
});

it('leaves authors unknown, not customers, when agents cannot be listed', async () => {
  const { message, event } = await read('ticket-events', contextOf({}, ['users']));
  const opening = message.find((m) => m.ticket_id === '101' && m.seq === 0);
  expect([opening?.author, message.find((m) => !m.public)?.author]).toEqual([null, 'agent']);
  expect(new Set(event.map((e) => e.actor))).toEqual(new Set([null, 'automation']));
});

describe('configuration', () => {
  it('gives policies with tier, words and seconds', async () => {
    const ticketScope = await read('sla-policies', contextOf());
    expect(ticketScope.sla_policy).toMatchObject([
      { id: '36', scope: 'ticket', tier: 'premium', condition_fields: ['tag', 'tier'], is_default: false },
    ]);
    expect(ticketScope.sla_target.map((t) => [t.metric, t.priority_key, t.target_s, t.business_hours])).toEqual([
      ['first_reply', '2', 3600, false],
      ['resolution', '2', 14_400, true],
    ]);
    const groupScope = await read('group-sla-policies', contextOf());
    expect(groupScope.sla_target).toMatchObject([{ metric: 'overall', priority_key: '4', target_s: 3600 }]);
  });

  it('gives clocks that survive page borders and withdrawn breaches', async () => {
    const { sla_clock } = await read('sla-clocks', contextOf());
    const last = new Map(sla_clock.map((clock) => [clock.id, clock]));
    expect(last.get('101:reply_time:1:ticket')).toMatchObject({
      metric: 'first_reply',
      met: true,
      target_s: 3600,
      policy_id: '36',
    });
    expect(last.get(`${BIG}:reply_time:1:ticket`)).toMatchObject({
      met: false,
      fulfilled_at: null,
      breach_at: new Date('2026-03-02T11:30:00Z'),
    });
    // Paused 09:30 to 12:30 = 10,800 s; its breach was withdrawn.
    expect(last.get('101:resolution_time:1:ticket')).toMatchObject({
      met: true,
      paused_s: 10_800,
      business_hours: true,
    });
    expect(last.get('104:group_ownership_time:1:group')).toMatchObject({
      scope: 'group',
      policy_id: '01H078CBDY28BZG7P6BONY09DN',
    });
  });

  it('gives rules in canonical words', async () => {
    const { automation } = await read('triggers', contextOf());
    expect(automation.map((a) => [a.kind, a.condition_fields, a.actions, a.fired_count])).toEqual([
      ['trigger', ['update'], ['notify_requester'], 12],
      ['acknowledgement', ['update'], ['notify_requester'], 12],
      ['trigger', ['tier'], ['escalate', 'set_group', 'set_priority'], 3],
    ]);
    expect((await read('automations', contextOf())).automation[0]).toMatchObject({
      condition_fields: ['sla_breach'],
      actions: ['notify_agent'],
    });
    expect((await read('views', contextOf())).automation[0]).toMatchObject({
      kind: 'view',
      condition_fields: ['organisation', 'status'],
    });
    expect((await read('queues', contextOf())).automation[0]).toMatchObject({
      kind: 'queue',
      condition_fields: ['priority'],
    });
  });

  it('gives what forms require', async () => {
    expect((await read('ticket-forms', contextOf())).automation).toMatchObject([
      { id: '360001', required_fields: ['product'], required_to_solve: ['cause_code', 'priority'] },
    ]);
    expect((await read('ticket-forms', contextOf({}, ['ticket_forms']))).automation).toMatchObject([
      { id: 'default', active: true, required_fields: ['product'] },
    ]);
  });

  it('gives people, schedules, customers, tools, surveys and articles', async () => {
    const people = await read('people', contextOf());
    expect(people.agent.map((a) => [a.id, a.role, a.human, a.department])).toEqual([
      ['8001', 'agent', true, 'support'],
      ['8002', 'admin', true, 'support'],
      ['8003', 'light', true, null],
      ['5555', 'integration', false, null],
    ]);
    expect(people.team.map((t) => [t.purpose, t.tier])).toEqual([
      ['support', 1],
      ['escalation', 2],
    ]);
    expect((await read('schedules', contextOf())).calendar).toMatchObject([
      { time_zone: 'America/New_York', is_default: true, holidays: [{ from: '2026-07-03', to: '2026-07-03' }] },
    ]);
    expect((await read('organisations', contextOf())).organisation).toMatchObject([
      {
        ...{ tier: 'premium', tier_rank: 1, has_contract: true, has_health: null, health_rank: null },
        renews_at: new Date('2026-11-04T00:00:00Z'),
      },
    ]);
    expect((await read('apps', contextOf())).integration).toMatchObject([{ class: 'issue_tracker' }]);
    expect((await read('webhooks', contextOf())).integration).toMatchObject([{ class: 'collaboration' }]);
    const { csat } = await read('satisfaction-ratings', contextOf());
    expect(csat.map((c) => [c.ticket_id, c.score, c.answered_at !== null])).toEqual([
      ['101', 1, true],
      ['104', null, false],
    ]);
    expect((await read('articles', contextOf())).article).toMatchObject([
      { id: '7001', promised_reply_s: 28_800, public: true, helpful_votes: 7, unhelpful_votes: 3, views_total: null },
    ]);
    expect((await read('jira-links', contextOf())).link).toMatchObject([
      { ticket_id: '101', system: 'jira', target_key: 'reference#6' },
    ]);
  });
});

describe('probing', () => {
  const probe = (id: string, context: ConnectorContext<Settings>) => {
    const stream = zendesk.streams.find((one) => one.id === id);
    if (stream === undefined) throw new Error(`no stream ${id}`);
    return zendesk.probe(stream, context);
  };

  it('calls a refusal to an administrator one of the plan, to others one of permission', async () => {
    const context = contextOf({}, ['sla_policies']);
    expect((await probe('sla-policies', context)).status).toBe('permission');
    await zendesk.identify(context);
    expect((await probe('sla-policies', context)).status).toBe('plan');
    expect((await probe('sla-clocks', context)).status).toBe('plan');
  });

  it('tells a field that nobody fills in from one that does not exist', async () => {
    const lacks = async (settings = {}) => {
      const shown = await probe('tickets', contextOf(settings));
      return shown.status === 'available' ? shown.lacks?.tickets : null;
    };
    expect(await lacks()).toContain('severity');
    expect(await lacks()).not.toContain('product');
    expect(await lacks({ severityField: 360_099 })).not.toContain('severity');
  });
});

describe('a list that only gives fields their meaning', () => {
  const broken = (): ConnectorContext<Settings> => {
    const context = contextOf();
    const getJson: HttpClient['getJson'] = async (request) => {
      if (request.path.endsWith('/ticket_fields')) throw new PlumblineError('VENDOR_BROKEN', 'Odd form.', 'Wait.');
      return context.http.getJson(request);
    };
    return { ...context, http: { ...context.http, getJson } };
  };

  it.each([
    ['tickets', {}],
    ['ticket-events', {}],
    ['ticket-audits', { history: 'audits' }],
  ])('may break: %s are read without it, and once more when it answers', async (id, settings) => {
    const stream = zendesk.streams.find((one) => one.id === id);
    if (stream === undefined) throw new Error(`no stream ${id}`);
    const pagesOf = async (context: ConnectorContext<Settings>, from: string | null) => {
      const pages: ConnectorPage[] = [];
      for await (const page of zendesk.read(stream, from, context)) pages.push(page);
      return pages;
    };
    const good = contextOf(settings);
    const blind = await pagesOf({ ...broken(), settings: good.settings }, null);
    expect(blind.length).toBeGreaterThan(0);
    const again = await pagesOf(good, blind.at(-1)?.checkpoint ?? null);
    expect(again.map((page) => page.records)).toEqual((await pagesOf(contextOf(settings), null)).map((p) => p.records));
    const rest = await pagesOf(good, again.at(-1)?.checkpoint ?? null);
    expect(rest.length).toBeLessThanOrEqual(1);
  });
});

describe('accountUrl', () => {
  it.each([
    ['acme', 'https://acme.zendesk.com/'],
    ['acme.zendesk.com', 'https://acme.zendesk.com/'],
    ['https://help.acme.example/', 'https://help.acme.example/'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
  ])('%s', (url, expected) => {
    expect(accountUrl(url).href).toBe(expected);
  });
});
