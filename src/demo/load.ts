import { readClocks } from './clocks.ts';
import type { Practices, Priority, PromisePractice, TopicPractice } from './practices.ts';
import { countsOpenHours } from './promised.ts';
import { simulateDesk } from './simulate.ts';
import type { SlaMetric, World } from './world.ts';

/** Mean over median of the lognormal time for one touch, sigma 0.6. */
const MEAN_BY_MEDIAN = Math.exp(0.6 ** 2 / 2);
/** Share of customers who answer a question. */
const ANSWERED = 0.86;
/** Share of working time that is left beside leave, a week in seventy-five days. */
const PRESENT = 1 - 7 / 75;

/**
 * Work that arrives over work that people can do, by the practices alone: near 1 the line never empties, above 1 it grows. Hours of a
 * week, whole desk; work that only some groups can do is not told apart. Infinite where nobody works.
 */
export function readLoad(practices: Practices): number {
  const capacity = practices.crews
    .filter((crew) => crew.light !== true && crew.dropInPerWeek === undefined && crew.onCall !== true)
    .reduce((sum, crew) => {
      const minutes = crew.weekly.reduce((total, interval) => total + interval.end - interval.start, 0);
      return sum + crew.count * minutes * crew.attention * PRESENT;
    }, 0);
  return demandOf(practices) / capacity;
}

/** The same desk with as much or as little time for the queue as gives this load; attention stays between 0.01 and 1. */
export function withLoad(practices: Practices, load: number): Practices {
  const factor = readLoad(practices) / load;
  return {
    ...practices,
    crews: practices.crews.map((crew) => ({
      ...crew,
      attention: Math.min(1, Math.max(0.01, crew.attention * factor)),
    })),
  };
}

/** Minutes of work that arrive in a week. */
function demandOf({ arrivals, answering, closing, intake, joining, routing, topics }: Practices): number {
  const weight = topics.reduce((sum, topic) => sum + topic.weight, 0);
  const touches = (topic: TopicPractice): number => {
    const asks =
      answering?.asksFirst === undefined
        ? topic.questions
        : answering.asksFirst * (topic.questions + Math.exp(-topic.questions));
    const again = closing.reopens + (answering?.pendingAfterSolution ?? 0) * 0.4;
    return (
      1 +
      asks * ANSWERED +
      topic.specialist +
      topic.bug +
      again +
      (routing?.reassigned ?? 0) +
      (joining?.passedRound ?? 0) / 3
    );
  };
  const perTicket = topics.reduce((sum, topic) => sum + (topic.weight / weight) * topic.minutes * touches(topic), 0);
  const asked = arrivals.perWeek * (1 - intake.botSolves) * (1 - intake.spam - intake.duplicates);
  const outages = (arrivals.outagesPerMonth * arrivals.outageReports * 7) / 30;
  const alerts = (intake.monitoring?.perWeek ?? 0) * (intake.monitoring?.actedOn ?? 1);
  return (asked + outages + alerts) * perTicket * MEAN_BY_MEDIAN;
}

/**
 * The same desk with promises of which about this share will be kept, by trial runs of it: each target becomes that quantile of what
 * the desk does anyway, in the clock of its promise. Targets without a case in the trial stay.
 */
export function fitPromises(practices: Practices, kept: number): Practices {
  let fitted = practices;
  // The order of work follows the targets, so the second look is at a desk that already has them.
  for (let trial = 0; trial < 2; trial++) {
    const world = simulateDesk(fitted, 'trial');
    const times = readTimes(world);
    fitted = {
      ...fitted,
      promises: fitted.promises.map((promise, index) => fitOne(promise, index, times, kept)),
    };
  }
  return fitted;
}

type Times = ReadonlyMap<string, number[]>;

function readTimes(world: World): Times {
  const tickets = new Map(world.tickets.map((ticket) => [ticket.id, ticket]));
  const times = new Map<string, number[]>();
  for (const event of readClocks(world)) {
    const ticket = tickets.get(event.ticket);
    if (event.status === undefined || ticket === undefined || ticket.policy === null || ticket.priority === null)
      continue;
    const metric = nameMetric(event.metric, event.instance);
    if (metric === null) continue;
    const { business, calendar } = event.status;
    const key = `${ticket.policy.position - 1} ${metric} ${ticket.priority}`;
    const minutes = countsOpenHours(ticket.policy, ticket.priority) ? business : calendar;
    const others = times.get(key);
    if (others === undefined) times.set(key, [minutes]);
    else others.push(minutes);
  }
  return times;
}

function nameMetric(metric: string, instance: number): SlaMetric | null {
  if (metric === 'reply_time') return instance === 1 ? 'first_reply_time' : 'next_reply_time';
  return metric === 'resolution_time' ? 'total_resolution_time' : null;
}

function fitOne(promise: PromisePractice, index: number, times: Times, kept: number): PromisePractice {
  const aim = (
    metric: SlaMetric,
    targets: Readonly<Partial<Record<Priority, number>>>,
  ): Partial<Record<Priority, number>> =>
    Object.fromEntries(
      Object.entries(targets).map(([priority, minutes]) => {
        const sorted = [...(times.get(`${index} ${metric} ${priority}`) ?? [])].sort((a, b) => a - b);
        const found = sorted[Math.min(sorted.length - 1, Math.floor(kept * sorted.length))];
        return [priority, found === undefined ? minutes : Math.max(5, Math.ceil(found / 5) * 5)];
      }),
    );
  return {
    ...promise,
    firstReply: aim('first_reply_time', promise.firstReply),
    ...(promise.nextReply === undefined ? {} : { nextReply: aim('next_reply_time', promise.nextReply) }),
    ...(promise.resolution === undefined ? {} : { resolution: aim('total_resolution_time', promise.resolution) }),
  };
}
