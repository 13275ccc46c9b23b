import { z } from 'zod';
import type { SqlRow } from '../../domain/sql-session.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { passShare, wilson } from '../math/shares.ts';
import {
  COMMON_CELLS,
  type Estimator,
  num,
  numberParam,
  type Params,
  passAt,
  percent,
  text,
  textParam,
} from './estimator.ts';

/** Demand and action by slot of the week and by week. */
interface Grid {
  readonly slots: number;
  readonly weeks: readonly string[];
  /** Demand per slot and week. */
  readonly demand: ReadonlyMap<string, number>;
  /** Slots with action, as `slot week`. */
  readonly acted: ReadonlySet<string>;
}

/** Eleven years: leaving out each week in turn costs their square. */
const MOST_WEEKS = 600;

const cell = (slot: number, week: string): string => `${slot} ${week}`;

function toGrid(rows: readonly SqlRow[], slots: number): Grid {
  const demand = new Map<string, number>();
  const acted = new Set<string>();
  const weeks = new Set<string>();
  for (const row of rows) {
    const key = cell(num(row, 'slot'), text(row.week));
    weeks.add(text(row.week));
    if (text(row.kind) === 'demand') demand.set(key, (demand.get(key) ?? 0) + num(row, 'n'));
    else acted.add(key);
  }
  if (weeks.size > MOST_WEEKS)
    throw new PlumblineError(
      'BAD_RULES',
      `The rows of the SQL fall into more than ${MOST_WEEKS} weeks.`,
      'Give a time or a week as `week`.',
    );
  return { slots, weeks: [...weeks].sort(), demand, acted };
}

interface Cover {
  readonly covered: number;
  readonly total: number;
  readonly staffed: number;
}

/** Demand that falls in staffed slots (or, by clock, staffed slots), over the given weeks. */
function coverOf(grid: Grid, weeks: readonly string[], needed: number, byClock: boolean): Cover {
  let covered = 0;
  let total = 0;
  let staffed = 0;
  for (let slot = 0; slot < grid.slots; slot++) {
    const active = weeks.filter((week) => grid.acted.has(cell(slot, week))).length;
    const isStaffed = weeks.length > 0 && active / weeks.length >= needed;
    const load = byClock ? 1 : weeks.reduce((sum, week) => sum + (grid.demand.get(cell(slot, week)) ?? 0), 0);
    total += load;
    if (isStaffed) {
      covered += load;
      staffed++;
    }
  }
  return { covered, total, staffed };
}

/** Delete-one-week jackknife variance of the covered share; it moves both the demand and which slots count as staffed. */
function jackknifeVariance(grid: Grid, needed: number, byClock: boolean): number {
  const m = grid.weeks.length;
  if (m < 2) return 0;
  const shares = grid.weeks.map((left) => {
    const { covered, total } = coverOf(
      grid,
      grid.weeks.filter((week) => week !== left),
      needed,
      byClock,
    );
    return total === 0 ? 0 : covered / total;
  });
  const mean = shares.reduce((a, b) => a + b, 0) / m;
  return ((m - 1) / m) * shares.reduce((a, p) => a + (p - mean) ** 2, 0);
}

/**
 * Share of demand that falls into staffed slots of the week (`weigh: demand`), or share of slots staffed (`weigh: clock`).
 * Rows: one per arrival (`kind` demand) and per human action (`kind` action) with `slot` (0-based slot of the week, e.g. hour 0-167) and
 * `week`. A slot is staffed when at least `needed` (default 0.5) of the weeks in the rows have an action in it.
 * n: arrivals (by clock: slots). The variance is a delete-one-week jackknife; nEffective = p(1-p)/variance, at most n. Interval: Wilson
 * 95 %; pass: Jeffreys on nEffective. min_sample counts weeks. No demand gives `insufficient`. Throws BAD_RULES for more than 600 weeks.
 */
export const coverage: Estimator = {
  id: 'coverage',
  doc: 'Share of demand that arrives in staffed slots of the week.',
  cells: {
    ...COMMON_CELLS,
    kind: { type: 'text', required: true, meaning: '`demand` = something arrived, `action` = a person acted.' },
    slot: { type: 'int', required: true, meaning: 'Slot of the week, 0-based: hour 0-167, or 3-hour block 0-55.' },
    week: { type: 'cluster', required: true, meaning: 'When; put into its ISO week.' },
  },
  params: z.strictObject({
    slots: z.int().min(1).max(672).default(168),
    needed: z.number().gt(0).max(1).default(0.5),
    weigh: z.enum(['demand', 'clock']).default('demand'),
  }),
  emptyIsAnswer: false,
  exactLines: true,
  reduce: (source) => ({
    grid: `select kind, slot::double as slot, week, count(*)::double as n from (${source})
      group by kind, slot, week order by kind, slot, week`,
  }),
  estimate({ grid: rows = [] }, lines, params) {
    const grid = toGrid(rows, numberParam(params, 'slots', 168));
    const byClock = textParam(params, 'weigh', 'demand') === 'clock';
    const needed = numberParam(params, 'needed', 0.5);
    const { covered, total, staffed } = coverOf(grid, grid.weeks, needed, byClock);
    const weeks = grid.weeks.length;
    if (total === 0 || weeks === 0) return { kind: 'insufficient', n: 0, sampleSize: 0, extra: {} };
    const p = covered / total;
    const variance = jackknifeVariance(grid, needed, byClock);
    const nEffective = variance > 0 && p > 0 && p < 1 ? Math.min(total, (p * (1 - p)) / variance) : total;
    return {
      kind: 'measured',
      estimate: p,
      n: total,
      sampleSize: weeks,
      nEffective,
      interval: wilson(p * nEffective, nEffective),
      ...passAt(lines, (line) => passShare(p * nEffective, nEffective, line)),
      extra: { weeks, staffed_slots: staffed, slots: grid.slots, deff: total / nEffective },
      summary: byClock
        ? `${staffed} of ${grid.slots} slots of the week are staffed (${percent(p)})`
        : `${covered} of ${total} arrivals fall into staffed slots (${percent(p)})`,
    };
  },
  hit: (_params: Params) => 'null::boolean',
};
