import { type Aftermath, afterSolve, planChase } from './aftermath.ts';
import { openAgenda } from './agenda.ts';
import { type Arrival, drawArrivals } from './arrivals.ts';
import { DAY_S } from './calendar.ts';
import { saySomething } from './conversations.ts';
import { considerEscalation, planAccountReviews } from './escalate.ts';
import { foundDesk } from './found.ts';
import { handleTicket, takeOn } from './handling.ts';
import { chooseChannel, chooseCustomer, chooseTopic, openTicket } from './intake.ts';
import { planOutbound, startMonitoring } from './machines.ts';
import { planMigration } from './migration.ts';
import { planContacts, tellFirst } from './notices.ts';
import type { Practices } from './practices.ts';
import { nameOutage } from './problems.ts';
import { enqueue, pickWork } from './queues.ts';
import { createRandom, takeAt } from './random.ts';
import { planMassCloses, planReviews } from './reviews.ts';
import { planSeatReply } from './seat-bot.ts';
import { EVENT_ROOM, findRule, type Run, startEdit, viaRule } from './ticket-log.ts';
import { passThroughTools } from './tools.ts';
import { listTags } from './vocabulary.ts';
import type { SimAgent, SimTicket, World } from './world.ts';

/**
 * Lets a desk work from its first day to now: customers write, people on shift take what their practice puts first, rules fire.
 * The same practices and seed give the same desk. Times are unix seconds; the history ends exactly at `now`.
 */
export function simulateDesk(practices: Practices, seed = '1', now?: number): World {
  const world = foundDesk(practices, seed, now);
  let ticketId = 1_000;
  let auditId = 1_500_000_000_000;
  const run: Run = {
    world,
    agenda: openAgenda(world.start),
    random: createRandom(`${practices.key}/${seed}/life`),
    nextTicketId: () => ++ticketId,
    nextAuditId: () => {
      auditId += EVENT_ROOM;
      return auditId;
    },
    byAccount: new Map(),
    knownErrors: new Map(),
  };
  const work = (agent: SimAgent): void => lookForWork(after, agent, work);
  const after: Aftermath = { run, requeue: (ticket, surely) => enqueue(run, ticket, work, surely) };
  for (const agent of world.agents) startAgent(after, agent, work);
  const arrivals = drawArrivals(
    practices.arrivals,
    world.zone,
    world.start,
    world.now - 120,
    createRandom(`${practices.key}/${seed}/arrivals`),
  );
  for (const arrival of tellFirst(after, arrivals)) run.agenda.plan(arrival.at, () => receive(after, arrival));
  run.agenda.plan(world.start + 60, () => receiveSample(after));
  planMigration(run);
  startMonitoring(after);
  planOutbound(after);
  planContacts(after);
  planReviews(after);
  planMassCloses(after);
  planAccountReviews(after);
  run.agenda.run(world.now - 90);
  return world;
}

function startAgent(after: Aftermath, agent: SimAgent, work: (agent: SimAgent) => void): void {
  const { run } = after;
  const { dropInPerWeek } = agent;
  if (dropInPerWeek === null) {
    if (!agent.light)
      run.agenda.plan(agent.shift.nextOpen(run.agenda.now()) + run.random.int(0, 900), () => work(agent));
    return;
  }
  const visit = (): void => {
    if (agent.shift.isOpen(run.agenda.now())) work(agent);
    run.agenda.plan(run.agenda.now() + run.random.exponential((7 * DAY_S) / dropInPerWeek / 4.2), visit);
  };
  run.agenda.plan(run.agenda.now() + run.random.exponential(DAY_S), visit);
}

