import { describe, expect, it } from 'vitest';
import { acknowledgementText } from './acknowledgement.ts';
import { readClocks } from './clocks.ts';
import { orderDesk } from './desk-rows.ts';
import { HARBOR } from './desks/harbor.ts';
import { listFields, listForms, listStatuses } from './export-fields.ts';
import { listMemberships, showUser } from './export-people.ts';
import type { Practices } from './practices.ts';
import { answer } from './routes.ts';
import { simulateDesk } from './simulate.ts';
import { speak, VOCABULARIES } from './speak.ts';
import type { SimTicket, World } from './world.ts';

const DAY_S = 86_400;
const SMALL: Practices = {
  ...HARBOR,
  key: 'truth',
  historyDays: 30,
  arrivals: { ...HARBOR.arrivals, perWeek: 60 },
  customers: { ...HARBOR.customers, organisations: 30, people: 120 },
};
const ESCALATING: NonNullable<Practices['escalating']> = {
  share: 0.9,
  by: { agent: 1 },
  marked: 1,
  moves: 0,
  reason: 0,
  owner: 0,
  early: 1,
  together: 0,
};

function live(change: Partial<Practices>): World {
  return simulateDesk({ ...SMALL, ...change });
}

function firstReply(ticket: SimTicket): { at: number; by: string | undefined; via: string } | null {
  const audit = ticket.audits
    .slice(1)
    .find((entry) =>
      entry.events.some((event) => event.kind === 'comment' && event.public && event.author.role !== 'end-user'),
    );
  return audit === undefined ? null : { at: audit.at, by: audit.author?.id, via: audit.via.channel };
}

function ask(world: World, path: string): number {
  const rows = orderDesk(world, () => 'https://desk.example');
  const query = new URLSearchParams();
  return answer(
    rows,
    { query, url: 'https://desk.example', path: `/api/v2${path}`, now: world.now, pageSize: 100 },
    path,
  ).status;
}

describe("a program on an agent's seat", () => {
  const world = live({ intake: { ...SMALL.intake, seatBot: { firstReplies: 0.5 } } });
  const bot = world.seatBot;

  it('answers its share within a minute, at any hour, through the interface', () => {
    const fromCustomers = world.tickets.filter(
      (ticket) =>
        ticket.submitter.role === 'end-user' && ticket.followUpOf === null && ticket.createdAt < world.now - 300,
    );
    const answered = fromCustomers.filter((ticket) => firstReply(ticket)?.by === bot?.id);
    expect(fromCustomers.length).toBeGreaterThan(100);
    // 95 % of samples of this size lie within 0.5 +- 0.1.
    expect(answered.length / fromCustomers.length).toBeGreaterThan(0.35);
    expect(answered.length / fromCustomers.length).toBeLessThan(0.65);
    for (const ticket of answered) {
      const reply = firstReply(ticket);
      expect(reply?.via).toBe('api');
      expect((reply?.at ?? 0) - ticket.createdAt).toBeGreaterThanOrEqual(10);
      expect((reply?.at ?? 0) - ticket.createdAt).toBeLessThanOrEqual(60);
    }
    const nightly = answered.filter((ticket) => new Date(ticket.createdAt * 1000).getUTCHours() < 5);
    expect(nightly.length).toBeGreaterThan(0);
  });

  it("is an agent for the vendor, ends the vendor's clock, and looks like a person in the lists", () => {
    if (bot === null) throw new Error('no bot');
    const row = showUser(world, bot, '');
    expect(row).toMatchObject({ role: 'agent', name: 'Maria Lund', last_login_at: null });
    expect(listMemberships(world, '').some((entry) => String(entry.user_id) === bot.id)).toBe(true);
    const ticket = world.tickets.find((entry) => firstReply(entry)?.by === bot.id);
    const met = readClocks(world).find(
      (event) =>
        event.ticket === ticket?.id &&
        event.metric === 'reply_time' &&
        event.instance === 1 &&
        event.type === 'fulfill',
    );
    expect(met?.at).toBe(ticket === undefined ? null : firstReply(ticket)?.at);
  });
});

describe('an import of old tickets', () => {
  const world = live({ migration: { tickets: 200, daysAgo: 20, oldestDays: 700 } });
  const imported = world.tickets.filter((ticket) => ticket.plan.imported);

  it('comes in one day through the interface, closed, with dates of its own and nothing logged before', () => {
    expect(imported.length).toBe(200);
    for (const ticket of imported) {
      expect([ticket.channel, ticket.status, ticket.audits.length]).toEqual(['api', 'closed', 1]);
      expect(ticket.audits[0]?.at).toBeGreaterThanOrEqual(world.now - 20 * DAY_S);
      expect(ticket.audits[0]?.at).toBeLessThan(world.now - 19 * DAY_S);
      expect(ticket.createdAt).toBeLessThan(world.now - 20 * DAY_S - DAY_S);
    }
    expect(Math.min(...imported.map((ticket) => ticket.createdAt))).toBeLessThan(world.start);
  });

  it('has no clocks, and leaves the other tickets as they were', () => {
    const ids = new Set(imported.map((ticket) => ticket.id));
    expect(readClocks(world).some((event) => ids.has(event.ticket))).toBe(false);
    const without = live({});
    expect(world.tickets.filter((ticket) => !ticket.plan.imported).map((ticket) => ticket.createdAt)).toEqual(
      without.tickets.map((ticket) => ticket.createdAt),
    );
  });
});

