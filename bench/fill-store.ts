import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { STREAMS } from '../src/domain/observability.ts';
import { STREAM_TABLES } from '../src/domain/stream-tables.ts';
import { TABLES, type TableName } from '../src/domain/telemetry.ts';
import { built } from './measure.ts';

/**
 * Makes the store of a large desk with SQL: three years of tickets, each with six events, three messages and two service-level clocks.
 * The values are plausible, so that signals are measured and not left out, and mean nothing.
 * Usage: `fill-store.ts <data folder> <tickets>`.
 */
const { openDuckdbStore } = await built<typeof import('../src/store/duckdb/open.ts')>('src/store/duckdb/open');

const [dataDir = '.', count = '100000'] = process.argv.slice(2);
const tickets = Number(count);
const START = `TIMESTAMP '2023-03-01'`;
export const END = '2026-03-01T00:00:00Z';
const AGENTS = 60;
const TEAMS = 8;
const clock = (): Date => new Date(END);

/** A number in [0, 1) for each ticket and purpose, the same in every run. */
const chance = (purpose: string): string => `((hash(i, '${purpose}') % 1000003) / 1000003.0)`;
const pick = (purpose: string, words: readonly string[]): string =>
  `[${words.map((word) => `'${word}'`).join(', ')}][1 + CAST(floor(${chance(purpose)} * ${words.length}) AS BIGINT)]`;
const agent = (purpose: string): string => `'a' || CAST(floor(${chance(purpose)} * ${AGENTS}) AS BIGINT)`;
const team = (purpose: string): string => `'g' || CAST(floor(${chance(purpose)} * ${TEAMS}) AS BIGINT)`;

/** Everything else is derived from these: one row a ticket. Agents answer in office hours more often than not. */
const CASES = `CREATE TEMP TABLE c AS
  SELECT i, 't' || i AS ticket, created, replied, solved, solved + INTERVAL 4 DAY AS closed, priority, first_agent, second_agent, first_team,
    second_team, moved, reopened, contacted
  FROM (
    SELECT i, created, created + to_seconds(CAST(300 + ${chance('reply')} * ${chance('reply2')} * 60000 AS BIGINT)) AS replied,
      created + to_seconds(CAST(70000 + ${chance('solve')} * ${chance('solve2')} * 900000 AS BIGINT)) AS solved,
      1 + CAST(floor(${chance('priority')} * 4) AS BIGINT) AS priority,
      ${agent('agent')} AS first_agent, ${agent('other')} AS second_agent, ${team('team')} AS first_team, ${team('team2')} AS second_team,
      ${chance('moved')} < 0.2 AS moved, ${chance('reopened')} < 0.06 AS reopened, ${chance('contact')} < 0.5 AS contacted
    FROM (
      SELECT i, ${START} + to_seconds(CAST(i * (1096.0 * 86400 - 60) / ${tickets} AS BIGINT)) AS created
      FROM range(${tickets}) r(i)))`;

function insert(table: TableName, columns: Readonly<Record<string, string>>, from: string): string {
  const names = Object.keys(columns).map((name) => `"${name}"`);
  return `INSERT INTO telemetry.${table} (connection, ${names.join(', ')}) SELECT 'bench', ${Object.values(columns).join(', ')} FROM ${from}`;
}

const END_SQL = `TIMESTAMP '2026-03-01'`;

const TICKETS = insert(
  'ticket',
  {
    id: 'ticket',
    created_at: 'created',
    updated_at: `least(closed, ${END_SQL} - INTERVAL 1 HOUR)`,
    status: `CASE WHEN closed < ${END_SQL} THEN 'closed' WHEN solved < ${END_SQL} THEN 'solved' ELSE 'open' END`,
    priority_rank: 'priority',
    type: pick('type', ['question', 'incident', 'problem', 'task']),
    channel: pick('channel', ['email', 'email', 'web', 'chat', 'portal', 'voice']),
    form: pick('form', ['f1', 'f2', 'f3']),
    group_id: 'CASE WHEN moved THEN second_team ELSE first_team END',
    assignee_id: 'CASE WHEN moved THEN second_agent ELSE first_agent END',
    requester_key: `'r' || CAST(floor(${chance('requester')} * ${Math.ceil(tickets / 8)}) AS BIGINT)`,
    requester_is_agent: 'false',
    organisation_id: `'o' || CAST(floor(${chance('organisation')} * 900) AS BIGINT)`,
    product: pick('product', ['p1', 'p2', 'p3', 'p4', 'p5']),
    category: `'k' || CAST(floor(${chance('category')} * ${chance('category2')} * 40) AS BIGINT)`,
    severity: pick('severity', ['s1', 's2', 's3']),
    cause_code: `CASE WHEN ${chance('cause')} < 0.8 THEN ${pick('cause2', ['bug', 'use', 'outage', 'access'])} END`,
    created_by: `CASE WHEN ${chance('machine')} < 0.03 THEN 'machine' ELSE 'customer' END`,
    created_on_behalf: 'false',
    problem_id: `CASE WHEN ${chance('problem')} < 0.02 THEN 't' || (i - i % 50) END`,
    deleted: 'false',
    spam: `${chance('spam')} < 0.01`,
    test: 'false',
    tags: `['x' || i % 30]`,
    filled_fields: `['product', 'category', 'priority']`,
    reported_reopens: 'CAST(reopened AS BIGINT)',
    reported_reassignments: 'CAST(moved AS BIGINT)',
    reported_replies: '2',
  },
  'c',
);

