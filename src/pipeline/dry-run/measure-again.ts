import type { Finding } from '../../domain/finding.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import type { KeptVerdict, StoredSnapshot } from '../../domain/snapshot.ts';
import { verdictsOf } from '../../domain/staged-reading.ts';
import type { ItemVerdict } from '../../domain/verdict.ts';
import type { TelemetryStore } from '../../store/ports.ts';
import { type MeasureDeps, type Measured, measure } from '../measure.ts';

const DAY_MS = 86_400_000;

/** The bound before which records have been removed; null when none were. */
export async function removedBefore(telemetry: TelemetryStore): Promise<Date | null> {
  for await (const page of telemetry.remembered())
    for (const fact of page) {
      if (fact.kind === 'retention') return fact.before;
      // Facts come in an order of kinds, the bound before the tickets that it removed.
      if (fact.kind === 'expired') return null;
    }
  return null;
}

/** Whether records of the window of a kept snapshot have been removed since, so that it cannot be measured again. */
export function isGone(snapshot: StoredSnapshot, removed: Date | null): boolean {
  return removed !== null && removed > new Date(snapshot.window.from);
}

/** Measures signals again at the instant of a kept snapshot, and counts its contacts where they are asked for. */
export async function measureAgain(
  snapshot: StoredSnapshot,
  signals: readonly SignalDefinition[],
  deps: MeasureDeps,
): Promise<{ readonly findings: readonly Finding[]; readonly contacts: Measured['contacts'] }> {
  if (signals.length === 0 && (deps.leastOfTags ?? []).length === 0) return { findings: [], contacts: new Map() };
  const asOf = new Date(snapshot.as_of);
  const windowDays = Math.round((asOf.getTime() - new Date(snapshot.window.from).getTime()) / DAY_MS);
  const span = { workspace: snapshot.workspace, asOf, windowDays };
  const { measurement, contacts } = await measure(span, { ...deps, signals });
  return { findings: measurement.findings, contacts };
}

/** The verdict of a model in a kept snapshot; null where it did not judge. */
export function keptVerdict(snapshot: StoredSnapshot, model: string): KeptVerdict | null {
  return verdictsOf(snapshot).find((verdict) => verdict.model.id === model) ?? null;
}

/** Ids of items whose word is another one now. */
export function changedItems(before: readonly ItemVerdict[], after: readonly ItemVerdict[]): readonly string[] {
  const words = new Map(before.map(({ id, label }) => [id, label]));
  return after.filter(({ id, label }) => words.has(id) && words.get(id) !== label).map(({ id }) => id);
}
