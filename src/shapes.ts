/** Types of what `--json`, the HTTP interface and kept files hold: `import type { Summary } from 'plumbline'`. Types alone; there is nothing to call. */
export type { Comparison, Path } from './domain/assessment.ts';
export type { Explanation } from './domain/explanation.ts';
export type { Finding } from './domain/finding.ts';
export type { Placement } from './domain/placement.ts';
export type { SignalDefinition } from './domain/signal.ts';
export type { MetricsReport, Snapshot, StoredSnapshot } from './domain/snapshot.ts';
export type { StagedModel } from './domain/staged-model.ts';
export type { StagedReading } from './domain/staged-reading.ts';
export type { Headline, Verdict } from './domain/verdict.ts';
export type { Summary } from './report/badge/summary.ts';
export type { ChangeView } from './report/view/change.ts';
export type { FleetView } from './report/view/fleet.ts';
export type { HomeView } from './report/view/home.ts';
export type { MatrixView } from './report/view/matrix.ts';
export type { SignalView } from './report/view/signal.ts';
export type { StatementView } from './report/view/statement.ts';
