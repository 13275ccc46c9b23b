import type { StageSaid, StatementSaid } from './result.ts';

interface StageTruth {
  readonly truth: number;
  readonly said: StageSaid;
}

interface StageFigures {
  readonly n: number;
  readonly exact: number;
  readonly within1: number;
  /** Mean of said less true, stages. */
  readonly bias: number;
  /** Mean over s = 2..S of (P(stage >= s) - [truth >= s])^2, averaged over desks. */
  readonly rps: number;
  /** Sum over stages of (P(stage = s) - [truth = s])^2, averaged over desks. */
  readonly brier: number;
  /** Share of desks whose assured stage does not exceed the truth. */
  readonly assuredHolds: number;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How well stages were told; desks that were not placed count in the proper scores and not in the others. */
export function stageFigures(cases: readonly StageTruth[]): StageFigures {
  const placed = cases.flatMap(({ truth, said }) => (said.stage === null ? [] : [said.stage - truth]));
  const scores = cases.map(({ truth, said: { atLeast } }) => {
    const steps = atLeast.slice(1).map((p, index) => (p - (truth >= index + 2 ? 1 : 0)) ** 2);
    const classes = atLeast.map((p, index) => (p - (atLeast[index + 1] ?? 0) - (truth === index + 1 ? 1 : 0)) ** 2);
    return { rps: mean(steps), brier: classes.reduce((sum, value) => sum + value, 0) };
  });
  return {
    n: cases.length,
    exact: mean(placed.map((gap) => Number(gap === 0))),
    within1: mean(placed.map((gap) => Number(Math.abs(gap) <= 1))),
    bias: mean(placed),
    rps: mean(scores.map((score) => score.rps)),
    brier: mean(scores.map((score) => score.brier)),
    assuredHolds: mean(cases.map(({ truth, said }) => Number((said.assured ?? 1) <= truth))),
  };
}

interface StatementFigures {
  /** Statements of which something was seen. */
  readonly n: number;
  /** Share of all statements that are called seen. */
  readonly seen: number;
  /** Share of the seen ones of which one level is said. */
  readonly decided: number;
  readonly exact: number;
  /** Share of the said ones that are two levels off. */
  readonly forbidden: number;
  /** Share of seen statements whose truth is 2: what a dummy that always says 2 gets right. */
  readonly dummyExact: number;
  /** Mean over the three levels of (p - [truth = level])^2, of ours and of a dummy that says the shares of the levels each time. */
  readonly brier: number;
  readonly dummyBrier: number;
  /** Mean over the three levels of the expected calibration error, ten bins of equal width. */
  readonly ece: number;
  readonly said: readonly [number, number, number];
  readonly true: readonly [number, number, number];
}

interface Bin {
  readonly from: number;
  readonly n: number;
  readonly said: number;
  readonly true: number;
}

export const BINS = 10;
export const LEVELS = [1, 2, 3] as const;

/** Statements in bins of the probability given to a level: mean said, share true. Empty bins are left out. */
export function reliability(statements: readonly StatementSaid[], level: 1 | 2 | 3): Bin[] {
  const bins = Array.from({ length: BINS }, () => [] as { p: number; hit: number }[]);
  for (const { posterior, truth } of statements) {
    const p = posterior[level - 1] ?? 0;
    bins[Math.min(BINS - 1, Math.floor(p * BINS))]?.push({ p, hit: Number(truth === level) });
  }
  return bins.flatMap((rows, index) =>
    rows.length === 0
      ? []
      : [{ from: index / BINS, n: rows.length, said: mean(rows.map((r) => r.p)), true: mean(rows.map((r) => r.hit)) }],
  );
}

export function calibrationError(statements: readonly StatementSaid[]): number {
  return mean(
    LEVELS.map((level) =>
      reliability(statements, level).reduce(
        (sum, bin) => sum + (bin.n / statements.length) * Math.abs(bin.said - bin.true),
        0,
      ),
    ),
  );
}

/** How well statements were told by the records alone. Population: statements of which something was seen; `seen` is over all of them. */
export function statementFigures(all: readonly StatementSaid[]): StatementFigures {
  const looked = all.filter((s) => s.seen);
  const said = looked.filter((s) => s.level !== null);
  const share = (rows: readonly StatementSaid[], of: (s: StatementSaid) => number | null, level: number): number =>
    mean(rows.map((s) => Number(of(s) === level)));
  const base = LEVELS.map((level) => share(looked, (s) => s.truth, level));
  const brierOf = (law: (s: StatementSaid) => readonly number[]): number =>
    mean(looked.map((s) => mean(LEVELS.map((level) => ((law(s)[level - 1] ?? 0) - Number(s.truth === level)) ** 2))));
  return {
    n: looked.length,
    seen: looked.length / all.length,
    decided: said.length / looked.length,
    exact: mean(said.map((s) => Number(s.level === s.truth))),
    forbidden: mean(said.map((s) => Number(Math.abs((s.level ?? s.truth) - s.truth) === 2))),
    dummyExact: share(looked, (s) => s.truth, 2),
    brier: brierOf((s) => s.posterior),
    dummyBrier: brierOf(() => base),
    ece: calibrationError(looked),
    said: LEVELS.map((level) => share(said, (s) => s.level, level)) as unknown as [number, number, number],
    true: base as unknown as [number, number, number],
  };
}

interface SignalRow {
  readonly signal: string;
  readonly criterion: string;
  readonly n: number;
  /** Mean points (exists, full) by true level of the statement; null where no desk of that level was measured. */
  readonly byLevel: readonly (readonly [number, number] | null)[];
}

/** Mean points of each signal for each of its statements by the truth: a signal that means something rises from left to right. */
export function signalTable(
  rows: readonly { signal: string; criterion: string; truth: number; points: readonly [number, number] }[],
): SignalRow[] {
  const groups = new Map<string, (typeof rows)[number][]>();
  for (const row of rows) {
    const key = `${row.signal}\t${row.criterion}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()]
    .map((group) => ({
      signal: group[0]?.signal ?? '',
      criterion: group[0]?.criterion ?? '',
      n: group.length,
      byLevel: LEVELS.map((level) => {
        const own = group.filter((row) => row.truth === level);
        return own.length === 0
          ? null
          : ([mean(own.map((r) => r.points[0])), mean(own.map((r) => r.points[1]))] as const);
      }),
    }))
    .sort((a, b) => (a.criterion < b.criterion ? -1 : a.criterion > b.criterion ? 1 : a.signal < b.signal ? -1 : 1));
}
