import { z } from 'zod';
import { Slug } from './fed-by.ts';

const Value = z.strictObject({
  /** Of an activity score, 1..5. */
  maturity: z.number().optional(),
  importance: z.number().optional(),
  /** Of models of other kinds: of `overall` on the scale of the verdict, of an item the share that has it in place, 0..1. */
  value: z.number().optional(),
});

/** Published reference values (rules/benchmarks/*.yaml) to stand beside a verdict; they never enter it. */
export const Benchmark = z.strictObject({
  id: Slug,
  /** The model whose items the values are for. */
  model: Slug,
  /** Who published the figures, and where; never quoted. */
  source: z.string().min(3),
  /** Year or issue of the publication. */
  edition: z.string().min(1),
  /** Organisations behind the figures; null = the source does not say. */
  n: z.int().positive().nullable(),
  /** On what terms the figures may be kept here. */
  licence: z.string().min(3),
  /** By id of the activity or item, or `overall`. */
  values: z.record(z.string(), Value),
});
export type Benchmark = z.infer<typeof Benchmark>;

/** One figure of a verdict beside one of a benchmark. */
const BesideFigure = z.strictObject({
  /** Id of the activity or item, or `overall`. */
  item: z.string(),
  name: z.string(),
  figure: z.enum(['maturity', 'importance', 'value']),
  ours: z.number(),
  theirs: z.number(),
  difference: z.number(),
});
export type BesideFigure = z.infer<typeof BesideFigure>;

/** What stands beside the verdict of one model, whatever its kind, and is no part of it. */
export const BesideVerdict = z.strictObject({ model: z.string(), benchmark: Benchmark, rows: z.array(BesideFigure) });
export type BesideVerdict = z.infer<typeof BesideVerdict>;

/** Figures of a verdict beside those of a benchmark. */
export interface BesideBenchmark {
  readonly activity: string;
  readonly name: string;
  readonly maturity: { readonly ours: number; readonly theirs: number; readonly difference: number } | null;
  readonly importance: { readonly ours: number; readonly theirs: number; readonly difference: number } | null;
}

export interface FleetPlace {
  readonly activity: string;
  /** Share of the fleet below, equal ones counted half, 0..1. */
  readonly percentile: number;
  /** Other workspaces that are assessed in it. */
  readonly n: number;
}

/** What stands beside a verdict of activities and is no part of it. */
export interface BesideActivity {
  readonly benchmarks: readonly { readonly benchmark: Benchmark; readonly rows: readonly BesideBenchmark[] }[];
  /** Null where there are too few desks. */
  readonly fleet: { readonly desks: number; readonly places: readonly FleetPlace[] } | null;
}
