import type { Answer } from '../domain/assessment.ts';
import type { Finding } from '../domain/finding.ts';
import type { LedgerLine } from '../domain/placement.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import { scoreAnswers } from './answer-lines.ts';
import { collectUses, type SignalUse } from './evidence-source.ts';
import { holdLines } from './hold-together.ts';
import { type MissingSignal, scoreUse } from './signal-points.ts';

export interface LedgerInput {
  readonly model: StagedModel;
  readonly signals: Iterable<SignalDefinition>;
  readonly findings: Iterable<Finding>;
  readonly answers: Iterable<Answer>;
  readonly asOf: Date;
}

export interface Ledger {
  readonly lines: readonly LedgerLine[];
  readonly missing: readonly MissingSignal[];
  readonly uses: readonly SignalUse[];
}

/**
 * Turns findings and answers into ledger lines whose sum per criterion *is* its points.
 * Lines of a cell's own signals carry `area/stage` in place of a criterion id.
 * The order follows the model file, never the input, so the same evidence gives the same bytes.
 */
export function buildLedger(input: LedgerInput): Ledger {
  const uses = collectUses(input.model, input.signals, input.findings);
  const outcomes = uses.map((use) => scoreUse(input.model, use, input.asOf));
  const signalLines = outcomes.flatMap((outcome) => ('line' in outcome ? [outcome.line] : []));
  const missing = outcomes.flatMap((outcome) => ('missing' in outcome ? [outcome.missing] : []));
  return {
    lines: [...holdLines(input.model, signalLines, uses), ...scoreAnswers(input.model, input.answers, input.asOf)],
    missing,
    uses,
  };
}
