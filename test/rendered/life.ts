import { onDays, WEEKDAYS } from '../../src/demo/calendar.ts';
import { readClocks } from '../../src/demo/clocks.ts';
import { findPractices } from '../../src/demo/desks.ts';
import type { Priority } from '../../src/demo/kinds.ts';
import type { Practices } from '../../src/demo/practices.ts';
import { simulateDesk } from '../../src/demo/simulate.ts';
import type { SimTicket, World } from '../../src/demo/world.ts';
import { type Clock, clocksOf, gather } from './life-clocks.ts';

/** What happened at a desk, in nobody's format: a renderer answers one vendor's calls with it. Instants are unix seconds, ids are text. */
export interface Life {
  readonly world: World;
  readonly now: number;
  readonly teams: readonly Team[];
  readonly staff: readonly Person[];
  readonly customers: readonly Person[];
  readonly organisations: readonly { readonly id: string; readonly name: string; readonly domain: string }[];
  readonly policy: Policy;
  readonly hours: Hours;
  /** In the order of their last change. */
  readonly tickets: readonly Ticket[];
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly members: readonly string[];
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly admin: boolean;
  readonly teams: readonly string[];
  readonly organisation: string | null;
  readonly createdAt: number;
}

/** Seconds that are promised, by priority. */
export interface Policy {
  readonly id: string;
  readonly name: string;
  readonly firstReply: Readonly<Record<Priority, number>>;
  readonly resolution: Readonly<Record<Priority, number>>;
  readonly businessHours: boolean;
}

/** The same hours on the working days of a week. */
export interface Hours {
  readonly zone: string;
  readonly days: readonly string[];
  readonly from: number;
  readonly to: number;
}

export type Status = 'new' | 'open' | 'pending' | 'solved' | 'closed';
export const FIELDS = ['status', 'priority', 'group', 'assignee'] as const;
export type Field = (typeof FIELDS)[number];
export type Values = { readonly [F in Field]: string | null };

/** One update of a ticket: whoever made it changed fields, said something, or both. */
export interface Step {
  readonly id: string;
  readonly at: number;
  /** Null = a rule. */
  readonly by: string | null;
  readonly changes: readonly { readonly field: Field; readonly from: string | null; readonly to: string | null }[];
  readonly said: Said | null;
}

export interface Said {
  readonly id: string;
  readonly by: string;
  readonly byCustomer: boolean;
  readonly public: boolean;
  readonly text: string;
}

export interface Ticket {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly subject: string;
  readonly channel: 'email' | 'web' | 'chat';
  readonly requester: Person;
  /** As it was opened; the opening message is `opening`. */
  readonly born: Values;
  readonly is: Values & { readonly status: Status; readonly priority: Priority };
  readonly type: string | null;
  readonly opening: Said;
  /** After the opening, in order. */
  readonly steps: readonly Step[];
  readonly clocks: readonly Clock[];
  readonly survey: { readonly offeredAt: number; readonly answeredAt: number | null; readonly good: boolean } | null;
  readonly repliedAt: number | null;
  /** Last entry into solved; null while it is open. */
  readonly solvedAt: number | null;
  readonly closedAt: number | null;
}

const HARBOR = findPractices('harbor');
const OFFICE = onDays(WEEKDAYS, 8, 18);
const ON_SHIFT = { zone: HARBOR.zone, weekly: OFFICE, skills: [], attention: 0.3 } as const;

/**
 * A desk of two lines and a side team, managed by figures. It does only what every vendor has a word for: no calls, no bots, no spam, no merges, no
 * issue tracker, no articles; a promise of the first reply and of the solution, a survey, hours without holidays.
 */
const PRACTICES: Practices = {
  ...HARBOR,
  key: 'rendered',
  historyDays: 70,
  hours: { weekly: OFFICE, holidays: [] },
  arrivals: { ...HARBOR.arrivals, perWeek: 60, outagesPerMonth: 0 },
  crews: [
    { ...ON_SHIFT, groups: ['front'], count: 4 },
    { ...ON_SHIFT, groups: ['tier2'], count: 2 },
    { ...ON_SHIFT, groups: ['billing'], count: 1 },
  ],
  channels: { email: 5, web: 4, chat: 1 },
  customers: { ...HARBOR.customers, organisations: 60, people: 300, accountFields: [] },
  intake: {
    ...HARBOR.intake,
    forwarded: 0,
    form: false,
    spam: 0,
    duplicates: 0,
    proactivePerWeek: 0,
    acknowledgement: null,
  },
  priorities: { ...HARBOR.priorities, setBy: 'customer' },
  escalation: { ...HARBOR.escalation, engineering: 'chat', linked: 0, updatesWhileWaiting: 0, sideQuestions: 0 },
  closing: { ...HARBOR.closing, causeFilled: 0, returnsAfterClose: 0 },
  promises: HARBOR.promises.map((promise) => ({ ...promise, nextReply: {} })),
  knowledge: null,
  macros: 0,
  apps: [],
  deadRules: 0,
};

