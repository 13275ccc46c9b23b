import type { AccessToken, Run } from '../../domain/operations.ts';
import { PlumblineError } from '../../errors/index.ts';
import { opensWorkspace } from '../../pipeline/access-tokens.ts';
import { withStore } from '../../pipeline/with-store.ts';
import { type FleetDesk, type FleetView, fleetView } from '../../report/view/fleet.ts';
import type { Store } from '../../store/ports.ts';
import type { ApiDeps } from '../deps.ts';

/** Ended runs that are looked through for the last of each workspace. */
const LAST_RUNS = 1_000;

async function readDesk(
  { ledger, telemetry }: Store,
  model: string,
): Promise<Pick<FleetDesk, 'verdicts' | 'connections'>> {
  const [verdicts, rows, observability] = await Promise.all([
    ledger.verdicts(model),
    ledger.connections(),
    telemetry.observability(),
  ]);
  const connections = rows
    .filter(({ status, role }) => status === 'connected' && role === 'desk')
    .map(({ name }) => {
      const own = observability.filter(({ connection }) => connection === name);
      return {
        connection: name,
        until: own.find(({ stream }) => stream === 'tickets')?.until ?? null,
        broken: own.some(({ status }) => status === 'failed'),
      };
    });
  return { verdicts, connections };
}

/** One that another process holds, or that cannot be read, is told as such; the others are not held up by it. */
async function openDesk(
  workspace: string,
  model: string,
  deps: ApiDeps,
): Promise<Pick<FleetDesk, 'verdicts' | 'connections' | 'trouble'>> {
  try {
    return { trouble: null, ...(await withStore(deps, workspace, (store) => readDesk(store, model))) };
  } catch (error) {
    if (!(error instanceof PlumblineError)) throw error;
    deps.log.warn({ workspace, code: error.code }, 'a workspace could not be shown in the fleet');
    return { trouble: `it could not be read (${error.code})`, verdicts: [], connections: [] };
  }
}

function failureOf(run: Run | undefined): string | null {
  return run?.status === 'failed' ? (run.failure?.code ?? 'BUG') : null;
}

/** The workspaces that a token opens, by a model of any kind. Errors: UNKNOWN_NAME with the nearest known model. */
export async function drawFleet(caller: AccessToken, name: string | undefined, deps: ApiDeps): Promise<FleetView> {
  const { model } = await deps.anyModel(name ?? deps.config.model);
  const all = await deps.operations.workspaces();
  const ended = await deps.operations.runs({ status: ['done', 'failed'], limit: LAST_RUNS });
  const desks: FleetDesk[] = [];
  for (const workspace of all.filter((one) => opensWorkspace(caller, one)).toSorted()) {
    const [last] = ended
      .filter((run) => run.workspace === workspace)
      .toSorted((a, b) => (b.ended_at ?? b.created_at).getTime() - (a.ended_at ?? a.created_at).getTime());
    desks.push({ workspace, failed: failureOf(last), ...(await openDesk(workspace, model.id, deps)) });
  }
  return fleetView(desks, { model: model.id, title: model.title }, deps.clock.now());
}
