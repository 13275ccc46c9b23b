import { z } from 'zod';
import { DisagreementsView } from './disagreements.ts';
import { FreshnessView } from './freshness.ts';
import { HeadlineView } from './headline.ts';
import { HoldsBackView } from './holds-back.ts';
import { LadderView } from './ladder.ts';
import { ModelsView } from './models.ts';
import { MovesView } from './moves.ts';
import { ModelName } from './named.ts';
import { SheetView } from './sheet.ts';
import { TrendView } from './trend.ts';
import { UnseenView } from './unseen.ts';

/** The home of a workspace by a staged model. `disagreements` is null when nobody answered, `moves` when nothing is placed. */
export const StagedHome = z.strictObject({
  kind: z.literal('staged'),
  headline: HeadlineView,
  ladder: LadderView,
  holds_back: HoldsBackView,
  moves: MovesView.nullable(),
  disagreements: DisagreementsView.nullable(),
  unseen: UnseenView,
  freshness: FreshnessView,
  trend: TrendView,
  models: ModelsView,
  /** What stands beside the verdict and moves nothing of it. */
  beside: z.array(z.string()),
  /** What is to be said of the model document it is read by; null when there is nothing. */
  note: z.string().nullable(),
});
export type StagedHome = z.infer<typeof StagedHome>;

/** The home of a workspace by a model of another kind: its verdict as a sheet. */
export const SheetHome = z.strictObject({
  kind: z.literal('sheet'),
  workspace: z.string(),
  as_of: z.iso.datetime(),
  last_day: z.iso.date(),
  digest: z.string(),
  model: ModelName,
  sentence: z.string(),
  sheet: SheetView,
  freshness: FreshnessView,
  trend: TrendView,
  models: ModelsView,
});
export type SheetHome = z.infer<typeof SheetHome>;

export const HomeView = z.discriminatedUnion('kind', [StagedHome, SheetHome]);
export type HomeView = z.infer<typeof HomeView>;