/** The one life that every vendor is shown. The same each time. */
export function liveDesk(): Life {
  const lived = simulateDesk(PRACTICES, '1');
  // Rules and samples are configuration of the vendor that is simulated, and no part of what happened.
  const world: World = {
    ...lived,
    rules: [],
    macros: [],
    tickets: lived.tickets.filter((ticket) => !ticket.plan.sample),
  };
  const people = peopleOf(world);
  const clocks = gather(readClocks(world), (event) => event.ticket);
  const byId = new Map([...people.staff, ...people.customers].map((one) => [one.id, one]));
  const [policy] = world.policies;
  if (policy === undefined) throw new Error('the desk of the life promises something');
  const seconds = (minutes: Partial<Record<Priority, number>>) =>
    Object.fromEntries(Object.entries(minutes).map(([key, value]) => [key, value * 60])) as Record<Priority, number>;
  return {
    world,
    now: world.now,
    ...people,
    policy: {
      id: String(policy.id),
      name: policy.title,
      firstReply: seconds(policy.targets.first_reply_time),
      resolution: seconds(policy.targets.total_resolution_time),
      businessHours: policy.businessHours,
    },
    hours: {
      zone: PRACTICES.zone,
      days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      from: 8,
      to: 18,
    },
    tickets: world.tickets
      .map((ticket) => readTicket(ticket, byId, clocksOf(world, clocks.get(ticket.id) ?? [])))
      .sort((a, b) => a.updatedAt - b.updatedAt || Number(a.id) - Number(b.id)),
  };
}

function peopleOf(world: World): Pick<Life, 'teams' | 'staff' | 'customers' | 'organisations'> {
  const teams = new Map(world.agents.map((agent) => [agent.user.id, agent.groups.map((group) => String(group.id))]));
  const persons = world.users.map((user) => ({
    id: user.id,
    name: user.name,
    email: user.email,
    admin: user.role === 'admin',
    teams: teams.get(user.id) ?? [],
    organisation: user.organisation === null ? null : String(user.organisation.id),
    createdAt: user.createdAt,
    desk: user.role !== 'end-user',
  }));
  return {
    teams: world.groups.map((group) => ({
      id: String(group.id),
      name: group.name,
      description: group.description,
      members: group.members.map((agent) => agent.user.id),
    })),
    staff: persons.filter(({ desk }) => desk),
    customers: persons.filter(({ desk }) => !desk),
    organisations: world.organisations.map(({ id, name, domain }) => ({ id: String(id), name, domain })),
  };
}

const NAMES: Readonly<Record<string, Field>> = {
  status: 'status',
  priority: 'priority',
  group_id: 'group',
  assignee_id: 'assignee',
};

function readTicket(ticket: SimTicket, people: ReadonlyMap<string, Person>, clocks: readonly Clock[]): Ticket {
  const [first, ...rest] = ticket.audits;
  if (first === undefined) throw new Error(`ticket ${ticket.id} was never opened`);
  const born = bornAs(first);
  const steps = rest.map((audit) => stepOf(audit)).filter((step) => step.changes.length > 0 || step.said !== null);
  const is: Record<Field, string | null> = { ...born };
  for (const { changes } of steps) for (const { field, to } of changes) is[field] = to;
  const opening = stepOf(first).said;
  const requester = people.get(ticket.requester.id);
  if (opening === null || requester === undefined) throw new Error(`ticket ${ticket.id} has no opening by somebody`);
  const enters = (status: Status) =>
    steps.filter(({ changes }) => changes.some(({ field, to }) => field === 'status' && to === status));
  const done = is.status === 'solved' || is.status === 'closed';
  return {
    id: String(ticket.id),
    createdAt: ticket.createdAt,
    updatedAt: ticket.updatedAt,
    subject: ticket.subject,
    channel: ticket.channel as Ticket['channel'],
    requester,
    born,
    is: is as Ticket['is'],
    type: ticket.type,
    opening,
    steps,
    clocks,
    survey: ticket.rating && { ...ticket.rating, good: ticket.rating.score === 'good' },
    repliedAt: steps.find(({ said }) => said?.public === true && !said.byCustomer)?.at ?? null,
    solvedAt: done ? (enters('solved').at(-1)?.at ?? null) : null,
    closedAt: done ? (enters('closed').at(-1)?.at ?? null) : null,
  };
}

function bornAs({ events }: SimTicket['audits'][number]): Values {
  const born: Record<Field, string | null> = { status: 'new', priority: null, group: null, assignee: null };
  for (const event of events) {
    if (event.kind !== 'create' && event.kind !== 'change') continue;
    const field = NAMES[event.field];
    if (field !== undefined) born[field] = textOf(event.kind === 'create' ? event.value : event.to);
  }
  return born;
}

function stepOf(audit: SimTicket['audits'][number]): Step {
  const comment = audit.events.find((event) => event.kind === 'comment');
  return {
    id: String(audit.id),
    at: audit.at,
    by: audit.author?.id ?? null,
    changes: audit.events.flatMap((event) => {
      const field = event.kind === 'change' ? NAMES[event.field] : undefined;
      return event.kind !== 'change' || field === undefined
        ? []
        : [{ field, from: textOf(event.from), to: textOf(event.to) }];
    }),
    said:
      comment?.kind !== 'comment'
        ? null
        : {
            id: String(audit.id + 1 + audit.events.indexOf(comment)),
            by: comment.author.id,
            byCustomer: comment.author.role === 'end-user',
            public: comment.public,
            text: comment.text,
          },
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
