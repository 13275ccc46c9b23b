import { buildCalendar, DAY_S, parseInstant, readZone } from './calendar.ts';
import { hireStaff, signCustomers } from './people.ts';
import { withinPlan } from './plans.ts';
import type { Practices, Priority } from './practices.ts';
import { createRandom, type Random, takeAt } from './random.ts';
import { writeRules } from './rules.ts';
import { connectTools } from './tools.ts';
import { ENGLISH } from './vocabularies/english.ts';
import { fillWords, slugOf, type Vocabulary } from './vocabulary.ts';
import type { FieldIds, SimArticle, SimMacro, SimPolicy, SimUser, World } from './world.ts';
import { listWriters } from './writing.ts';

/** Simulated now of every desk. */
export const DEMO_NOW = '2026-06-30T00:00:00Z';

const FIELDS: FieldIds = {
  product: 360_600_000_031,
  topic: 360_600_000_032,
  severity: 360_600_000_033,
  cause: 360_600_000_034,
  tier: 360_600_000_035,
  secondCause: 360_600_000_036,
  junk: 360_600_000_037,
  escalation: 360_600_000_038,
};
const FORM_ID = 360_700_000_084;
const BRAND_ID = 360_000_358_316;

/** Sets a desk up as it is before its first simulated day: people, rules, knowledge, no tickets. */
export function foundDesk(wanted: Practices, seed: string, now = parseInstant(DEMO_NOW)): World {
  const practices = withinPlan(wanted);
  const random = createRandom(`${practices.key}/${seed}`);
  const words = practices.vocabulary ?? ENGLISH;
  const start = now - practices.historyDays * DAY_S;
  const zone = readZone(practices.zone, start - 420 * DAY_S, now + 40 * DAY_S);
  const { agents, groups, admin } = hireStaff(practices, start, now, random.fork('staff'));
  const { organisations, customers } = signCustomers(practices, words, start, now, random.fork('customers'));
  const machineUser: SimUser | null =
    practices.intake.monitoring === null && practices.intake.botSolves === 0
      ? null
      : {
          id: '360199000077',
          name: practices.intake.monitoring?.tool ?? words.bots.guest,
          email: `${words.mailboxes.machine}@${practices.account.subdomain}.example`,
          role: 'end-user',
          organisation: null,
          createdAt: start - 90 * DAY_S,
          light: false,
          machine: true,
        };
  const tools = connectTools(practices, start);
  const seatBot: SimUser | null =
    practices.intake.seatBot === undefined
      ? null
      : {
          id: '360199000091',
          name: words.bots.seat,
          email: `${slugOf(words.bots.seat)}@${practices.account.subdomain}.example`,
          role: 'agent',
          organisation: null,
          createdAt: start - 60 * DAY_S,
          light: false,
          machine: true,
        };
  const everyHour = [{ start: 0, end: 7 * 24 * 60 }];
  return {
    practices,
    words,
    seed,
    start,
    now,
    zone,
    calendar: buildCalendar(
      practices.hours?.weekly ?? everyHour,
      practices.hours?.holidays ?? [],
      zone,
      start - 2 * DAY_S,
      now + 30 * DAY_S,
    ),
    hasSchedule: practices.hours !== null,
    users: [
      admin,
      ...agents.map((agent) => agent.user),
      ...customers,
      ...[machineUser, seatBot].filter((user) => user !== null),
      ...tools.flatMap(({ user }) => (user === null ? [] : [user])),
    ],
    tools,
    admin,
    machineUser,
    seatBot,
    agents,
    groups,
    organisations,
    customers,
    articles: writeArticles(
      practices,
      words,
      (practices.writing?.writers === undefined ? agents : listWriters(agents, practices.writing.writers)).map(
        (agent) => agent.user,
      ),
      start,
      now,
      random.fork('knowledge'),
    ),
    macros: prepareMacros(practices, words, start),
    rules: writeRules(practices, words, groups, FIELDS, start),
    policies: makePromises(practices, now),
    fields: FIELDS,
    formId: FORM_ID,
    brandId: BRAND_ID,
    tickets: [],
    issueLinks: [],
  };
}

function writeArticles(
  practices: Practices,
  words: Vocabulary,
  authors: readonly SimUser[],
  start: number,
  now: number,
  random: Random,
): SimArticle[] {
  const rules = practices.knowledge;
  if (rules === null) return [];
  const ageDays = practices.writing?.ageDays ?? 300;
  const founded = start - ageDays * DAY_S;
  const samples = Array.from(
    { length: rules.samples },
    (_, index): SimArticle => ({
      id: 7_253_351_877_519 + index * 331,
      title: takeAt(
        [
          'Sample article: Refund policies',
          'How do I customize my Help Center?',
          'What are these sections and articles doing here?',
        ],
        index % 3,
      ),
      topic: null,
      sample: true,
      draft: index % 4 === 0,
      createdAt: founded,
      editedAt: founded,
      author: takeAt(authors, 0),
      votesUp: 0,
      votesDown: 0,
    }),
  );
  const own = Array.from({ length: rules.articles }, (_, index): SimArticle => {
    const topic = takeAt(practices.topics, index % practices.topics.length);
    // Most of a library is older than the history; a part of it grows during it.
    const createdAt = Math.floor(
      random.chance(1 - (practices.writing?.recent ?? 0.3))
        ? founded + random.next() * (ageDays - 20) * DAY_S
        : start + random.next() * (now - start),
    );
    return {
      id: 7_253_400_000_101 + index * 337,
      title: fillWords(random.pick(words.articles), { topic: topic.title, number: index + 1 }),
      topic: topic.key,
      sample: false,
      draft: random.chance(0.06),
      createdAt,
      editedAt: createdAt,
      author: random.pick(authors),
      votesUp: random.poisson(9),
      votesDown: random.poisson(3),
    };
  });
  const weeks = (now - start) / (7 * DAY_S);
  for (let edit = 0; edit < rules.editsPerWeek * weeks && own.length > 0; edit++) {
    const article = random.pick(own);
    article.editedAt = Math.max(article.editedAt, Math.floor(start + random.next() * (now - start)));
  }
  return [...samples, ...own];
}

function prepareMacros(practices: Practices, words: Vocabulary, start: number): SimMacro[] {
  return Array.from({ length: practices.macros }, (_, index) => {
    const topic = takeAt(practices.topics, index % practices.topics.length);
    return {
      id: 360_011_363_536 + index * 19,
      title: fillWords(takeAt(words.macros, Math.floor(index / practices.topics.length) % words.macros.length), {
        topic: topic.title,
      }),
      topic: topic.key,
      createdAt: start - (200 - index) * DAY_S,
      uses: 0,
    };
  });
}

function makePromises(practices: Practices, now: number): SimPolicy[] {
  return practices.promises.map((promise, index) => ({
    id: 360_001_110_696 + index * 3019,
    title: promise.title,
    description: promise.description,
    tier: promise.tier,
    businessHours: promise.businessHours,
    urgentEveryHour: promise.urgentEveryHour ?? false,
    scope: promise.scope ?? {},
    position: index + 1,
    updatedAt: now - promise.editedDaysAgo * DAY_S,
    targets: {
      first_reply_time: promise.firstReply,
      next_reply_time: promise.nextReply ?? {},
      total_resolution_time: promise.resolution ?? {},
    } satisfies Record<string, Partial<Record<Priority, number>>>,
  }));
}
