import { PlumblineError } from '../errors/index.ts';
import type { Connector, ConnectorContext } from '../kit/connector.ts';
import { observeStreams } from './observe-streams.ts';
import { endsSync, readUnit, type SyncDeps, syncUnits, type UnitDone } from './sync-unit.ts';
import { type StreamOutcome, type UnitResult, unpackCapability, unpackError } from './unit-result.ts';

export { type SyncDeps, type SyncProgress, syncUnit, syncUnits } from './sync-unit.ts';
export { type StreamOutcome, UnitResult } from './unit-result.ts';

export interface SyncResult {
  readonly connection: string;
  readonly until: Date;
  readonly streams: readonly StreamOutcome[];
  /** False when a stream could not be read to its end; what was read is kept and the next sync goes on from there. */
  readonly complete: boolean;
  /** First error that made it incomplete. */
  readonly error: PlumblineError | null;
}

/**
 * Brings one connection up to date: every vendor stream that may be read is read from its checkpoint to the frozen upper bound.
 * A stream that the credentials or the plan do not open is recorded as not observable and the run goes on; a vendor failure ends that
 * stream only. Batches are written whole with their checkpoint, so that a run can be killed anywhere and repeated.
 * Clock: the server's own, from the `Date` header. Errors: PERMISSION_DENIED and NOT_A_HELPDESK from identify; others are in the result.
 */
export async function syncConnection<S>(
  name: string,
  connector: Connector<S>,
  context: Omit<ConnectorContext<S>, 'until'>,
  deps: SyncDeps,
): Promise<SyncResult> {
  const until = await frozenEnd(connector, context);
  const bounded: ConnectorContext<S> = { ...context, until };
  const done: UnitDone[] = [];
  for (const unit of syncUnits(connector)) {
    const one = await readUnit(name, connector, bounded, unit, deps);
    done.push(one);
    if (one.error !== null && endsSync(one.error)) break;
  }
  const errors = done.flatMap((one) => (one.error === null ? [] : [one.error]));
  // Dead credentials say more than what failed before them.
  const error = errors.find((one) => one.kind === 'permission') ?? errors[0] ?? null;
  const results = done.map((one) => one.result);
  return { ...(await finishSync(name, connector, context, results, deps)), error };
}

/** Upper bound of a sync that begins now: the server's clock minus the vendor's lag. Errors: those of `identify`. */
export async function frozenEnd<S>(
  connector: Connector<S>,
  context: Omit<ConnectorContext<S>, 'until'>,
): Promise<Date> {
  const identity = await connector.identify(context);
  // Whole seconds: vendors stamp seconds, and a fraction here would make equal syncs differ.
  return new Date(Math.floor(identity.serverNow.getTime() / 1000 - connector.lagS) * 1000);
}

/**
 * Ends a sync whose units are done: records what the connection can show, complete up to the earliest end of its units. A part that failed or
 * was not reached leaves what was known of its streams as it is and says so; the streams of the others are recorded. Nothing is recorded when
 * the credentials died, or while a part has more to read. The result names the first failure. Errors: BUG when a unit is missing though none failed.
 */
export async function finishSync<S>(
  name: string,
  connector: Connector<S>,
  context: Omit<ConnectorContext<S>, 'until'>,
  results: readonly UnitResult[],
  deps: Pick<SyncDeps, 'telemetry'>,
): Promise<SyncResult> {
  const errors = results.flatMap((result) => (result.error === null ? [] : [unpackError(result.error)]));
  const dead = errors.find((error) => error.kind === 'permission');
  const failed = dead ?? errors[0] ?? null;
  const until = new Date(Math.min(...results.map((result) => Date.parse(result.until))));
  const outcomes = inOrder(
    connector,
    results.flatMap((result) => result.outcomes),
  );
  const missing = syncUnits(connector).filter((unit) => !results.some((result) => result.unit === unit));
  if (failed === null && missing.length > 0 && results.every((result) => result.complete))
    throw new PlumblineError(
      'BUG',
      `The sync of ${name} ends without its parts ${missing.join(', ')}.`,
      'Use one version for all workers; the next sync reads them.',
    );
  if (dead === undefined && results.length > 0 && results.every((result) => !result.more)) {
    const capabilities = new Map(
      results.flatMap((result) =>
        Object.entries(result.capabilities).map(([stream, packed]) => [stream, unpackCapability(packed)] as const),
      ),
    );
    const reading = { outcomes, capabilities };
    const observed = await observeStreams(name, connector, { ...context, until }, reading, deps.telemetry);
    await deps.telemetry.recordObservability(observed);
  }
  return {
    connection: name,
    until,
    streams: outcomes,
    complete: results.every((result) => result.complete),
    error: failed,
  };
}

function inOrder(connector: Pick<Connector<never>, 'streams'>, outcomes: readonly StreamOutcome[]): StreamOutcome[] {
  const place = new Map(connector.streams.map((stream, i) => [stream.id, i]));
  return outcomes.toSorted((a, b) => (place.get(a.stream) ?? 0) - (place.get(b.stream) ?? 0));
}
