import type { GroupPractice, Practices, PromisePractice } from './practices.ts';
import { takeAt } from './random.ts';
import { ENGLISH } from './vocabularies/english.ts';
import { GERMAN } from './vocabularies/german.ts';
import { opaque } from './vocabularies/opaque.ts';
import { POLISH } from './vocabularies/polish.ts';
import { fillWords, slugOf, type Vocabulary } from './vocabulary.ts';

/** Natural languages that a desk can speak; `opaque(seed)` makes any number of others. */
export const VOCABULARIES = { english: ENGLISH, german: GERMAN, polish: POLISH } as const satisfies Record<
  string,
  Vocabulary
>;
export { opaque };

/**
 * The same desk in other words: names of tiers, teams, products, topics, promises, tools and of everything that the engine names.
 * What people do, how many they are and when they work stays; so do the keys of groups and practices, which nobody sees, the account's
 * subdomain, the names of installed apps and a tool's own name, which are the market's and not the desk's. Groups take words by role,
 * tiers by rank, the rest by place in its list; where a list is longer than the vocabulary, a number is added. An acknowledgement is
 * said by its promise; a text of the desk's own gives way to the vocabulary's.
 */
export function speak(practices: Practices, vocabulary: Vocabulary): Practices {
  const tiers = practices.customers.tiers.map((tier, rank) => ({
    ...tier,
    name: nameTier(vocabulary, rank, practices.customers.tiers.length),
  }));
  const tierNames = new Map(practices.customers.tiers.map((tier, rank) => [tier.name, takeAt(tiers, rank).name]));
  const products = [...new Set(practices.topics.map((topic) => topic.product))];
  const productNames = new Map(products.map((product, place) => [product, pickNumbered(vocabulary.products, place)]));
  const titles = practices.topics.map((_, place) => pickNumbered(vocabulary.topics, place, ' '));
  const topicKeys = new Map(practices.topics.map((topic, place) => [topic.key, slugOf(takeAt(titles, place))]));
  const { monitoring, acknowledgement } = practices.intake;
  return {
    ...practices,
    vocabulary,
    title: vocabulary.brand ?? practices.title,
    customers: { ...practices.customers, tiers },
    groups: nameGroups(practices.groups, vocabulary),
    crews: practices.crews.map((crew) => ({
      ...crew,
      skills: crew.skills.map((skill) => productNames.get(skill) ?? skill),
    })),
    topics: practices.topics.map((topic, place) => ({
      ...topic,
      key: slugOf(takeAt(titles, place)),
      title: takeAt(titles, place),
      product: productNames.get(topic.product) ?? topic.product,
    })),
    intake: {
      ...practices.intake,
      monitoring: monitoring && { ...monitoring, tool: vocabulary.monitoringTool ?? monitoring.tool },
      acknowledgement: acknowledgement && leaveOutText(acknowledgement),
    },
    promises: practices.promises.map((promise) => namePromise(promise, vocabulary, tierNames, topicKeys)),
  };
}

function leaveOutText(acknowledgement: NonNullable<Practices['intake']['acknowledgement']>): typeof acknowledgement {
  const { text, ...rest } = acknowledgement;
  return { ...rest, edited: rest.edited ?? (text !== undefined && rest.promise === undefined) };
}

/** Lowest, highest and evenly between; beyond the words of the vocabulary, numbered. */
function nameTier(vocabulary: Vocabulary, rank: number, count: number): string {
  const { names } = vocabulary.tiers;
  if (count > names.length) return pickNumbered(names, rank);
  return takeAt(names, count === 1 ? 0 : Math.round((rank * (names.length - 1)) / (count - 1)));
}

function nameGroups(groups: readonly GroupPractice[], vocabulary: Vocabulary): GroupPractice[] {
  const met = new Map<string, number>();
  return groups.map((group) => {
    const place = met.get(group.role) ?? 0;
    met.set(group.role, place + 1);
    const words = vocabulary.groups[group.role];
    const { description } = takeAt(words, place % words.length);
    const names = words.map((entry) => entry.name);
    return {
      ...group,
      name: pickNumbered(names, place, ' '),
      description: group.description === '' ? '' : description,
    };
  });
}

function namePromise(
  promise: PromisePractice,
  vocabulary: Vocabulary,
  tierNames: ReadonlyMap<string, string>,
  topicKeys: ReadonlyMap<string, string>,
): PromisePractice {
  const words = vocabulary.promises;
  const tier = promise.tier === null ? null : (tierNames.get(promise.tier) ?? promise.tier);
  const { scope } = promise;
  return {
    ...promise,
    tier,
    title: tier === null ? words.everyoneTitle : fillWords(words.tierTitle, { tier }),
    description: tier === null ? words.everyoneDescription : fillWords(words.tierDescription, { tier }),
    ...(scope?.topics === undefined
      ? {}
      : { scope: { ...scope, topics: scope.topics.map((key) => topicKeys.get(key) ?? key) } }),
  };
}

function pickNumbered(words: readonly string[], place: number, between = '_'): string {
  const word = takeAt(words, place % words.length);
  const round = Math.floor(place / words.length);
  return round === 0 ? word : `${word}${between}${round + 1}`;
}
