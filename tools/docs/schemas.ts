import { z } from 'zod';
import { AnswersFile, Comparison, Path } from '../../src/domain/assessment.ts';
import { Explanation } from '../../src/domain/explanation.ts';
import { Placement, PointsFile } from '../../src/domain/placement.ts';
import { Reconciliation } from '../../src/domain/reconciliation.ts';
import { ShownSnapshot } from '../../src/domain/shown-snapshot.ts';
import { SignalDefinition } from '../../src/domain/signal.ts';
import { MetricsReport, StoredSnapshot } from '../../src/domain/snapshot.ts';
import { SourceCheck } from '../../src/domain/source-check.ts';
import { StagedModel } from '../../src/domain/staged-model.ts';
import { Summary } from '../../src/report/badge/summary.ts';

/** Published shapes: outputs of `--json` and the files that people write. */
export const SCHEMAS = {
  snapshot: { title: 'plumbline snapshot --json', schema: ShownSnapshot, io: 'output' },
  'kept-snapshot': { title: 'A snapshot as the ledger and a backup hold it', schema: StoredSnapshot, io: 'output' },
  metrics: { title: 'plumbline metrics --json', schema: MetricsReport, io: 'output' },
  reconciliation: { title: 'plumbline metrics --reconcile --json', schema: Reconciliation, io: 'output' },
  place: { title: 'plumbline place --json', schema: z.strictObject({ placement: Placement }), io: 'output' },
  comparison: { title: 'plumbline compare --json', schema: Comparison, io: 'output' },
  path: { title: 'plumbline path --json', schema: Path, io: 'output' },
  'source-check': { title: 'plumbline import --check --json', schema: SourceCheck, io: 'output' },
  explanation: { title: 'plumbline explain --json', schema: Explanation, io: 'output' },
  summary: { title: 'plumbline report --summary', schema: Summary, io: 'output' },
  points: { title: 'Input of plumbline place --points', schema: PointsFile, io: 'input' },
  answers: { title: 'Input of plumbline assess --answers', schema: AnswersFile, io: 'input' },
  model: { title: 'Maturity model file', schema: StagedModel, io: 'input' },
  signal: { title: 'Signal file', schema: SignalDefinition, io: 'input' },
} as const;

export function renderSchema(name: keyof typeof SCHEMAS): string {
  const { title, schema, io } = SCHEMAS[name];
  return `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io }) }, null, 2)}\n`;
}
