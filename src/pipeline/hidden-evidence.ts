import type { Observability } from '../domain/observability.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { StagedModel } from '../domain/staged-model.ts';

interface HiddenSignal {
  readonly signal: string;
  readonly title: string;
  /** Needs that no connection meets. */
  readonly lacking: readonly string[];
}

interface HiddenCriterion {
  readonly criterion: string;
  readonly name: string;
  readonly hidden: number;
  readonly expected: number;
}

export interface HiddenEvidence {
  readonly signals: readonly HiddenSignal[];
  /** Criteria that lose some or all of their signals, the blindest first. */
  readonly criteria: readonly HiddenCriterion[];
}

/** What is known of a stream where only its being there counts. */
export type SeenStream = Pick<Observability, 'connection' | 'stream' | 'status' | 'fields'>;

function meets(observability: readonly SeenStream[], connection: string, need: string): boolean {
  const [stream, field] = need.split('.');
  return observability.some(
    (o) =>
      o.connection === connection &&
      o.stream === stream &&
      o.status === 'available' &&
      (field === undefined || o.fields.includes(field)),
  );
}

/** Signals that no connection meets in full, each with what is missing where least is missing. */
export function findDarkSignals(
  observability: readonly SeenStream[],
  signals: readonly SignalDefinition[],
): ReadonlyMap<string, HiddenSignal> {
  const connections = [...new Set(observability.map((o) => o.connection))];
  const dark = new Map<string, HiddenSignal>();
  for (const signal of signals) {
    const alternatives = (signal.needs_any ?? [[]]).map((extra) => [...signal.needs, ...extra]);
    const best =
      connections
        .flatMap((c) => alternatives.map((needs) => needs.filter((need) => !meets(observability, c, need))))
        .sort((a, b) => a.length - b.length)[0] ?? signal.needs;
    if (best.length > 0) dark.set(signal.id, { signal: signal.id, title: signal.title, lacking: best });
  }
  return dark;
}

/** Which signals, and through them which statements, stay dark with what the connections show. */
export function findHiddenEvidence(
  observability: readonly Observability[],
  signals: readonly SignalDefinition[],
  model: StagedModel,
): HiddenEvidence {
  const dark = findDarkSignals(observability, signals);
  const criteria = model.criteria
    .map((criterion) => {
      const expected = new Set(criterion.families.flatMap((f) => f.signals.map((s) => s.id)));
      const hidden = [...expected].filter((id) => dark.has(id)).length;
      return { criterion: criterion.id, name: criterion.name, hidden, expected: expected.size };
    })
    .filter((c) => c.hidden > 0)
    .sort((a, b) => b.hidden / b.expected - a.hidden / a.expected || a.criterion.localeCompare(b.criterion));
  return { signals: [...dark.values()], criteria };
}
