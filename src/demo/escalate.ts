import { type Aftermath, customerWrites, waking } from './aftermath.ts';
import { saySomething } from './conversations.ts';
import { markEscalated } from './escalation-mark.ts';
import type { EscalationHabit } from './habits.ts';
import { PRIORITIES } from './kinds.ts';
import { findDue } from './promised.ts';
import { leaveQueue } from './queues.ts';
import { choosePresent } from './routing.ts';
import {
  type Edit,
  findRule,
  happens,
  isOver,
  isUnsolved,
  type Run,
  startEdit,
  VIA_WEB,
  viaRule,
} from './ticket-log.ts';
import type { SimAgent, SimGroup, SimOrganisation, SimRule, SimTicket } from './world.ts';

type By = keyof EscalationHabit['by'];

/** Decides as a case arrives whether, when and by whom it will be called to the attention of people above. */
export function considerEscalation(after: Aftermath, ticket: SimTicket): void {
  const { run } = after;
  const habit = run.world.practices.escalating;
  const { plan } = ticket;
  if (habit === undefined || plan.spam || plan.duplicateOf !== null || plan.monitoring || plan.outbound) return;
  const hard = plan.specialistNeeded || plan.bug || plan.severity === 'urgent' || plan.severity === 'high';
  if (!hard || !run.random.chance(habit.share)) return;
  if (run.random.chance(habit.early)) foresee(after, ticket, habit);
  else react(after, ticket, habit);
}

/** Early: somebody on shift, or a rule, acts while the promised time runs; an agent also when they first see the case. */
function foresee(after: Aftermath, ticket: SimTicket, habit: EscalationHabit): void {
  const { run } = after;
  const now = run.agenda.now();
  const by = chooseBy(run, habit, ['agent', 'rule']);
  ticket.plan.escalation = 'early';
  const share = 0.25 + 0.5 * run.random.next();
  const at = now + share * (findDue(run.world, ticket, now) - now);
  run.agenda.plan(at, () => {
    if (ticket.plan.escalation !== 'early' || !isUnsolved(ticket.status)) return;
    if (by === 'rule') escalate(after, ticket, null);
    else askSomebody(run, ticket, (agent) => escalate(after, ticket, agent));
  });
}

/** At the first look of a person: whoever sees that the case needs more says so, unless a rule has done it. */
export function escalateOnSight(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  if (ticket.plan.escalation === 'early') escalate(after, ticket, agent);
}

/** Late: the promised time has passed, or the customer complains. */
function react(after: Aftermath, ticket: SimTicket, habit: EscalationHabit): void {
  const { run } = after;
  const by = chooseBy(run, habit, ['agent', 'rule', 'customer']);
  ticket.plan.escalation = 'late';
  run.agenda.plan(findDue(run.world, ticket, run.agenda.now()) + run.random.lognormal(45 * 60, 0.6), () => {
    if (isOver(ticket.status)) return;
    if (isUnsolved(ticket.status) && !ticket.plan.answered && by !== 'customer') {
      if (by === 'rule') escalate(after, ticket, null);
      else askSomebody(run, ticket, (agent) => escalate(after, ticket, agent));
      return;
    }
    run.agenda.plan(waking(run, run.agenda.now() + run.random.lognormal(14 * 3600, 0.7)), () =>
      complain(after, ticket, by),
    );
  });
}

function complain(after: Aftermath, ticket: SimTicket, by: By): void {
  const { run } = after;
  if (isOver(ticket.status) || ticket.plan.escalation !== 'late') return;
  const rule = findRule(run.world, 'complaint');
  const { rating } = ticket;
  if (rating !== null && rating.score === 'offered' && ticket.status === 'solved') {
    rating.score = 'bad';
    rating.answeredAt = run.agenda.now();
    startEdit(run, ticket).score('offered', 'bad', null).commit(ticket.requester, VIA_WEB);
  }
  customerWrites(after, ticket, 'complaint');
  if (by === 'customer' && rule !== null) {
    escalate(after, ticket, null, rule.key);
    return;
  }
  askSomebody(run, ticket, (agent) => escalate(after, ticket, agent));
}

/** One escalation, and, where that is done, those of the other open cases of the account or problem. `agent` null = a rule. */
function escalate(after: Aftermath, ticket: SimTicket, agent: SimAgent | null, ruleKey = 'escalate'): void {
  const { run } = after;
  const habit = run.world.practices.escalating;
  if (habit === undefined || ticket.plan.escalation === 'done' || isOver(ticket.status)) return;
  callFor(after, ticket, agent, ruleKey, habit);
  if (!run.random.chance(habit.together)) return;
  escalateAll(after, listRelated(run, ticket), agent, ruleKey, habit);
}

function escalateAll(
  after: Aftermath,
  tickets: readonly SimTicket[],
  agent: SimAgent | null,
  ruleKey: string,
  habit: EscalationHabit,
): void {
  const { agenda, random } = after.run;
  let at = agenda.now();
  for (const ticket of tickets) {
    at += random.int(20, 240);
    agenda.plan(at, () => {
      if (ticket.plan.escalation !== 'done' && isUnsolved(ticket.status)) callFor(after, ticket, agent, ruleKey, habit);
    });
  }
}

/** Other unsolved cases of the same organisation, and of the same problem. */
function listRelated(run: Run, ticket: SimTicket): SimTicket[] {
  const account = ticket.requester.organisation;
  const others = new Set([...(account === null ? [] : openOf(run, account)), ...(ticket.problem?.incidents ?? [])]);
  return [...others].filter(
    (other) => other !== ticket && other.plan.escalation !== 'done' && isUnsolved(other.status),
  );
}

