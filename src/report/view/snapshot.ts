import type { StagedReading } from '../../domain/staged-reading.ts';
import type { ReportContext } from '../report-context.ts';
import { type DisagreementsView, disagreementsView } from './disagreements.ts';
import { type HeadlineView, headlineView } from './headline.ts';
import { type HoldsBackView, holdsBackView } from './holds-back.ts';
import { type LadderView, ladderView } from './ladder.ts';
import { type MatrixView, matrixView } from './matrix.ts';
import { type MovesView, movesView } from './moves.ts';
import { type UnseenView, unseenView } from './unseen.ts';

/** The blocks that one snapshot alone gives, as terminal, Markdown and the home of the page draw them. */
export interface SnapshotView {
  readonly headline: HeadlineView;
  readonly ladder: LadderView;
  readonly holds_back: HoldsBackView;
  readonly matrix: MatrixView;
  /** Null when nobody answered. */
  readonly disagreements: DisagreementsView | null;
  /** Null when nothing is placed. */
  readonly moves: MovesView | null;
  readonly unseen: UnseenView;
  readonly beside: readonly string[];
}

/** How much of the lists is shown where there is no room for all. */
interface Most {
  readonly disagreements: number;
  readonly moves: number;
}

const ON_A_SCREEN: Most = { disagreements: 6, moves: 3 };

/** What one snapshot says, in blocks. Pure. */
export function snapshotView(reading: StagedReading, context: ReportContext, most: Most = ON_A_SCREEN): SnapshotView {
  const { comparison, path } = reading;
  const { model } = context;
  return {
    headline: headlineView(reading, context),
    ladder: ladderView(reading, model),
    holds_back: holdsBackView(reading, model),
    matrix: matrixView(reading, context),
    disagreements: comparison === null ? null : disagreementsView(reading, comparison, model, most.disagreements),
    moves: path === null ? null : movesView(path, path.smallest, context, most.moves),
    unseen: unseenView(reading.findings, context),
    beside: context.beside(reading),
  };
}
