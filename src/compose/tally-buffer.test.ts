import { expect, it } from 'vitest';
import { createLogger } from '../logging/create-logger.ts';
import { openMemoryOperations } from '../store/operations/embedded.ts';
import { bufferTallies } from './tally-buffer.ts';

const log = createLogger('silent', { write: () => undefined });
const clock = { now: () => new Date('2026-03-01T00:00:00Z') };

it('adds requests and refusals up, and loses none while the journal is away', async () => {
  const operations = await openMemoryOperations({ clock });
  let away = true;
  const buffer = bufferTallies(async () => {
    if (away) throw new Error('away');
    return operations;
  }, log);
  buffer.count('zendesk', { kind: 'reply', status: 200, bytes: 1 });
  buffer.count('zendesk', { kind: 'reply', status: 429, bytes: 1 });
  await buffer.flush();
  buffer.count('zendesk', { kind: 'reply', status: 200, bytes: 1 });
  buffer.count('zendesk', { kind: 'rate_limited', waitMs: 1000 });
  buffer.count('zendesk', { kind: 'retry', reason: 'VENDOR_UNREACHABLE', waitMs: 10 });
  away = false;
  await buffer.flush();
  await buffer.flush();
  const found = (await operations.tallies()).map((t) => [t.name, t.labels.status ?? null, t.value]);
  expect(found.sort()).toEqual([
    ['vendor_rate_limited_total', null, 1],
    ['vendor_requests_total', '200', 2],
    ['vendor_requests_total', '429', 1],
    ['vendor_requests_total', 'error', 1],
  ]);
  await operations.close();
});