function openOf(run: Run, account: SimOrganisation): SimTicket[] {
  const kept = (run.byAccount.get(account) ?? []).filter((ticket) => !isOver(ticket.status));
  run.byAccount.set(account, kept);
  return kept;
}

function callFor(
  after: Aftermath,
  ticket: SimTicket,
  agent: SimAgent | null,
  ruleKey: string,
  habit: EscalationHabit,
): void {
  const { run } = after;
  const rule = agent === null ? findRule(run.world, ruleKey) : null;
  if (agent === null && rule === null) return;
  ticket.plan.escalation = 'done';
  const target = run.random.chance(habit.moves) ? findTeam(run, ticket) : null;
  const named = run.random.chance(habit.owner) ? chooseReceiver(run, ticket, target ?? ticket.group, agent) : null;
  const waits = ticket.plan.queued || ticket.status === 'new' || ticket.status === 'open';
  const changes = target !== null || named !== null;
  if (changes) leaveQueue(ticket);
  const edit = startEdit(run, ticket);
  if (run.random.chance(habit.marked)) markEscalated(run.world, edit, rule);
  if (happens(run, habit.raises)) raise(edit, rule);
  if (target !== null) edit.group(target, rule).assignee(named, rule);
  else if (named !== null) edit.assignee(named, rule);
  if (run.random.chance(habit.reason)) explain(run, edit, agent, named);
  edit.commit(agent?.user ?? null, rule === null ? VIA_WEB : viaRule(rule));
  // The team that gets it can do what the second line could.
  if (target !== null) ticket.plan.specialistNeeded = false;
  if (waits && changes) after.requeue(ticket);
}

function findTeam(run: Run, ticket: SimTicket): SimGroup | null {
  return run.world.groups.find((group) => group.role === 'escalation' && group !== ticket.group) ?? null;
}

/** One grade more urgent, where it has a priority and that is not the highest. */
function raise(edit: Edit, rule: SimRule | null): void {
  const { priority } = edit.ticket;
  const higher = priority === null ? undefined : PRIORITIES[PRIORITIES.indexOf(priority) - 1];
  if (higher !== undefined) edit.priority(higher, rule);
}

/** Why it is escalated, for those who get it; a rule gives no reason, somebody adds it when they see it. */
function explain(run: Run, edit: Edit, escalator: SimAgent | null, named: SimAgent | null): void {
  const { ticket } = edit;
  if (escalator !== null) {
    edit.comment(escalator.user, false, saySomething(run, 'escalate', ticket.plan.topic, escalator.user));
    return;
  }
  const agent = named ?? (ticket.group === null ? null : choosePresent(run, ticket.group, ticket, null));
  if (agent === null) return;
  run.agenda.plan(agent.shift.nextOpen(run.agenda.now() + run.random.lognormal(12 * 60, 0.5)), () => {
    if (isOver(ticket.status)) return;
    startEdit(run, ticket)
      .comment(agent.user, false, saySomething(run, 'escalate', ticket.plan.topic, agent.user))
      .commit(agent.user, VIA_WEB);
  });
}

function chooseReceiver(run: Run, ticket: SimTicket, group: SimGroup | null, agent: SimAgent | null): SimAgent | null {
  if (group === null) return null;
  const members = group.members.filter((member) => !member.light && member !== agent);
  return choosePresent(run, group, ticket, agent) ?? (members.length > 0 ? run.random.pick(members) : null);
}

function chooseBy(run: Run, habit: EscalationHabit, allowed: readonly By[]): By {
  const weights = Object.fromEntries(allowed.map((by) => [by, habit.by[by] ?? 0])) as Record<By, number>;
  return Object.values(weights).every((weight) => weight <= 0) ? 'agent' : run.random.weigh(weights);
}

/** Somebody of the group acts as soon as one of them is there. */
function askSomebody(run: Run, ticket: SimTicket, act: (agent: SimAgent) => void): void {
  const { group } = ticket;
  const staff = group?.members.filter((agent) => !agent.light && agent.dropInPerWeek === null) ?? [];
  const now = run.agenda.now();
  const present = staff.filter((agent) => agent.shift.isOpen(now));
  if (present.length > 0) {
    act(run.random.pick(present));
    return;
  }
  const [first, ...rest] = staff;
  if (first === undefined) return;
  const next = rest.reduce(
    (best, agent) => (agent.shift.nextOpen(now) < best.shift.nextOpen(now) ? agent : best),
    first,
  );
  run.agenda.plan(next.shift.nextOpen(now) + run.random.int(60, 1800), () => act(next));
}

/** Some desks look at accounts rather than at cases: the one with most open work is escalated in one go. */
export function planAccountReviews(after: Aftermath): void {
  const { run } = after;
  const { agenda, random, world } = run;
  const habit = world.practices.escalating;
  const perWeek = habit?.accountReviewsPerWeek ?? 0;
  if (habit === undefined || perWeek <= 0) return;
  const review = (): void => {
    agenda.plan(agenda.now() + random.exponential(WEEK_S / perWeek), review);
    const staff = world.agents.filter((agent) => !agent.light && agent.shift.isOpen(agenda.now()));
    if (staff.length === 0) return;
    let most: SimTicket[] = [];
    for (const account of run.byAccount.keys()) {
      const open = openOf(run, account).filter(
        (ticket) => ticket.plan.escalation !== 'done' && isUnsolved(ticket.status),
      );
      if (open.length > most.length) most = open;
    }
    if (most.length > 1) escalateAll(after, most, random.pick(staff), 'escalate', habit);
  };
  agenda.plan(world.start + random.exponential(WEEK_S / perWeek), review);
}

const WEEK_S = 7 * 86_400;
