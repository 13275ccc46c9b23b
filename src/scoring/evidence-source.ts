import type { z } from 'zod';
import type { Finding } from '../domain/finding.ts';
import type { Family, FamilySignal } from '../domain/model.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import { PlumblineError } from '../errors/index.ts';
import { indexFindings, indexSignals } from './signal-pool.ts';

type FamilyShape = z.infer<typeof Family>;
type FamilySignalShape = z.infer<typeof FamilySignal>;

/** Something that signals speak for: a criterion, or the own families of a cell (`area/stage`). */
interface EvidenceTarget {
  readonly id: string;
  readonly families: readonly FamilyShape[];
}

/** One signal at work for one target: what it is, what it weighs, what it found. */
export interface SignalUse {
  readonly target: string;
  readonly family: FamilyShape;
  readonly share: FamilySignalShape;
  readonly definition: SignalDefinition;
  readonly finding: Finding;
  /** Gates it speaks to: [exists, full]. */
  readonly speaks: readonly [boolean, boolean];
  /** Gates at which not finding it counts for nothing: [exists, full]. */
  readonly oneSided: readonly [boolean, boolean];
}

const REPORT_IT = 'Report this with the command you ran; no placement is published.';

/** Key of a cell's own evidence in the ledger. */
export function cellKey(cell: { area: string; stage: number }): string {
  return `${cell.area}/${cell.stage}`;
}

/** Criteria first, then cells that have families of their own, in the order of the model file. */
function evidenceTargets(model: StagedModel): EvidenceTarget[] {
  const cells = model.cells.filter((cell) => cell.families.length > 0);
  return [
    ...model.criteria.map(({ id, families }) => ({ id, families })),
    ...cells.map((cell) => ({ id: cellKey(cell), families: cell.families })),
  ];
}

/**
 * Every use of a signal in the model with its finding, in the order of the model file.
 * BUG when a signal that the model expects has no definition, did not report, or reported twice:
 * a silent gap would otherwise be scored as if nobody had asked.
 */
export function collectUses(
  model: StagedModel,
  signals: Iterable<SignalDefinition>,
  findings: Iterable<Finding>,
): SignalUse[] {
  const known = indexSignals(signals);
  const found = indexFindings(findings);
  return evidenceTargets(model).flatMap((target) =>
    target.families.flatMap((family) =>
      family.signals.map((share) => {
        const definition = known.get(share.id);
        const finding = definition === undefined ? undefined : found.get(definition.id);
        if (definition === undefined || finding === undefined)
          throw new PlumblineError(
            'BUG',
            `Signal ${share.id}, expected by ${target.id} of model ${model.id}, ${definition === undefined ? 'has no definition' : 'did not report'}.`,
            REPORT_IT,
          );
        const oneSided = share.one_sided === true || definition.one_sided;
        const existenceOnly = share.existence_only === true || definition.existence_only;
        return {
          target: target.id,
          family,
          share,
          definition,
          finding,
          speaks: [
            share.full_only !== true && definition.lines.partial !== null,
            !existenceOnly && definition.lines.full !== null,
          ] as const,
          oneSided: [oneSided || share.exists_one_sided === true, oneSided] as const,
        };
      }),
    ),
  );
}
