import { DAY_S, localTime } from './calendar.ts';
import { saySomething } from './conversations.ts';
import { openTicket } from './intake.ts';
import { leaveQueue } from './queues.ts';
import { findRule, isUnsolved, type Run, startEdit, VIA_API, VIA_EMAIL, viaRule } from './ticket-log.ts';
import type { Utterance } from './vocabulary.ts';
import type { SimTicket } from './world.ts';

/** What follows an answer: customers reply or fall silent, rules remind, survey, give up and close. */
export interface Aftermath {
  readonly run: Run;
  /** `surely`: also where cases are lost sight of. */
  readonly requeue: (ticket: SimTicket, surely?: boolean) => void;
}

const CLOSE_AFTER_S = 4 * DAY_S;
const SURVEY_AFTER_S = DAY_S;

/** Automations of the vendor run once an hour. */
function nextHourly(at: number): number {
  return Math.ceil(at / 3600) * 3600 + 7;
}

export function waking(run: Run, at: number): number {
  const local = localTime(run.world.zone, at);
  const wakesAt = 7 * 3600 + run.random.int(0, 5400);
  return local.secondOfDay < wakesAt ? at + wakesAt - local.secondOfDay : at;
}

function stillSame(ticket: SimTicket, version: number): boolean {
  return ticket.plan.version === version && ticket.status !== 'closed' && ticket.status !== 'deleted';
}

/** Customer writes on a ticket that is not closed. */
export function customerWrites(after: Aftermath, ticket: SimTicket, words: Utterance): void {
  const { run } = after;
  const edit = startEdit(run, ticket);
  edit.comment(ticket.requester, true, saySomething(run, words, ticket.plan.topic, ticket.requester));
  if (ticket.status === 'pending' || ticket.status === 'solved' || ticket.status === 'hold') edit.status('open');
  edit.commit(ticket.requester, ticket.requester.machine ? VIA_API : VIA_EMAIL);
  ticket.plan.version++;
  after.requeue(ticket);
  planChase(after, ticket);
}

/** People who wait long ask again; it changes nothing in the line. */
export function planChase(after: Aftermath, ticket: SimTicket): void {
  const { run } = after;
  if (ticket.requester.machine || !run.random.chance(0.35)) return;
  const version = ticket.plan.version;
  run.agenda.plan(waking(run, run.agenda.now() + run.random.lognormal(30 * 3600, 0.7)), () => {
    if (!stillSame(ticket, version) || !(ticket.status === 'new' || ticket.status === 'open')) return;
    startEdit(run, ticket)
      .comment(ticket.requester, true, saySomething(run, 'chase', ticket.plan.topic, ticket.requester))
      .commit(ticket.requester, VIA_EMAIL);
  });
}

export function afterQuestion(after: Aftermath, ticket: SimTicket): void {
  const { run } = after;
  const version = ++ticket.plan.version;
  if (run.random.chance(0.86)) {
    const at = waking(run, run.agenda.now() + run.random.lognormal(6 * 3600, 1.1));
    run.agenda.plan(at, () => {
      if (stillSame(ticket, version)) customerWrites(after, ticket, 'answer');
    });
  }
  if (ticket.status === 'pending') planReminders(after, ticket, version);
  else planSecondLook(after, ticket, version);
}

/** The customer has the solution and is to say whether it helped; whoever says nothing is taken at their silence. */
export function afterSolution(after: Aftermath, ticket: SimTicket): void {
  const { run } = after;
  const version = ++ticket.plan.version;
  // A monitoring tool thanks nobody; who answers like a person would be taken for one.
  if (!ticket.requester.machine && run.random.chance(0.4)) {
    const at = waking(run, run.agenda.now() + run.random.lognormal(10 * 3600, 1));
    run.agenda.plan(at, () => {
      if (stillSame(ticket, version)) customerWrites(after, ticket, 'thanks');
    });
  }
  planReminders(after, ticket, version);
  if (findRule(run.world, 'give-up') === null) planSecondLook(after, ticket, version);
}

/** Where no rule comes back to a case, its owner does after some days. */
function planSecondLook(after: Aftermath, ticket: SimTicket, version: number): void {
  const { run } = after;
  run.agenda.plan(run.agenda.now() + run.random.lognormal(5 * DAY_S, 0.3), () => {
    if (stillSame(ticket, version) && isUnsolved(ticket.status)) after.requeue(ticket);
  });
}

