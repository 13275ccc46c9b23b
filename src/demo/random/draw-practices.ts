import { EVERY_DAY, onDays, WEEKDAYS, type WeeklyInterval } from '../calendar.ts';
import { OFFICE_HOURS, ROUND_THE_CLOCK, WHOLE_WEEK, WORKING_WEEK } from '../desks/rhythms.ts';
import type { ToolHabit } from '../habits.ts';
import type { Subject } from '../kinds.ts';
import type {
  AcknowledgementPractice,
  Channel,
  CrewPractice,
  GroupPractice,
  Practices,
  Priority,
  PromisePractice,
  TopicPractice,
} from '../practices.ts';
import type { Random } from '../random.ts';
import type { Setting } from './draw-setting.ts';
import type { Degree, Truth } from './draw-truth.ts';

/** Promised minutes by priority that a desk of these habits would keep to a wished degree; see `fitPromises`. */
export interface PromisedMinutes {
  readonly firstReply: Readonly<Record<Priority, number>>;
  readonly nextReply: Readonly<Record<Priority, number>>;
  readonly resolution: Readonly<Record<Priority, number>>;
}

/** How much longer the promise of a plan is than that of the best one, lowest tier first. */
export const PLAN_FACTORS: readonly number[] = [1.8, 1.4, 1];

type Range = readonly [low: number, high: number];

/** One of three ranges by degree, drawn evenly inside it. */
function by(random: Random, degree: Degree, ...ranges: readonly [Range, Range, Range]): number {
  const [low, high] = ranges[degree - 1] ?? ranges[0];
  return low + (high - low) * random.next();
}

/** A truth that must be there: a matter that was not drawn is a mistake of the generator. */
function reader(truth: Truth): (id: string) => Degree {
  return (id) => truth[id] ?? 1;
}

function drawTopics(random: Random, setting: Setting, of: (id: string) => Degree): TopicPractice[] {
  const shared = of('S1.5') === 2 ? 2 : 0;
  // Some desks have a topic for defects; on the others they come with everything.
  const sorted = random.chance(0.6);
  const bugs = (index: number): number => (sorted ? ([0.9, 0.03][Math.min(1, index)] ?? 0) : index < 3 ? 0.2 : 0.03);
  return Array.from({ length: setting.topics }, (_, index) => ({
    key: `t${index}`,
    title: `Topic ${index}`,
    product: `p${index % Math.max(2, setting.topics - 2)}`,
    weight: sorted && index === 0 ? 6 : random.int(5, 20),
    severity: {
      urgent: random.int(6, 11),
      high: random.int(14, 24),
      normal: random.int(40, 60),
      low: random.int(10, 25),
    },
    minutes: random.int(7, 20),
    questions: 0.2 + 0.6 * random.next(),
    specialist: index === 0 ? 0.3 : 0.05 + 0.15 * random.next(),
    bug: bugs(index),
    group: index < shared ? 'side' : null,
  }));
}

function drawGroups(of: (id: string) => Degree, random: Random): GroupPractice[] {
  const group = (key: string, role: GroupPractice['role'], answers?: boolean): GroupPractice => ({
    key,
    name: key,
    description: '',
    role,
    ...(answers === undefined ? {} : { answers }),
  });
  const teams = of('S4.5');
  const joined = of('S4.4');
  const onlyPremium = teams === 2 && random.chance(0.4);
  return [
    group('front', of('S1.1') === 1 && random.chance(0.5) ? 'facade' : 'front'),
    ...(of('S1.1') === 1 ? [group('pool', 'front')] : []),
    ...(of('S1.1') >= 2 && random.chance(0.6) && of('S5.3') < 3 ? [group('second', 'specialist')] : []),
    ...(of('S1.5') === 2 ? [group('side', 'side', true)] : []),
    ...(teams >= 2 ? [group('premium', 'premium')] : []),
    ...(teams === 3 || (teams === 2 && !onlyPremium) ? [group('escalation', 'escalation')] : []),
    ...(joined >= 2 || of('S5.2') >= 2 ? [group('engineers', 'engineering')] : []),
    ...(joined === 3 ? [group('product', 'outside'), group('success', 'outside')] : []),
    ...(joined === 3 && random.chance(0.5) ? [group('partners', 'partner')] : []),
  ];
}

