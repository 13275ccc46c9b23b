import { besideDesks } from '../domain/connection-role.ts';
import type { Finding } from '../domain/finding.ts';
import type { Meaning } from '../domain/meaning.ts';
import type { Measurement } from '../domain/measurement.ts';
import type { Observability } from '../domain/observability.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { StoredSnapshot } from '../domain/snapshot.ts';
import type { SqlSession } from '../domain/sql-session.ts';
import type { Ledger, Store } from '../store/ports.ts';
import { type CountedContacts, countContactsOn, horizonOfContacts } from './count-contacts.ts';
import { digestOf } from './digest-of.ts';
import { joinSources } from './join-sources.ts';
import { type Beside, type MeasureInput, measureFindings } from './measure-findings.ts';
import { telemetryMarks } from './telemetry-marks.ts';

export interface MeasureSpan {
  readonly workspace: string;
  readonly asOf: Date;
  readonly windowDays: number;
}

export interface MeasureDeps {
  readonly store: Pick<Store, 'telemetry' | 'ledger'>;
  readonly signals: readonly SignalDefinition[];
  readonly rulesHash: string;
  readonly version: string;
  readonly signalTimeoutMs: number;
  readonly onFinding?: (finding: Finding, done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** Counts contacts too, once for each of these: tags on fewer contacts than so many are left out. Left out = they are not counted. */
  readonly leastOfTags?: readonly number[];
}

export interface Measured {
  readonly measurement: Measurement;
  /** Contacts of the usual window by what was asked for; they are no part of the measurement and of its digest. */
  readonly contacts: ReadonlyMap<number, CountedContacts>;
  /** The definitions with the windows that were measured. */
  readonly signals: readonly SignalDefinition[];
}

const DAY_MS = 86_400_000;
const MOST_ROWS = 20_000_000;

/**
 * Everything that the store shows at one instant, for every model there is: no model takes part. The same store, rules and statements give the
 * same bytes; nothing of the local clock is inside. Asked again of a store that was not written to since, it gives what it gave before.
 */
export async function measure(span: MeasureSpan, deps: MeasureDeps): Promise<Measured> {
  const { telemetry, ledger } = deps.store;
  const { asOf } = span;
  const observability = await telemetry.observability();
  const connections = await ledger.connections();
  const left = connections.filter(({ status }) => status === 'disconnected');
  const gone = new Set(besideDesks(left));
  // Counts of self-service are measured themselves, as a desk is.
  const disconnected = new Set(left.map(({ name }) => name).filter((name) => !gone.has(name)));
  // With the store as it is, these decide what is joined: it need not be worked out to know what was kept.
  const beside = {
    sources: connections.map(({ name, role, vendor }) => [name, role, vendor]),
    pairs: await ledger.customerPairs(),
  };
  const signals = deps.signals.map((signal) => withWindow(signal, span.windowDays));
  let done = 0;
  // Only what a source that is gone once showed is carried over; every model's snapshots hold the same findings.
  const earlier = left.length === 0 ? null : await latestOfAny(ledger, asOf);
  const input = { signals, asOf, observability, disconnected, gone, earlier };
  const kept = await telemetry.kept(keyOf(input, beside, span, deps));
  const tell = (finding: Finding): void => {
    done += 1;
    deps.onFinding?.(finding, Math.min(done, signals.length), signals.length);
  };
  const found = kept.text === null ? null : (JSON.parse(kept.text) as Found);
  for (const finding of found?.findings ?? []) tell(finding);
  const { findings, contacts } = found ?? (await find(input, span, deps, tell));
  // What broke may have broken by the machine, and is tried again.
  if (found === null && findings.every(({ status }) => status !== 'failed'))
    await kept.keep(JSON.stringify({ findings, contacts } satisfies Found));
  const rest: Omit<Measurement, 'digest'> = {
    schema: 'plumbline.measurement/1',
    workspace: span.workspace,
    as_of: asOf.toISOString(),
    window: { from: new Date(asOf.getTime() - span.windowDays * DAY_MS).toISOString(), to: asOf.toISOString() },
    findings,
    provenance: {
      plumbline: deps.version,
      rules_hash: deps.rulesHash,
      ...hashOf(telemetry.meanings),
      telemetry: telemetryMarks(observability, connections),
    },
  };
  return { measurement: { ...rest, digest: digestOf(rest) }, signals, contacts: new Map(contacts) };
}

/** All that the measures of one instant give, as it is kept: the same store, rules and statements give the same again. */
interface Found {
  readonly findings: Finding[];
  readonly contacts: readonly (readonly [number, CountedContacts])[];
}

/** Hash of all that a measurement is made of beside the telemetry itself. */
function keyOf(
  { earlier, disconnected, gone = new Set(), ...input }: MeasureInput,
  beside: unknown,
  { windowDays }: MeasureSpan,
  { rulesHash, version, leastOfTags = [], store }: MeasureDeps,
): string {
  const { meanings } = store.telemetry;
  const left = { disconnected: [...disconnected].sort(), gone: [...gone].sort(), earlier: earlier?.digest ?? null };
  return digestOf({ ...input, ...left, windowDays, rulesHash, version, leastOfTags, meanings, beside });
}

async function find(
  input: MeasureInput,
  span: MeasureSpan,
  deps: MeasureDeps,
  onFinding: (finding: Finding) => void,
): Promise<Found> {
  const counting = countBeside(deps.leastOfTags ?? [], span, input.observability);
  const joined = await joinSources(deps.store, span.asOf);
  const findings = await measureFindings(
    deps.store.telemetry,
    { ...input, ...counting.input, ...(joined.length === 0 ? {} : { joined }) },
    {
      limits: { timeoutMs: deps.signalTimeoutMs, maxRows: MOST_ROWS },
      onFinding,
      ...(deps.signal === undefined ? {} : { signal: deps.signal }),
    },
  );
  return { findings, contacts: [...counting.counted] };
}

/** Counting of contacts inside the measurement of the findings; `counted` is filled by it. */
function countBeside(
  leastOfTags: readonly number[],
  { asOf, windowDays }: MeasureSpan,
  observability: readonly Observability[],
): { readonly input: { readonly beside?: Beside }; readonly counted: ReadonlyMap<number, CountedContacts> } {
  const counted = new Map<number, CountedContacts>();
  const windows = [...new Set(leastOfTags)].map((leastOfTag) => ({ asOf, days: windowDays, leastOfTag }));
  const [first] = windows;
  if (first === undefined) return { input: {}, counted };
  const work = async (session: SqlSession): Promise<void> => {
    for (const window of windows) counted.set(window.leastOfTag, await countContactsOn(session, window, observability));
  };
  return { input: { beside: { horizon: horizonOfContacts(first), work } }, counted };
}

/** Latest snapshot at or before the instant, whichever model it is of: which models are switched on must not tell in what is carried over. */
async function latestOfAny(ledger: Ledger, asOf: Date): Promise<StoredSnapshot | null> {
  const [latest] = (await ledger.snapshots())
    .filter((head) => head.as_of <= asOf)
    .sort(
      (a, b) =>
        b.as_of.getTime() - a.as_of.getTime() ||
        b.created_at.getTime() - a.created_at.getTime() ||
        (a.digest < b.digest ? -1 : 1),
    );
  return latest === undefined ? null : ledger.snapshot(latest.digest);
}

/** The usual window follows the caller; rare-event and seasonal windows keep their own. */
function withWindow(signal: SignalDefinition, windowDays: number): SignalDefinition {
  return signal.window === '90d' && windowDays !== 90 ? { ...signal, window: `${windowDays}d` } : signal;
}

/** Statements are told by their hash: ids and words of a desk have no place in a snapshot. */
function hashOf(meanings: readonly Meaning[]): { statements_hash?: string } {
  return meanings.length === 0 ? {} : { statements_hash: digestOf(meanings) };
}
