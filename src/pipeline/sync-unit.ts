import { isDeadCredentials, PlumblineError } from '../errors/index.ts';
import type { Capability, Connector, ConnectorContext, VendorStream } from '../kit/connector.ts';
import type { TelemetryStore } from '../store/ports.ts';
import { createPageBatch } from './page-batch.ts';
import { commitConfiguration, readConfiguration } from './read-configuration.ts';
import { type Counter, readHistory } from './read-history.ts';
import { packCapability, packError, type StreamOutcome, type UnitResult } from './unit-result.ts';

export interface SyncProgress {
  readonly stream: string;
  readonly title: string;
  readonly state: 'probing' | 'reading' | 'done' | 'hidden' | 'failed';
  readonly seen: number;
  readonly written: number;
  readonly rejected: number;
  /** Cells of kept records that could not be read. */
  readonly cells: number;
  /** Rows that the source announced; null when it gives no count. */
  readonly total: number | null;
  readonly detail: string | null;
}

export interface SyncDeps {
  readonly telemetry: TelemetryStore;
  readonly batchRows: number;
  readonly progress: (event: SyncProgress) => void;
  /** Whether the turn is over; absent = it never is. */
  readonly turnOver?: () => boolean;
}

/** Name of the unit that holds all configuration streams: tables are replaced only when all that feed them were read together. */
const CONFIGURATION = 'configuration';

/**
 * The parts of a sync that can be done apart from each other, by different workers: configuration as a whole, then each history stream.
 * A connector without configuration streams has no such unit.
 */
export function syncUnits(connector: Pick<Connector<never>, 'streams'>): readonly string[] {
  const history = connector.streams.filter((stream) => stream.kind === 'history').map((stream) => stream.id);
  return connector.streams.some((stream) => stream.kind === 'config') ? [CONFIGURATION, ...history] : history;
}

function streamsOf<S>(connector: Connector<S>, unit: string): readonly VendorStream[] {
  const streams = connector.streams.filter((stream) =>
    stream.kind === 'config' ? unit === CONFIGURATION : stream.id === unit,
  );
  if (streams.length > 0) return streams;
  throw new PlumblineError('BUG', `${connector.title} has no stream ${unit}.`, 'Use one version for all workers.');
}

export interface UnitDone {
  readonly result: UnitResult;
  readonly error: PlumblineError | null;
}

/**
 * Reads one unit of a sync from where it stands to the frozen end `context.until`, and gives what it did as JSON. A stream that is not
 * open is no failure. Writes telemetry and cursors, never observability: that is for `finishSync`, when all units are done.
 * Errors: an abort, wrong settings and faults of ours are thrown; failures of the vendor are in the result.
 */
export async function syncUnit<S>(
  name: string,
  connector: Connector<S>,
  context: ConnectorContext<S>,
  unit: string,
  deps: SyncDeps,
): Promise<UnitResult> {
  return (await readUnit(name, connector, context, unit, deps)).result;
}

/** `syncUnit` with the first error as it was thrown. */
export async function readUnit<S>(
  name: string,
  connector: Connector<S>,
  context: ConnectorContext<S>,
  unit: string,
  deps: SyncDeps,
): Promise<UnitDone> {
  const outcomes: StreamOutcome[] = [];
  const capabilities: UnitResult['capabilities'] = {};
  const configuration = createPageBatch();
  const read = new Map<string, Capability>();
  let error: PlumblineError | null = null;
  let more = false;
  for (const stream of streamsOf(connector, unit)) {
    const taken = await takeStream({ stream, connector, context, deps }, async (count, tick) => {
      if (stream.kind === 'history') {
        const { telemetry, batchRows, turnOver = () => false } = deps;
        ({ more } = await readHistory({
          name,
          stream,
          connector,
          context,
          telemetry,
          batchRows,
          turnOver,
          count,
          tick,
        }));
        return;
      }
      await readConfiguration(stream, connector, context, configuration, count, tick);
    });
    outcomes.push(taken.outcome);
    if (taken.capability !== null) capabilities[stream.id] = packCapability(taken.capability);
    if (taken.capability !== null && taken.outcome.status === 'read') read.set(stream.id, taken.capability);
    error ??= taken.error;
    if (taken.error !== null && endsSync(taken.error)) break;
  }
  if (unit === CONFIGURATION) await commitConfiguration(name, connector, configuration, read, deps.telemetry);
  const result: UnitResult = {
    connection: name,
    unit,
    until: context.until.toISOString(),
    outcomes,
    capabilities,
    error: error === null ? null : packError(error),
    complete: error === null && !more,
    more,
  };
  return { result, error };
}

