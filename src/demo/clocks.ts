import type { Priority } from './practices.ts';
import { countsOpenHours } from './promised.ts';
import { readTimeline, type Timeline } from './timeline.ts';
import type { SimPolicy, SimTicket, SlaMetric, Status, World } from './world.ts';

/** Events of the vendor's clocks: when each started, stood still, was promised, broke and was met. */
export interface MetricEvent {
  id: number;
  readonly ticket: number;
  readonly metric:
    | 'reply_time'
    | 'agent_work_time'
    | 'requester_wait_time'
    | 'resolution_time'
    | 'group_ownership_time';
  readonly instance: number;
  readonly type:
    | 'measure'
    | 'activate'
    | 'pause'
    | 'fulfill'
    | 'apply_sla'
    | 'apply_group_sla'
    | 'breach'
    | 'update_status';
  readonly at: number;
  readonly sla?: {
    readonly minutes: number;
    readonly businessHours: boolean;
    readonly policy: { id: number | string; title: string; description: string };
  };
  readonly status?: { readonly calendar: number; readonly business: number };
  readonly deleted?: boolean;
}

/** Times during which a clock runs, in order; `doneAt` when it was met. */
interface Course {
  readonly metric: MetricEvent['metric'];
  readonly instance: number;
  readonly runs: readonly { readonly from: number; readonly to: number }[];
  readonly doneAt: number | null;
  readonly promise: SlaMetric | null;
}

const WORKING: readonly Status[] = ['new', 'open'];
const WAITING: readonly Status[] = ['new', 'open', 'hold'];
const UNSOLVED: readonly Status[] = ['new', 'open', 'pending', 'hold'];
/** Two days for a group to solve a ticket or pass it on. */
const TEAM_PROMISE_MINUTES = 2880;

export function teamPromiseMinutes(world: World): number {
  return world.practices.teamPromiseMinutes ?? TEAM_PROMISE_MINUTES;
}

/** All clock events of a desk, ordered by time; ids rise with time. */
export function readClocks(world: World): MetricEvent[] {
  const events: MetricEvent[] = [];
  for (const ticket of world.tickets) {
    // The vendor runs no clocks on samples and imports.
    if (ticket.plan.sample || ticket.plan.imported) continue;
    const timeline = readTimeline(ticket, world.now);
    for (const course of readCourses(ticket, timeline)) writeCourse(world, ticket, timeline, course, events);
    if (world.practices.teamPromises) writeTeamPromises(world, ticket, timeline, events);
  }
  events.sort((a, b) => a.at - b.at || a.ticket - b.ticket);
  for (const [index, event] of events.entries()) event.id = 926_232_157_301 + index * 11;
  return events;
}

function readCourses(ticket: SimTicket, timeline: Timeline): Course[] {
  const lastSolve = timeline.solvedAt.at(-1) ?? timeline.closedAt;
  const ended = ticket.status === 'solved' || ticket.status === 'closed' ? lastSolve : null;
  const during = (statuses: readonly Status[]): { from: number; to: number }[] =>
    timeline.spans.filter((span) => statuses.includes(span.status)).map(({ from, to }) => ({ from, to }));
  return [
    ...readReplyCourses(ticket, timeline),
    { metric: 'agent_work_time', instance: 1, runs: during(WORKING), doneAt: ended, promise: null },
    { metric: 'requester_wait_time', instance: 1, runs: during(WAITING), doneAt: ended, promise: null },
    { metric: 'resolution_time', instance: 1, runs: during(UNSOLVED), doneAt: ended, promise: 'total_resolution_time' },
  ];
}

/** A reply is owed from a customer's comment to the next public one by staff, or until the ticket is solved without. */
function readReplyCourses(ticket: SimTicket, timeline: Timeline): Course[] {
  const courses: Course[] = [];
  let owedFrom: number | null = null;
  const steps = [
    ...timeline.customerAt.map((at) => ({ at, by: 'customer' as const })),
    ...timeline.repliesAt.map((at) => ({ at, by: 'staff' as const })),
    ...timeline.solvedAt.map((at) => ({ at, by: 'solve' as const })),
  ].sort((a, b) => a.at - b.at);
  for (const step of steps) {
    if (step.by === 'customer') owedFrom ??= step.at;
    else if (owedFrom !== null) {
      courses.push(makeReplyCourse(courses.length + 1, owedFrom, step.at, step.at));
      owedFrom = null;
    }
  }
  if (owedFrom !== null)
    courses.push(makeReplyCourse(courses.length + 1, owedFrom, ticket.deletedAt ?? Number.POSITIVE_INFINITY, null));
  return courses;
}

function makeReplyCourse(instance: number, from: number, to: number, doneAt: number | null): Course {
  return {
    metric: 'reply_time',
    instance,
    runs: [{ from, to }],
    doneAt,
    promise: instance === 1 ? 'first_reply_time' : 'next_reply_time',
  };
}

