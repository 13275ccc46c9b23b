import { beforeAll, describe, expect, it } from 'vitest';
import { orderDesk } from './desk-rows.ts';
import { SLEEPLESS } from './desks/sleepless.ts';
import type { Practices } from './practices.ts';
import { answer } from './routes.ts';
import { simulateDesk } from './simulate.ts';
import { opaque, speak, VOCABULARIES } from './speak.ts';
import type { World } from './world.ts';

/** A desk in which every practice with a word of its own takes part, small enough to run many times. */
const SMALL: Practices = {
  ...SLEEPLESS,
  key: 'small',
  title: 'Small',
  account: { subdomain: 'desk-one', plan: 'enterprise' },
  historyDays: 28,
  arrivals: { ...SLEEPLESS.arrivals, perWeek: 90, outagesPerMonth: 4 },
  customers: { ...SLEEPLESS.customers, organisations: 40, people: 200 },
  closing: { ...SLEEPLESS.closing, reminderDays: 2 },
  groups: [...SLEEPLESS.groups, { key: 'vip', name: 'VIP Desk', description: 'Executives.', role: 'facade' }],
  apps: [],
  deadRules: 1,
  intake: { ...SLEEPLESS.intake, seatBot: { firstReplies: 0.2, solves: 0.1 }, secondForm: true, junkField: true },
  migration: { tickets: 20, daysAgo: 20, oldestDays: 300 },
  escalating: {
    share: 0.5,
    by: { agent: 2, rule: 1, customer: 1 },
    marked: 0.9,
    moves: 0.5,
    reason: 0.5,
    owner: 0.5,
    early: 0.5,
    together: 0.3,
  },
  steering: {
    rules: ['tier', 'product', 'account', 'severity', 'renewal', 'health', 'owner'],
    views: ['tier', 'product', 'account', 'severity', 'renewal', 'health', 'owner'],
  },
  joining: { severe: 0.3 },
  backlog: { reviewed: 0.5 },
  causes: { severe: 0.9, second: 0.5 },
};

/** What people and machines did, without a word: the same in every language. */
function plainFigures(world: World): unknown[] {
  return world.tickets.map((ticket) => ({
    id: ticket.id,
    created: ticket.createdAt,
    status: ticket.status,
    priority: ticket.priority,
    group: ticket.group === null ? null : world.groups.indexOf(ticket.group),
    owner: ticket.assignee?.index ?? null,
    tier: ticket.requester.organisation?.rank ?? null,
    replies: ticket.audits
      .filter((audit) => audit.events.some((event) => event.kind === 'comment' && event.public))
      .map((audit) => [audit.at, audit.author?.id ?? null]),
    policy: ticket.policy?.position ?? null,
  }));
}

const LISTS = [
  '/groups', '/group_memberships', '/users', '/organizations', '/organization_fields', '/ticket_fields', '/ticket_forms',
  '/triggers', '/automations', '/macros', '/views', '/slas/policies', '/group_slas/policies', '/custom_statuses',
  '/business_hours/schedules', '/jira/links', '/webhooks', '/brands', '/queues', '/routing/attributes', '/help_center/articles',
]; // biome-ignore format: a list of paths

/** Everything that a desk says over its interface, as text values and, where the desk named them, keys. */
function readAll(world: World): string[] {
  const rows = orderDesk(world, () => 'https://desk.example');
  const said: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') said.push(value);
    else if (Array.isArray(value)) for (const entry of value) collect(entry);
    else if (typeof value === 'object' && value !== null)
      for (const [key, entry] of Object.entries(value)) {
        if (key === 'organization_fields') said.push(...Object.keys(entry ?? {}));
        collect(entry);
      }
  };
  const now = world.now;
  for (const path of LISTS) {
    const reply = answer(
      rows,
      { query: new URLSearchParams(), url: 'https://desk.example', path: `/api/v2${path}`, now, pageSize: 100_000 },
      path,
    );
    if (reply.status === 200) collect(reply.body);
  }
  const tickets = rows.tickets(new Set(['metric_sets', 'slas']), false);
  const updates = rows.updates(true);
  const clocks = rows.clocks();
  for (const row of tickets.rows) collect(tickets.show(row));
  for (const row of updates.rows) collect(updates.show(row));
  for (const row of clocks.rows) collect(clocks.show(row));
  return said;
}

/** Words by which an English desk gives its practices away. */
const TELLING =
  /premium|escalat|\btier|_tier|\bvip\b|\bbot\b|_bot|answer_bot|swarm|severity|cause|\bproduct|enterprise|standard|business|success|outage|proactive|reminded|alert|renewal|health|partner|owner|jira_|priority .* from|billing|engineer|promise|support/i;
/** The vendor's own: never the desk's words. */
const FIXED = new Set(['group_ownership_time', 'support']);

let english: World;
beforeAll(() => {
  english = simulateDesk(SMALL);
});

describe('speak', () => {
  it('leaves what people do as it was', () => {
    const known = plainFigures(english);
    expect(known.length).toBeGreaterThan(300);
    for (const vocabulary of [VOCABULARIES.german, VOCABULARIES.polish, opaque('1'), opaque('2'), opaque('3')])
      expect(plainFigures(simulateDesk(speak(SMALL, vocabulary)))).toEqual(known);
  });

  it('leaves no word of the English desk in an opaque one', () => {
    const told = readAll(english).filter((text) => TELLING.test(text));
    expect(told.length).toBeGreaterThan(500);
    for (const seed of ['1', '2', '3', '4']) {
      const left = readAll(simulateDesk(speak(SMALL, opaque(seed)))).filter(
        (text) => !FIXED.has(text) && TELLING.test(text),
      );
      expect([...new Set(left)]).toEqual([]);
    }
  });

  it('says the same words again for the same seed, and never two things in one word', () => {
    expect(opaque('7')).toEqual(opaque('7'));
    expect(opaque('7')).not.toEqual(opaque('8'));
    const { tiers, fields } = opaque('7');
    expect(new Set(tiers.names).size).toBe(tiers.names.length);
    expect(new Set(Object.values(fields.severityOptions)).size).toBe(4);
  });

  it('lets rules and policies select the tier where it can be read', () => {
    for (const vocabulary of [...Object.values(VOCABULARIES), opaque('1'), opaque('2'), opaque('3'), opaque('4')]) {
      const world = simulateDesk(speak({ ...SMALL, historyDays: 10 }, vocabulary));
      const top = world.rules.find((rule) => rule.key === 'route-premium');
      const conditions = top?.conditions.all.slice(1) ?? [];
      expect(conditions.length).toBe(1);
      expect(conditions[0]?.field).toMatch(/^(current_tags|organization\.custom_fields\.\S+|custom_fields_\d+)$/);
      const routed = world.tickets.filter((ticket) => ticket.requester.organisation?.rank === 2);
      const text = JSON.stringify(readAll(world));
      expect(text).toContain(vocabulary.tiers.names.at(-1));
      expect(routed.length).toBeGreaterThan(0);
    }
  });
});
