import { type Aftermath, afterQuestion, afterSolution, afterSolve } from './aftermath.ts';
import { DAY_S } from './calendar.ts';
import { articleUrl, saySomething } from './conversations.ts';
import { judgePriority } from './queues.ts';
import { takeAt } from './random.ts';
import { type Edit, happens, type Run, startEdit, VIA_WEB } from './ticket-log.ts';
import { fillWords } from './vocabulary.ts';
import type { SimAgent, SimTicket, World } from './world.ts';
import { writeFromCase } from './writing.ts';

/** What the customer gets to read: a question, a solution, or nothing. */

export function ask(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  const { run } = after;
  const { answering, escalation } = run.world.practices;
  ticket.plan.questionsLeft--;
  ticket.plan.answered = true;
  const edit = startEdit(run, ticket).comment(
    agent.user,
    true,
    saySomething(run, 'question', ticket.plan.topic, agent.user),
  );
  const macro = pickMacro(run, ticket, 0.6);
  if (macro !== null) edit.macro(macro);
  judgeLate(run, ticket, edit);
  if (!happens(run, answering?.asksStayOpen)) edit.status('pending');
  edit.commit(agent.user, VIA_WEB);
  afterQuestion(after, ticket);
  if (run.random.chance(escalation.sideQuestions)) askAside(after, agent, ticket);
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

export function solve(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  const { run } = after;
  const { practices } = run.world;
  const { random } = run;
  if (happens(run, practices.answering?.silent)) {
    finish(after, agent, ticket);
    return;
  }
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
  judgeLate(run, ticket, edit);
  classify(run, ticket, edit);
  noteCause(run, ticket, edit);
  if (random.chance(practices.closing.marked)) {
    mark(after, agent, ticket, edit);
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

/** Marks the case as solved with its answer, or leaves it with the customer where the desk does so. */
function mark(after: Aftermath, agent: SimAgent, ticket: SimTicket, edit: Edit): void {
  const { run } = after;
  if (happens(run, run.world.practices.answering?.pendingAfterSolution)) {
    edit.status('pending').commit(agent.user, VIA_WEB);
    ticket.plan.solutionGiven = true;
    afterSolution(after, ticket);
    return;
  }
  edit.status('solved').commit(agent.user, VIA_WEB);
  writeFromCase(run, agent, ticket);
  afterSolve(after, ticket);
}

/** Solves without a word; where causes are recorded as a rule, with its cause. */
export function finish(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  const said = ticket.plan.solutionGiven;
  ticket.plan.solutionGiven = false;
  const edit = startEdit(after.run, ticket);
  if (!said && after.run.world.practices.closing.causeFilled > 0.9) noteCause(after.run, ticket, edit);
  if (ticket.assignee === null) edit.assignee(agent);
  edit.status('solved').commit(agent.user, VIA_WEB);
  afterSolve(after, ticket);
}

/** Some desks give a priority only when they answer. */
function judgeLate(run: Run, ticket: SimTicket, edit: Edit): void {
  if (run.world.practices.priorities.setBy === 'answer' && ticket.priority === null)
    edit.priority(judgePriority(run, ticket));
}

function classify(run: Run, ticket: SimTicket, edit: Edit): void {
  const { fields, practices } = run.world;
  if (!practices.intake.form || ticket.fields.has(fields.product)) return;
  if (!happens(run, practices.answering?.classified)) return;
  edit.field(fields.product, ticket.plan.topic.product).field(fields.topic, ticket.plan.topic.key);
}

function noteCause(run: Run, ticket: SimTicket, edit: Edit): void {
  const { fields, practices, words } = run.world;
  const { causes, closing, intake } = practices;
  const severe = (ticket.priority ?? 'normal') === 'urgent' || ticket.priority === 'high';
  const share = severe ? (causes?.severe ?? closing.causeFilled) : closing.causeFilled;
  if (!intake.form || !run.random.chance(share)) return;
  // The third cause is the defect: people mostly see what it was.
  const cause = Number(
    run.random.weigh(ticket.plan.bug ? { 0: 0.3, 1: 0.2, 2: 9, 3: 0.5 } : { 0: 4, 1: 3, 2: 0.1, 3: 2 }),
  );
  if (happens(run, causes?.second)) edit.field(fields.secondCause, takeAt(words.fields.secondCauseOptions, cause));
  else edit.field(fields.cause, takeAt(words.fields.causeOptions, cause));
}

function pickMacro(run: Run, ticket: SimTicket, factor: number): World['macros'][number] | null {
  const { world, random } = run;
  if (!random.chance(world.practices.replies.macro * factor)) return null;
  const fitting = world.macros.filter((macro) => macro.topic === ticket.plan.topic.key);
  const pool = fitting.length > 0 ? fitting : world.macros;
  return pool.length === 0 ? null : random.pick(pool);
}
