import { PRIORITIES, type Priority } from '../practices.ts';
import { readTimeline } from '../timeline.ts';
import type { SimTicket, World } from '../world.ts';
import type { PromisedMinutes } from './draw-promises.ts';
import type { Degree } from './draw-truth.ts';

/** How much longer a promise is for each priority, where priorities count. */
const SHAPE: Readonly<Record<Priority, number>> = { urgent: 0.25, high: 0.5, normal: 1, low: 2 };

interface Wished {
  /** Degree to which the first reply, and everything else, is to be kept. */
  readonly first: Degree;
  readonly rest: Degree;
  readonly prioritised: boolean;
  /** How much longer the promise of each lower priority is at least. */
  readonly step: number;
  readonly businessHours: boolean;
  /** Longest promise of a plan by that of the best one, by rank of the customer's tier (lowest first). */
  readonly byRank: readonly number[];
}

/** Share of promises that a desk of this degree keeps. */
const KEPT: Readonly<Record<Degree, number>> = { 1: 0.35, 2: 0.66, 3: 0.965 };

/** How long one thing took, by what was promised: minutes of a promise of the best plan, and the priority of the case. */
interface Wait {
  readonly minutes: number;
  readonly priority: Priority;
}

/**
 * Minutes that would have been kept to the wished share by a desk as it lived: the quantile of its waits, each by its own length of promise. Where
 * priorities count, each has its own: one for all would be kept on some and missed on others.
 */
export function fitPromises(world: World, wished: Wished): PromisedMinutes {
  const minutesBetween = (from: number, to: number): number =>
    (wished.businessHours ? world.calendar.openBetween(from, to) : to - from) / 60;
  const first: Wait[] = [];
  const next: Wait[] = [];
  const solved: Wait[] = [];
  for (const ticket of world.tickets) {
    if (ticket.plan.spam || ticket.plan.sample || ticket.plan.monitoring || ticket.plan.outbound) continue;
    const life = readTimeline(ticket, world.now);
    const plan = wished.byRank[ticket.requester.organisation?.rank ?? 0] ?? 1;
    const waitOf = (from: number, to: number): Wait => ({
      minutes: minutesBetween(from, to) / plan,
      priority: ticket.priority ?? 'normal',
    });
    let owed: number | null = null;
    let replies = 0;
    const steps = [
      ...life.customerAt.map((at) => ({ at, staff: false })),
      ...listPeopleReplies(ticket, world).map((at) => ({ at, staff: true })),
    ].sort((a, b) => a.at - b.at);
    for (const { at, staff } of steps) {
      if (!staff) owed ??= at;
      else if (owed !== null) {
        (replies++ === 0 ? first : next).push(waitOf(owed, at));
        owed = null;
      }
    }
    const end = life.solvedAt.at(-1);
    if (end !== undefined) solved.push(waitOf(ticket.createdAt, end));
  }
  return {
    firstReply: promise(first, KEPT[wished.first], wished),
    nextReply: promise(next, KEPT[wished.rest], wished),
    resolution: promise(solved, KEPT[wished.rest], wished),
  };
}

/** Instants of the public replies of people: a program on a seat answers at once and nobody's case is done by that. */
export function listPeopleReplies(ticket: SimTicket, world: World): number[] {
  return ticket.audits
    .slice(1)
    .flatMap((audit) =>
      audit.events.flatMap((event) =>
        event.kind === 'comment' &&
        event.public &&
        event.author.role !== 'end-user' &&
        !event.author.machine &&
        audit.at < world.now
          ? [audit.at]
          : [],
      ),
    );
}

/** Cases of a priority from which its own quantile is read; with fewer it is that of all, by the usual shape. */
const FEWEST = 30;

/** Whole minutes, at least five (nobody promises less by mail) and longer for each lower priority. */
function promise(waits: readonly Wait[], share: number, { prioritised, step }: Wished): Record<Priority, number> {
  const shaped = quantile(
    waits.map(({ minutes, priority }) => minutes / (prioritised ? SHAPE[priority] : 1)),
    share,
  );
  const result: Partial<Record<Priority, number>> = {};
  let least = 5;
  for (const priority of PRIORITIES) {
    const own = waits.filter((wait) => wait.priority === priority).map(({ minutes }) => minutes);
    const fitted = !prioritised ? shaped : own.length < FEWEST ? shaped * SHAPE[priority] : quantile(own, share);
    result[priority] = Math.round(Math.max(least, fitted));
    if (prioritised) least = step * Math.max(least, fitted);
  }
  return result as Record<Priority, number>;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 480;
}