/** Attention with which a crew of this many people would be busy for six tenths of it, for so many tickets a week. */
function attentionFor(perWeek: number, people: number, hoursAWeek: number, minutes: number): number {
  const workHours = (perWeek * 2.3 * minutes * 1.2) / 60;
  return workHours / (people * hoursAWeek * 0.6);
}

function drawCrews(
  random: Random,
  setting: Setting,
  of: (id: string) => Degree,
  groups: readonly GroupPractice[],
  topics: readonly TopicPractice[],
  capacity: number,
): CrewPractice[] {
  const clamp = (attention: number): number => Math.min(of('S1.1') === 1 ? 0.05 : 0.95, Math.max(0.004, attention));
  const zone = setting.zone.name;
  const has = (key: string): boolean => groups.some((group) => group.key === key);
  const minutes =
    topics.reduce((sum, topic) => sum + topic.minutes * topic.weight, 0) /
    topics.reduce((sum, topic) => sum + topic.weight, 0);
  const home = has('pool') ? 'pool' : 'front';
  const products = of('S5.3') === 3 ? [...new Set(topics.map((topic) => topic.product))] : [];
  // Each knows some products and no other; on a small shift each knows more of them.
  const skillsOf = (person: number, people: number): string[] =>
    people >= products.length
      ? products.filter((_, place) => place === person % Math.max(1, products.length))
      : products.filter((_, place) => place % people === person);
  const office = onDays(WEEKDAYS, 8, 17);
  const crews: CrewPractice[] = [];
  const casual = of('S1.1') === 1 ? 1 : of('S1.1') === 2 ? 0.35 + 0.2 * random.next() : 0;
  const regular = of('S1.1') === 1 ? 1 : setting.agents;
  const share = Math.max(0.08, 1 - casual);
  const shifts: readonly (readonly [WeeklyInterval[], number])[] = shiftsFor(random, setting, of('S3.2'), office);
  const weight = shifts.reduce((sum, [, part]) => sum + part, 0);
  for (const [weekly, part] of shifts) {
    const count = Math.max(1, Math.round((regular * part) / weight));
    const hours = weekly.reduce((sum, span) => sum + (span.end - span.start) / 60, 0);
    const attention = clamp(capacity * attentionFor((setting.perWeek * share * part) / weight, count, hours, minutes));
    const unsaid = of('S1.1') >= 2 && of('S5.3') <= 1 ? { dispatcher: false } : {};
    const alike = products.length === 0;
    for (let person = 0; person < (alike ? 1 : count); person++)
      crews.push({
        groups: [home],
        count: alike ? count : 1,
        zone,
        weekly,
        skills: skillsOf(person, count),
        attention,
        ...unsaid,
      });
  }
  if (casual > 0) {
    // Who comes by answers once or twice a week: the more work, the more of them.
    const visits = (1 + 0.8 * random.next()) * Math.min(1.4, Math.max(1, capacity));
    const people = Math.min(240, Math.max(10, Math.round((capacity * setting.perWeek * 2.3 * casual) / visits)));
    crews.push({
      groups: [home],
      count: people,
      zone,
      weekly: office,
      skills: [],
      attention: 0.1,
      dropInPerWeek: visits,
    });
  }
  if (has('second')) crews.push({ groups: ['second'], count: 2, zone, weekly: office, skills: [], attention: 0.3 });
  if (has('side')) crews.push({ groups: ['side'], count: 3, zone, weekly: office, skills: [], attention: 0.3 });
  const own = of('S4.5') === 3;
  // A plan that is served sooner is served in every shift: a team that is alone with its customers and goes home makes them wait for the morning.
  const everyShift = own && of('S3.1') === 3;
  if (has('premium'))
    for (const [weekly] of everyShift ? shifts : shifts.slice(0, 1))
      crews.push({
        groups: own ? ['premium'] : ['premium', home],
        count: everyShift ? 2 : 3,
        zone,
        weekly,
        skills: products,
        attention: 0.3,
        inside: own ? 1 : 0.2,
      });
  if (has('escalation'))
    crews.push({
      groups: own ? ['escalation'] : ['escalation', home],
      count: 3,
      zone,
      weekly: office,
      skills: products,
      attention: 0.3,
      inside: own ? 1 : 0.2,
    });
  for (const key of ['engineers', 'product', 'success'])
    if (has(key))
      crews.push({ groups: [key], count: 3, zone, weekly: office, skills: [], attention: 0.1, light: true });
  if (has('partners')) crews.push({ groups: ['partners'], count: 2, zone, weekly: office, skills: [], attention: 0.3 });
  // Whoever is called at night takes urgent cases of every line, also of those that only work by day.
  if (of('S3.2') === 3 || (of('S3.2') === 2 && (setting.roundTheClock || random.chance(0.5))))
    crews.push({
      groups: [home, ...['second', 'premium', 'escalation'].filter(has)],
      count: 2,
      zone,
      weekly: onDays(EVERY_DAY, 0, 24),
      skills: products,
      attention: 0.2,
      onCall: true,
    });
  return crews;
}

