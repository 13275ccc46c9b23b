import type { ActivityVerdict } from '../../domain/activity-verdict.ts';
import type { Benchmark, BesideBenchmark, FleetPlace } from '../../domain/benchmark.ts';
import { grainOf } from './law.ts';

function beside(ours: number | null, theirs: number | undefined): BesideBenchmark['maturity'] {
  return ours === null || theirs === undefined ? null : { ours, theirs, difference: ours - theirs };
}

/**
 * The figures of a verdict beside published ones, for the activities that both know, in the order of the model.
 * Read only: nothing of it flows back into maturity, importance or rank. Nothing in common gives an empty list.
 */
export function compareWithBenchmark(verdict: ActivityVerdict, benchmark: Benchmark): BesideBenchmark[] {
  return verdict.activities.flatMap(({ id, name, maturity, importance }): BesideBenchmark[] => {
    const theirs = benchmark.values[id];
    if (theirs === undefined) return [];
    const row = {
      activity: id,
      name,
      maturity: beside(maturity, theirs.maturity),
      importance: beside(importance, theirs.importance),
    };
    return row.maturity === null && row.importance === null ? [] : [row];
  });
}

/**
 * Where a workspace stands among the user's other ones, by maturity. An activity that no other workspace is assessed in,
 * or that is not assessed here, is left out.
 */
export function placeInFleet(own: ActivityVerdict, others: readonly ActivityVerdict[]): FleetPlace[] {
  return own.activities.flatMap(({ id, maturity }): FleetPlace[] => {
    if (maturity === null) return [];
    const fleet = others.flatMap((other) => {
      const same = other.activities.find((activity) => activity.id === id)?.maturity ?? null;
      return same === null ? [] : [grainOf(same)];
    });
    if (fleet.length === 0) return [];
    const here = grainOf(maturity);
    const below = fleet.filter((value) => value < here).length;
    const equal = fleet.filter((value) => value === here).length;
    return [{ activity: id, percentile: (below + equal / 2) / fleet.length, n: fleet.length }];
  });
}
