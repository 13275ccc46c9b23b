import type { ChangeView } from '../view/change.ts';
import type { FreshnessView } from '../view/freshness.ts';
import type { ModelsView } from '../view/models.ts';
import type { SignalView } from '../view/signal.ts';
import type { SnapshotView } from '../view/snapshot.ts';
import type { StatementView } from '../view/statement.ts';
import type { TrendView } from '../view/trend.ts';

/** All that one report draws: views and nothing else, so it says what terminal, Markdown and page say. */
export interface ReportView {
  readonly snapshot: SnapshotView;
  readonly freshness: FreshnessView;
  readonly trend: TrendView;
  readonly models: ModelsView;
  /** In the order of the model. */
  readonly statements: readonly StatementView[];
  /** Of the model's own signals. */
  readonly signals: readonly SignalView[];
  /** Against an earlier snapshot; null when none was asked for. */
  readonly change: ChangeView | null;
  /** What is to be said of the model document it is read by; null when there is nothing. */
  readonly note: string | null;
  /** Version of Plumbline that drew it. */
  readonly version: string;
}

export const PAPERS = ['a4', 'letter'] as const;
export type Paper = (typeof PAPERS)[number];