/** Shifts with their part of the regular crew. */
function shiftsFor(
  random: Random,
  setting: Setting,
  cover: Degree,
  office: WeeklyInterval[],
): (readonly [WeeklyInterval[], number])[] {
  if (!setting.roundTheClock)
    return cover === 1
      ? [[onDays(WEEKDAYS, 9, 15), 1]]
      : cover === 2
        ? [
            [office, 0.8],
            [onDays([6], 9, 15).concat(onDays(WEEKDAYS, 17, 20)), 0.2],
          ]
        : [
            [onDays(WEEKDAYS, 6, 14), 0.4],
            [onDays(WEEKDAYS, 13, 22), 0.4],
            [onDays([0, 6], 7, 21), 0.2],
          ];
  if (cover === 1) return [[office, 1]];
  if (cover === 2)
    return [
      [office, 0.75],
      [onDays(random.chance(0.5) ? WEEKDAYS : EVERY_DAY, 16, 22), 0.25],
    ];
  return [
    [onDays(EVERY_DAY, 7, 15), 0.36],
    [onDays(EVERY_DAY, 14, 23), 0.36],
    [onDays(EVERY_DAY, 22, 24).concat(onDays(EVERY_DAY, 0, 8)), 0.28],
  ];
}

function drawTools(
  random: Random,
  setting: Setting,
  of: (id: string) => Degree,
): { tools: ToolHabit[]; apps: string[]; channels: Channel[] } {
  const wired = of('S2.3');
  const tool = (name: string, kind: ToolHabit['kind'], notes: number, pushed: number): ToolHabit => ({
    name,
    kind,
    installed: true,
    webhook: pushed > 0 ? `https://hooks.${name.toLowerCase().replaceAll(' ', '')}.example/x` : null,
    pushed,
    notes,
  });
  if (wired === 1) return { tools: [], apps: [], channels: [] };
  const two = [tool('Slack', 'collaboration', random.chance(0.5) ? 0.15 : 0, 0.25)];
  if (wired === 2) {
    // Two or three kinds of tool, mail among them: a tracker and a monitor that exchange records are two already.
    const others = (of('S5.1') >= 2 ? 1 : 0) + (of('S5.2') >= 2 ? 1 : 0);
    const room = random.chance(0.5);
    return {
      tools: others === 0 || (others === 1 && room) ? two : [],
      apps: random.chance(0.5) ? ['Zoom'] : [],
      channels: others === 0 || (others === 1 && !room) ? [setting.voice && !setting.chat ? 'voice' : 'chat'] : [],
    };
  }
  return {
    tools: [...two, tool('HubSpot CRM', 'crm', 0.2, 0), tool('Aircall', 'telephony', 0.1, 0)],
    apps: [],
    channels: ['chat', 'voice'],
  };
}

