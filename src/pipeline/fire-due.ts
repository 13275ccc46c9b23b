import type { Schedule } from '../domain/operations.ts';
import type { Operations } from '../store/operations-port.ts';
import { lastSlot, nextSlot, runOfSlot } from './schedules.ts';

interface FireReport {
  /** Ids of runs that were entered (or were there already). */
  readonly fired: readonly string[];
  /** Slots that nobody was there for and that one of the runs stands for. */
  readonly missed: number;
  /** Schedules whose next slot was brought back because the clock was set back. */
  readonly realigned: number;
  /** Schedules that cannot be understood any more, e.g. a zone that this system does not know; the others go on. */
  readonly broken: readonly { readonly workspace: string; readonly schedule: string; readonly reason: string }[];
}

/** Missed slots are counted up to this many; beyond it the number says nothing more. */
const MOST_MISSED = 1_000;

/**
 * Enters the runs of all schedules that are due by the fleet's clock. Of several slots that passed, only the latest gets a run, which
 * counts the others as missed. Any number of processes may do this at the same time: the journal moves each schedule once.
 * When the clock was set back, a schedule goes on at once and slots that have a run keep that one. Paused schedules are left alone.
 * No schedule gives an empty report. Errors: those of the journal; then what was fired stays fired.
 */
export async function fireDue(operations: Operations): Promise<FireReport> {
  const now = await operations.now();
  const fired: string[] = [];
  let missed = 0;
  let realigned = 0;
  const broken: FireReport['broken'][number][] = [];
  for (const schedule of await operations.schedules()) {
    if (schedule.paused) continue;
    const step = tryStep(schedule, now);
    if (typeof step === 'string') broken.push({ workspace: schedule.workspace, schedule: schedule.name, reason: step });
    if (step === null || typeof step === 'string') continue;
    const run = step.slot === null ? null : runOfSlot(schedule, step.slot, step.missed, now);
    if (!(await operations.fire(schedule, schedule.next_at, step.nextAt, run))) continue;
    if (run === null) realigned += 1;
    else fired.push(run.id);
    missed += step.missed;
  }
  return { fired, missed, realigned, broken };
}

interface Step {
  readonly nextAt: Date;
  /** Slot to enter a run for; null = none. */
  readonly slot: Date | null;
  readonly missed: number;
}

/** `planStep`, or the reason why it cannot be planned. */
function tryStep(schedule: Schedule, now: Date): Step | string | null {
  try {
    return planStep(schedule, now);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What is to be done about a schedule now; null = nothing. Pure. */
function planStep(schedule: Schedule, now: Date): Step | null {
  const nextAt = nextSlot(schedule, now);
  if (schedule.next_at > now) {
    // One slot ahead is what a small correction of the clock gives: that slot has its run already.
    const setBack = schedule.next_at > nextSlot(schedule, nextAt);
    return setBack ? { nextAt, slot: null, missed: 0 } : null;
  }
  const slot = lastSlot(schedule, now);
  return { nextAt, slot, missed: slot === null ? 0 : countMissed(schedule, slot) };
}

function countMissed(schedule: Schedule, slot: Date): number {
  let missed = 0;
  let at = schedule.next_at;
  while (at < slot && missed < MOST_MISSED) {
    missed += 1;
    at = nextSlot(schedule, at);
  }
  return missed;
}
