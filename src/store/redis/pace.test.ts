import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paceConformance } from '../../../test/conformance/pace.ts';
import { HAS_REDIS, type RedisServer, startRedisServer } from '../../../test/harness/redis-server.ts';
import { redisPace } from './pace.ts';

describe.skipIf(!HAS_REDIS)('Redis', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedisServer();
  });
  afterAll(() => server.remove());

  paceConformance('Redis', async (callers) => {
    const clients = Array.from({ length: callers }, () => new Redis(server.url));
    return {
      callers: clients.map((client) => redisPace(client)),
      close: async () => {
        for (const client of clients) await client.quit();
      },
    };
  });

  it('keeps one key for each account and lets each expire', async () => {
    const client = new Redis(server.url);
    await client.flushall();
    const pace = redisPace(client, 'fleet');
    await pace.take('zendesk:acme', 10);
    await pace.pause('jira:acme', 600_000);
    await pace.take('untouched', null);
    expect((await client.keys('*')).sort()).toEqual(['fleet:pace:{jira:acme}', 'fleet:pace:{zendesk:acme}']);
    // A turn of 6 s or a pause of 600 s, and a minute more.
    expect(await client.pttl('fleet:pace:{zendesk:acme}')).toBeGreaterThan(60_000);
    expect(await client.pttl('fleet:pace:{zendesk:acme}')).toBeLessThanOrEqual(66_000);
    expect(await client.pttl('fleet:pace:{jira:acme}')).toBeGreaterThan(600_000);
    await client.quit();
  });

  it('makes nobody wait for a clock that was set back', async () => {
    const client = new Redis(server.url);
    const pace = redisPace(client);
    await pace.take('back', 10);
    await pace.pause('back', 5_000);
    for (const field of ['turn_at', 'paused_until'])
      await client.hincrbyfloat('plumbline:pace:{back}', field, 3_600_000);
    expect(await pace.pausedForMs('back')).toBe(5_000);
    expect(await pace.take('back', 10)).toBeLessThanOrEqual(6_000);
    await client.quit();
  });

  it('says so when Redis does not answer', async () => {
    const client = new Redis(server.url, { lazyConnect: true, enableOfflineQueue: false });
    await expect(redisPace(client).take('x', 10)).rejects.toMatchObject({ code: 'QUEUE_FAILED' });
    client.disconnect();
  });
});
