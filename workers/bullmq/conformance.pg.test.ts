import { pino } from 'pino';
import { describe, inject } from 'vitest';
import { type CarrierSettings, type CarrierUnderTest, describeCarrier } from '../../test/conformance/carrier.ts';
import { HAS_REDIS, startRedisServer } from '../../test/harness/redis-server.ts';
import { createTestDatabase } from '../../test/harness/test-database.ts';
import type { Carrier } from '../contract.ts';
import { type CarrierBackend, createBullmqCarrier } from './carrier.ts';

function under(backend: CarrierBackend, settings: CarrierSettings, remove: () => Promise<void>): CarrierUnderTest {
  const opened: Carrier[] = [];
  return {
    shared: true,
    open: async () => {
      const carrier = createBullmqCarrier({
        ...settings,
        backend,
        clock: { now: () => new Date() },
        log: pino({ level: 'silent' }),
        random: () => 0.5,
        name: `test-${opened.length}`,
        stalledMs: 3_000,
      });
      opened.push(carrier);
      return carrier;
    },
    close: async () => {
      for (const carrier of opened) await carrier.close();
      await remove();
    },
  };
}

describeCarrier('BullMQ carrier on PostgreSQL', async (settings) => {
  const database = await createTestDatabase(inject('postgresUrl'));
  return under({ kind: 'postgres', url: database.url }, settings, () => database.drop());
});

describe.skipIf(!HAS_REDIS)('BullMQ carrier on Redis', () => {
  describeCarrier('same contract', async (settings) => {
    const server = await startRedisServer();
    return under({ kind: 'redis', url: server.url }, settings, () => server.remove());
  });
});
