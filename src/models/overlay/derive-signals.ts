import { type ModelProblem, unknownName } from '../../domain/model-problem.ts';
import { SignalDefinition } from '../../domain/signal.ts';
import type { OverlayFile } from './overlay-file.ts';

interface Derived {
  /** Signals with the lines of the overlay, under ids of their own. */
  readonly signals: readonly SignalDefinition[];
  /** Id in the base -> id in the overlay. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly problems: readonly ModelProblem[];
}

/**
 * The signals that an overlay holds to other lines, as signals of their own: a line decides the finding, and findings are shared by all models, so
 * the others go on with the line that they name. `used` = ids that the base names.
 */
export function deriveSignals(
  overlay: OverlayFile,
  used: ReadonlySet<string>,
  known: ReadonlyMap<string, SignalDefinition>,
): Derived {
  const renamed = new Map<string, string>();
  const signals: SignalDefinition[] = [];
  const problems: ModelProblem[] = [];
  for (const [id, { partial, full, origin, source }] of Object.entries(overlay.lines)) {
    const signal = known.get(id);
    if (signal === undefined || !used.has(signal.id)) {
      const candidates = [...used].filter((name) => known.has(name));
      const why =
        signal === undefined ? unknownName('signal', id, candidates) : `${overlay.extends} does not use ${id}`;
      problems.push({ path: ['lines', id], message: why });
      continue;
    }
    const made = SignalDefinition.safeParse({
      ...signal,
      id: `${signal.id}-${overlay.id}`,
      version: overlay.version,
      aliases: [],
      lines: { partial: partial ?? signal.lines.partial, full: full ?? signal.lines.full, origin, source },
    });
    if (!made.success) {
      problems.push(...made.error.issues.map((issue) => ({ path: ['lines', id], message: `${id}: ${issue.message}` })));
      continue;
    }
    renamed.set(signal.id, made.data.id);
    signals.push(made.data);
  }
  return { signals, renamed, problems };
}
