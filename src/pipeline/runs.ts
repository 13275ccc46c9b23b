import { type NewRun, type Run, RunParams } from '../domain/operations.ts';
import { nearest, PlumblineError } from '../errors/index.ts';
import type { Operations } from '../store/operations-port.ts';
import { requestedRun } from './request-runs.ts';

/** Who asks for runs by hand, and where. */
export interface Asker {
  readonly workspace: string;
  readonly requestedBy: string;
}

/** A snapshot or a sync of now. Asked again in the same second it is the same run. */
export function runOfNow(asker: Asker, kind: 'snapshot' | 'sync', params: Partial<RunParams>, now: Date): NewRun {
  const key = now.toISOString().slice(0, 19);
  return requestedRun({ ...asker, kind, params: RunParams.parse(params), slot: null, key }, now);
}

/**
 * One snapshot run for each instant of the past, from what the store holds: nothing is synced. The same instant, model and window asked
 * for twice is one run. No instant gives none.
 */
export function runsOfPast(
  asker: Asker,
  instants: readonly Date[],
  params: Pick<RunParams, 'model' | 'models' | 'window_days'>,
  now: Date,
): NewRun[] {
  return instants.map((asOf) =>
    requestedRun(
      {
        ...asker,
        kind: 'snapshot',
        params: RunParams.parse({ ...params, as_of: asOf.toISOString(), sync: false }),
        slot: asOf,
        key: 'backfill',
      },
      now,
    ),
  );
}

/** A run of the workspace by its id, or by the beginning of it where only one has it. Errors: UNKNOWN_NAME with the nearest known one. */
export async function findRun(operations: Operations, workspace: string, id: string): Promise<Run> {
  const exact = await operations.run(id);
  if (exact?.workspace === workspace) return exact;
  const known = await operations.runs({ workspace, limit: 1_000 });
  const matches = known.filter((run) => run.id.startsWith(id));
  const [only] = matches;
  if (only !== undefined && matches.length === 1) return only;
  const guess = nearest(
    id,
    known.map((run) => run.id),
  );
  throw new PlumblineError(
    'UNKNOWN_NAME',
    only === undefined
      ? `There is no run "${id}" in ${workspace}.`
      : `"${id}" is the beginning of ${matches.length} runs.`,
    guess === null ? 'plumbline runs list shows them.' : `Did you mean ${guess}?`,
  );
}

/** Ends a run that has not ended; what is under way stops at its next sign of life. Errors: WRONG_STATE. */
export async function cancelRun(operations: Operations, run: Run): Promise<void> {
  if (await operations.endRun(run.id, await operations.now(), { status: 'cancelled' })) return;
  throw new PlumblineError(
    'WRONG_STATE',
    `The run ${run.id} has ended: ${run.status}.`,
    'There is nothing left to cancel.',
  );
}

/** Puts a failed or cancelled run back to due. Errors: WRONG_STATE. */
export async function retryRun(operations: Operations, run: Run): Promise<void> {
  if (await operations.retryRun(run.id, await operations.now())) return;
  throw new PlumblineError(
    'WRONG_STATE',
    `The run ${run.id} is ${run.status}.`,
    'Only a failed or cancelled run can be taken up again.',
  );
}

/** A schedule of the workspace. Errors: UNKNOWN_NAME with the nearest known one. */
export async function findSchedule(operations: Operations, workspace: string, name: string) {
  const known = await operations.schedules(workspace);
  const found = known.find((schedule) => schedule.name === name);
  if (found !== undefined) return found;
  const names = known.map((schedule) => schedule.name);
  const guess = nearest(name, names);
  throw new PlumblineError(
    'UNKNOWN_NAME',
    `There is no schedule "${name}" in ${workspace}.`,
    guess !== null
      ? `Did you mean ${guess}?`
      : names.length > 0
        ? `Known: ${names.join(', ')}.`
        : `Make one: plumbline schedule add ${name} --every 1d`,
  );
}
