import { z } from 'zod';
import type { ModelHead } from '../../domain/model.ts';
import type { KeptVerdict, StoredSnapshot } from '../../domain/snapshot.ts';
import { lastDay } from '../numbers.ts';
import { DisagreementsView } from './disagreements.ts';
import { FreshnessView } from './freshness.ts';
import { HeadlineView } from './headline.ts';
import { HoldsBackView } from './holds-back.ts';
import { LadderView } from './ladder.ts';
import { ModelsView } from './models.ts';
import { MovesView } from './moves.ts';
import { ModelName } from './named.ts';
import { SheetView } from './sheet.ts';
import { sheetOf } from './sheet-of.ts';
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

/** A model's document may have changed since the snapshot: then its sheet is drawn in the words of today. Pure. */
export function sheetHome(
  snapshot: Pick<StoredSnapshot, 'workspace' | 'as_of' | 'digest'>,
  verdicts: readonly KeptVerdict[],
  model: ModelHead,
  blocks: Pick<SheetHome, 'freshness' | 'trend' | 'models'>,
): SheetHome {
  const { workspace, as_of, digest } = snapshot;
  const { id, version, title, source, kind } = model;
  const verdict = verdicts.find((one) => one.model.id === id);
  const row = blocks.models.rows.find((one) => one.model.id === id);
  return {
    kind: 'sheet',
    workspace,
    as_of,
    last_day: lastDay(as_of),
    digest,
    model: { id, version, title, source, kind },
    sentence: row?.sentence ?? `${title} says nothing of it.`,
    sheet: sheetOf(model, verdict?.body) ?? { title, lead: [], parts: [] },
    ...blocks,
  };
}
