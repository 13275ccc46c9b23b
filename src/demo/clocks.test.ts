import { beforeAll, describe, expect, it } from 'vitest';
import { type MetricEvent, readClocks } from './clocks.ts';
import { buildDesk } from './desks.ts';
import { showTicketEvent } from './export-events.ts';
import { showMetricSet, showTicket } from './export-tickets.ts';
import type { SimTicket, World } from './world.ts';

let world: World;
beforeAll(() => {
  world = buildDesk('harbor');
});

const URL = 'http://desk.example';
const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Copenhagen',
  weekday: 'short',
  hour: '2-digit',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const HOLIDAYS = [
  '01/01/2026',
  '02/04/2026',
  '03/04/2026',
  '04/04/2026',
  '05/04/2026',
  '06/04/2026',
  '14/05/2026',
  '25/05/2026',
];
const openHours = new Map<number, boolean>();

/** Is Copenhagen at work in this hour of UTC (its offsets are whole hours)? Weekdays 8 to 18, not on holidays. */
function isOpenHour(hour: number): boolean {
  const known = openHours.get(hour);
  if (known !== undefined) return known;
  const parts = Object.fromEntries(CLOCK.formatToParts(hour * 3_600_000).map((part) => [part.type, part.value]));
  const date = `${parts.day}/${parts.month}/${parts.year}`;
  const open =
    !['Sat', 'Sun'].includes(parts.weekday ?? '') &&
    Number(parts.hour) >= 8 &&
    Number(parts.hour) < 18 &&
    !HOLIDAYS.includes(date);
  openHours.set(hour, open);
  return open;
}

/** Business seconds, hour by hour: slow, simple, and not the code under test. */
function walkBusiness(from: number, to: number): number {
  let sum = 0;
  for (let hour = Math.floor(from / 3600); hour * 3600 < to; hour++)
    if (isOpenHour(hour)) sum += Math.min(to, (hour + 1) * 3600) - Math.max(from, hour * 3600);
  return sum;
}

interface Figures {
  firstReply: number | null;
  firstSolve: number | null;
  lastSolve: number | null;
  reopens: number;
  replies: number;
  pendingS: number;
}

interface Told {
  readonly at: number;
  readonly opening: boolean;
  readonly child: Record<string, unknown>;
}

/** What a reader of the event export alone would count. */
function readExport(ticket: SimTicket): Figures {
  const staff = new Set([world.admin, ...world.agents.map((agent) => agent.user)].map((user) => Number(user.id)));
  const told = ticket.audits.flatMap((audit, index): Told[] => {
    const row = showTicketEvent(ticket, audit, true);
    const children = row.child_events as Record<string, unknown>[];
    return children.map((child) => ({ at: Number(row.timestamp), opening: index === 0, child }));
  });
  const replies = told.filter(
    ({ child, opening }) =>
      child.event_type === 'Comment' && child.public === true && !opening && staff.has(child.author_id as number),
  );
  const steps = told.filter(({ child }) => child.event_type === 'Change' && child.status !== undefined);
  const solves = steps.filter(
    ({ child }) => child.status === 'solved' || (child.status === 'closed' && child.previous_value !== 'solved'),
  );
  const reopens = steps.filter(
    ({ child }) => child.previous_value === 'solved' && child.status !== 'closed' && child.status !== 'deleted',
  );
  const pendingS = steps.reduce(
    (sum, { child, at }, index) => (child.status === 'pending' ? sum + (steps[index + 1]?.at ?? world.now) - at : sum),
    0,
  );
  return {
    firstReply: replies[0]?.at ?? null,
    firstSolve: solves[0]?.at ?? null,
    lastSolve: solves.at(-1)?.at ?? null,
    reopens: reopens.length,
    replies: replies.length,
    pendingS,
  };
}