/** Nothing more can be asked now: the vendor asks to wait too long, or the credentials are dead. */
export function endsSync(error: PlumblineError): boolean {
  return error.kind === 'rate_limited' || isDeadCredentials(error);
}

interface Taken {
  readonly outcome: StreamOutcome;
  /** Null when not even the probe came back. */
  readonly capability: Capability | null;
  readonly error: PlumblineError | null;
}

interface Taking<S> {
  readonly stream: VendorStream;
  readonly connector: Connector<S>;
  readonly context: ConnectorContext<S>;
  readonly deps: SyncDeps;
}

/** Probes and reads one stream, and says how it ended. */
async function takeStream<S>(
  { stream, connector, context, deps }: Taking<S>,
  read: (count: Counter, tick: () => void) => Promise<void>,
): Promise<Taken> {
  const count: Counter = { seen: 0, written: 0, rejected: 0, cells: 0 };
  let total: number | null = null;
  let capability: Capability | null = null;
  const report = (state: SyncProgress['state'], detail: string | null): void =>
    deps.progress({ stream: stream.id, title: stream.title, state, ...count, total, detail });
  const end = (status: StreamOutcome['status'], detail: string | null): StreamOutcome => {
    report(status === 'read' ? 'done' : status === 'failed' ? 'failed' : 'hidden', detail);
    return { stream: stream.id, title: stream.title, status, detail, ...count };
  };
  const failed = (thrown: unknown): Taken => {
    const error = judge(thrown, stream, context.signal);
    return { outcome: end('failed', `${error.message} ${error.remedy}`), capability, error };
  };
  try {
    report('probing', null);
    capability = await connector.probe(stream, context);
    if (capability.status !== 'available')
      return { outcome: end(capability.status, capability.detail), capability, error: null };
    total = capability.total ?? null;
    await read(count, () => report('reading', null));
    return { outcome: end('read', null), capability, error: null };
  } catch (thrown) {
    return failed(thrown);
  }
}

/**
 * Failures of the vendor end one stream; an abort, wrong settings and faults of ours end the run. A refusal is no permission that is missing, as
 * only a probe may say that: it is a failure of the vendor, unless the credentials are dead. An address that is no helpdesk is one stream's
 * failure too, since the account itself has answered before.
 */
function judge(thrown: unknown, stream: VendorStream, signal: AbortSignal): PlumblineError {
  if (!(thrown instanceof PlumblineError) || signal.aborted) throw thrown;
  const where = thrown.where === undefined ? {} : { where: thrown.where };
  if (thrown.kind === 'permission' && !isDeadCredentials(thrown))
    return new PlumblineError(
      'VENDOR_REFUSED',
      `${stream.title} could be opened, but reading on was refused: ${thrown.message}`,
      'Run the sync again; it resumes behind the last saved page. If it is refused again, look at the rights of the token.',
      { ...where, cause: thrown },
    );
  if (thrown.code === 'NOT_A_HELPDESK')
    return new PlumblineError(
      'VENDOR_BROKEN',
      `${stream.title} cannot be read: ${thrown.message}`,
      'Run the sync again; the rest of the helpdesk answers. If it happens again, report it to the vendor.',
      { ...where, cause: thrown },
    );
  if (thrown.kind === 'bug' || thrown.kind === 'config') throw thrown;
  return thrown;
}
