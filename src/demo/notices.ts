import { type Aftermath, afterQuestion, afterSolve } from './aftermath.ts';
import type { Arrival } from './arrivals.ts';
import { DAY_S } from './calendar.ts';
import { chooseTopic, openTicket } from './intake.ts';
import type { TopicPractice } from './practices.ts';
import { nameOutage } from './problems.ts';
import { takeAt } from './random.ts';
import { type Run, startEdit, VIA_WEB } from './ticket-log.ts';
import type { SimAgent, SimOrganisation, SimUser } from './world.ts';

const QUARTER_S = 91 * DAY_S;

/** Support writes first: to single accounts over the quarter, and in notices to many at once. */
export function planContacts(after: Aftermath): void {
  const { run } = after;
  const { agenda, random, world } = run;
  const habit = world.practices.outbound;
  if (habit === undefined) return;
  const people = groupPeople(world.customers);
  const share = habit.organisationsPerQuarter ?? 0;
  const quarters = (world.now - world.start) / QUARTER_S;
  for (const account of people.keys())
    for (let quarter = 0; quarter < quarters; quarter++) {
      if (share <= 0 || !random.chance(share)) continue;
      const at = world.start + (quarter + random.next()) * QUARTER_S;
      if (at < world.now - DAY_S) agenda.plan(at, () => contact(after, people.get(account) ?? [], null));
    }
  planOccasions(after, people);
  const notices = Math.round((habit.noticesPerQuarter ?? 0) * quarters);
  for (let index = 0; index < notices; index++)
    agenda.plan(world.start + random.next() * (world.now - world.start - DAY_S), () => {
      const agent = findPresent(run);
      if (agent === null) return;
      let at = agenda.now();
      for (const members of pickSome(run, [...people.values()], random.int(12, 25))) {
        at += random.int(20, 120);
        agenda.plan(at, () => contact(after, members, agent));
      }
    });
}

const RUN_UP_DAYS = { from: 15, to: 85 } as const;
const FOLLOW_DAYS = 4;

/** Somebody writes because a contract is about to renew, or because the health of an account has turned to the worst. */
function planOccasions(after: Aftermath, people: ReadonlyMap<SimOrganisation, readonly SimUser[]>): void {
  const { agenda, random, world } = after.run;
  const { beforeRenewals = 0, onFallingHealth = 0 } = world.practices.outbound ?? {};
  const plan = (share: number, at: number, members: readonly SimUser[]): void => {
    if (at > world.start && at < world.now - DAY_S && random.chance(share))
      agenda.plan(at, () => contact(after, members, null));
  };
  for (const [{ renewalDate, health, healthAt }, members] of people) {
    if (beforeRenewals > 0 && renewalDate !== null)
      plan(
        beforeRenewals,
        Date.parse(renewalDate) / 1000 -
          (RUN_UP_DAYS.from + random.next() * (RUN_UP_DAYS.to - RUN_UP_DAYS.from)) * DAY_S,
        members,
      );
    if (onFallingHealth > 0 && healthAt !== null && health === world.words.health[2])
      plan(onFallingHealth, healthAt + random.next() * FOLLOW_DAYS * DAY_S, members);
  }
}

/** One outbound case; put off to the next shift when nobody is there. */
function contact(after: Aftermath, members: readonly SimUser[], sender: SimAgent | null, topic?: TopicPractice): void {
  const { run } = after;
  const { agenda, random, world } = run;
  const agent = sender ?? findPresent(run);
  if (members.length === 0) return;
  if (agent === null) {
    const opens = Math.min(
      ...world.agents.filter((other) => !other.light).map((other) => other.shift.nextOpen(agenda.now())),
    );
    agenda.plan(opens + random.int(60, 7200), () => {
      if (findPresent(run) !== null) contact(after, members, null, topic);
    });
    return;
  }
  const ticket = openTicket(run, {
    requester: random.pick(members),
    submitter: agent.user,
    channel: 'web',
    topic: topic ?? chooseTopic(world, random),
    severity: 'normal',
    words: 'outbound',
    plan: { outbound: true },
  });
  const edit = startEdit(run, ticket).assignee(agent);
  if (random.chance(0.35)) {
    edit.status('pending').commit(agent.user, VIA_WEB);
    afterQuestion(after, ticket);
    return;
  }
  edit.status('solved').commit(agent.user, VIA_WEB);
  afterSolve(after, ticket);
}

/**
 * Outages that we know of before customers do: the monitor opens an incident, somebody writes to a part of those affected, and fewer
 * of them write. Gives the arrivals that remain.
 */
export function tellFirst(after: Aftermath, arrivals: readonly Arrival[]): Arrival[] {
  const { run } = after;
  const { agenda, random, world } = run;
  const share = world.practices.outbound?.outagesToldFirst ?? 0;
  const tool = world.machineUser;
  if (share <= 0 || tool === null) return [...arrivals];
  const people = [...groupPeople(world.customers).values()];
  const begins = new Map<number, number>();
  for (const arrival of arrivals)
    if (arrival.outage !== null && !begins.has(arrival.outage)) begins.set(arrival.outage, arrival.at);
  const told = new Set([...begins.keys()].filter(() => random.chance(share)));
  for (const outage of told) {
    const topic = takeAt(world.practices.topics, outage % world.practices.topics.length);
    const at = Math.max(world.start + 60, (begins.get(outage) ?? 0) - random.int(600, 2400));
    agenda.plan(at, () => {
      const alert = openTicket(run, {
        requester: tool,
        submitter: tool,
        channel: 'api',
        topic,
        severity: 'urgent',
        words: 'alert',
        type: 'incident',
        tags: nameOutage(world, outage + 1),
        plan: { monitoring: true, outage: outage + 1 },
      });
      alert.plan.questionsLeft = 0;
      after.requeue(alert);
      for (const members of pickSome(run, people, random.int(3, 8))) contact(after, members, null, topic);
    });
  }
  return arrivals.filter((arrival) => arrival.outage === null || !told.has(arrival.outage) || random.chance(0.5));
}

function pickSome<T>(run: Run, items: readonly T[], count: number): T[] {
  const left = [...items];
  const some: T[] = [];
  while (some.length < count && left.length > 0) some.push(...left.splice(run.random.int(0, left.length - 1), 1));
  return some;
}

function groupPeople(customers: readonly SimUser[]): Map<SimOrganisation, SimUser[]> {
  const people = new Map<SimOrganisation, SimUser[]>();
  for (const customer of customers) {
    if (customer.organisation === null) continue;
    const members = people.get(customer.organisation);
    if (members === undefined) people.set(customer.organisation, [customer]);
    else members.push(customer);
  }
  return people;
}

function findPresent(run: Run): SimAgent | null {
  const now = run.agenda.now();
  const present = run.world.agents.filter(
    (agent) => !agent.light && !agent.onCall && agent.dropInPerWeek === null && agent.shift.isOpen(now),
  );
  return present.length === 0 ? null : run.random.pick(present);
}
