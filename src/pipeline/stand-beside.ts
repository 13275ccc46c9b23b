import { ActivityVerdict } from '../domain/activity-verdict.ts';
import type { Benchmark, BesideActivity, BesideFigure, BesideVerdict } from '../domain/benchmark.ts';
import type { KeptVerdict } from '../domain/snapshot.ts';
import { compareWithBenchmark, placeInFleet } from '../scoring/index.ts';
import type { Ledger } from '../store/ports.ts';

/** Desks that there must be, this one among them, before one is placed among the others. */
const FEWEST_DESKS = 5;

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

/** Figures of one activity score beside those of a benchmark, one line each. */
function activityFigures(body: unknown, benchmark: Benchmark): BesideFigure[] {
  return compareWithBenchmark(ActivityVerdict.parse(body), benchmark).flatMap(({ activity, name, ...pairs }) =>
    (['maturity', 'importance'] as const).flatMap((figure) => {
      const pair = pairs[figure];
      return pair === null ? [] : [{ item: activity, name, figure, ...pair }];
    }),
  );
}

/** The whole verdict and its items beside a benchmark of a model of another kind; what is not known here is left out. */
function valueFigures({ headline, items }: KeptVerdict, { values }: Benchmark): BesideFigure[] {
  const ours = [
    { item: 'overall', name: 'overall', value: headline.value },
    ...items.map(({ id, name, degree }) => ({ item: id, name, value: degree })),
  ];
  return ours.flatMap(({ item, name, value }) => {
    const theirs = values[item]?.value;
    if (value === null || theirs === undefined) return [];
    return [{ item, name, figure: 'value' as const, ours: value, theirs, difference: value - theirs }];
  });
}

/**
 * Published figures beside each verdict that they are of, in the order of the verdicts. Read only: nothing of it flows back. A benchmark that has
 * nothing in common with its verdict stands there without rows.
 */
export function benchmarksBeside(
  verdicts: readonly KeptVerdict[],
  benchmarks: readonly Benchmark[],
): readonly BesideVerdict[] {
  return verdicts.flatMap((verdict) => {
    const { id, kind } = verdict.model;
    return benchmarks
      .filter(({ model }) => model === id)
      .map((benchmark) => ({
        model: id,
        benchmark,
        rows: kind === 'activity' ? activityFigures(verdict.body, benchmark) : valueFigures(verdict, benchmark),
      }));
  });
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
