import { describe } from 'vitest';
import { HAS_REDIS, startRedisServer } from '../../test/harness/redis-server.ts';
import { describeBadDays } from './fixtures/describe-bad-days.ts';

describe.skipIf(!HAS_REDIS)('Redis', () => {
  describeBadDays('bad days of the queue on Redis', async () => {
    const server = await startRedisServer();
    return { backend: { kind: 'redis', url: server.url }, remove: () => server.remove() };
  });
});
