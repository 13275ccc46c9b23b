import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildDesk } from './desks.ts';
import type { Faults } from './faults.ts';
import { CANARIES } from './people.ts';
import { DEMO_TOKEN, DEMO_USER, type DemoServer, startDemoServer } from './server.ts';
import type { World } from './world.ts';

/** Shapes written by hand from the vendor's interface description. */
const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const Id = z.number();
const Via = z.object({
  channel: z.string(),
  source: z.object({ from: z.object({}), to: z.object({}), rel: z.string().nullable() }),
});
const Minutes = z.object({ calendar: z.int().nullable(), business: z.int().nullable() });
const Ticket = z.object({
  url: z.url(),
  id: z.int(),
  via: Via,
  created_at: Instant,
  updated_at: Instant,
  generated_timestamp: z.int(),
  type: z.enum(['problem', 'incident', 'question', 'task']).nullable(),
  subject: z.string(),
  description: z.string(),
  priority: z.enum(['urgent', 'high', 'normal', 'low']).nullable(),
  status: z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed', 'deleted']),
  requester_id: Id,
  submitter_id: Id,
  assignee_id: Id.nullable(),
  organization_id: Id.nullable(),
  group_id: Id.nullable(),
  has_incidents: z.boolean(),
  problem_id: z.int().nullable(),
  tags: z.array(z.string()),
  custom_fields: z.array(z.object({ id: z.int(), value: z.string().nullable() })),
  satisfaction_rating: z.object({ score: z.enum(['unoffered', 'offered', 'good', 'bad']) }),
  custom_status_id: z.int(),
  ticket_form_id: z.int().nullable(),
  brand_id: z.int(),
  metric_set: z
    .object({
      id: z.int(),
      ticket_id: z.int(),
      reopens: z.int(),
      replies: z.int(),
      group_stations: z.int(),
      assignee_stations: z.int(),
      solved_at: Instant.nullable(),
      reply_time_in_minutes: Minutes,
      first_resolution_time_in_minutes: Minutes,
      full_resolution_time_in_minutes: Minutes,
      agent_wait_time_in_minutes: Minutes,
      requester_wait_time_in_minutes: Minutes,
      on_hold_time_in_minutes: Minutes,
    })
    .optional(),
});
const CursorPage = z.object({
  after_cursor: z.string(),
  after_url: z.url(),
  before_cursor: z.null(),
  before_url: z.null(),
  end_of_stream: z.boolean(),
});
const TimePage = z.object({
  count: z.int(),
  end_time: z.int(),
  next_page: z.url().nullable(),
  end_of_stream: z.boolean(),
});
const OffsetPage = z.object({ count: z.int(), next_page: z.url().nullable(), previous_page: z.url().nullable() });
const ListPage = z.object({
  meta: z.object({ has_more: z.boolean(), after_cursor: z.string().nullable(), before_cursor: z.string().nullable() }),
  links: z.object({ next: z.url().nullable(), prev: z.url().nullable() }),
});
const Child = z.object({
  id: z.int(),
  event_type: z.enum(['Create', 'Change', 'Comment', 'Notification', 'AgentMacroReference']),
});
const TicketEvent = z.object({
  id: z.int(),
  ticket_id: z.int(),
  timestamp: z.int(),
  created_at: Instant,
  updater_id: Id,
  via: z.string(),
  event_type: z.literal('Audit'),
  child_events: z.array(Child).min(1),
});
const MetricEvent = z.object({
  id: z.int(),
  ticket_id: z.int(),
  metric: z.enum([
    'agent_work_time',
    'pausable_update_time',
    'periodic_update_time',
    'reply_time',
    'requester_wait_time',
    'resolution_time',
    'group_ownership_time',
  ]),
  instance_id: z.int(),
  type: z.enum(['activate', 'pause', 'fulfill', 'apply_sla', 'apply_group_sla', 'breach', 'update_status', 'measure']),
  time: Instant,
});
const Condition = z.object({ field: z.string(), operator: z.string(), value: z.unknown() });
const Conditions = z.object({ all: z.array(Condition), any: z.array(Condition) });
const Action = z.object({ field: z.string(), value: z.unknown() });
const Rule = z.object({
  id: z.int(),
  title: z.string(),
  raw_title: z.string(),
  active: z.boolean(),
  position: z.int(),
  conditions: Conditions,
  actions: z.array(Action),
  created_at: Instant,
  updated_at: Instant,
});
const Target = z.object({
  priority: z.enum(['urgent', 'high', 'normal', 'low']),
  metric: z.string(),
  target: z.int(),
  business_hours: z.boolean(),
});
const Policy = z.object({
  title: z.string(),
  description: z.string(),
  position: z.int(),
  filter: z.object({ all: z.array(Condition) }),
  policy_metrics: z.array(Target),
  created_at: Instant,
  updated_at: Instant,
});
const User = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: z.enum(['end-user', 'agent', 'admin']),
  role_type: z.int().nullable(),
  custom_role_id: z.int().nullable(),
  organization_id: z.int().nullable(),
  suspended: z.boolean(),
  created_at: Instant,
  updated_at: Instant,
  iana_time_zone: z.string(),
});

