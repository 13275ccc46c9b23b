import type { Finding } from '../domain/finding.ts';
import { type JoinedSource, NAMES_APART } from '../domain/joined-source.ts';
import type { Observability } from '../domain/observability.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { StoredSnapshot } from '../domain/snapshot.ts';
import type { SqlSession } from '../domain/sql-session.ts';
import { horizonOf, type MeasureOptions, measureAll, windowOf } from '../signals/index.ts';
import type { TelemetryStore } from '../store/ports.ts';
import { findSettled } from './find-settled.ts';

export interface MeasureInput {
  readonly signals: readonly SignalDefinition[];
  readonly asOf: Date;
  readonly observability: readonly Observability[];
  /** Connections that are no longer read. Their records stay; what they showed last ages instead of vanishing. */
  readonly disconnected: ReadonlySet<string>;
  /** Sources beside the desks that are no longer read. */
  readonly gone?: ReadonlySet<string>;
  /** Latest earlier snapshot, for evidence whose telemetry was removed. */
  readonly earlier: StoredSnapshot | null;
  /** What sources beside the desks can tell of the desks' records. */
  readonly joined?: readonly JoinedSource[];
  /** What else is asked of the same measurement of asOf; it changes nothing in the findings. */
  readonly beside?: Beside;
}

export interface Beside {
  /** Earliest instant that it looks at. */
  readonly horizon: Date;
  readonly work: (session: SqlSession) => Promise<void>;
}

/**
 * Tickets from which on a horizon that most signals do not need costs more than working out the measure views twice: at 100,000 once takes a sixth
 * less time, at a million hardly any less, and 170 MB more memory.
 */
const LARGE = 500_000;

/**
 * Signals that are measured together. The horizon of a measurement is that of its longest window, and the few signals that look back half a
 * year or a year would make all the others work on several times the tickets that they need.
 */
function byHorizon(
  signals: readonly SignalDefinition[],
  observability: readonly Observability[],
  asOf: Date,
): readonly (readonly SignalDefinition[])[] {
  const tickets = observability.filter((o) => o.stream === 'tickets').reduce((sum, o) => sum + o.rows, 0);
  const spans = signals.map((signal) => asOf.getTime() - windowOf(signal, asOf).from.getTime());
  const near = 1.25 * Math.min(...spans);
  if (tickets < LARGE || spans.every((span) => span <= near)) return [signals];
  return [signals.filter((_, i) => Number(spans[i]) <= near), signals.filter((_, i) => Number(spans[i]) > near)];
}

async function measureAt(
  telemetry: TelemetryStore,
  signals: readonly SignalDefinition[],
  observability: readonly Observability[],
  asOf: Date,
  options: MeasureOptions,
  beside?: Beside,
): Promise<Finding[]> {
  const findings = new Map<string, Finding>();
  let open = beside;
  for (const group of byHorizon(signals, observability, asOf)) {
    const horizon = horizonOf(group, asOf);
    if (horizon === null) continue;
    const fits = open !== undefined && open.horizon >= horizon ? open : null;
    const measured = await telemetry.measure({ asOf, horizon }, async (session) => {
      await fits?.work(session);
      return measureAll(group, session, observability, asOf, options);
    });
    if (fits !== null) open = undefined;
    for (const finding of measured) findings.set(finding.signal, finding);
  }
  // No group looks back as far: a horizon of its own, so that the findings stay what they are without it.
  if (open !== undefined) await telemetry.measure({ asOf, horizon: open.horizon }, open.work);
  return signals.flatMap((signal) => findings.get(signal.id) ?? []);
}

/**
 * One finding for every signal at `asOf`.
 * Connected sources are measured over the window that ends at asOf. A signal that they cannot measure, but a disconnected source could when it
 * was last read, keeps that last measurement with its own, older window, so that it ages by its half-life; so does one that only an earlier snapshot holds,
 * also where a source beside the desks had part in it that is gone.
 * Configuration that was first read after asOf counts where it says that it has not been changed since (`findSettled`).
 * Sources already left out never count as "no". Order: as `signals`.
 */
export async function measureFindings(
  telemetry: TelemetryStore,
  input: MeasureInput,
  given: MeasureOptions = {},
): Promise<Finding[]> {
  const options = input.joined === undefined ? given : { ...given, joined: input.joined };
  const live = input.observability.filter((o) => !input.disconnected.has(o.connection));
  const findings = await measureAt(telemetry, input.signals, live, input.asOf, options, input.beside);
  const byId = new Map(findings.map((finding) => [finding.signal, finding]));
  for (const connection of [...input.disconnected].sort()) {
    const rows = input.observability.filter((o) => o.connection === connection);
    const until = lastRead(rows, input.asOf);
    const wanted = input.signals.filter((signal) => byId.get(signal.id)?.status === 'not_observable');
    if (until === null || wanted.length === 0) continue;
    for (const finding of await measureAt(telemetry, wanted, rows, until, options))
      if (finding.status === 'measured')
        byId.set(finding.signal, {
          ...finding,
          carried_from: { snapshot: `connection:${connection}`, as_of: until.toISOString() },
        });
  }
  for (const finding of await findSettled(telemetry, input.signals, findings, live, input.asOf, options))
    byId.set(finding.signal, finding);
  if (input.earlier !== null) carryFromSnapshot(byId, input, input.earlier);
  return input.signals.flatMap((signal) => byId.get(signal.id) ?? []);
}

function lastRead(rows: readonly Observability[], asOf: Date): Date | null {
  const ends = rows.map((o) => o.until).filter((d): d is Date => d !== null);
  if (ends.length === 0) return null;
  return new Date(Math.min(asOf.getTime(), Math.max(...ends.map((d) => d.getTime()))));
}

/** Findings of an earlier snapshot that a source which is no longer read, a desk or one beside it, had part in, where nothing measures them now. */
function carryFromSnapshot(
  byId: Map<string, Finding>,
  { signals, disconnected, gone = new Set() }: MeasureInput,
  earlier: StoredSnapshot,
): void {
  const versions = new Map(signals.map((signal) => [signal.id, signal.version]));
  for (const old of earlier.findings) {
    if (old.status !== 'measured' || versions.get(old.signal) !== old.version) continue;
    const now = byId.get(old.signal)?.status;
    const ofDesk = disconnected.size > 0 && now === 'not_observable';
    const ofBeside = now !== 'measured' && joinedIn(old).some((name) => gone.has(name));
    if (!ofDesk && !ofBeside) continue;
    byId.set(old.signal, {
      ...old,
      carried_from: old.carried_from ?? { snapshot: earlier.digest, as_of: earlier.as_of },
    });
  }
}

function joinedIn({ extra }: Finding): string[] {
  return typeof extra.joined_with === 'string' ? extra.joined_with.split(NAMES_APART) : [];
}
