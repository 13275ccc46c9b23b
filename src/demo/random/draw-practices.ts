import { onDays, WEEKDAYS } from '../calendar.ts';
import { OFFICE_HOURS, ROUND_THE_CLOCK, WHOLE_WEEK, WORKING_WEEK } from '../desks/rhythms.ts';
import type { ArrivalPractice, Practices } from '../practices.ts';
import type { Random } from '../random.ts';
import { by, type Draft, reader } from './degrees.ts';
import { drawCrews } from './draw-crews.ts';
import { drawGroups } from './draw-groups.ts';
import {
  drawAnswering,
  drawBacklog,
  drawCauses,
  drawDefects,
  drawEscalating,
  drawJoining,
  drawOutbound,
  drawServing,
  routingOf,
  steeringOf,
  writingOf,
} from './draw-habits.ts';
import {
  drawAssignment,
  drawClosing,
  drawEscalation,
  drawKnowledge,
  drawOwnership,
  drawPriorities,
  drawReplies,
  queueOf,
} from './draw-handling.ts';
import { drawCustomers, drawHearing, drawIntake, drawTiers } from './draw-intake.ts';
import { drawPromises, type PromisedMinutes } from './draw-promises.ts';
import type { Setting } from './draw-setting.ts';
import { drawTools } from './draw-tools.ts';
import { drawTopics } from './draw-topics.ts';
import type { Truth } from './draw-truth.ts';

/** Practices of a desk about which this is true, in words that any vocabulary may replace. `promised` null: a desk that promises nothing yet.
 * `capacity` scales the time that people have for it. */
export function drawPractices(
  key: string,
  truth: Truth,
  setting: Setting,
  source: Random,
  promised: PromisedMinutes | null,
  capacity = 1,
): Practices {
  const of = reader(truth);
  const random = source.fork('practices');
  const topics = drawTopics(random.fork('topics'), setting, of);
  const groups = drawGroups(of, random.fork('groups'));
  const tools = drawTools(random.fork('tools'), setting, of);
  const ranks = random.fork('degrees');
  const draft: Draft = { of, setting, ranks };
  const tiers = drawTiers(draft);
  const hearing = drawHearing(draft);
  const promises = promised === null ? [] : drawPromises(random.fork('promises'), of, promised, tiers, setting);
  const acknowledged = of('S1.2') === 3 || (of('S1.2') === 2 && ranks.chance(0.5)) || of('S1.4') === 3;
  return {
    key,
    title: key,
    account: { subdomain: key, plan: setting.plan },
    historyDays: setting.historyDays,
    migration: setting.migrated ? { tickets: setting.perWeek * 8, daysAgo: 120, oldestDays: 700 } : null,
    zone: setting.zone.name,
    vendorZone: setting.zone.vendor,
    hours: { weekly: onDays(WEEKDAYS, 8, 17), holidays: [] },
    arrivals: drawArrivals(draft),
    channels: {
      email: setting.mailOnly ? 80 : 40,
      ...(setting.mailOnly ? {} : { web: 45 }),
      ...(tools.channels.includes('chat') ? { chat: 10 } : {}),
      ...(tools.channels.includes('voice') ? { voice: 6 } : {}),
    },
    groups,
    crews: drawCrews(random.fork('crews'), setting, of, groups, topics, capacity),
    topics,
    customers: drawCustomers(draft, tiers, hearing),
    intake: drawIntake(draft, acknowledged, promises.at(-1)),
    priorities: drawPriorities(draft),
    queue: queueOf(draft),
    assignment: drawAssignment(draft),
    ownership: drawOwnership(draft),
    replies: drawReplies(draft),
    escalation: drawEscalation(draft),
    closing: drawClosing(draft, random.fork('demands')),
    survey: hearing.surveyed
      ? { offered: by(ranks, 3, [0, 0], [0, 0], [0.9, 0.97]), answered: 0.3, goodWhenFast: 0.95 }
      : null,
    promises,
    teamPromises: of('S2.5') === 3,
    knowledge: drawKnowledge(draft),
    macros: of('S1.1') === 1 || of('S1.5') === 1 ? 0 : 18,
    apps: tools.apps,
    deadRules: Math.min(of('S1.5') === 1 ? 0 : 2, ranks.int(0, 2)),
    promiseAlerts: of('S2.5') === 3 || of('S6.3') === 3,
    escalating: drawEscalating(draft),
    serving: drawServing(draft),
    routing: routingOf(draft),
    backlog: drawBacklog(draft),
    defects: drawDefects(draft),
    joining: drawJoining(draft, groups),
    outbound: drawOutbound(draft),
    steering: steeringOf(draft),
    tools: tools.tools,
    writing: writingOf(draft),
    answering: drawAnswering(draft),
    causes: drawCauses(draft),
  };
}

function drawArrivals({ of, setting, ranks }: Draft): ArrivalPractice {
  return {
    perWeek: setting.perWeek,
    byHour: setting.roundTheClock ? ROUND_THE_CLOCK : OFFICE_HOURS,
    byDay: setting.roundTheClock ? WHOLE_WEEK : WORKING_WEEK,
    growthPerYear: 0.1 * ranks.next(),
    outagesPerMonth: of('S5.5') === 3 || of('S5.1') >= 2 ? 1.5 : 0.5,
    outageReports: 8,
  };
}
