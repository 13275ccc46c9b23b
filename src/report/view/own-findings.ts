import type { Finding } from '../../domain/finding.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import type { StagedModel } from '../../domain/staged-model.ts';

/** Findings of the signals that the model names, by their present or a former id: all were measured, but a model may ask for six of them. */
export function ownFindings(
  findings: readonly Finding[],
  model: Pick<StagedModel, 'criteria' | 'cells'>,
  signals: ReadonlyMap<string, SignalDefinition>,
): Finding[] {
  const named = new Set(
    [...model.criteria, ...model.cells].flatMap(({ families }) =>
      families.flatMap((family) => family.signals.map(({ id }) => id)),
    ),
  );
  return findings.filter(
    ({ signal }) => named.has(signal) || signals.get(signal)?.aliases.some((alias) => named.has(alias)) === true,
  );
}
