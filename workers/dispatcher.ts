import type { Run } from '../src/domain/operations.ts';
import { PlumblineError } from '../src/errors/index.ts';
import type { Logger } from '../src/logging/create-logger.ts';
import { fireDue } from '../src/pipeline/fire-due.ts';
import { announceRun } from '../src/pipeline/notices/index.ts';
import type { Operations } from '../src/store/operations-port.ts';
import { type Carrier, type Flow, LANES } from './contract.ts';
import { backoffOf, isPermanent } from './judge-error.ts';
import { endFailed } from './life.ts';
import { notifyFlow } from './notify.ts';
import { rootJob } from './plan-run.ts';

export interface DispatcherDeps {
  readonly operations: Operations;
  readonly carrier: Carrier;
  readonly clock: { now(): Date; sleep(ms: number, signal?: AbortSignal): Promise<void> };
  readonly log: Logger;
  /** Cuts a run into jobs. Errors: those of the store; permanent ones end the run. */
  plan(run: Run): Promise<Flow>;
  /** Time between two looks, ms. */
  readonly tickMs: number;
  /** Silence after which a run that the carrier does not know is put again, ms. */
  readonly silentAfterMs: number;
  /** Times that work on a run may begin before it counts as poisoned. */
  readonly attempts: number;
  /** No other process carries jobs: what this carrier does not know nobody has. */
  readonly alone: boolean;
}

export interface Dispatched {
  readonly fired: number;
  readonly put: number;
  readonly putAgain: number;
  readonly deliveries: number;
  /** Claimed runs that wait for their store. */
  readonly waiting: number;
}

const MOST_AT_ONCE = 100;
const SWEEP_EVERY_MS = 30_000;
const MOST_BACKOFF_MS = 30_000;

/** What a dispatcher remembers between two looks; nothing that the journal does not give again. */
interface Memory {
  /** Claimed runs whose jobs could not be put yet. */
  readonly unput: Map<string, Run>;
  sweptAt: number | null;
  /** Schedules that cannot be fired, which the log has heard of. */
  broken: ReadonlySet<string>;
}

interface Dispatcher {
  /** One look: fires schedules, puts what is due, puts again what was lost. Errors: those of journal and carrier; what was done stays done. */
  tick(): Promise<Dispatched>;
  /** Looks again and again until the signal aborts; survives every error, with growing pauses. */
  run(signal: AbortSignal): Promise<void>;
}

/** Brings what the journal holds to whoever works. Any number of processes may do it at once. */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const memory: Memory = { unput: new Map(), sweptAt: null, broken: new Set() };
  const tick = async (): Promise<Dispatched> => {
    const { fired, missed, realigned, broken } = await fireDue(deps.operations);
    for (const one of broken.filter((b) => !memory.broken.has(`${b.workspace}/${b.schedule}: ${b.reason}`)))
      deps.log.error(one, 'schedule cannot be fired');
    memory.broken = new Set(broken.map((b) => `${b.workspace}/${b.schedule}: ${b.reason}`));
    if (fired.length > 0 || realigned > 0) deps.log.info({ fired: fired.length, missed, realigned }, 'schedules fired');
    const now = await deps.operations.now();
    for (const run of await deps.operations.claimDue(now, MOST_AT_ONCE)) memory.unput.set(run.id, run);
    const putAgain = await sweep(deps, memory, now);
    const put = await putAll(deps, memory);
    const deliveries = await putDeliveries(deps, now);
    return { fired: fired.length, put, putAgain, deliveries, waiting: memory.unput.size };
  };
  return { tick, run: (signal) => look(deps, tick, signal) };
}

async function look(deps: DispatcherDeps, tick: () => Promise<Dispatched>, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      await tick();
      if (failures > 0) deps.log.info({ failures }, 'dispatching goes on');
      failures = 0;
    } catch (error) {
      failures += 1;
      deps.log.warn({ failures, err: error }, 'dispatching failed, tried again');
    }
    const pauseMs = failures === 0 ? deps.tickMs : Math.min(MOST_BACKOFF_MS, backoffOf(failures, deps.tickMs));
    await deps.clock.sleep(pauseMs, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

/** Finds runs that were lost with a process or a queue, and takes them up again. */
async function sweep(deps: DispatcherDeps, memory: Memory, now: Date): Promise<number> {
  const first = memory.sweptAt === null;
  if (memory.sweptAt !== null && Math.abs(now.getTime() - memory.sweptAt) < SWEEP_EVERY_MS) return 0;
  let n = 0;
  for (const run of await lostRuns(deps, now, first && deps.alone)) {
    if (memory.unput.has(run.id) || (await isKnown(deps.carrier, run))) continue;
    if (run.attempts >= deps.attempts) {
      if (await endFailed(deps, run.id, poisoned(run))) await announceRun(deps, run.id);
      continue;
    }
    if (!(await deps.operations.touchRun(run.id, now, { requeued: true }))) continue;
    deps.log.warn({ run: run.id, workspace: run.workspace, attempts: run.attempts }, 'lost run put again');
    memory.unput.set(run.id, run);
    n += 1;
  }
  memory.sweptAt = now.getTime();
  return n;
}

async function lostRuns(deps: DispatcherDeps, now: Date, all: boolean): Promise<readonly Run[]> {
  const underWay = await deps.operations.runs({ status: ['queued', 'running'], limit: 1_000 });
  if (all) return underWay;
  // A sign of life from the future was given before the clock was set back.
  const horizon = now.getTime() + deps.silentAfterMs;
  const early = underWay.filter((run) => run.seen_at !== null && run.seen_at.getTime() > horizon);
  return [...(await deps.operations.silentRuns(new Date(now.getTime() - deps.silentAfterMs))), ...early];
}

async function isKnown(carrier: Carrier, run: Run): Promise<boolean> {
  for (const lane of LANES) if (await carrier.knows(rootJob(run, lane))) return true;
  return false;
}

function poisoned(run: Run): PlumblineError {
  return new PlumblineError(
    'BUG',
    `Work on the run ${run.id} began ${run.attempts} times and never came to an end.`,
    'Read the log of the workers at those times; then plumbline runs retry.',
  );
}

/** Puts the jobs of claimed runs. A locked store is waited for; a run that cannot be cut into jobs at all ends as failed. */
async function putAll(deps: DispatcherDeps, memory: Memory): Promise<number> {
  let n = 0;
  for (const run of [...memory.unput.values()]) {
    try {
      await deps.carrier.put(await deps.plan(run));
      n += 1;
    } catch (error) {
      if (error instanceof PlumblineError && error.code === 'STORE_LOCKED') {
        deps.log.info({ run: run.id, reason: error.message }, 'run waits: its store is in use');
        continue;
      }
      if (!isPermanent(error)) throw error;
      if (await endFailed(deps, run.id, error)) await announceRun(deps, run.id);
    }
    memory.unput.delete(run.id);
  }
  return n;
}

async function putDeliveries(deps: DispatcherDeps, now: Date): Promise<number> {
  const due = await deps.operations.dueDeliveries(now, MOST_AT_ONCE);
  for (const delivery of due) await deps.carrier.put(notifyFlow(delivery));
  return due.length;
}
