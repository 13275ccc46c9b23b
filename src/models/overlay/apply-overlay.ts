import type { ModelHead } from '../../domain/model.ts';
import type { ModelProblem } from '../../domain/model-problem.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import { addTo, changeIn, forget, removeFrom, replaceTexts, textsOf } from './apply-parts.ts';
import { deriveSignals } from './derive-signals.ts';
import { isRecord } from './name-entries.ts';
import type { OverlayFile } from './overlay-file.ts';

interface Base {
  readonly model: ModelHead;
  readonly hash: string;
}

interface Applied {
  /** The whole model as a document, not checked by any schema yet. */
  readonly document: Record<string, unknown>;
  /** Signals that exist for this overlay alone. */
  readonly signals: readonly SignalDefinition[];
  /** Faults of the overlay itself, by their place in it. */
  readonly problems: readonly ModelProblem[];
}

/** The keys that an overlay says at its top and never under `change`. */
const HEAD = ['id', 'version', 'kind', 'extends', 'title', 'source', 'interpretation', 'assumed'];

function headProblems(overlay: OverlayFile): ModelProblem[] {
  return (['change', 'add', 'remove'] as const).flatMap((part) =>
    Object.keys(overlay[part])
      .filter((key) => HEAD.includes(key))
      .map((key) => ({
        path: [part, key],
        message: key === 'kind' ? 'an overlay is of the kind of its base' : `write ${key} at the top of the overlay`,
      })),
  );
}

/** The base with everything that the overlay says: an ordinary model of its own id that names what it was made from. Pure. */
export function applyOverlay(base: Base, overlay: OverlayFile, known: ReadonlyMap<string, SignalDefinition>): Applied {
  const derived = deriveSignals(overlay, new Set(textsOf(base.model)), known);
  const copy: unknown = replaceTexts(base.model, derived.renamed);
  const document = isRecord(copy) ? copy : {};
  // An overlay speaks of signals by the names that its base has for them.
  const own = (part: unknown): unknown => renameKeys(replaceTexts(part, derived.renamed), derived.renamed);
  const removal = removeFrom(document, own(overlay.remove), ['remove']);
  forget(document, new Set(removal.names));
  const problems = [
    ...headProblems(overlay),
    ...derived.problems,
    ...removal.problems,
    ...changeIn(document, own(overlay.change), ['change']),
    ...addTo(document, own(overlay.add), ['add']),
  ];
  const { model, hash } = base;
  return {
    document: {
      ...document,
      id: overlay.id,
      version: overlay.version,
      title: overlay.title ?? `${model.title} (${overlay.id})`,
      source: overlay.source ?? model.source,
      interpretation: overlay.interpretation ?? model.interpretation,
      assumed: [...model.assumed, ...overlay.assumed],
      extends: [{ id: model.id, version: model.version, hash }, ...(model.extends ?? [])],
    },
    signals: derived.signals,
    problems,
  };
}

function renameKeys(value: unknown, by: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((entry) => renameKeys(entry, by));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [by.get(key) ?? key, renameKeys(inner, by)]));
}
