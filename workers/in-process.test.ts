import { pino } from 'pino';
import { describeCarrier } from '../test/conformance/carrier.ts';
import { createInProcessCarrier } from './in-process.ts';

describeCarrier('in-process carrier', async (settings) => {
  const carrier = createInProcessCarrier({
    ...settings,
    clock: { now: () => new Date() },
    log: pino({ level: 'silent' }),
  });
  return { shared: false, open: async () => carrier, close: () => carrier.close() };
});
