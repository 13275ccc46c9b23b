import { z } from 'zod';
import { FLEET_FAULTS, startFleetVendor } from '../../test/harness/fleet-vendor.ts';

/**
 * The simulated vendor as a process of its own, so that what it costs is not counted as ours. Started by vendor-process.ts over an IPC channel.
 * Usage: `vendor.ts <desks as JSON>`.
 */
const Desks = z.array(
  z.strictObject({ tickets: z.int(), growth: z.int().optional(), steps: z.int().optional() }).transform((desk) => ({
    tickets: desk.tickets,
    ...(desk.growth === undefined ? {} : { growth: desk.growth }),
    ...(desk.steps === undefined ? {} : { steps: desk.steps }),
  })),
);
const Command = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('advance'), desk: z.int().optional() }),
  z.strictObject({ do: z.literal('fault'), desk: z.int(), fault: z.enum(FLEET_FAULTS), retryAfterS: z.int() }),
  z.strictObject({ do: z.literal('count') }),
]);

const vendor = await startFleetVendor(Desks.parse(JSON.parse(process.argv[2] ?? '[]')));
process.on('message', (message) => {
  const command = Command.parse(message);
  if (command.do === 'advance') vendor.advance(command.desk);
  if (command.do === 'fault') vendor.setFault(command.desk, command.fault, command.retryAfterS);
  process.send?.({ requests: vendor.requests() });
});
process.once('disconnect', () => void vendor.close());
process.send?.({ urls: vendor.urls, user: vendor.user });
