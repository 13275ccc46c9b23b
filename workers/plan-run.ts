import type { Run } from '../src/domain/operations.ts';
import type { Connector } from '../src/kit/connector.ts';
import { streamsAs } from '../src/pipeline/read-as.ts';
import { syncUnits } from '../src/pipeline/sync.ts';
import type { ConnectionRow, Store } from '../src/store/ports.ts';
import type { Flow, Lane } from './contract.ts';
import type { MaintainJob } from './maintain.ts';
import type { SnapshotJob } from './snapshot.ts';
import type { SyncJob } from './sync.ts';

export interface PlanDeps {
  readonly connectors: ReadonlyMap<string, Pick<Connector<never>, 'streams'>>;
  /** Tickets from which on a desk has a lane of its own. */
  readonly largeTickets: number;
}

/** What of a workspace decides how a run is cut into jobs. */
export interface Desk {
  readonly connections: readonly Pick<ConnectionRow, 'name' | 'vendor' | 'role' | 'status'>[];
  readonly tickets: number;
}

export async function readDesk({ ledger, telemetry }: Store): Promise<Desk> {
  const observed = await telemetry.observed();
  const tickets = observed.filter((o) => o.stream === 'tickets').reduce((sum, o) => sum + o.rows, 0);
  return { connections: await ledger.connections(), tickets };
}

/** The job of a run that all others of it are children of; for asking a carrier whether it knows the run. */
export function rootJob(run: Pick<Run, 'id' | 'kind'>, lane: Lane): Pick<Flow, 'queue' | 'lane' | 'id'> {
  return { queue: run.kind, lane, id: run.id };
}

/**
 * The jobs of a run: a snapshot after the syncs of its connections, each of them after its units. Imported files and disconnected
 * helpdesks are not synced; a vendor that is not installed is (and fails by its name). Ids are made of the run's, so the same run is the
 * same jobs. Pure.
 */
export function planRun(run: Run, desk: Desk, deps: PlanDeps): Flow {
  const lane: Lane = desk.tickets >= deps.largeTickets ? 'large' : 'usual';
  const root = rootJob(run, lane);
  const ids = { run: run.id, workspace: run.workspace };
  const syncs = (): Flow[] => connectionsOf(run, desk).map((row) => syncFlow(ids, row, lane, deps));
  if (run.kind === 'snapshot')
    return { ...root, payload: ids satisfies SnapshotJob, children: run.params.sync ? syncs() : [] };
  if (run.kind === 'sync') return { ...root, payload: { part: 'run', ...ids } satisfies SyncJob, children: syncs() };
  return { ...root, payload: ids satisfies MaintainJob, children: [] };
}

function connectionsOf({ params }: Run, desk: Desk): Desk['connections'] {
  return desk.connections.filter(
    (row) =>
      row.vendor !== 'file' &&
      row.status === 'connected' &&
      (params.connections === null || params.connections.includes(row.name)),
  );
}

function syncFlow(
  ids: { readonly run: string; readonly workspace: string },
  row: Desk['connections'][number],
  lane: Lane,
  deps: PlanDeps,
): Flow {
  const connector = deps.connectors.get(row.vendor);
  const base = { queue: 'sync', lane } as const;
  const id = `${ids.run}__${row.name}`;
  const units = connector === undefined ? [] : syncUnits({ streams: streamsAs(connector.streams, row.role) });
  return {
    ...base,
    id,
    payload: { part: 'connection', ...ids, connection: row.name } satisfies SyncJob,
    children: units.map((unit) => ({
      ...base,
      id: `${id}__${unit}`,
      payload: { part: 'unit', ...ids, connection: row.name, unit } satisfies SyncJob,
      children: [],
    })),
  };
}
