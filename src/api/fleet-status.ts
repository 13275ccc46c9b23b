import type { Run } from '../domain/operations.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Logger } from '../logging/create-logger.ts';
import type { Operations } from '../store/operations-port.ts';
import type { Store } from '../store/ports.ts';
import type { DeskStatus } from './deps.ts';

/** Ended runs that are looked through for news. */
const NEWS_LIMIT = 1_000;
/** How old the figures of a desk may get when the journal tells nothing new of it, e.g. because it was synced by hand. */
const STALE_MS = 15 * 60_000;
/** A new look at the journal is taken no more often than this. */
const LOOK_MS = 5_000;

/** Reads the state of one workspace from its store: what is connected and how far, and the latest snapshot of each model. */
async function readDeskStatus(workspace: string, { ledger, telemetry }: Store): Promise<DeskStatus> {
  const observability = await telemetry.observability();
  const connections = (await ledger.connections())
    .filter((row) => row.status === 'connected' && row.role === 'desk')
    .map(({ name }) => {
      const tickets = observability.find((row) => row.connection === name && row.stream === 'tickets');
      return { connection: name, until: tickets?.until ?? null };
    });
  // Oldest first, so that the latest of each model stays.
  const latest = new Map((await ledger.verdicts()).map((verdict) => [verdict.model, verdict]));
  const placements = [...latest.values()]
    .filter(({ kind }) => kind === 'staged')
    .map(({ model, headline }) => ({ model, stage: headline.value, assured: headline.assured }));
  const verdicts = [...latest.values()].map(({ model, kind, headline }) => ({ model, kind, value: headline.value }));
  return { workspace, connections, placements, verdicts };
}

interface FleetStatusDeps {
  readonly operations: Pick<Operations, 'workspaces' | 'runs'>;
  store(workspace: string): Promise<Store>;
  readonly clock: { now(): Date };
  readonly log: Pick<Logger, 'warn'>;
}

interface Kept {
  readonly status: DeskStatus | null;
  readonly lastRun: string | null;
  readonly at: number;
}

/**
 * State of the fleet for scrapes that must not open every store: a desk is read again only when the journal knows of a run that has ended
 * since, or after a quarter of an hour; one after the other and behind the back of the scrape, which is answered from what is known.
 * A desk that was not read yet, or that cannot be read, is left out. `settled` waits for the reading that is under way.
 */
export function followFleet(deps: FleetStatusDeps): {
  fleetStatus(): Promise<readonly DeskStatus[]>;
  settled(): Promise<void>;
} {
  const kept = new Map<string, Kept>();
  let reading: Promise<void> | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;

  async function read(workspace: string, lastRun: string | null): Promise<void> {
    let status: DeskStatus | null = kept.get(workspace)?.status ?? null;
    try {
      const store = await deps.store(workspace);
      try {
        status = await readDeskStatus(workspace, store);
      } finally {
        await store.close();
      }
    } catch (error) {
      const code = error instanceof PlumblineError ? error.code : 'BUG';
      deps.log.warn({ workspace, code, err: error }, 'state of a workspace could not be read');
    }
    kept.set(workspace, { status, lastRun, at: deps.clock.now().getTime() });
  }

  async function catchUp(): Promise<void> {
    const ended: readonly Run[] = await deps.operations.runs({ status: ['done', 'failed'], limit: NEWS_LIMIT });
    const newest = new Map<string, Run>();
    for (const run of ended) {
      const best = newest.get(run.workspace);
      if (best === undefined || (run.ended_at ?? run.created_at) > (best.ended_at ?? best.created_at))
        newest.set(run.workspace, run);
    }
    for (const workspace of await deps.operations.workspaces()) {
      const known = kept.get(workspace);
      const run = newest.get(workspace);
      const lastRun = run === undefined ? null : `${run.id}@${run.ended_at?.toISOString()}`;
      const stale = known === undefined || deps.clock.now().getTime() - known.at >= STALE_MS;
      if (stale || lastRun !== known.lastRun) await read(workspace, lastRun);
    }
  }

  return {
    async fleetStatus() {
      const now = deps.clock.now().getTime();
      if (reading === null && now - lookedAt >= LOOK_MS) {
        lookedAt = now;
        reading = catchUp()
          .catch((error) => deps.log.warn({ err: error }, 'state of the fleet could not be read'))
          .finally(() => {
            reading = null;
          });
      }
      return [...kept.values()].flatMap(({ status }) => (status === null ? [] : [status]));
    },
    settled: async () => {
      await reading;
    },
  };
}
