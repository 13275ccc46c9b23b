import type { StagedModel } from '../../domain/staged-model.ts';
import type { LogLikelihood } from '../levels.ts';
import { gradedPrior, type Prior } from './prior.ts';

/** One item of the gate: a criterion, or the own signals of a cell. */
export interface GateItem {
  readonly id: string;
  /** Set (stage) whose implementation degree it belongs to, 1..S. */
  readonly set: number;
  /** Place on the common scale: the set number of the criterion. */
  readonly difficulty: number;
  readonly likelihood: LogLikelihood;
}

/** What the gate needs of one set, for every point of the theta grid. */
export interface SetProfile {
  readonly largely: Float64Array;
  readonly fully: Float64Array;
  readonly logEvidence: Float64Array;
}

/** Law of the stage. Index 0 is stage (or set) 1. */
export interface StageLaw {
  /** P(stage >= s). Non-increasing, first entry 1. */
  readonly atLeast: readonly number[];
  /** P(set s is in place as its own stage asks), regardless of lower sets. */
  readonly reached: readonly number[];
}

export interface Gate {
  profile(items: readonly GateItem[]): SetProfile;
  combine(profiles: readonly SetProfile[]): StageLaw;
}

/** Smallest number of half steps out of 2n whose share exceeds the line. */
function stepsAbove(line: number, n: number): number {
  let steps = 0;
  while (steps <= 2 * n && steps / (2 * n) <= line) steps++;
  return steps;
}

/**
 * Multiplies the law of the implementation degree by one more item, in place.
 * `law[k]` = P(sum of degrees = k/2) over the items so far; `count` of them. Degrees: level 1 -> 0, 2 -> 1/2, 3 -> 1.
 */
function addItem(law: Float64Array, count: number, one: number, two: number, three: number): void {
  for (let k = 2 * count + 2; k >= 0; k--) {
    const half = k >= 1 ? (law[k - 1] ?? 0) * two : 0;
    const full = k >= 2 ? (law[k - 2] ?? 0) * three : 0;
    law[k] = (law[k] ?? 0) * one + half + full;
  }
}

/** Sum from the top, so that a lower line can only give a greater or equal sum, to the last bit. */
function upperSums(law: Float64Array, n: number, fully: number, largely: number): [number, number] {
  let sum = 0;
  let full = 0;
  for (let k = 2 * n; k >= largely; k--) {
    sum += law[k] ?? 0;
    if (k === fully) full = sum;
  }
  return [Math.min(1, sum), Math.min(1, full)];
}

/**
 * P(A > largely) and P(A > fully) of a set whose items have these independent level laws; A = mean implementation degree.
 * Exact: the law of A is the product of the items' polynomials. An empty set gives [0, 0].
 */
export function gateOfLaws(
  laws: readonly (readonly [number, number, number])[],
  gate: Pick<StagedModel['gate'], 'largely' | 'fully'>,
): [largely: number, fully: number] {
  const n = laws.length;
  if (n === 0) return [0, 0];
  const law = new Float64Array(2 * n + 1);
  law[0] = 1;
  for (const [count, [one, two, three]] of laws.entries()) addItem(law, count, one, two, three);
  return upperSums(law, n, stepsAbove(gate.fully, n), stepsAbove(gate.largely, n));
}

/**
 * The level law of one item at every point of the grid, and the logarithm of its evidence there, laid out point by point:
 * [P(l=1), P(l=2), P(l=3), log evidence, P(l=1), ...].
 */
function lawOf(prior: Prior, { difficulty, likelihood }: GateItem): Float64Array {
  const points = prior.theta.length;
  const table = prior.logLevels(difficulty);
  const law = new Float64Array(4 * points);
  for (let i = 0; i < points; i++) {
    const a = (table[3 * i] ?? 0) + likelihood[0];
    const b = (table[3 * i + 1] ?? 0) + likelihood[1];
    const c = (table[3 * i + 2] ?? 0) + likelihood[2];
    const top = Math.max(a, b, c);
    const one = Math.exp(a - top);
    const two = Math.exp(b - top);
    const three = Math.exp(c - top);
    const z = one + two + three;
    law[4 * i] = one / z;
    law[4 * i + 1] = two / z;
    law[4 * i + 2] = three / z;
    law[4 * i + 3] = top + Math.log(z);
  }
  return law;
}