const EVENT = (no: number, kind: string, at: string, columns: Readonly<Record<string, string>>, where = 'true') =>
  insert(
    'event',
    { id: `ticket || ':${no}'`, ticket_id: 'ticket', at, seq: String(no), kind: `'${kind}'`, ...columns },
    `c WHERE ${where} AND ${at} < ${END_SQL}`,
  );

const BY_AGENT = { initial: 'false', actor: `'agent'`, actor_id: 'first_agent' };
const EVENTS = [
  EVENT(0, 'status', 'created', { to_value: `'new'`, initial: 'true', actor: `'customer'` }),
  EVENT(1, 'priority', 'created + INTERVAL 5 SECOND', {
    to_value: 'CAST(priority AS VARCHAR)',
    initial: 'false',
    actor: `CASE WHEN ${chance('by rule')} < 0.5 THEN 'automation' ELSE 'agent' END`,
    actor_id: `CASE WHEN ${chance('by rule')} < 0.5 THEN NULL ELSE first_agent END`,
    rule_id: `CASE WHEN ${chance('by rule')} < 0.5 THEN 'r1' END`,
  }),
  EVENT(2, 'group', 'created + INTERVAL 5 SECOND', {
    to_value: 'first_team',
    initial: 'false',
    actor: `'automation'`,
    rule_id: `'r2'`,
  }),
  EVENT(3, 'assignee', 'created + INTERVAL 20 MINUTE', { to_value: 'first_agent', ...BY_AGENT }),
  EVENT(
    4,
    'group',
    'created + INTERVAL 8 HOUR',
    { from_value: 'first_team', to_value: 'second_team', ...BY_AGENT },
    'moved',
  ),
  EVENT(
    5,
    'assignee',
    'created + INTERVAL 8 HOUR',
    { from_value: 'first_agent', to_value: 'second_agent', ...BY_AGENT },
    'moved',
  ),
  EVENT(6, 'status', 'solved', { from_value: `'new'`, to_value: `'solved'`, ...BY_AGENT }),
  EVENT(
    7,
    'status',
    'solved + INTERVAL 1 DAY',
    { from_value: `'solved'`, to_value: `'open'`, initial: 'false', actor: `'customer'` },
    'reopened',
  ),
  EVENT(
    8,
    'status',
    'solved + INTERVAL 2 DAY',
    { from_value: `'open'`, to_value: `'solved'`, ...BY_AGENT },
    'reopened',
  ),
  EVENT(9, 'status', 'closed', {
    from_value: `'solved'`,
    to_value: `'closed'`,
    initial: 'false',
    actor: `'automation'`,
    rule_id: `'r3'`,
  }),
  EVENT(
    10,
    'escalation',
    'created + INTERVAL 6 HOUR',
    { to_value: `'engineering'`, ...BY_AGENT },
    `${chance('escalated')} < 0.04`,
  ),
];

const MESSAGE = (no: number, at: string, columns: Readonly<Record<string, string>>, where = 'true') =>
  insert(
    'message',
    { id: `ticket || ':m${no}'`, ticket_id: 'ticket', at, seq: String(no), channel: `'email'`, ...columns },
    `c WHERE ${where} AND ${at} < ${END_SQL}`,
  );

