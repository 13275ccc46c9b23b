import { countLaw, GRAIN, grainOf, type Law } from './law.ts';

/**
 * Activity priority index (I - M) * I: how far maturity lags behind importance, weighed by importance.
 * 20 (I 5, M 1) down to -6.25 (I 2.5, M 5); negative values are kept. For I below M / 2 more importance lowers it, which is a known quirk.
 */
export function priorityIndex(importance: number, maturity: number): number {
  return (importance - maturity) * importance;
}

export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly importance: number;
  readonly maturity: number;
  readonly law: Law;
}

/** First by index, then gap, then importance; 0 = nothing but the name tells them apart. */
function compareMerit(a: Candidate, b: Candidate): number {
  const merits = [
    (c: Candidate) => priorityIndex(c.importance, c.maturity),
    (c: Candidate) => c.importance - c.maturity,
    (c: Candidate) => c.importance,
  ];
  for (const merit of merits) {
    const difference = grainOf(merit(b)) - grainOf(merit(a));
    if (difference !== 0) return difference;
  }
  return 0;
}

function byName(a: Candidate, b: Candidate): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1;
}

interface Ranked {
  readonly id: string;
  readonly rank: number;
  readonly interval: [number, number];
}

/** Law of an activity's index: its values in grains, ascending, and for each the probability of that value or a higher one. */
interface IndexLaw {
  readonly grains: readonly number[];
  readonly p: readonly number[];
  readonly atLeast: readonly number[];
}

function indexLaw({ importance, law }: Candidate): IndexLaw {
  const points = law
    .map(({ value, p }) => ({ grain: grainOf(priorityIndex(importance, value)), p }))
    .sort((a, b) => a.grain - b.grain);
  let left = 1;
  const atLeast = points.map(({ p }) => {
    const here = left;
    left -= p;
    return Math.max(0, here);
  });
  return { grains: points.map(({ grain }) => grain), p: points.map(({ p }) => p), atLeast };
}

/** P(index >= grain). */
function reaches(law: IndexLaw, grain: number): number {
  let [low, high] = [0, law.grains.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((law.grains[middle] as number) < grain) low = middle + 1;
    else high = middle;
  }
  return law.atLeast[low] ?? 0;
}

/** Law of the rank less one, over everything that is uncertain; a tie counts as behind (`strictly`) or as before. */
function rankLaw(own: IndexLaw, others: readonly IndexLaw[], strictly: boolean): number[] {
  const law = new Array<number>(others.length + 1).fill(0);
  for (const [index, grain] of own.grains.entries())
    for (const [count, weight] of countLaw(others.map((o) => reaches(o, strictly ? grain + 1 : grain))).entries())
      law[count] = (law[count] ?? 0) + (own.p[index] ?? 0) * weight;
  return law;
}

function quantile(law: readonly number[], share: number): number {
  let below = 0;
  const index = law.findIndex((p) => {
    below += p;
    return below >= share - GRAIN;
  });
  return (index < 0 ? law.length - 1 : index) + 1;
}

/**
 * Ranks by priority index, ties by gap, importance, name; activities that only their name tells apart share a rank.
 * The interval holds at least `share` of the probability of the rank, by the exact laws of the maturities, which are taken as independent;
 * a tie widens it, so that a name never decides, and it always holds the rank itself. No candidates give no ranks.
 */
export function rankByPriority(candidates: readonly Candidate[], share: number): Ranked[] {
  const ordered = [...candidates].sort((a, b) => compareMerit(a, b) || byName(a, b));
  const laws = ordered.map((candidate) => ({ candidate, law: indexLaw(candidate) }));
  const rest = (1 - share) / 2;
  return laws.map(({ candidate, law }) => {
    const others = laws.filter((other) => other.candidate !== candidate).map((other) => other.law);
    const rank = 1 + ordered.findIndex((other) => compareMerit(other, candidate) === 0);
    const first = quantile(rankLaw(law, others, true), rest);
    const last = quantile(rankLaw(law, others, false), 1 - rest);
    return { id: candidate.id, rank, interval: [Math.min(first, rank), Math.max(last, rank)] };
  });
}
