import { notifyHandler } from '../../workers/notify.ts';
import { bytesOf, work } from '../../workers/worker-process.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import type { Fleet } from './fleet.ts';

/** Time between two looks into the journal. The embedded journal is a file that is opened for each look. */
const TICK_MS = { alone: 2_000, shared: 1_000 } as const;

/** Does the jobs of all workspaces until the signal aborts (with `once`: until nothing is due), then ends what is under way. */
export async function workFleet(
  fleet: Fleet,
  options: { readonly once: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const { config } = fleet;
  const alone = config.backends.queue === 'in-process';
  const jobs = await fleet.jobDeps();
  await work(
    {
      jobs,
      carrier: fleet.carrier,
      notify: notifyHandler({
        operations: jobs.operations,
        sender: fleet.sender,
        readSecret: (workspace, reference) => fleet.secretsOf(workspace).read(reference),
        random: Math.random,
      }),
      connectors: fleet.connectors,
      clock: SYSTEM_CLOCK,
      log: fleet.log,
      settings: {
        syncs: config.work.syncs,
        memoryBytes: bytesOf(config.work.memory),
        storeMemoryBytes: bytesOf(config.store.memory),
        drainMs: config.work.drain_s * 1000,
        attempts: config.work.attempts,
        largeTickets: config.work.large_tickets,
        tickMs: alone ? TICK_MS.alone : TICK_MS.shared,
      },
      alone,
    },
    options,
  );
}
