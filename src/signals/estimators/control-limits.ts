import { z } from 'zod';
import { passShare, wilson } from '../math/shares.ts';
import { type Estimator, num, passAt } from './estimator.ts';
import { SHARE_CELLS } from './share.ts';

/** Bias constant of a moving range of two. */
const D2 = 1.128;

/**
 * Share of weeks whose share lies inside Laney p' three-sigma limits: is a promise kept steadily?
 * Rows: share rows; weeks come from `cluster`. p-bar = all hits / all units; z_i = (p_i - p-bar) / sqrt(p-bar(1-p-bar)/n_i); sigma_z = mean moving
 * range of z / 1.128; a week is inside when |z_i| <= 3 sigma_z. With p-bar of 0 or 1 every week is inside.
 * Estimate: weeks inside / weeks, unit 1; n and min_sample count weeks. Pass: Jeffreys on weeks; interval: Wilson 95 %.
 * Fewer than two weeks: `insufficient`. Never throws. Source: Laney 2002, "Improved control charts for attributes".
 */
export const controlLimits: Estimator = {
  id: 'control-limits',
  doc: "Share of weeks inside Laney p' control limits.",
  cells: SHARE_CELLS,
  params: z.strictObject({}),
  emptyIsAnswer: false,
  exactLines: true,
  reduce: (source) => ({
    weeks: `select "cluster" as week, sum(coalesce(weight, 1))::double as n,
      coalesce(sum(coalesce(weight, 1)) filter (where hit), 0)::double as k from (${source})
      group by 1 having sum(coalesce(weight, 1)) > 0 order by 1`,
  }),
  estimate({ weeks = [] }, lines) {
    const m = weeks.length;
    if (m < 2) return { kind: 'insufficient', n: m, sampleSize: m, extra: {} };
    const units = weeks.reduce((total, week) => total + num(week, 'n'), 0);
    const centre = weeks.reduce((total, week) => total + num(week, 'k'), 0) / units;
    const spread = centre * (1 - centre);
    const z = weeks.map((week) =>
      spread === 0 ? 0 : (num(week, 'k') / num(week, 'n') - centre) / Math.sqrt(spread / num(week, 'n')),
    );
    const ranges = z.slice(1).map((value, i) => Math.abs(value - (z[i] ?? 0)));
    const sigma = ranges.reduce((total, range) => total + range, 0) / ranges.length / D2;
    const inside = z.filter((value) => Math.abs(value) <= 3 * sigma || value === 0).length;
    return {
      kind: 'measured',
      estimate: inside / m,
      n: m,
      sampleSize: m,
      nEffective: m,
      interval: wilson(inside, m),
      ...passAt(lines, (line) => passShare(inside, m, line)),
      extra: { mean_share: centre, sigma_z: sigma, units },
      summary: `${inside} of ${m} weeks inside their control limits`,
    };
  },
  hit: () => 'hit',
};
