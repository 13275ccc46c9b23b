import { PRIORITIES, type Priority } from '../practices.ts';
import { readTimeline } from '../timeline.ts';
import type { SimTicket, World } from '../world.ts';
import type { PromisedMinutes } from './draw-practices.ts';
import type { Degree } from './draw-truth.ts';

/** How much longer a promise is for each priority, where priorities count. */
const SHAPE: Readonly<Record<Priority, number>> = { urgent: 0.25, high: 0.5, normal: 1, low: 2 };

export interface Wished {
  /** Degree to which the first reply, and everything else, is to be kept. */
  readonly first: Degree;
  readonly rest: Degree;
  readonly prioritised: boolean;
  readonly businessHours: boolean;
  /** Longest promise of a plan by that of the best one, by rank of the customer's tier (lowest first). */
  readonly byRank: readonly number[];
}

/** Share of promises that a desk of this degree keeps. */
const KEPT: Readonly<Record<Degree, number>> = { 1: 0.35, 2: 0.66, 3: 0.965 };

/** Minutes that would have been kept to the wished share by a desk as it lived: the quantile of its waits, each by its own length of promise. */
export function fitPromises(world: World, wished: Wished): PromisedMinutes {
  const factorOf = (ticket: SimTicket): number => {
    const rank = ticket.requester.organisation?.rank ?? 0;
    return shapeOf(ticket.priority, wished.prioritised) * (wished.byRank[rank] ?? 1);
  };
  const minutesBetween = (from: number, to: number): number =>
    (wished.businessHours ? world.calendar.openBetween(from, to) : to - from) / 60;
  const first: number[] = [];
  const next: number[] = [];
  const solved: number[] = [];
  for (const ticket of world.tickets) {
    if (ticket.plan.spam || ticket.plan.sample || ticket.plan.monitoring || ticket.plan.outbound) continue;
    const life = readTimeline(ticket, world.now);
    const factor = factorOf(ticket);
    let owed: number | null = null;
    let replies = 0;
    const steps = [
      ...life.customerAt.map((at) => ({ at, staff: false })),
      ...life.repliesAt.map((at) => ({ at, staff: true })),
    ].sort((a, b) => a.at - b.at);
    for (const { at, staff } of steps) {
      if (!staff) owed ??= at;
      else if (owed !== null) {
        (replies++ === 0 ? first : next).push(minutesBetween(owed, at) / factor);
        owed = null;
      }
    }
    const end = life.solvedAt.at(-1);
    if (end !== undefined) solved.push(minutesBetween(ticket.createdAt, end) / factor);
  }
  return {
    firstReply: promise(quantile(first, KEPT[wished.first]), wished.prioritised),
    nextReply: promise(quantile(next, KEPT[wished.rest]), wished.prioritised),
    resolution: promise(quantile(solved, KEPT[wished.rest]), wished.prioritised),
  };
}

function shapeOf(priority: Priority | null, prioritised: boolean): number {
  return prioritised && priority !== null ? SHAPE[priority] : 1;
}

/** Whole minutes, at least five: nobody promises less by mail. */
function promise(minutes: number, prioritised: boolean): Record<Priority, number> {
  const of = (priority: Priority): number => Math.max(5, Math.round(minutes * shapeOf(priority, prioritised)));
  return Object.fromEntries(PRIORITIES.map((priority) => [priority, of(priority)])) as Record<Priority, number>;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 480;
}