function drawPromises(
  random: Random,
  of: (id: string) => Degree,
  minutes: PromisedMinutes,
  tiers: readonly { readonly name: string }[],
  setting: Setting,
): PromisePractice[] {
  if (of('S1.4') === 1) return [];
  const part = (targets: Readonly<Record<Priority, number>>, factor: number): Record<Priority, number> => ({
    urgent: targets.urgent * factor,
    high: targets.high * factor,
    normal: targets.normal * factor,
    low: targets.low * factor,
  });
  // Without priorities that count one promise holds for all.
  const flat = (targets: Readonly<Record<Priority, number>>): Record<Priority, number> =>
    of('S1.3') === 1
      ? { urgent: targets.normal, high: targets.normal, normal: targets.normal, low: targets.normal }
      : { ...targets };
  const every = of('S2.5') === 3 || (of('S2.5') === 2 && random.chance(0.5));
  const partly = of('S1.4') === 2 && random.chance(0.4);
  const promise = (title: string, tier: string | null, factor: number): PromisePractice => ({
    title,
    description: '',
    tier,
    businessHours: !setting.roundTheClock || of('S3.2') < 3,
    firstReply: part(flat(minutes.firstReply), factor),
    ...(every
      ? { nextReply: part(flat(minutes.nextReply), factor), resolution: part(flat(minutes.resolution), factor) }
      : {}),
    editedDaysAgo: random.int(95, 170),
    ...(setting.roundTheClock && of('S3.2') >= 2 ? { urgentEveryHour: true } : {}),
    ...(partly ? { scope: { topics: ['t0', 't1'] } } : {}),
  });
  const plans =
    of('S3.1') >= 2
      ? tiers.slice(1).map((tier, index) => promise(`plan ${index}`, tier.name, 0.75 - 0.25 * index))
      : [];
  return [...plans.reverse(), promise('everyone', null, 1)];
}

