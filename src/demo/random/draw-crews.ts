import { EVERY_DAY, onDays, WEEKDAYS, type WeeklyInterval } from '../calendar.ts';
import type { CrewPractice, GroupPractice, TopicPractice } from '../practices.ts';
import type { Random } from '../random.ts';
import type { Degrees } from './degrees.ts';
import type { Setting } from './draw-setting.ts';
import { shiftsFor } from './draw-shifts.ts';

const OFFICE = onDays(WEEKDAYS, 8, 17);
/** Replies that a ticket takes, with those to customers who write again. */
const REPLIES_A_TICKET = 2.3;

/** What all crews of a desk are drawn from. `shifts` come with their part of the regular crew. */
interface Floor {
  readonly random: Random;
  readonly setting: Setting;
  readonly of: Degrees;
  readonly has: (group: string) => boolean;
  /** The group of those who take whatever comes. */
  readonly home: string;
  /** Products that people are told apart by; none where all know all. */
  readonly products: readonly string[];
  readonly shifts: readonly (readonly [WeeklyInterval[], number])[];
  readonly capacity: number;
}

/** People of a desk, the regular ones first. `capacity` scales the time that they have for the work. */
export function drawCrews(
  random: Random,
  setting: Setting,
  of: Degrees,
  groups: readonly GroupPractice[],
  topics: readonly TopicPractice[],
  capacity: number,
): CrewPractice[] {
  const has = (key: string): boolean => groups.some((group) => group.key === key);
  const casual = casualShare(of, random);
  const floor: Floor = {
    random,
    setting,
    of,
    has,
    home: has('pool') ? 'pool' : 'front',
    products: of('S5.3') === 3 ? [...new Set(topics.map((topic) => topic.product))] : [],
    shifts: shiftsFor(random, setting, of('S3.2'), OFFICE),
    capacity,
  };
  return [
    ...regularCrews(floor, meanMinutes(topics), Math.max(0.08, 1 - casual)),
    ...casualCrew(floor, casual),
    ...(['second', 'side'] as const).filter(has).map((key) => plainCrew(floor, key, key === 'second' ? 2 : 3)),
    ...premiumCrews(floor),
    ...escalationCrew(floor),
    ...['engineers', 'product', 'success']
      .filter(has)
      .map((key) => ({ ...plainCrew(floor, key, 3), attention: 0.1, light: true })),
    ...(has('partners') ? [plainCrew(floor, 'partners', 2)] : []),
    ...onCallCrew(floor),
  ];
}

/** Share of the work that is done by people who look in when they happen to. */
function casualShare(of: Degrees, random: Random): number {
  if (of('S1.1') === 1) return 1;
  return of('S1.1') === 2 ? 0.35 + 0.2 * random.next() : 0;
}

function meanMinutes(topics: readonly TopicPractice[]): number {
  return (
    topics.reduce((sum, topic) => sum + topic.minutes * topic.weight, 0) /
    topics.reduce((sum, topic) => sum + topic.weight, 0)
  );
}

/** Attention with which a crew of this many people would be busy for six tenths of it, for so many tickets a week. */
function attentionFor(perWeek: number, people: number, hoursAWeek: number, minutes: number): number {
  const workHours = (perWeek * REPLIES_A_TICKET * minutes * 1.2) / 60;
  return workHours / (people * hoursAWeek * 0.6);
}

function regularCrews(floor: Floor, minutes: number, share: number): CrewPractice[] {
  const { setting, of, products, shifts, capacity } = floor;
  const regular = of('S1.1') === 1 ? 1 : setting.agents;
  const weight = shifts.reduce((sum, [, part]) => sum + part, 0);
  const mostAttention = of('S1.1') === 1 ? 0.05 : 0.95;
  return shifts.flatMap(([weekly, part]) => {
    const count = Math.max(1, Math.round((regular * part) / weight));
    const hours = weekly.reduce((sum, span) => sum + (span.end - span.start) / 60, 0);
    const needed = capacity * attentionFor((setting.perWeek * share * part) / weight, count, hours, minutes);
    const crew = (people: number, skills: readonly string[]): CrewPractice => ({
      groups: [floor.home],
      count: people,
      zone: setting.zone.name,
      weekly,
      skills,
      attention: Math.min(mostAttention, Math.max(0.004, needed)),
      ...(of('S1.1') >= 2 && of('S5.3') <= 1 ? { dispatcher: false } : {}),
    });
    if (products.length === 0) return [crew(count, [])];
    return Array.from({ length: count }, (_, person) => crew(1, skillsOf(products, person, count)));
  });
}

/** Each knows some products and no other; on a small shift each knows more of them. */
function skillsOf(products: readonly string[], person: number, people: number): string[] {
  return people >= products.length
    ? products.filter((_, place) => place === person % products.length)
    : products.filter((_, place) => place % people === person);
}

/** Who comes by answers once or twice a week: the more work, the more of them. */
function casualCrew({ random, setting, home, capacity }: Floor, casual: number): CrewPractice[] {
  if (casual === 0) return [];
  const visits = (1 + 0.8 * random.next()) * Math.min(1.4, Math.max(1, capacity));
  const needed = Math.round((capacity * setting.perWeek * REPLIES_A_TICKET * casual) / visits);
  return [
    {
      groups: [home],
      count: Math.min(240, Math.max(10, needed)),
      zone: setting.zone.name,
      weekly: OFFICE,
      skills: [],
      attention: 0.1,
      dropInPerWeek: visits,
    },
  ];
}

function plainCrew({ setting }: Floor, group: string, count: number): CrewPractice {
  return { groups: [group], count, zone: setting.zone.name, weekly: OFFICE, skills: [], attention: 0.3 };
}

/** A plan that is served sooner is served in every shift: a team that is alone with its customers and goes home makes them wait for the morning. */
function premiumCrews(floor: Floor): CrewPractice[] {
  const { of, has, shifts } = floor;
  if (!has('premium')) return [];
  const everyShift = of('S4.5') === 3 && of('S3.1') === 3;
  return (everyShift ? shifts : shifts.slice(0, 1)).map(([weekly]) =>
    teamCrew(floor, 'premium', everyShift ? 2 : 3, weekly),
  );
}

function escalationCrew(floor: Floor): CrewPractice[] {
  return floor.has('escalation') ? [teamCrew(floor, 'escalation', 3, OFFICE)] : [];
}

/** A team of its own works inside of it; another one is a name for people who do everything. */
function teamCrew(
  { of, home, setting, products }: Floor,
  group: string,
  count: number,
  weekly: WeeklyInterval[],
): CrewPractice {
  const own = of('S4.5') === 3;
  return {
    groups: own ? [group] : [group, home],
    count,
    zone: setting.zone.name,
    weekly,
    skills: products,
    attention: 0.3,
    inside: own ? 1 : 0.2,
  };
}

/** Whoever is called at night takes urgent cases of every line, also of those that only work by day. */
function onCallCrew({ random, setting, of, has, home, products }: Floor): CrewPractice[] {
  const called = of('S3.2') === 3 || (of('S3.2') === 2 && (setting.roundTheClock || random.chance(0.5)));
  if (!called) return [];
  return [
    {
      groups: [home, ...['second', 'premium', 'escalation'].filter(has)],
      count: 2,
      zone: setting.zone.name,
      weekly: onDays(EVERY_DAY, 0, 24),
      skills: products,
      attention: 0.2,
      onCall: true,
    },
  ];
}
