import { type Aftermath, afterQuestion, afterSolve } from './aftermath.ts';
import { DAY_S } from './calendar.ts';
import { articleUrl, saySomething } from './conversations.ts';
import { sendToEngineering } from './engineering.ts';
import { joinProblem } from './problems.ts';
import { takeAt } from './random.ts';
import { type Run, startEdit, VIA_WEB } from './ticket-log.ts';
import { isTop } from './tiers.ts';
import { fillWords } from './vocabulary.ts';
import type { SimAgent, SimTicket, World } from './world.ts';

/** What an agent does with the ticket that they took, at the moment they are done. */
export function handleTicket(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  const { run } = after;
  // A rule or a tool may have ended it while the agent was reading.
  if (ticket.status === 'solved' || ticket.status === 'closed' || ticket.status === 'deleted') return;
  const { plan } = ticket;
  if (plan.spam) {
    discard(run, agent, ticket);
    return;
  }
  if (plan.duplicateOf !== null && plan.duplicateOf.status !== 'closed' && plan.duplicateOf.status !== 'deleted') {
    merge(run, agent, ticket, plan.duplicateOf);
    return;
  }
  if (agent.groups.some((group) => group === ticket.group && group.role === 'side')) {
    handBack(after, agent, ticket, 'side');
    return;
  }
  if (agent.groups.some((group) => group === ticket.group && group.role === 'engineering')) {
    handBack(after, agent, ticket, 'engineering');
    return;
  }
  if (joinProblem(after, agent, ticket)) return;
  if (run.random.chance(run.world.practices.replies.note))
    startEdit(run, ticket)
      .comment(agent.user, false, saySomething(run, 'handover', plan.topic, agent.user))
      .commit(agent.user, VIA_WEB);
  if (plan.specialistNeeded && passOn(after, agent, ticket)) return;
  if (plan.bug && plan.engineering === 'none') {
    sendToEngineering(after, agent, ticket);
    return;
  }
  if (plan.questionsLeft > 0) {
    ask(after, agent, ticket);
    return;
  }
  solve(after, agent, ticket);
}

/** Takes the ticket on: owner, status and, for some, a corrected priority. */
export function takeOn(run: Run, agent: SimAgent, ticket: SimTicket): void {
  const { practices } = run.world;
  const edit = startEdit(run, ticket);
  const foreign = ticket.assignee !== null && ticket.assignee !== agent;
  if ((ticket.assignee === null && run.random.chance(practices.ownership.taken)) || (foreign && run.random.chance(0.7)))
    edit.assignee(agent);
  if (ticket.status === 'new') edit.status('open');
  if (
    ticket.priority !== null &&
    ticket.priority !== ticket.plan.severity &&
    run.random.chance(practices.priorities.revised)
  )
    edit.priority(ticket.plan.severity);
  if (ticket.type === null && run.random.chance(practices.intake.typesUsed))
    edit.type(ticket.plan.bug ? 'incident' : 'question');
  edit.commit(agent.user, VIA_WEB);
}

function discard(run: Run, agent: SimAgent, ticket: SimTicket): void {
  ticket.deletedAt = run.agenda.now();
  ticket.deletedBy = agent.user;
  ticket.plan.version++;
  startEdit(run, ticket).status('deleted').commit(agent.user, VIA_WEB);
}

function merge(run: Run, agent: SimAgent, loser: SimTicket, winner: SimTicket): void {
  const via = { channel: 'web', rel: 'merge', from: { ticket_id: winner.id, subject: winner.subject } };
  loser.mergedInto = winner;
  loser.plan.version++;
  startEdit(run, loser)
    .comment(agent.user, false, `This request was closed and merged into request #${winner.id}.`)
    .tag('closed_by_merge')
    .assignee(loser.assignee ?? agent)
    .status('closed')
    .commit(agent.user, via);
  startEdit(run, winner)
    .comment(agent.user, false, `Request #${loser.id} was closed and merged into this request.`)
    .commit(agent.user, { channel: 'web', rel: 'merge', from: { ticket_id: loser.id, subject: loser.subject } });
}

function handBack(after: Aftermath, agent: SimAgent, ticket: SimTicket, words: 'side' | 'engineering'): void {
  const { run } = after;
  const front = homeGroup(run.world, ticket);
  if (words === 'engineering') ticket.plan.engineering = 'done';
  const edit = startEdit(run, ticket).comment(
    agent.user,
    false,
    saySomething(run, words, ticket.plan.topic, agent.user),
  );
  if (front !== null) edit.group(front);
  edit.assignee(null).commit(agent.user, VIA_WEB);
  after.requeue(ticket);
}

function homeGroup(world: World, ticket: SimTicket): World['groups'][number] | null {
  const wanted = isTop(world.practices, ticket.requester.organisation) ? 'premium' : 'front';
  return (
    world.groups.find((group) => group.role === wanted) ?? world.groups.find((group) => group.role === 'front') ?? null
  );
}