/** Words that come back at once; customers of a desk that keeps its promise are told the time, in whole hours. */
function drawAcknowledgement(
  random: Random,
  of: (id: string) => Degree,
  promise: PromisePractice | undefined,
): AcknowledgementPractice {
  const receiver = random.pick(['requester_id', 'requester_and_ccs'] as const);
  const { normal, urgent } = promise?.firstReply ?? {};
  if (of('S1.4') < 3 || promise === undefined || normal === undefined || urgent === undefined)
    return { edited: random.chance(0.5), receiver };
  const hours = (minutes: number): number => Math.max(1, Math.ceil(minutes / 60)) * 60;
  const { businessHours } = promise;
  return { promise: { normalMinutes: hours(normal), urgentMinutes: hours(urgent), businessHours }, receiver };
}

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
  const tiered = of('S2.2') >= 2;
  const tiers = tiered
    ? [
        { name: 'tier0', share: 0.6, activity: 0.9 },
        { name: 'tier1', share: 0.24, activity: 1.2 },
        { name: 'tier2', share: 0.16, activity: 2.2 },
      ]
    : [{ name: 'tier0', share: 1, activity: 1 }];
  const ranks = random.fork('degrees');
  const views: Subject[] = [
    ...(of('S3.4') === 3 ? (['tier', 'product'] as const).filter((subject) => tiered || subject === 'product') : []),
    ...(of('S5.6') >= 2 ? (['account'] as const) : []),
    ...(of('S3.5') === 3 ? (['renewal'] as const) : []),
    ...(of('S6.4') === 3 ? (['health'] as const) : []),
  ];
  const rules: Subject[] = [
    ...(of('S2.2') === 3 ? (['tier', 'severity', 'product'] as const) : []),
    ...(of('S6.4') >= 2 ? (['health'] as const) : []),
  ];
  const surveyed = of('S4.1') === 3 || of('S6.2') >= 2 || (of('S4.1') === 2 && ranks.chance(0.5));
  const health = of('S4.1') === 3 ? by(ranks, 3, [0, 0], [0, 0], [0.9, 0.98]) : of('S4.1') === 2 && !surveyed ? 0.3 : 0;
  const reads = of('S1.3');
  const severityKnown = of('S2.2') >= 2 || reads >= 2;
  // Where there is a line to be first in, a route that everyone knows has an owner before the wait and not after it.
  const waitsWithOwner = of('S1.1') === 3 && (reads === 3 || of('S3.1') === 3);
  const causes = of('S2.4');
  const escalates = of('S3.4');
  const promises = promised === null ? [] : drawPromises(random.fork('promises'), of, promised, tiers, setting);
  const acknowledges = of('S1.2') === 3 || (of('S1.2') === 2 && ranks.chance(0.5)) || of('S1.4') === 3;
  return {
    key,
    title: key,
    account: { subdomain: key, plan: setting.plan },
    historyDays: setting.historyDays,
    migration: setting.migrated ? { tickets: setting.perWeek * 8, daysAgo: 120, oldestDays: 700 } : null,
    zone: setting.zone.name,
    vendorZone: setting.zone.vendor,
    hours: { weekly: onDays(WEEKDAYS, 8, 17), holidays: [] },
    arrivals: {
      perWeek: setting.perWeek,
      byHour: setting.roundTheClock ? ROUND_THE_CLOCK : OFFICE_HOURS,
      byDay: setting.roundTheClock ? WHOLE_WEEK : WORKING_WEEK,
      growthPerYear: 0.1 * ranks.next(),
      outagesPerMonth: of('S5.5') === 3 || of('S5.1') >= 2 ? 1.5 : 0.5,
      outageReports: 8,
    },
    channels: {
      email: setting.mailOnly ? 80 : 40,
      ...(setting.mailOnly ? {} : { web: 45 }),
      ...(tools.channels.includes('chat') ? { chat: 10 } : {}),
      ...(tools.channels.includes('voice') ? { voice: 6 } : {}),
    },
    groups,
    crews: drawCrews(random.fork('crews'), setting, of, groups, topics, capacity),
    topics,
    customers: {
      organisations: setting.organisations,
      people: setting.organisations * 5,
      privateShare: 0.05,
      tiers,
      renewalKept: by(ranks, of('S3.5'), [0, 0], [0.25, 0.5], [0.9, 0.98]),
      healthKept: health,
      healthDays: of('S4.1') === 3 ? 25 : 200,
      accountFields: [
        ...(tiered ? (['tier'] as const) : []),
        ...(of('S3.5') >= 2 ? (['renewal_date'] as const) : []),
        ...(health > 0 ? (['health'] as const) : []),
        ...(of('S4.4') === 3 ? (['partner'] as const) : []),
      ],
      partners: of('S4.4') === 3 ? 0.08 : 0,
    },
    intake: {
      // Where cases live in a mailbox somebody copies them in.
      forwarded: Math.max(of('S1.5') === 1 ? 1 : 0, by(ranks, of('S1.2'), [0.87, 0.97], [0.25, 0.45], [0.01, 0.07])),
      forwardedAsSelf: 0.1,
      form: severityKnown || causes >= 2 || of('S1.2') >= 2,
      productFilled: by(ranks, of('S2.1'), [0, 0.1], [0.15, 0.4], [0.9, 0.98]),
      spam: 0.01,
      duplicates: 0.02,
      proactivePerWeek: of('S5.1') === 1 ? 0 : 0.4,
      monitoring:
        of('S5.1') === 1
          ? null
          : {
              tool: 'Watch',
              // Clearly more than half of the incidents, and clearly some of them.
              perWeek: setting.perWeek * (of('S5.1') === 3 ? 0.35 : 0.09),
              selfClearing: 0.2,
              typed: 1,
              actedOn: 0.95,
            },
      botSolves: 0,
      acknowledgement: acknowledges ? drawAcknowledgement(ranks, of, promises.at(-1)) : null,
      ...(setting.bot ? { seatBot: { firstReplies: 0.5 + 0.4 * ranks.next(), solves: 0.1 } } : {}),
      secondForm: ranks.chance(0.3),
      junkField: ranks.chance(0.4),
      typesUsed: of('S5.5') >= 2 || of('S5.1') >= 2 ? 0.9 : 0.3,
    },
    priorities: {
      setBy:
        reads === 1
          ? ranks.chance(0.5)
            ? 'never'
            : 'preset'
          : reads === 2
            ? ranks.chance(0.5)
              ? 'answer'
              : 'customer'
            : ranks.chance(0.6)
              ? 'severity'
              : 'triage',
      inflated: 0.03,
      revised: reads === 3 ? 0.6 : 0.1,
      // What stands in rules, or is stored though it changes nothing, is asked for.
      severityAsked: of('S2.2') >= 2,
    },
    // A pile is dug through at random, so whoever serves by plan or severity has no pile.
    queue: reads === 3 ? 'promise' : of('S1.1') === 1 && of('S3.1') < 3 && of('S2.2') < 3 ? 'pile' : 'arrival',
    assignment:
      of('S5.3') === 3
        ? 'skill'
        : of('S5.3') === 2
          ? 'turns'
          : (ranks.chance(0.7) && !waitsWithOwner) || of('S1.1') === 1
            ? 'pull'
            : 'dispatch',
    ownership: {
      taken: by(ranks, of('S1.1'), [0.02, 0.08], [0.6, 0.75], [0.95, 0.99]),
      kept: by(ranks, of('S1.1'), [0.3, 0.5], [0.6, 0.8], [0.88, 0.95]),
      handedOn: of('S5.3') === 3 || of('S5.4') === 3 ? 0.03 : 0.2,
      ...(of('S5.3') === 3 || of('S5.4') === 3 ? { patienceHours: 90 } : {}),
    },
    replies: {
      macro: by(ranks, of('S1.1'), [0, 0.05], [0.1, 0.3], [0.3, 0.5]),
      article: by(ranks, of('S3.3'), [0, 0.02], [0.12, 0.3], [0.72, 0.85]),
      note: 0.15,
      noticeMinutes: 5,
    },
    escalation: {
      engineering: of('S5.2') >= 2 ? 'issue' : 'chat',
      engineeringDays: of('S5.2') === 3 ? 1.5 : 8,
      linked: by(ranks, of('S5.2'), [0, 0], [0.35, 0.6], [0.93, 0.99]),
      updatesWhileWaiting: of('S5.2') === 3 ? 0.2 : 0.05,
      swarm: by(ranks, of('S5.4'), [0, 0.02], [0.15, 0.25], [0.85, 0.95]),
      sideQuestions: 0.02,
      problems: of('S5.5') === 3,
    },
    closing: {
      // What nobody marks lies with the customer for ever; whoever goes through old work every week leaves none of it.
      marked: escalates === 3 ? 1 : 0.97,
      reminderDays: 4,
      givesUpDays: 9,
      required:
        causes === 3 && random.fork('demands').chance(0.6)
          ? ['cause', ...(of('S2.1') === 3 ? (['topic'] as const) : [])]
          : [],
      causeFilled: by(ranks, causes, [0, 0], [0.35, 0.6], [0.92, 0.98]),
      reopens: 0.06,
      returnsAfterClose: 0.01,
    },
    survey: surveyed ? { offered: by(ranks, 3, [0, 0], [0, 0], [0.9, 0.97]), answered: 0.3, goodWhenFast: 0.95 } : null,
    promises,
    teamPromises: of('S2.5') === 3,
    knowledge:
      of('S3.3') === 1
        ? ranks.chance(0.5)
          ? null
          : { articles: 4, samples: 3, editsPerWeek: 0 }
        : { articles: 90, samples: 0, editsPerWeek: of('S3.3') === 3 ? 8 : 0.3 },
    macros: of('S1.1') === 1 || of('S1.5') === 1 ? 0 : 18,
    apps: tools.apps,
    deadRules: Math.min(of('S1.5') === 1 ? 0 : 2, ranks.int(0, 2)),
    promiseAlerts: of('S2.5') === 3 || of('S6.3') === 3,
    escalating: {
      // An escalated case goes to another person, so a desk on which owners stay escalates few.
      share: escalates === 1 ? 0 : of('S5.4') === 3 ? 0.17 : 0.4,
      raises: 0.7,
      by: {
        agent: of('S6.3') >= 2 ? 0.6 : 0.5,
        rule: of('S6.3') === 3 ? 0.4 : 0,
        customer: of('S6.3') === 3 ? 0.05 : 0.4,
      },
      marked: escalates === 1 ? 0 : 0.98,
      moves: of('S4.5') === 3 ? 0.95 : of('S4.5') === 2 ? 0.4 : 0,
      reason: by(ranks, escalates, [0, 0], [0.2, 0.45], [0.93, 0.99]),
      owner: by(ranks, escalates, [0, 0], [0.3, 0.5], [0.93, 0.99]),
      early: by(ranks, of('S6.3'), [0.02, 0.08], [0.45, 0.6], [0.75, 0.9]),
      together: by(ranks, of('S6.3'), [0, 0.02], [0.1, 0.25], [0.6, 0.8]),
      ...(of('S6.3') === 3 ? { accountReviewsPerWeek: of('S5.4') === 3 ? 0.7 : 2 } : {}),
    },
    serving: {
      tierLeadMinutes: of('S3.1') === 3 ? 420 : 0,
      severityLeadMinutes: of('S2.2') === 3 ? 300 : 0,
      plansOnPaper: of('S3.1') === 2,
      batching: by(ranks, of('S5.6'), [0, 0.02], [0.05, 0.15], [0.6, 0.85]),
    },
    routing: {
      reassigned: of('S5.3') === 3 || of('S5.4') === 3 ? 0.03 : 0.15,
      ahead: of('S5.3') >= 2 ? 1 : 0,
      dispatchMinutes: 6,
      premiumReach: of('S4.5') === 3 ? 0.97 : 0.5,
    },
    backlog: {
      reviewed: by(ranks, escalates, [0.02, 0.1], [0.3, 0.55], [0.93, 0.99]),
      // Who keeps nearly every promise lets nearly nothing lie.
      abandoned: Math.min(of('S1.4') === 3 ? 0.015 : 1, by(ranks, escalates, [0.08, 0.15], [0.02, 0.04], [0, 0.005])),
    },
    defects: {
      notes: by(ranks, of('S5.2'), [0, 0], [0.3, 0.5], [0.93, 0.99]),
      noteDays: of('S5.2') === 3 ? 0.7 : 6,
      told: by(ranks, of('S5.2'), [0.1, 0.2], [0.25, 0.45], [0.93, 0.99]),
      onProblems: by(ranks, of('S5.5'), [0, 0], [0.05, 0.15], [0.65, 0.85]),
    },
    joining: {
      severe: by(ranks, of('S5.4'), [0, 0], [0.1, 0.2], [0.6, 0.8]),
      outside: {
        ...(groups.some((group) => group.key === 'engineers') && of('S4.4') >= 2 ? { engineers: 0.1 } : {}),
        ...(of('S4.4') === 3 ? { product: 0.08, success: 0.1 } : {}),
      },
      passedRound: by(ranks, of('S5.4'), [0.4, 0.6], [0.15, 0.3], [0, 0.05]),
    },
    outbound: {
      organisationsPerQuarter: by(ranks, of('S5.1'), [0, 0.03], [0.15, 0.3], [0.55, 0.7]),
      outagesToldFirst: of('S5.1') === 3 ? 0.8 : 0,
    },
    steering: { rules, views },
    tools: tools.tools,
    writing: {
      writers: of('S3.3') === 3 ? 0.95 : 0.1,
      fromCases: of('S3.3') === 3 ? 0.03 : 0,
      ageDays: of('S3.3') === 3 ? 300 : 900,
      recent: of('S3.3') === 3 ? 0.3 : 0.02,
    },
    answering: {
      asksFirst: by(ranks, causes, [0.45, 0.6], [0.25, 0.4], [0.03, 0.08]),
      asksStayOpen: ranks.chance(0.3) ? 0.5 : 0.05,
      pendingAfterSolution: ranks.chance(0.3) ? 0.5 : 0,
      silent: by(ranks, of('S2.1'), [0.5, 0.7], [0.03, 0.08], [0.01, 0.03]),
      classified: by(ranks, of('S2.1'), [0, 0.05], [0.1, 0.3], [0.95, 0.99]),
    },
    causes: {
      // A cause on nearly every case is one on the severe ones.
      severe: Math.max(causes === 3 ? 0.92 : 0, by(ranks, of('S5.5'), [0, 0.02], [0.3, 0.5], [0.92, 0.98])),
      ...(causes === 1 && ranks.chance(0.4) ? { preset: 0.9 } : {}),
      second: ranks.chance(0.4) ? 0.5 : 0,
    },
  };
}