describe('figures that the vendor reports', () => {
  it('equal what the exported events tell', () => {
    const wrong = world.tickets.filter((ticket) => {
      const figures = readExport(ticket);
      const until = (at: number | null): object =>
        at === null
          ? { calendar: null, business: null }
          : {
              calendar: Math.floor((at - ticket.createdAt) / 60),
              business: Math.floor(walkBusiness(ticket.createdAt, at) / 60),
            };
      const done = ticket.status === 'solved' || ticket.status === 'closed';
      const shown = showMetricSet(world, ticket, URL);
      const wait = shown.agent_wait_time_in_minutes as { calendar: number };
      const reported = [
        shown.reopens,
        shown.replies,
        shown.reply_time_in_minutes,
        shown.first_resolution_time_in_minutes,
        shown.full_resolution_time_in_minutes,
        wait.calendar,
      ];
      const counted = [
        figures.reopens,
        figures.replies,
        until(figures.firstReply),
        until(figures.firstSolve),
        until(done ? figures.lastSolve : null),
        Math.floor(figures.pendingS / 60),
      ];
      return JSON.stringify(reported) !== JSON.stringify(counted);
    });
    expect(wrong.map((ticket) => ticket.id)).toEqual([]);
  });

  it('go with a ticket that says the same as its last events', () => {
    for (const ticket of world.tickets.slice(0, 500)) {
      const last = ticket.audits.at(-1);
      const shown = showTicket(world, ticket, URL);
      expect(shown.updated_at).toBe(new Date((last?.at ?? 0) * 1000).toISOString().replace('.000Z', 'Z'));
      expect(Number(shown.generated_timestamp)).toBeGreaterThanOrEqual(last?.at ?? 0);
    }
  });
});

interface FirstReply {
  readonly ticket: number;
  readonly startedAt: number;
  readonly answeredAt: number;
  readonly targetS: number;
  readonly breachAt: number | null;
}

/** First replies that were given, under one promise that nobody changed. */
function finishedFirstReplies(of: World): FirstReply[] {
  const byTicket = new Map<number, MetricEvent[]>();
  for (const event of readClocks(of))
    if (event.metric === 'reply_time' && event.instance === 1)
      byTicket.set(event.ticket, [...(byTicket.get(event.ticket) ?? []), event]);
  return [...byTicket].flatMap(([ticket, own]) => {
    const applied = own.filter((event) => event.type === 'apply_sla');
    const startedAt = own.find((event) => event.type === 'activate')?.at;
    const answeredAt = own.find((event) => event.type === 'fulfill')?.at;
    const minutes = applied[0]?.sla?.minutes;
    if (applied.length !== 1 || minutes === undefined || startedAt === undefined || answeredAt === undefined) return [];
    const breach = own.find((event) => event.type === 'breach' && event.deleted !== true);
    return [{ ticket, startedAt, answeredAt, targetS: minutes * 60, breachAt: breach?.at ?? null }];
  });
}

describe('readClocks', () => {
  it('breaks the first promise exactly when the answer came later than the target, in business time', () => {
    const checked = { kept: 0, broken: 0 };
    const wrong: number[] = [];
    for (const clock of finishedFirstReplies(world)) {
      const late = walkBusiness(clock.startedAt, clock.answeredAt) > clock.targetS;
      const brokenAt = clock.breachAt === null ? null : walkBusiness(clock.startedAt, clock.breachAt);
      if (brokenAt !== (late ? clock.targetS : null)) wrong.push(clock.ticket);
      checked[late ? 'broken' : 'kept']++;
    }
    expect(wrong).toEqual([]);
    expect(checked.kept).toBeGreaterThan(1000);
    expect(checked.broken).toBeGreaterThan(30);
  });

  it('orders by time with rising ids, and never ends a clock that it did not start', () => {
    const events = readClocks(world);
    expect(events.every((event, index) => index === 0 || (events[index - 1]?.id ?? 0) < event.id)).toBe(true);
    expect(events.every((event, index) => index === 0 || (events[index - 1]?.at ?? 0) <= event.at)).toBe(true);
    const started = new Set<string>();
    const orphans = events.filter((event) => {
      const key = `${event.ticket}/${event.metric}/${event.instance}`;
      if (event.type === 'activate') started.add(key);
      return (event.type === 'fulfill' || event.type === 'breach') && !started.has(key);
    });
    expect(orphans).toEqual([]);
  });

  it('takes a broken promise back when a new target is applied that still holds', () => {
    const voided = readClocks(world).filter((event) => event.type === 'breach' && event.deleted === true);
    expect(voided.length).toBeGreaterThan(0);
  });
});