/** One look at the line: take the next thing, work on it, rest or do other duties, look again. */
function lookForWork(after: Aftermath, agent: SimAgent, work: (agent: SimAgent) => void): void {
  const { run } = after;
  const now = run.agenda.now();
  if (!agent.shift.isOpen(now)) {
    agent.state = 'off';
    if (agent.dropInPerWeek === null)
      run.agenda.plan(agent.shift.nextOpen(now) + run.random.lognormal(300, 0.7), () => work(agent));
    return;
  }
  const item = pickWork(run, agent);
  if (item === null) {
    agent.state = 'idle';
    return;
  }
  agent.state = 'busy';
  const { ticket } = item;
  agent.account = ticket.requester.organisation;
  takeOn(run, agent, ticket);
  const minutes = ticket.plan.spam ? 1 : ticket.plan.topic.minutes;
  const effort = Math.max(45, run.random.lognormal(minutes * 60, 0.6));
  run.agenda.plan(now + effort, () => {
    handleTicket(after, agent, ticket);
    if (agent.dropInPerWeek !== null) {
      agent.state = 'idle';
      return;
    }
    const otherDuties = run.random.exponential((effort * (1 - agent.attention)) / agent.attention);
    agent.state = 'elsewhere';
    const errand = ++agent.errand;
    run.agenda.plan(run.agenda.now() + otherDuties, () => {
      if (agent.errand === errand) work(agent);
    });
  });
}

function receive(after: Aftermath, arrival: Arrival): void {
  const { run } = after;
  const { world, random } = run;
  const { intake, topics } = world.practices;
  const topic = arrival.outage === null ? chooseTopic(world, random) : takeAt(topics, arrival.outage % topics.length);
  const severity = arrival.outage === null ? random.weigh(topic.severity) : random.pick(['urgent', 'high'] as const);
  const customer = chooseCustomer(world, random);
  const outage = arrival.outage === null ? null : arrival.outage + 1;
  if (intake.botSolves > 0 && random.chance(intake.botSolves)) {
    answerByBot(after, customer, topic);
    return;
  }
  const handler = random.chance(intake.forwarded) ? random.pick(world.agents.filter((agent) => !agent.light)) : null;
  const duplicate = random.chance(intake.duplicates)
    ? world.tickets
        .slice(-60)
        .find(
          (ticket) =>
            !ticket.requester.machine &&
            ticket.status !== 'closed' &&
            ticket.status !== 'deleted' &&
            ticket.mergedInto === null &&
            !ticket.plan.spam,
        )
    : undefined;
  const ticket = openTicket(run, {
    requester:
      duplicate?.requester ?? (handler !== null && random.chance(intake.forwardedAsSelf) ? handler.user : customer),
    submitter: handler?.user ?? duplicate?.requester ?? customer,
    channel: handler === null ? chooseChannel(world, random) : 'email',
    topic: duplicate?.plan.topic ?? topic,
    severity,
    words: 'open',
    tags: outage === null ? [] : nameOutage(world, outage),
    plan: { spam: random.chance(intake.spam), duplicateOf: duplicate ?? null, outage },
  });
  after.requeue(ticket);
  if (handler === null) planSeatReply(after, ticket);
  planChase(after, ticket);
  considerEscalation(after, ticket);
  passThroughTools(after, ticket);
}

function answerByBot(after: Aftermath, customer: SimTicket['requester'], topic: SimTicket['plan']['topic']): void {
  const { run } = after;
  const bot = run.world.machineUser;
  const rule = findRule(run.world, 'bot');
  if (bot === null || rule === null) return;
  const ticket = openTicket(run, {
    requester: customer,
    submitter: customer,
    channel: 'native_messaging',
    topic,
    severity: 'low',
    words: 'open',
    tags: listTags(run.world.words.tags.botOffered),
    plan: { bot: true },
  });
  run.agenda.plan(run.agenda.now() + run.random.int(5, 40), () => {
    startEdit(run, ticket)
      .comment(bot, true, saySomething(run, 'bot', topic, bot))
      .tag(run.world.words.tags.botSolved, rule)
      .status('solved', rule)
      .commit(null, viaRule(rule));
    afterSolve(after, ticket);
  });
}

function receiveSample(after: Aftermath): void {
  const { world } = after.run;
  openTicket(after.run, {
    requester: takeAt(world.customers, 0),
    submitter: world.admin,
    channel: 'sample_ticket',
    topic: takeAt(world.practices.topics, 0),
    severity: 'normal',
    words: 'open',
    plan: { sample: true },
    tags: ['sample', 'support', 'zendesk'],
  });
}