const NOT_AUTOMATIC = { public: 'true', auto_reply: 'false' };
const MESSAGES = [
  MESSAGE(0, 'created', { author: `'customer'`, ...NOT_AUTOMATIC }),
  MESSAGE(
    1,
    'created + INTERVAL 8 SECOND',
    {
      author: `'machine'`,
      public: 'true',
      auto_reply: 'true',
      promised_reply_s: '14400',
      promise_business_hours: 'true',
    },
    `${chance('acknowledged')} < 0.3`,
  ),
  MESSAGE(2, 'replied', {
    author: `'agent'`,
    author_id: 'first_agent',
    ...NOT_AUTOMATIC,
    template_id: `CASE WHEN ${chance('template')} < 0.4 THEN 'm' || i % 20 END`,
    article_ids: `CASE WHEN ${chance('article')} < 0.3 THEN ['k' || i % 200] ELSE [] END`,
  }),
  MESSAGE(
    3,
    'replied + INTERVAL 90 MINUTE',
    { author: `'agent'`, author_id: 'second_agent', public: 'false', auto_reply: 'false' },
    `${chance('note')} < 0.3`,
  ),
  MESSAGE(4, 'replied + INTERVAL 5 HOUR', { author: `'customer'`, ...NOT_AUTOMATIC }, 'contacted'),
  MESSAGE(5, 'solved', { author: `'agent'`, author_id: 'first_agent', ...NOT_AUTOMATIC, article_ids: '[]' }),
];

const CLOCK = (metric: string, target: string, fulfilled: string) =>
  insert(
    'sla_clock',
    {
      id: `ticket || ':${metric}:1'`,
      ticket_id: 'ticket',
      metric: `'${metric}'`,
      scope: `'ticket'`,
      instance: '1',
      policy_id: `'s1'`,
      target_s: target,
      business_hours: 'false',
      started_at: 'created',
      applied_at: 'created',
      breach_at: `created + to_seconds(${target})`,
      fulfilled_at: `CASE WHEN ${fulfilled} < ${END_SQL} THEN ${fulfilled} END`,
      paused_s: '0',
      voided: 'false',
      met: `CASE WHEN ${fulfilled} < ${END_SQL} OR created + to_seconds(${target}) < ${END_SQL} THEN ${fulfilled} <= created + to_seconds(${target}) END`,
    },
    'c',
  );

