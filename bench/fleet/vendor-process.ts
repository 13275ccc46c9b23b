import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import type { FleetDesk, FleetFault } from '../../test/harness/fleet-vendor.ts';

export interface VendorProcess {
  readonly urls: readonly string[];
  readonly user: string;
  advance(desk?: number): Promise<void>;
  setFault(desk: number, fault: FleetFault, retryAfterS: number): Promise<void>;
  /** Requests so far by status. */
  requests(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

const Ready = z.strictObject({ urls: z.array(z.string()), user: z.string() });
const Done = z.strictObject({ requests: z.record(z.string(), z.int()) });

/** Errors: when it ends before it is ready. */
export async function startVendorProcess(desks: readonly FleetDesk[]): Promise<VendorProcess> {
  const child = fork(join(import.meta.dirname, 'vendor.ts'), [JSON.stringify(desks)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const first = await Promise.race([once(child, 'message'), ended.then(() => null)]);
  if (first === null) throw new Error('The simulated vendor ended before it was ready.');
  const { urls, user } = Ready.parse(first[0]);
  const ask = async (command: Record<string, unknown>): Promise<z.infer<typeof Done>> => {
    const [[answer]] = await Promise.all([once(child, 'message'), Promise.resolve(child.send(command))]);
    return Done.parse(answer);
  };
  return {
    urls,
    user,
    advance: async (desk) => void (await ask({ do: 'advance', ...(desk === undefined ? {} : { desk }) })),
    setFault: async (desk, fault, retryAfterS) => void (await ask({ do: 'fault', desk, fault, retryAfterS })),
    requests: async () => (await ask({ do: 'count' })).requests,
    async close() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