/** List paths of the description, with the shape of one row. */
const LISTS: readonly [string, string, z.ZodType][] = [
  [
    '/groups',
    'groups',
    z.object({
      id: z.int(),
      name: z.string(),
      deleted: z.boolean(),
      default: z.boolean(),
      created_at: Instant,
      updated_at: Instant,
    }),
  ],
  [
    '/group_memberships',
    'group_memberships',
    z.object({ id: z.int(), user_id: Id, group_id: z.int(), default: z.boolean() }),
  ],
  ['/users', 'users', User],
  [
    '/custom_roles',
    'custom_roles',
    z.object({ id: z.int(), name: z.string(), role_type: z.int(), team_member_count: z.int() }),
  ],
  [
    '/organizations',
    'organizations',
    z.object({
      id: z.int(),
      name: z.string(),
      tags: z.array(z.string()),
      organization_fields: z.object({}),
      domain_names: z.array(z.string()),
    }),
  ],
  [
    '/organization_fields',
    'organization_fields',
    z.object({ id: z.int(), key: z.string(), type: z.string(), title: z.string(), active: z.boolean() }),
  ],
  [
    '/ticket_fields',
    'ticket_fields',
    z.object({ id: z.int(), type: z.string(), title: z.string(), active: z.boolean(), required: z.boolean() }),
  ],
  [
    '/ticket_forms',
    'ticket_forms',
    z.object({
      id: z.int(),
      name: z.string(),
      active: z.boolean(),
      ticket_field_ids: z.array(z.int()),
      agent_conditions: z.array(z.object({})),
    }),
  ],
  ['/triggers', 'triggers', Rule.extend({ category_id: z.string() })],
  ['/trigger_categories', 'trigger_categories', z.object({ id: z.string(), name: z.string(), position: z.int() })],
  ['/automations', 'automations', Rule],
  [
    '/macros',
    'macros',
    z.object({ id: z.int(), title: z.string(), active: z.boolean(), actions: z.array(Action), restriction: z.null() }),
  ],
  [
    '/views',
    'views',
    z.object({ id: z.int(), title: z.string(), active: z.boolean(), conditions: Conditions, execution: z.object({}) }),
  ],
  ['/slas/policies', 'sla_policies', Policy.extend({ id: z.int() })],
  ['/group_slas/policies', 'group_sla_policies', Policy.extend({ id: z.string() })],
  [
    '/custom_statuses',
    'custom_statuses',
    z.object({
      id: z.int(),
      status_category: z.enum(['new', 'open', 'pending', 'hold', 'solved']),
      agent_label: z.string(),
      active: z.boolean(),
    }),
  ],
  [
    '/satisfaction_ratings',
    'satisfaction_ratings',
    z.object({
      id: z.int(),
      assignee_id: Id,
      group_id: z.int(),
      requester_id: Id,
      ticket_id: z.int(),
      score: z.string(),
      created_at: Instant,
      updated_at: Instant,
    }),
  ],
  [
    '/deleted_tickets',
    'deleted_tickets',
    z.object({
      id: z.int(),
      actor: z.object({ id: Id, name: z.string() }),
      deleted_at: z.string(),
      previous_state: z.string(),
    }),
  ],
  [
    '/business_hours/schedules',
    'schedules',
    z.object({
      id: z.int(),
      name: z.string(),
      time_zone: z.string(),
      intervals: z.array(z.object({ start_time: z.int(), end_time: z.int() })),
    }),
  ],
  [
    '/apps/installations',
    'installations',
    z.object({ id: z.int(), enabled: z.boolean(), settings: z.object({ name: z.string() }) }),
  ],
  [
    '/jira/links',
    'links',
    z.object({ id: z.int(), ticket_id: z.string(), issue_id: z.string(), issue_key: z.string(), created_at: Instant }),
  ],
  ['/queues', 'queues', z.object({ id: z.string(), name: z.string(), definition: Conditions, priority: z.int() })],
  [
    '/help_center/en-us/articles',
    'articles',
    z.object({
      id: z.int(),
      title: z.string(),
      draft: z.boolean(),
      vote_sum: z.int(),
      vote_count: z.int(),
      html_url: z.url(),
      edited_at: Instant,
    }),
  ],
];

