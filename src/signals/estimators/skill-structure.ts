import { z } from 'zod';
import type { SqlRow } from '../../domain/sql-session.ts';
import { seeded } from '../math/numbers.ts';
import { passNormal, Z95 } from '../math/shares.ts';
import { COMMON_CELLS, type Estimator, num, passAt, plain, text } from './estimator.ts';

const PERMUTATIONS = 200;
const FOLDS = 20;
/** Units used at most; a stable draw by md5 keeps memory and time bounded on large desks. */
const MOST_UNITS = 20_000;
const SEED = 20_260_302;

interface Units {
  readonly topics: Int32Array;
  readonly agents: Int32Array;
  readonly shifts: Int32Array;
  readonly folds: Int32Array;
  readonly topicCount: number;
  readonly agentCount: number;
}

function index(names: Map<string, number>, name: string): number {
  const known = names.get(name);
  if (known !== undefined) return known;
  names.set(name, names.size);
  return names.size - 1;
}

function toUnits(rows: readonly SqlRow[]): Units {
  const [topics, agents, shifts] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  return {
    topics: Int32Array.from(rows, (row) => index(topics, text(row.topic))),
    agents: Int32Array.from(rows, (row) => index(agents, text(row.agent))),
    shifts: Int32Array.from(rows, (row) => index(shifts, text(row.shift))),
    folds: Int32Array.from(rows, (row) => num(row, 'fold')),
    topicCount: topics.size,
    agentCount: agents.size,
  };
}

/** Entropy of counts in nats with the Miller-Madow correction (occupied cells - 1) / 2n. */
function entropy(counts: Int32Array | Map<number, number>, n: number): number {
  let sum = 0;
  let occupied = 0;
  for (const c of counts.values())
    if (c > 0) {
      occupied++;
      sum -= (c / n) * Math.log(c / n);
    }
  return sum + (occupied - 1) / (2 * n);
}

/** U = I(topic; agent) / H(agent), both Miller-Madow corrected; 0 when one agent does everything. */
function uncertaintyCoefficient(units: Units, agents: Int32Array, leftOutFold: number): number {
  const topicCounts = new Int32Array(units.topicCount);
  const agentCounts = new Int32Array(units.agentCount);
  const joint = new Map<number, number>();
  let n = 0;
  for (let i = 0; i < agents.length; i++) {
    if (units.folds[i] === leftOutFold) continue;
    const [topic = 0, agent = 0] = [units.topics[i], agents[i]];
    topicCounts[topic] = (topicCounts[topic] ?? 0) + 1;
    agentCounts[agent] = (agentCounts[agent] ?? 0) + 1;
    const cell = topic * units.agentCount + agent;
    joint.set(cell, (joint.get(cell) ?? 0) + 1);
    n++;
  }
  if (n === 0) return 0;
  const agentEntropy = entropy(agentCounts, n);
  if (agentEntropy <= 0) return 0;
  return (entropy(topicCounts, n) + agentEntropy - entropy(joint, n)) / agentEntropy;
}

/** Agents shuffled inside their shift (Fisher-Yates on each shift's positions). */
function shuffleWithin(
  positions: readonly (readonly number[])[],
  agents: Int32Array,
  random: () => number,
): Int32Array {
  const shuffled = Int32Array.from(agents);
  for (const places of positions)
    for (let i = places.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      const [a = 0, b = 0] = [places[i], places[j]];
      const held = shuffled[a] ?? 0;
      shuffled[a] = shuffled[b] ?? 0;
      shuffled[b] = held;
    }
  return shuffled;
}

function positionsByShift(shifts: Int32Array): number[][] {
  const byShift = new Map<number, number[]>();
  shifts.forEach((shift, i) => {
    const places = byShift.get(shift) ?? [];
    places.push(i);
    byShift.set(shift, places);
  });
  return [...byShift.values()];
}

const spread = (values: readonly number[]): { mean: number; squares: number } => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, squares: values.reduce((a, x) => a + (x - mean) ** 2, 0) };
};

/**
 * Does the topic decide who gets the work: U = I(topic; agent) / H(agent) minus its mean when agents are shuffled inside their shift.
 * Rows: `agent`, `topic`, `shift` (e.g. day and half-day). Miller-Madow corrected entropies; 200 permutations with a fixed seed; at most
 * 20,000 units, drawn by md5. Estimate: the excess U, unit 1 (0 = topics do not matter). SE: larger of the delete-a-twentieth jackknife
 * and the spread of the permutations. q = Phi((estimate - line) / SE). n: units. Fewer than two agents or two topics:
 * `insufficient`. Never throws. Sources: Theil 1970 for U; Miller 1955 for the correction.
 */
export const skillStructure: Estimator = {
  id: 'skill-structure',
  doc: 'How much the topic tells about who gets the work, beyond chance inside a shift.',
  cells: {
    ...COMMON_CELLS,
    agent: { type: 'text', required: true, meaning: 'Who got the work.' },
    topic: { type: 'text', required: true, meaning: 'What it was about; never taken from the group.' },
    shift: { type: 'text', required: false, meaning: 'Agents are shuffled only inside the same shift.' },
  },
  params: z.strictObject({}),
  emptyIsAnswer: false,
  exactLines: false,
  reduce: (source) => ({
    units: `select connection || chr(0) || agent as agent, connection || chr(0) || topic as topic,
      connection || chr(0) || coalesce(shift, '') as shift, (('0x' || left(md5(unit), 6))::bigint % ${FOLDS})::double as fold
      from (${source}) order by md5(connection || chr(0) || unit), unit limit ${MOST_UNITS}`,
    total: `select count(*)::double as n from (${source})`,
  }),
  estimate({ units: rows = [], total }, lines) {
    const n = num(total?.[0], 'n');
    const units = toUnits(rows);
    if (units.agentCount < 2 || units.topicCount < 2) return { kind: 'insufficient', n, sampleSize: 0, extra: {} };
    const raw = uncertaintyCoefficient(units, units.agents, -1);
    const random = seeded(SEED);
    const positions = positionsByShift(units.shifts);
    const shuffled = Array.from({ length: PERMUTATIONS }, () =>
      uncertaintyCoefficient(units, shuffleWithin(positions, units.agents, random), -1),
    );
    const chance = spread(shuffled);
    const folds = spread(Array.from({ length: FOLDS }, (_, fold) => uncertaintyCoefficient(units, units.agents, fold)));
    const jackknife = Math.sqrt(((FOLDS - 1) / FOLDS) * folds.squares);
    const se = Math.max(jackknife, Math.sqrt(chance.squares / (PERMUTATIONS - 1)));
    const excess = raw - chance.mean;
    return {
      kind: 'measured',
      estimate: excess,
      n,
      sampleSize: n,
      nEffective: null,
      interval: [excess - Z95 * se, excess + Z95 * se],
      ...passAt(lines, (line) => passNormal(excess, line, se)),
      extra: { raw_u: raw, chance_u: chance.mean, se, agents: units.agentCount, topics: units.topicCount },
      summary: `topic explains ${plain(excess)} of who gets the work beyond chance`,
    };
  },
  hit: () => 'null::boolean',
};