function writeCourse(world: World, ticket: SimTicket, timeline: Timeline, course: Course, events: MetricEvent[]): void {
  const { metric, instance } = course;
  const add = (type: MetricEvent['type'], at: number, more: Partial<MetricEvent> = {}): void => {
    if (at <= world.now) events.push({ id: 0, ticket: ticket.id, metric, instance, type, at, ...more });
  };
  const first = course.runs[0];
  if (first === undefined) return;
  if (instance === 1)
    events.push({ id: 0, ticket: ticket.id, metric, instance: 0, type: 'measure', at: ticket.createdAt });
  let calendarS = 0;
  let businessS = 0;
  for (const [index, run] of course.runs.entries()) {
    const previous = course.runs[index - 1];
    if (previous === undefined || previous.to < run.from) add('activate', run.from);
    const to = Math.min(run.to, world.now);
    calendarS += to - run.from;
    businessS += world.calendar.openBetween(run.from, to);
    const next = course.runs[index + 1];
    const solvedHere = timeline.solvedAt.includes(run.to) || run.to === course.doneAt;
    if (solvedHere && metric !== 'reply_time' && run.to !== course.doneAt) add('fulfill', run.to);
    else if (!solvedHere && run.to < world.now && (next === undefined || next.from > run.to)) add('pause', run.to);
  }
  if (course.promise !== null && ticket.policy !== null)
    writePromise(world, ticket, timeline, course, ticket.policy, add);
  if (course.doneAt === null) return;
  add('fulfill', course.doneAt);
  add('update_status', course.doneAt, {
    status: { calendar: Math.floor(calendarS / 60), business: Math.floor(businessS / 60) },
  });
}

type Add = (type: MetricEvent['type'], at: number, more?: Partial<MetricEvent>) => void;

function writePromise(
  world: World,
  ticket: SimTicket,
  timeline: Timeline,
  course: Course,
  policy: SimPolicy,
  add: Add,
): void {
  const begin = course.runs[0]?.from ?? ticket.createdAt;
  const until = course.doneAt ?? Number.POSITIVE_INFINITY;
  const targets = policy.targets[course.promise ?? 'first_reply_time'];
  const changes = timeline.prioritySteps.filter((step) => step.at > begin && step.at < until);
  const before = timeline.prioritySteps.filter((step) => step.at <= begin).at(-1);
  const steps = [...(before === undefined ? [] : [{ at: begin, priority: before.priority }]), ...changes];
  for (const [index, step] of steps.entries()) {
    const minutes = targets[step.priority as Priority];
    if (minutes === undefined) continue;
    add('apply_sla', step.at, {
      sla: {
        minutes,
        businessHours: countsOpenHours(policy, step.priority as Priority),
        policy: { id: policy.id, title: policy.title, description: policy.description },
      },
    });
    const breachAt = findBreach(world, course, minutes * 60, countsOpenHours(policy, step.priority as Priority));
    if (breachAt === null || (course.doneAt !== null && breachAt >= course.doneAt)) continue;
    const nextStep = steps[index + 1];
    // A breach of an older target is taken back when a new target is applied that is not broken.
    const relieved = nextStep !== undefined;
    if (relieved && breachAt >= nextStep.at) continue;
    add('breach', Math.max(breachAt, step.at), { deleted: relieved });
  }
}

/** When the running time reaches the target; null when it does not before the clock ends. */
function findBreach(world: World, course: Course, targetS: number, businessHours: boolean): number | null {
  let left = targetS;
  for (const run of course.runs) {
    const to = Math.min(run.to, world.now);
    const spent = businessHours ? world.calendar.openBetween(run.from, to) : to - run.from;
    if (spent > left) return Math.floor(businessHours ? world.calendar.addOpen(run.from, left) : run.from + left);
    left -= spent;
  }
  return null;
}

/** Promises inside the house: a group passes on or solves within its time. */
function writeTeamPromises(world: World, ticket: SimTicket, timeline: Timeline, events: MetricEvent[]): void {
  const end = timeline.solvedAt[0] ?? timeline.closedAt ?? ticket.deletedAt;
  for (const [index, step] of timeline.groupSteps.entries()) {
    const until = timeline.groupSteps[index + 1]?.at ?? end;
    if (end !== null && step.at >= end) return;
    const base = { id: 0, ticket: ticket.id, metric: 'group_ownership_time' as const, instance: index + 1 };
    events.push({ ...base, type: 'activate', at: step.at });
    events.push({
      ...base,
      type: 'apply_group_sla',
      at: step.at,
      sla: {
        minutes: teamPromiseMinutes(world),
        businessHours: false,
        policy: { id: '01H078CBDY28BZG7P6BONY09DN', title: world.words.promises.teamTitle, description: '' },
      },
    });
    const breachAt = step.at + teamPromiseMinutes(world) * 60;
    if (breachAt < (until ?? world.now)) events.push({ ...base, type: 'breach', at: breachAt, deleted: false });
    if (until !== null && until !== undefined) events.push({ ...base, type: 'fulfill', at: until });
  }
}