describe('a plan of the vendor', () => {
  it('holds back what it does not have, whatever the practices say', () => {
    const world = live({ account: { subdomain: 'small', plan: 'team' }, assignment: 'skill' });
    expect([ask(world, '/slas/policies'), ask(world, '/business_hours/schedules'), ask(world, '/queues')]).toEqual([
      403, 403, 403,
    ]);
    expect(world.policies).toEqual([]);
    expect(world.hasSchedule).toBe(false);
    expect(readClocks(world).some((event) => event.type === 'apply_sla')).toBe(false);
    expect(world.tickets.every((ticket) => ticket.rating === null)).toBe(true);
  });
});

describe('an acknowledgement', () => {
  const words = VOCABULARIES.german;
  const says = (acknowledgement: Practices['intake']['acknowledgement']): string | null =>
    acknowledgementText({ ...SMALL, intake: { ...SMALL.intake, acknowledgement } }, words);

  it("says the promise in the desk's language, the vendor's words, or the desk's own", () => {
    expect(says(null)).toBeNull();
    expect(says({ promise: { normalMinutes: 480, urgentMinutes: 30, businessHours: true } })).toBe(
      'Ihre Anfrage {{ticket.id}} ist eingegangen. Wir antworten innerhalb von 8 Arbeitsstunden, in dringenden Fällen innerhalb von 30 Minuten.',
    );
    expect(says({})).toBe(words.mails.receivedDefault);
    expect(says({ edited: true })).toBe(words.mails.receivedPlain);
    expect(says({ text: 'As written.' })).toBe('As written.');
  });

  it('goes to the receiver that the rule names', () => {
    const world = live({ intake: { ...SMALL.intake, acknowledgement: { receiver: 'requester_and_ccs' } } });
    const rule = world.rules.find((entry) => entry.key === 'acknowledge');
    expect(rule?.actions[0]).toMatchObject({
      field: 'notification_user',
      value: ['requester_and_ccs', expect.any(String), expect.any(String)],
    });
  });
});

describe('fields, forms and statuses', () => {
  it('tells what the vendor requires from what the desk demands', () => {
    const required = (world: World): string[] =>
      listFields(world, '').flatMap((field) => (field.required === true ? [String(field.title)] : []));
    expect(required(live({}))).toEqual(['Product', 'Topic', 'Severity']);
    const system = ['subject', 'description', 'status', 'group', 'assignee'];
    expect(required(live({ closing: { ...SMALL.closing, required: [] } }))).toEqual(system);
    expect(required(live({ closing: { ...SMALL.closing, required: ['cause'] } }))).toEqual([...system, 'Root cause']);
  });

  it('asks customers for what they can know, never for the cause', () => {
    const asked = (world: World): string[] =>
      listFields(world, '').flatMap((field) =>
        field.removable === true && field.required_in_portal === true ? [String(field.title)] : [],
      );
    const demanded = { closing: { ...SMALL.closing, required: ['cause', 'topic'] as const } };
    expect(asked(live(demanded))).toEqual(['Topic']);
    expect(asked(live({ ...demanded, intake: { ...SMALL.intake, asked: ['product'] } }))).toEqual(['Product']);
    expect(asked(live({ intake: { ...SMALL.intake, asked: [] } }))).toEqual([]);
  });

  it('has no fields of its own without a form, and a second form where the desk made one', () => {
    const bare = live({ intake: { ...SMALL.intake, form: false } });
    expect(listFields(bare, '').every((field) => field.removable === false)).toBe(true);
    const two = live({ intake: { ...SMALL.intake, secondForm: true } });
    expect(listForms(two, '').map((form) => form.position)).toEqual([1, 2]);
    expect(new Set(two.tickets.map((ticket) => ticket.formId)).size).toBe(2);
  });

  it.each([
    ['polish', 'custom_status_id'],
    ['german', '360600000038'],
    ['english', 'tags'],
  ] as const)('marks an escalation as a %s desk does: by a change of %s', (language, field) => {
    const world = simulateDesk({ ...speak(SMALL, VOCABULARIES[language]), escalating: ESCALATING });
    const marks = world.tickets.flatMap((ticket) =>
      ticket.audits.flatMap((audit) =>
        audit.events.filter((event) => event.kind === 'change' && event.field === field),
      ),
    );
    expect(marks.length).toBeGreaterThan(3);
    const own = listStatuses(world, '').filter((status) => status.default === false);
    expect(own.map((status) => status.agent_label)).toEqual(
      language === 'polish' ? ['U kierownika', 'U kierownika: Czeka na klienta', 'U kierownika: Wstrzymane'] : [],
    );
    const box = listFields(world, '').filter((entry) => entry.type === 'checkbox');
    expect(box.map((entry) => entry.title)).toEqual(language === 'german' ? ['Eskaliert'] : []);
  });
});
