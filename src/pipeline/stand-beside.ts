import { ActivityVerdict } from '../domain/activity-verdict.ts';
import type { Benchmark, BesideActivity } from '../domain/benchmark.ts';
import { compareWithBenchmark, placeInFleet } from '../scoring/index.ts';
import type { Ledger } from '../store/ports.ts';

/** Desks that there must be, this one among them, before one is placed among the others. */
export const FEWEST_DESKS = 5;

/** The latest word of a model of activities in another workspace; null when it has none. */
export async function latestActivities(
  ledger: Pick<Ledger, 'verdicts' | 'snapshot'>,
  model: string,
): Promise<ActivityVerdict | null> {
  const head = (await ledger.verdicts(model)).at(-1);
  const snapshot = head === undefined ? null : await ledger.snapshot(head.digest);
  if (snapshot === null || snapshot.schema !== 'plumbline.snapshot/2') return null;
  const body = snapshot.verdicts.find((verdict) => verdict.model.id === model)?.body;
  return body === undefined ? null : ActivityVerdict.parse(body);
}

/** What stands beside a verdict of activities: published figures, and the user's own other desks. Nothing of it flows back into the verdict. */
export function standBeside(
  verdict: ActivityVerdict,
  benchmarks: readonly Benchmark[],
  others: readonly ActivityVerdict[],
): BesideActivity {
  const desks = others.length + 1;
  return {
    benchmarks: benchmarks.map((benchmark) => ({ benchmark, rows: compareWithBenchmark(verdict, benchmark) })),
    fleet: desks < FEWEST_DESKS ? null : { desks, places: placeInFleet(verdict, others) },
  };
}