function profileOf(points: number, gate: StagedModel['gate'], laws: readonly Float64Array[]): SetProfile {
  const n = laws.length;
  const profile = {
    largely: new Float64Array(points),
    fully: new Float64Array(points),
    logEvidence: new Float64Array(points),
  };
  const toFully = stepsAbove(gate.fully, n);
  const toLargely = stepsAbove(gate.largely, n);
  const law = new Float64Array(2 * n + 1);
  for (let i = 0; i < points; i++) {
    law.fill(0);
    law[0] = 1;
    let logEvidence = 0;
    for (const [count, item] of laws.entries()) {
      addItem(law, count, item[4 * i] ?? 0, item[4 * i + 1] ?? 0, item[4 * i + 2] ?? 0);
      logEvidence += item[4 * i + 3] ?? 0;
    }
    const [largely, fully] = upperSums(law, n, toFully, toLargely);
    profile.largely[i] = largely;
    profile.fully[i] = fully;
    profile.logEvidence[i] = logEvidence;
  }
  return profile;
}

/** w(theta) proportional to the product of the sets' evidence, normalised in log space so that extreme points stay finite. */
function weightsOf(profiles: readonly SetProfile[], length: number): Float64Array {
  const weights = new Float64Array(length);
  for (const profile of profiles)
    for (let i = 0; i < length; i++) weights[i] = (weights[i] ?? 0) + (profile.logEvidence[i] ?? 0);
  const top = weights.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let i = 0; i < length; i++) {
    weights[i] = Math.exp((weights[i] ?? 0) - top);
    sum += weights[i] ?? 0;
  }
  return weights.map((w) => w / sum);
}

function dot(weights: Float64Array, values: Float64Array): number {
  return Math.min(
    1,
    weights.reduce((sum, w, i) => sum + w * (values[i] ?? 0), 0),
  );
}

function combineSets(profiles: readonly SetProfile[], length: number, reading: 'attain' | 'exit'): StageLaw {
  const weights = weightsOf(profiles, length);
  const certainty = new Float64Array(length).fill(1);
  let below = certainty;
  const atLeast: number[] = [];
  const reached: number[] = [];
  for (const [index, profile] of profiles.entries()) {
    const under = profiles[index - 1]?.fully ?? certainty;
    below = below.map((p, i) => p * (under[i] ?? 0));
    const own = reading === 'attain' ? profile.largely : under;
    const gated = reading === 'attain' ? below.map((p, i) => p * (own[i] ?? 0)) : below;
    atLeast.push(index === 0 ? 1 : dot(weights, gated));
    reached.push(dot(weights, own));
  }
  return { atLeast, reached };
}

/**
 * The staged gate of a model, evaluated exactly under the common-cause prior.
 * `attain`: stage >= s iff set s is largely and every lower set fully in place. `exit`: iff every lower set is fully in place.
 * Stage 1 is always reached. Items without evidence are filled by the pattern of the rest, inside this law only.
 * No randomness; cost is grid points x items. Source: docs/method.md.
 */
export function openGate(model: Pick<StagedModel, 'gate' | 'prior'>): Gate {
  const prior = gradedPrior(model.prior);
  // What-ifs change one item of a set, and the others are what they were.
  const known = new WeakMap<GateItem, Float64Array>();
  const lawOnce = (item: GateItem): Float64Array => {
    const law = known.get(item) ?? lawOf(prior, item);
    known.set(item, law);
    return law;
  };
  return {
    profile: (items) => profileOf(prior.theta.length, model.gate, items.map(lawOnce)),
    combine: (profiles) => combineSets(profiles, prior.theta.length, model.gate.reading),
  };
}

/** Splits items by set 1..`sets`. */
export function bySet(items: readonly GateItem[], sets: number): GateItem[][] {
  return Array.from({ length: sets }, (_, index) => items.filter((item) => item.set === index + 1));
}

/** Law of the stage for these items in one call. */
export function stageLaw(model: Pick<StagedModel, 'gate' | 'prior' | 'stages'>, items: readonly GateItem[]): StageLaw {
  const gate = openGate(model);
  return gate.combine(bySet(items, model.stages.length).map((set) => gate.profile(set)));
}

/** Highest stage s with P(stage >= s) at or above the line; 1 at least. */
export function stageAt(atLeast: readonly number[], line: number): number {
  let stage = 1;
  for (const [index, p] of atLeast.entries()) if (p >= line) stage = Math.max(stage, index + 1);
  return stage;
}