const AUTH = { authorization: `Basic ${Buffer.from(`${DEMO_USER}/token:${DEMO_TOKEN}`).toString('base64')}` };
let world: World;
let server: DemoServer;
beforeAll(async () => {
  world = buildDesk('sleepless');
  server = await startDemoServer({ desk: world });
});
afterAll(() => server.close());

interface Got {
  readonly status: number;
  readonly text: string;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

async function get(path: string, from = server, headers: Record<string, string> = AUTH): Promise<Got> {
  const reply = await fetch(path.startsWith('http') ? path : `${from.url}/api/v2${path}`, { headers });
  const text = await reply.text();
  return { status: reply.status, text, body: text.startsWith('{') ? JSON.parse(text) : {}, headers: reply.headers };
}

async function withFaults<T>(faults: Faults, use: (broken: DemoServer) => Promise<T>): Promise<T> {
  const broken = await startDemoServer({ desk: world, faults });
  try {
    return await use(broken);
  } finally {
    await broken.close();
  }
}

function rowsOf(body: Record<string, unknown>, key: string): Record<string, unknown>[] {
  return z.array(z.record(z.string(), z.unknown())).parse(body[key]);
}

async function walkTime(
  path: string,
  key: string,
  perPage: number,
): Promise<{ rows: Record<string, unknown>[]; pages: Record<string, unknown>[][] }> {
  const pages: Record<string, unknown>[][] = [];
  for (let start = 0; ; ) {
    const { body } = await get(`${path}${path.includes('?') ? '&' : '?'}start_time=${start}&per_page=${perPage}`);
    const page = TimePage.parse(body);
    pages.push(rowsOf(body, key));
    if (page.end_of_stream) return { pages, rows: pages.flat() };
    expect(page.end_time).toBeGreaterThan(start);
    start = page.end_time;
  }
}

describe('the ticket export by cursor', () => {
  it('gives every ticket once, in order of generated time and id, and a last cursor that stays valid', async () => {
    const seen: { id: number; at: number }[] = [];
    let next = '/incremental/tickets/cursor?start_time=0&per_page=1000&include=metric_sets';
    let cursor = '';
    for (let pages = 0; pages < 20; pages++) {
      const { body } = await get(next);
      const page = CursorPage.parse(body);
      for (const row of z.array(Ticket).parse(body.tickets)) {
        expect(row.metric_set?.ticket_id).toBe(row.id);
        seen.push({ id: row.id, at: row.generated_timestamp });
      }
      cursor = page.after_cursor;
      next = page.after_url;
      if (page.end_of_stream) break;
    }
    expect(seen.length).toBe(world.tickets.length);
    expect(new Set(seen.map((row) => row.id)).size).toBe(world.tickets.length);
    expect(seen).toEqual([...seen].sort((a, b) => a.at - b.at || a.id - b.id));
    const last = seen.at(-1);
    expect(Buffer.from(cursor, 'base64').toString()).toBe(`${last?.at}.0||${last?.id}`);
    const again = await get(`/incremental/tickets/cursor?cursor=${encodeURIComponent(cursor)}`);
    expect(again.body).toMatchObject({ tickets: [], end_of_stream: true, after_cursor: cursor });
  });

  it('gives some tickets whose own change is older than the stamp of the export', async () => {
    const { body } = await get('/incremental/tickets/cursor?start_time=0');
    const late = z
      .array(Ticket)
      .parse(body.tickets)
      .filter((row) => row.generated_timestamp > Date.parse(row.updated_at) / 1000);
    expect(late.length).toBeGreaterThan(0);
  });

  it('leaves deleted tickets out when asked', async () => {
    const all = z.array(Ticket).parse((await get('/incremental/tickets/cursor?start_time=0')).body.tickets);
    const kept = z
      .array(Ticket)
      .parse((await get('/incremental/tickets/cursor?start_time=0&exclude_deleted=true')).body.tickets);
    expect(all.some((row) => row.status === 'deleted')).toBe(true);
    expect(kept.every((row) => row.status !== 'deleted')).toBe(true);
  });

  it.each([
    ['no start', '/incremental/tickets/cursor', 400],
    [
      'a start in the last minute',
      `/incremental/tickets/cursor?start_time=${Date.parse('2026-06-30T00:00:00Z') / 1000 - 59}`,
      422,
    ],
    [
      'a start of a minute ago',
      `/incremental/tickets/cursor?start_time=${Date.parse('2026-06-30T00:00:00Z') / 1000 - 60}`,
      200,
    ],
    ['a broken cursor', '/incremental/tickets/cursor?cursor=abc', 400],
  ])('answers %s', async (_name, path, status) => {
    expect((await get(path)).status).toBe(status);
  });
});

describe('exports by time', () => {
  it('never split a second, overlap at their edges and lose nothing', async () => {
    const { pages, rows } = await walkTime('/incremental/ticket_events', 'ticket_events', 1000);
    const events = z.array(TicketEvent).parse(rows);
    const exported = (kind: string): boolean => kind !== 'notification' && kind !== 'macro';
    const expected = world.tickets.reduce(
      (sum, ticket) => sum + ticket.audits.filter((audit) => audit.events.some((event) => exported(event.kind))).length,
      0,
    );
    expect(new Set(events.map((event) => event.id)).size).toBe(expected);
    for (const [index, page] of pages.entries()) {
      const following = pages[index + 1];
      if (following === undefined) break;
      const edge = page.at(-1)?.timestamp;
      const here = page.filter((row) => row.timestamp === edge).map((row) => row.id);
      expect(following.filter((row) => row.timestamp === edge).map((row) => row.id)).toEqual(here);
    }
  });

  it('hold fields and comments only: what a rule sent and which macro was used is in the audits of the ticket', async () => {
    const { rows } = await walkTime('/incremental/ticket_events?include=comment_events', 'ticket_events', 1000);
    const kinds = new Set(
      z
        .array(TicketEvent)
        .parse(rows)
        .flatMap((row) => row.child_events.map((child) => child.event_type)),
    );
    expect([...kinds].sort()).toEqual(['Change', 'Comment', 'Create']);
    const told = world.tickets.find((ticket) => {
      const seen = new Set(ticket.audits.flatMap((audit) => audit.events.map((event) => event.kind)));
      return seen.has('notification') && seen.has('macro') && ticket.status !== 'deleted';
    });
    const audits = await get(`/tickets/${told?.id}/audits?page[size]=100`);
    expect(audits.text).toContain('"type":"Notification"');
    expect(audits.text).toContain('"type":"AgentMacroReference"');
  });

  it('go beyond the size asked rather than stand still', async () => {
    const first = await get('/incremental/ticket_metric_events?start_time=0&per_page=1');
    const rows = z.array(MetricEvent).parse(first.body.ticket_metric_events);
    expect(rows.length).toBeGreaterThan(1);
    expect(new Set(rows.map((row) => row.time)).size).toBe(1);
  });

  it('give clock events in the shape described', async () => {
    const { rows } = await walkTime('/incremental/ticket_metric_events', 'ticket_metric_events', 1000);
    const events = z.array(MetricEvent).parse(rows);
    const types = new Set(events.map((event) => event.type));
    expect([...types].sort()).toEqual([
      'activate',
      'apply_group_sla',
      'apply_sla',
      'breach',
      'fulfill',
      'measure',
      'pause',
      'update_status',
    ]);
  });

  it('show comments whole only with the sideload', async () => {
    const plain = await get('/incremental/ticket_events?start_time=0&per_page=50');
    const whole = await get('/incremental/ticket_events?start_time=0&per_page=50&include=comment_events');
    expect(plain.text).not.toContain('"body":"Hello, we have');
    expect(plain.text).toContain('"comment_present":true');
    expect(whole.text).toContain('"html_body"');
    expect(whole.text).not.toContain('comment_present');
  });

  it('give users, organisations and articles', async () => {
    const users = z.array(User).parse((await get('/incremental/users/cursor?start_time=0&per_page=1000')).body.users);
    expect(users.length).toBe(1000);
    const organisations = await walkTime('/incremental/organizations', 'organizations', 100);
    expect(new Set(organisations.rows.map((row) => row.id)).size).toBe(world.organisations.length);
    const articles = await walkTime('/help_center/incremental/articles', 'articles', 100);
    expect(new Set(articles.rows.map((row) => row.id)).size).toBe(world.articles.length);
  });
});

describe('ordinary lists', () => {
  it.each(LISTS)('%s has the shape described', async (path, key, shape) => {
    const { status, body } = await get(path);
    expect(status).toBe(200);
    OffsetPage.parse(body);
    expect(z.array(shape).parse(body[key]).length).toBeGreaterThan(0);
  });

  it('page by cursor through all rows', async () => {
    const ids: unknown[] = [];
    let next: string | null = '/users?page[size]=100';
    while (next !== null) {
      const { body }: Got = await get(next);
      const page = ListPage.parse(body);
      ids.push(...rowsOf(body, 'users').map((row) => row.email));
      expect(page.links.next === null).toBe(!page.meta.has_more);
      next = page.links.next;
    }
    expect(new Set(ids).size).toBe(world.users.length);
  });

  it.each([
    ['page[size]=0', 400],
    ['page[size]=1', 200],
    ['page[size]=100', 200],
    ['page[size]=101', 400],
    ['page[size]=10&page[after]=%21', 400],
    ['page=100', 200],
    ['page=101', 400],
  ])('/users?%s is answered %d', async (query, status) => {
    expect((await get(`/users?${query}`)).status).toBe(status);
  });

  it('gives the audits and metrics of one ticket, and 404 for one that is not there or deleted', async () => {
    const ticket = world.tickets.find((row) => row.status === 'closed' && row.audits.length > 5);
    const deleted = world.tickets.find((row) => row.status === 'deleted');
    const audits = rowsOf((await get(`/tickets/${ticket?.id}/audits?page[size]=100`)).body, 'audits');
    const Audit = z.object({
      id: z.int(),
      ticket_id: z.int(),
      author_id: Id,
      created_at: Instant,
      via: Via,
      events: z.array(z.object({ id: z.int(), type: z.string() })).min(1),
    });
    expect(z.array(Audit).parse(audits).length).toBe(ticket?.audits.length);
    expect((await get(`/tickets/${ticket?.id}/metrics`)).body).toMatchObject({
      ticket_metric: { ticket_id: ticket?.id },
    });
    expect((await get('/tickets/1/audits')).body).toEqual({ error: 'RecordNotFound', description: 'Not found' });
    expect((await get(`/tickets/${deleted?.id}/audits`)).status).toBe(404);
  });

  it('counts', async () => {
    const kept = world.tickets.filter((ticket) => ticket.status !== 'deleted').length;
    expect((await get('/tickets/count.json')).body).toEqual({
      count: { value: kept, refreshed_at: '2026-06-30T00:00:00Z' },
    });
  });
});

describe('access', () => {
  it.each([
    ['no credentials', {}],
    ['a wrong token', { authorization: 'Bearer wrong' }],
    [
      'a password instead of a token',
      { authorization: `Basic ${Buffer.from(`${DEMO_USER}:${DEMO_TOKEN}`).toString('base64')}` },
    ],
  ])('refuses %s', async (_name, headers) => {
    const reply = await get('/groups', server, headers);
    expect(reply.status).toBe(401);
    expect(reply.body).toEqual({ error: "Couldn't authenticate you" });
  });

  it('takes a bearer token, and knows who asks', async () => {
    const reply = await get('/users/me', server, { authorization: `Bearer ${DEMO_TOKEN}` });
    expect(reply.body).toMatchObject({ user: { role: 'admin' } });
  });

  it('answers /users/me without credentials as the vendor does: 200 and nobody', async () => {
    expect((await get('/users/me', server, {})).body).toMatchObject({ user: { id: null, role: 'end-user' } });
  });

  it('tells the simulated time, the limits, and 404 with a body for what it does not know', async () => {
    const reply = await get('/nothing/here');
    expect(reply.status).toBe(404);
    expect(reply.body).toEqual({ error: 'RecordNotFound', description: 'Not found' });
    expect(reply.headers.get('date')).toBe('Tue, 30 Jun 2026 00:00:00 GMT');
    expect(Number(reply.headers.get('x-rate-limit-remaining'))).toBeGreaterThan(0);
  });

  it('writes ids beyond 2^53 as bare digits, and carries the canaries', async () => {
    const { text } = await get('/incremental/users/cursor?start_time=0&per_page=1000');
    expect(text).toMatch(/"id":9007199254741\d{3},/);
    expect(text).toContain(CANARIES.name);
    expect(text).toContain(CANARIES.email);
    const events = await get('/incremental/ticket_events?start_time=0&include=comment_events');
    expect(events.text).toContain(CANARIES.phrase);
  });

  it('closes to smaller plans what they do not have', async () => {
    const small = await startDemoServer({ desk: 'monitored-mailbox' });
    expect((await get('/slas/policies', small)).status).toBe(403);
    expect((await get('/business_hours/schedules', small)).status).toBe(403);
    expect((await get('/help_center/incremental/articles?start_time=0', small)).status).toBe(404);
    await small.close();
  });
});

describe('faults', () => {
  it('asks to wait on each n-th request', () =>
    withFaults({ rate429Every: 2, retryAfter: '3' }, async (broken) => {
      expect((await get('/groups', broken)).status).toBe(200);
      const second = await get('/groups', broken);
      expect([second.status, second.headers.get('retry-after')]).toEqual([429, '3']);
    }));

  it('fails on each n-th request', () =>
    withFaults({ status500Every: 3 }, async (broken) => {
      const statuses: number[] = [];
      for (let i = 0; i < 6; i++) statuses.push((await get('/groups', broken)).status);
      expect(statuses).toEqual([200, 200, 500, 200, 200, 500]);
    }));

  it('answers with a page for people, cuts a body off, hangs, forbids and misses', () =>
    withFaults(
      {
        html200: ['/groups'],
        truncated: ['/macros'],
        hang: ['/views'],
        forbidden: ['/triggers'],
        missing: ['/automations'],
      },
      async (broken) => {
        const page = await get('/groups', broken);
        expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
        await expect(get('/macros', broken)).rejects.toThrow();
        const stop = new AbortController();
        const hanging = fetch(`${broken.url}/api/v2/views`, { headers: AUTH, signal: stop.signal });
        expect((await get('/triggers', broken)).body).toMatchObject({ error: { title: 'Forbidden' } });
        expect((await get('/automations', broken)).status).toBe(404);
        stop.abort();
        await expect(hanging).rejects.toThrow();
        expect(broken.stats.byPath['/api/v2/groups']).toBe(1);
      },
    ));

  it('uses page sizes of its own, repeats cursors, bends rows and links', async () => {
    await withFaults({ pageSizeChange: true }, async (broken) => {
      const sizes: number[] = [];
      for (let i = 0; i < 5; i++) sizes.push(rowsOf((await get('/users?page[size]=20', broken)).body, 'users').length);
      expect(new Set(sizes).size).toBeGreaterThan(2);
    });
    await withFaults({ repeatCursor: true, oddRow: true, foreignNext: 'https://elsewhere.example' }, async (broken) => {
      const first = await get('/incremental/tickets/cursor?start_time=0&per_page=5', broken);
      expect(first.body).toMatchObject({
        end_of_stream: false,
        after_cursor: Buffer.from('1.0||1').toString('base64'),
      });
      expect(rowsOf(first.body, 'tickets')[0]).toEqual({ id: 'odd', created_at: 'yesterday' });
      expect(String(first.body.after_url)).toMatch(
        /^https:\/\/elsewhere\.example\/api\/v2\/incremental\/tickets\/cursor/,
      );
    });
  });
});