function planReminders(after: Aftermath, ticket: SimTicket, version: number): void {
  const { run } = after;
  const { closing } = run.world.practices;
  const remind = findRule(run.world, 'remind');
  if (remind !== null && closing.reminderDays !== null)
    run.agenda.plan(nextHourly(run.agenda.now() + closing.reminderDays * DAY_S), () => {
      if (!stillSame(ticket, version)) return;
      startEdit(run, ticket)
        .notify(remind, ticket.requester, saySomething(run, 'reminder', ticket.plan.topic, ticket.requester))
        .tag(run.world.words.tags.reminded, remind)
        .commit(null, viaRule(remind));
    });
  const giveUp = findRule(run.world, 'give-up');
  if (giveUp !== null && closing.givesUpDays !== null)
    run.agenda.plan(nextHourly(run.agenda.now() + closing.givesUpDays * DAY_S), () => {
      if (!stillSame(ticket, version)) return;
      startEdit(run, ticket).status('solved', giveUp).commit(null, viaRule(giveUp));
      afterSolve(after, ticket);
    });
}

export function afterSolve(after: Aftermath, ticket: SimTicket): void {
  const { run } = after;
  const version = ++ticket.plan.version;
  const solvedAt = run.agenda.now();
  planSurvey(after, ticket, version, solvedAt);
  planReturn(after, ticket, version, solvedAt);
  const close = findRule(run.world, 'close');
  if (close === null) return;
  run.agenda.plan(nextHourly(solvedAt + CLOSE_AFTER_S), () => {
    if (!stillSame(ticket, version)) return;
    leaveQueue(ticket);
    startEdit(run, ticket).status('closed', close).commit(null, viaRule(close));
  });
}

function planSurvey(after: Aftermath, ticket: SimTicket, version: number, solvedAt: number): void {
  const { run } = after;
  const { survey } = run.world.practices;
  const rule = findRule(run.world, 'survey');
  const asked = ticket.rating === null && !ticket.requester.machine && ticket.assignee !== null && !ticket.plan.bot;
  if (survey === null || rule === null || !asked || !run.random.chance(survey.offered)) return;
  const offerAt = nextHourly(solvedAt + SURVEY_AFTER_S);
  run.agenda.plan(offerAt, () => {
    if (!stillSame(ticket, version)) return;
    ticket.rating = {
      id: 360_900_000_011 + ticket.id * 7,
      offeredAt: run.agenda.now(),
      answeredAt: null,
      score: 'offered',
      comment: null,
    };
    startEdit(run, ticket)
      .score('unoffered', 'offered', rule)
      .notify(rule, ticket.requester, run.world.words.mails.survey)
      .commit(null, viaRule(rule));
    if (!run.random.chance(survey.answered)) return;
    const at = waking(run, run.agenda.now() + run.random.lognormal(8 * 3600, 1));
    run.agenda.plan(Math.min(at, solvedAt + CLOSE_AFTER_S - 3600), () => {
      const { rating } = ticket;
      if (!stillSame(ticket, version) || rating === null) return;
      const waitedDays = (solvedAt - ticket.createdAt) / DAY_S;
      const good = survey.goodWhenFast - 0.03 * Math.min(waitedDays, 10) - 0.2 * Math.min(ticket.plan.reopens, 2);
      rating.score = run.random.chance(good) ? 'good' : 'bad';
      rating.answeredAt = run.agenda.now();
      rating.comment = run.random.chance(0.25)
        ? saySomething(run, 'thanks', ticket.plan.topic, ticket.requester)
        : null;
      startEdit(run, ticket)
        .score('offered', rating.score, null)
        .commit(ticket.requester, { channel: 'web', rel: null });
    });
  });
}

/** Some customers come back: to the same ticket while it is solved, to a new one when it is closed. */
function planReturn(after: Aftermath, ticket: SimTicket, version: number, solvedAt: number): void {
  const { run } = after;
  const { closing } = run.world.practices;
  if (ticket.requester.machine || ticket.plan.bot || ticket.plan.outbound) return;
  if (run.random.chance(closing.reopens)) {
    const thanks = run.random.chance(0.3);
    run.agenda.plan(waking(run, solvedAt + run.random.lognormal(16 * 3600, 0.8)), () => {
      if (!stillSame(ticket, version)) return;
      ticket.plan.reopens++;
      if (!thanks) ticket.plan.questionsLeft = Math.max(ticket.plan.questionsLeft, run.random.chance(0.3) ? 1 : 0);
      customerWrites(after, ticket, thanks ? 'thanks' : 'again');
    });
  } else if (run.random.chance(closing.returnsAfterClose)) {
    run.agenda.plan(waking(run, solvedAt + CLOSE_AFTER_S + run.random.lognormal(5 * DAY_S, 0.7)), () => {
      if (ticket.status !== 'closed') return;
      const next = openTicket(run, {
        requester: ticket.requester,
        submitter: ticket.requester,
        channel: 'email',
        topic: ticket.plan.topic,
        severity: ticket.plan.severity,
        words: 'again',
        followUpOf: ticket,
      });
      after.requeue(next);
    });
  }
}
