import { z } from 'zod';
import type { Contrast } from '../../domain/beside-verdict.ts';
import type { Placement } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { Headline, type Verdict } from '../../domain/verdict.ts';
import { percent, short } from '../numbers.ts';
import { STATUS_WORDS } from '../report-context.ts';
import { sayContrast } from './beside.ts';
import { ModelName } from './named.ts';
import { listed } from './words.ts';

/** What every model that judged a snapshot says of it, side by side, the shown one first. */
export const ModelsView = z.strictObject({
  rows: z.array(
    z.strictObject({
      model: ModelName,
      shown: z.boolean(),
      headline: Headline,
      /** Height on a common scale, 0..1; null when it is withheld. */
      height: z.number().nullable(),
      sentence: z.string(),
    }),
  ),
  /** Staged models that differ, and why. */
  pairs: z.array(z.strictObject({ models: z.tuple([z.string(), z.string()]), sentence: z.string() })),
});
export type ModelsView = z.infer<typeof ModelsView>;

type Told = Pick<Verdict, 'model' | 'headline'>;

/** Scales that begin at 1: the first stage, the lowest maturity. Others begin at 0. */
const FROM_ONE: ReadonlySet<string> = new Set(['staged', 'activity']);

function heightOf({ model, headline: { value, of } }: Told): number | null {
  const lowest = FROM_ONE.has(model.kind) ? 1 : 0;
  return value === null || of <= lowest ? null : Math.max(0, (value - lowest) / (of - lowest));
}

/** What a verdict rests on, after its label: `, 3 of 6   measured, 80 % of it seen in data`; empty where it is withheld. */
export function groundOf({ value, label, of, status, coverage }: Headline): {
  readonly scale: string;
  readonly ground: string;
} {
  if (value === null) return { scale: '', ground: '' };
  const scale = label.includes(' of ') ? '' : `, ${short(value)} of ${of}`;
  return { scale, ground: `${STATUS_WORDS[status]}, ${percent(coverage)} of it seen in data` };
}

function rowOf(verdict: Told, shown: string): ModelsView['rows'][number] {
  const { id, version, title, source, kind } = verdict.model;
  const { scale, ground } = groundOf(verdict.headline);
  return {
    model: { id, version, title, source, kind },
    shown: id === shown,
    headline: verdict.headline,
    height: heightOf(verdict),
    sentence: `${title}: ${verdict.headline.label}${scale}${ground === '' ? '' : `; ${ground}`}.`,
  };
}

/** Two staged models on one measurement; `contrast` is null when they stand about as high, or when one is withheld. */
export interface ModelPair {
  readonly models: readonly [string, string];
  readonly withheld: readonly string[];
  readonly contrast: Contrast | null;
}

export interface StagedVerdict {
  readonly model: StagedModel;
  readonly placement: Placement;
}

/** Why two staged models differ, or that they do not; `titleOf` = title of a signal by its id. */
export function sayPair(
  pair: ModelPair,
  verdicts: readonly StagedVerdict[],
  titleOf: (signal: string) => string,
): string {
  const { contrast, withheld } = pair;
  if (withheld.length > 0) return `too little was seen or said for ${listed(withheld)}.`;
  if (contrast === null) return 'about as high in both.';
  const placed = (id: string) => verdicts.find(({ model }) => model.id === id);
  const [higher, lower] = [placed(contrast.higher), placed(contrast.lower)];
  if (higher === undefined || lower === undefined) return '';
  return sayContrast(
    contrast,
    { ...higher.model, stage: higher.placement.stage ?? 1 },
    { ...lower.model, stage: lower.placement.stage ?? 1 },
    titleOf,
  );
}

/** What models of any kind say of one measurement. Pure. */
export function modelsView(
  told: readonly Told[],
  shown: string,
  staged: { readonly verdicts: readonly StagedVerdict[]; readonly pairs: readonly ModelPair[] },
  titleOf: (signal: string) => string,
): ModelsView {
  const rows = told.map((verdict) => rowOf(verdict, shown));
  return {
    rows: [...rows.filter((row) => row.shown), ...rows.filter((row) => !row.shown)],
    pairs: staged.pairs.map((pair) => ({
      models: [...pair.models],
      sentence: sayPair(pair, staged.verdicts, titleOf),
    })),
  };
}