/** Hard cases go to people who know more: they come to the case, or the case goes to them. False = nobody to ask. */
function passOn(after: Aftermath, agent: SimAgent, ticket: SimTicket): boolean {
  const { run } = after;
  const { plan } = ticket;
  const { practices } = run.world;
  const random = run.random;
  const specialists = run.world.groups.find((group) => group.role === 'specialist' && group !== ticket.group);
  if (!plan.swarmed && random.chance(practices.escalation.swarm)) {
    plan.swarmed = true;
    plan.specialistNeeded = false;
    const others = run.world.agents.filter(
      (other) => other !== agent && !other.groups.some((group) => group === ticket.group),
    );
    const helpers = random.int(2, 3);
    let at = run.agenda.now();
    for (let i = 0; i < helpers && others.length > 0; i++) {
      const helper = random.pick(others);
      at = helper.shift.nextOpen(at + random.lognormal(40 * 60, 0.7));
      run.agenda.plan(at, () => {
        if (ticket.status === 'closed' || ticket.status === 'deleted') return;
        startEdit(run, ticket)
          .comment(helper.user, false, saySomething(run, 'swarm', plan.topic, helper.user))
          .commit(helper.user, VIA_WEB);
      });
    }
    startEdit(run, ticket)
      .tag(run.world.words.tags.swarm)
      .comment(agent.user, true, saySomething(run, 'update', plan.topic, agent.user))
      .commit(agent.user, VIA_WEB);
    plan.answered = true;
    run.agenda.plan(at + 1800, () => {
      if (ticket.status !== 'closed' && ticket.status !== 'deleted') after.requeue(ticket);
    });
    return true;
  }
  if (specialists === undefined) {
    plan.specialistNeeded = false;
    return false;
  }
  plan.specialistNeeded = false;
  startEdit(run, ticket)
    .comment(agent.user, false, saySomething(run, 'handover', plan.topic, agent.user))
    .group(specialists)
    .assignee(null)
    .commit(agent.user, VIA_WEB);
  after.requeue(ticket);
  return true;
}

function ask(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  const { run } = after;
  ticket.plan.questionsLeft--;
  ticket.plan.answered = true;
  const edit = startEdit(run, ticket).comment(
    agent.user,
    true,
    saySomething(run, 'question', ticket.plan.topic, agent.user),
  );
  const macro = pickMacro(run, ticket, 0.6);
  if (macro !== null) edit.macro(macro);
  edit.status('pending').commit(agent.user, VIA_WEB);
  afterQuestion(after, ticket);
  if (run.random.chance(run.world.practices.escalation.sideQuestions)) askAside(after, agent, ticket);
}

/** While the customer looks things up, another department is asked in the same ticket. */
function askAside(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  const { run } = after;
  const side = run.world.groups.find((group) => group.role === 'side');
  if (side === undefined || ticket.plan.queued) return;
  startEdit(run, ticket)
    .comment(agent.user, false, saySomething(run, 'side', ticket.plan.topic, agent.user))
    .group(side)
    .assignee(null)
    .status('open')
    .commit(agent.user, VIA_WEB);
  ticket.plan.version++;
  after.requeue(ticket);
}

function solve(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  const { run } = after;
  const { practices, fields } = run.world;
  const { random } = run;
  const macro = pickMacro(run, ticket, 1);
  let text = saySomething(run, 'solution', ticket.plan.topic, agent.user);
  const known = run.world.articles.filter(
    (article) => article.topic === ticket.plan.topic.key && !article.draft && article.createdAt < run.agenda.now(),
  );
  if (known.length > 0 && random.chance(practices.replies.article))
    text += fillWords(run.world.words.texts.see, { url: articleUrl(run.world, random.pick(known)) });
  const edit = startEdit(run, ticket).comment(agent.user, true, text);
  ticket.plan.answered = true;
  if (macro !== null) edit.macro(macro);
  if (practices.intake.form && random.chance(practices.closing.causeFilled))
    edit.field(
      fields.cause,
      takeAt(
        run.world.words.fields.causeOptions,
        Number(random.weigh({ 0: 4, 1: 3, 2: ticket.plan.bug ? 9 : 1, 3: 2 })),
      ),
    );
  if (random.chance(practices.closing.marked)) {
    edit.status('solved').commit(agent.user, VIA_WEB);
    afterSolve(after, ticket);
    return;
  }
  if (random.chance(0.5)) edit.status('pending');
  edit.commit(agent.user, VIA_WEB);
  ticket.plan.version++;
  // Nobody marks it, so it lies there; some customers say thanks, which brings it up again.
  if (random.chance(0.3)) {
    const version = ticket.plan.version;
    run.agenda.plan(run.agenda.now() + random.lognormal(DAY_S, 0.8), () => {
      if (ticket.plan.version !== version) return;
      startEdit(run, ticket)
        .comment(ticket.requester, true, saySomething(run, 'thanks', ticket.plan.topic, ticket.requester))
        .commit(ticket.requester, { channel: 'email', rel: null });
    });
  }
}

function pickMacro(run: Run, ticket: SimTicket, factor: number): World['macros'][number] | null {
  const { world, random } = run;
  if (!random.chance(world.practices.replies.macro * factor)) return null;
  const fitting = world.macros.filter((macro) => macro.topic === ticket.plan.topic.key);
  const pool = fitting.length > 0 ? fitting : world.macros;
  return pool.length === 0 ? null : random.pick(pool);
}
