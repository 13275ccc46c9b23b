import { createHash } from 'node:crypto';
import type { Run } from '../domain/operations.ts';
import type { ApiClock } from './deps.ts';

const POLL_MS = 1_000;
/** Polls without news after which a comment line keeps proxies from closing the stream. */
const QUIET_POLLS = 15;
const RETRY_MS = 2_000;

interface EventSourceDeps {
  readonly clock: ApiClock;
  /** The run as it is now; null when it is not there, or the caller may not see it any more. */
  look(): Promise<Run | null>;
  /** Whether the caller's token still opens the run; asked from time to time. */
  mayStill(): Promise<boolean>;
  readonly signal: AbortSignal;
}

function isOver(run: Run): boolean {
  return run.status === 'done' || run.status === 'failed' || run.status === 'cancelled';
}

/** Names a state of a run, so that a client that comes back is only told what it has not seen. */
export function eventId(run: Run): string {
  const { status, attempts, progress, digest, failure } = run;
  const state = JSON.stringify([status, attempts, progress, digest, failure?.code ?? null]);
  return createHash('sha256').update(state).digest('hex').slice(0, 16);
}

/** One server-sent event. JSON has no line breaks, so that one data line is enough. */
function eventOf(run: Run): string {
  const { id, status, attempts, progress, digest, failure } = run;
  const data = JSON.stringify({ run: id, status, attempts, progress, digest, failure });
  return `id: ${eventId(run)}\nevent: ${isOver(run) ? 'end' : 'progress'}\ndata: ${data}\n\n`;
}

async function pause(clock: ApiClock, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(POLL_MS, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/**
 * Server-sent events of one run: its state at once, then each change, `end` last. Comment lines keep the stream alive. The text ends
 * with the run, when the caller hangs up, when its token ceases to work, or when the app closes. `seen` = id of the last event that the
 * client knows (Last-Event-ID); that state is not told again.
 */
export async function* followRun(seen: string | null, deps: EventSourceDeps): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\n\n`;
  let last = seen;
  let quiet = 0;
  while (!deps.signal.aborted) {
    const run = await deps.look();
    if (run === null) return;
    if (eventId(run) !== last) {
      last = eventId(run);
      quiet = 0;
      yield eventOf(run);
    }
    if (isOver(run)) return;
    quiet += 1;
    if (quiet % QUIET_POLLS === 0) {
      if (!(await deps.mayStill())) return;
      yield ': alive\n\n';
    }
    await pause(deps.clock, deps.signal);
  }
}