const REST = [
  insert(
    'csat',
    {
      id: `ticket || ':c'`,
      ticket_id: 'ticket',
      offered_at: 'solved + INTERVAL 1 DAY',
      answered_at: `CASE WHEN ${chance('answered')} < 0.2 THEN solved + INTERVAL 2 DAY END`,
      score: `CASE WHEN ${chance('answered')} < 0.2 THEN CAST(${chance('score')} < 0.85 AS DOUBLE) END`,
      scale: `'good/bad'`,
    },
    `c WHERE solved + INTERVAL 2 DAY < ${END_SQL}`,
  ),
  insert(
    'link',
    {
      id: `ticket || ':l'`,
      ticket_id: 'ticket',
      kind: `'issue'`,
      system: `'jira'`,
      target_key: `'j' || i % 5000`,
      linked_at: 'replied',
      responded_at: 'replied + INTERVAL 1 DAY',
      closed_at: 'replied + INTERVAL 9 DAY',
      closed_as: `'fixed'`,
      team: `'platform'`,
    },
    `c WHERE ${chance('linked')} < 0.05 AND replied < ${END_SQL}`,
  ),
  insert(
    'agent',
    { id: `'a' || i`, role: `'agent'`, department: `'support'`, active: 'true', human: 'true', created_at: START },
    `range(${AGENTS}) r(i)`,
  ),
  insert(
    'team',
    {
      id: `'g' || i`,
      active: 'true',
      purpose: `CASE WHEN i = 7 THEN 'escalation' ELSE 'support' END`,
      tier: '1 + i // 6',
    },
    `range(${TEAMS}) r(i)`,
  ),
  insert('membership', { agent_id: `'a' || i`, team_id: `'g' || i % ${TEAMS}` }, `range(${AGENTS}) r(i)`),
  insert(
    'organisation',
    {
      id: `'o' || i`,
      created_at: START,
      tier: `'t' || 1 + i % 3`,
      tier_rank: '1 + i % 3',
      partner: 'i % 20 = 0',
      has_contract: 'true',
      has_health: 'i % 2 = 0',
      health_changed_at: `${END_SQL} - to_days(CAST(i % 200 AS INTEGER))`,
    },
    'range(900) r(i)',
  ),
  insert(
    'article',
    {
      id: `'k' || i`,
      created_at: START,
      edited_at: `${END_SQL} - to_days(CAST(i % 700 AS INTEGER))`,
      published: 'true',
      public: 'i % 3 > 0',
      author_id: `'a' || i % ${AGENTS}`,
      category: `'k' || i % 40`,
    },
    'range(200) r(i)',
  ),
  insert(
    'automation',
    {
      id: `'r' || i`,
      kind: `['trigger', 'automation', 'macro', 'view', 'form', 'routing', 'acknowledgement', 'dashboard'][1 + i % 8]`,
      active: 'true',
      shared: 'true',
      vendor_default: 'i % 10 = 0',
      condition_fields: `['priority', 'channel', 'tier']`,
      actions: `['set_priority', 'set_group', 'notify_requester']`,
      required_fields: `CASE WHEN i % 8 = 4 THEN ['product', 'category'] END`,
      last_fired_at: `${END_SQL} - INTERVAL 1 DAY`,
      fired_count: '100',
      users_count: '20',
      scheduled: 'i % 8 = 7',
      updated_at: `${END_SQL} - INTERVAL 40 DAY`,
    },
    'range(120) r(i)',
  ),
  insert(
    'sla_policy',
    {
      id: `'s' || i`,
      active: 'true',
      scope: `'ticket'`,
      is_default: 'false',
      condition_fields: `['priority', 'tier']`,
      position: 'i',
    },
    'range(3) r(i)',
  ),
  insert(
    'sla_target',
    {
      policy_id: `'s' || i`,
      metric: `'first_reply'`,
      priority_key: `'any'`,
      target_s: '14400',
      business_hours: 'false',
    },
    'range(3) r(i)',
  ),
  insert(
    'integration',
    {
      id: `'i' || i`,
      class: `['issue_tracker', 'monitoring', 'crm_billing', 'survey'][1 + i]`,
      active: 'true',
      last_traffic_at: `${END_SQL} - INTERVAL 1 DAY`,
    },
    'range(4) r(i)',
  ),
  insert(
    'calendar',
    {
      id: `'h1'`,
      time_zone: `'Europe/Berlin'`,
      weekly: `'[${[1, 2, 3, 4, 5].map((day) => `{"start_minute":${day * 1440 + 540},"end_minute":${day * 1440 + 1080}}`).join(',')}]'`,
      holidays: `'[{"from":"2025-12-25","to":"2025-12-26"}]'`,
      valid_from: 'make_timestamp(0)',
      is_default: 'true',
    },
    'range(1) r(i)',
  ),
  insert(
    'article_view',
    { article_id: `'*'`, day: `${START} + to_days(CAST(i AS INTEGER))`, views: '1000', unique_users: '600' },
    'range(1095) r(i)',
  ),
  insert(
    'bot_session',
    {
      id: `'b' || i`,
      started_at: 'created',
      handed_over: `${chance('handed')} < 0.6`,
      ticket_id: `CASE WHEN ${chance('handed')} < 0.6 THEN ticket END`,
      topic: `'k' || i % 40`,
    },
    `c WHERE i % 20 = 0`,
  ),
];

rmSync(dataDir, { recursive: true, force: true });
mkdirSync(dataDir, { recursive: true });
await (await openDuckdbStore({ dataDir, workspace: 'default', clock })).close();
const instance = await DuckDBInstance.create(join(dataDir, 'plumbline.duckdb'), { threads: '2' });
const connection = await instance.connect();
const rows = new Map<TableName, number>();
for (const sql of [
  CASES,
  TICKETS,
  ...EVENTS,
  ...MESSAGES,
  CLOCK('first_reply', '14400', 'replied'),
  CLOCK('resolution', '345600', 'solved'),
  ...REST,
])
  await connection.run(sql);
for (const table of Object.keys(TABLES) as TableName[]) {
  const [row] = (await connection.runAndReadAll(`SELECT count(*) FROM telemetry.${table}`)).getRows();
  rows.set(table, Number(row?.[0]));
}
connection.closeSync();
instance.closeSync();

const KINDS = ['status', 'priority', 'group', 'assignee', 'escalation', 'actor'];
const store = await openDuckdbStore({ dataDir, workspace: 'default', clock });
await store.telemetry.recordObservability(
  STREAMS.map((stream) => ({
    connection: 'bench',
    stream,
    status: 'available' as const,
    detail: null,
    fields: [
      ...STREAM_TABLES[stream].flatMap((table) => Object.keys(TABLES[table].columns)),
      ...(stream === 'events' ? KINDS : []),
    ],
    since: null,
    until: new Date(END),
    rows: rows.get(STREAM_TABLES[stream][0]) ?? 0,
    rejected: 0,
    reconciled_share: null,
  })),
);
await store.close();
console.log(JSON.stringify({ rows: [...rows.values()].reduce((a, b) => a + b, 0), ...Object.fromEntries(rows) }));
