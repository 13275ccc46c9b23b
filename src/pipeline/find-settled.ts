import type { Finding } from '../domain/finding.ts';
import type { Observability, StreamName } from '../domain/observability.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import { horizonOf, type MeasureOptions, measureAll } from '../signals/index.ts';
import type { TelemetryStore } from '../store/ports.ts';

/** Streams of configuration whose records say when they were last changed. */
const SETTLED_STREAMS: ReadonlySet<StreamName> = new Set(['sla_policies', 'automations', 'articles']);

/** What is more likely there than not. */
const FOUND = 0.5;

/**
 * Configuration of the past. A policy, rule or article that was read later, but last changed before asOf, was there then as it is: signals that
 * only ask whether something exists, and are not observable at asOf because its stream was read later, are measured once more on such records
 * alone. Gives the findings that found something, marked `as_last_changed`; not finding it means nothing, for what was changed or taken away since
 * is not known. Nothing is measured where every stream had been read by asOf.
 */
export async function findSettled(
  telemetry: TelemetryStore,
  signals: readonly SignalDefinition[],
  findings: readonly Finding[],
  observability: readonly Observability[],
  asOf: Date,
  options: MeasureOptions,
): Promise<Finding[]> {
  const later = (row: Observability): boolean =>
    SETTLED_STREAMS.has(row.stream) && row.since !== null && row.since > asOf;
  if (!observability.some(later)) return [];
  const unseen = new Set(
    findings.filter((f) => f.status === 'not_observable' && f.reason === 'retention').map((f) => f.signal),
  );
  const wanted = signals.filter((signal) => signal.existence_only && unseen.has(signal.id));
  const horizon = horizonOf(wanted, asOf);
  if (horizon === null) return [];
  const opened = observability.map((row) => (later(row) ? { ...row, since: null } : row));
  // Findings were told one by one already.
  const { onFinding: _, ...quiet } = options;
  const measured = await telemetry.measure({ asOf, horizon, settled: true }, (session) =>
    measureAll(wanted, session, opened, asOf, quiet),
  );
  return measured
    .filter((finding) => finding.status === 'measured' && (finding.pass?.q2 ?? 0) > FOUND)
    .map((finding) => ({ ...finding, as_last_changed: true }));
}
