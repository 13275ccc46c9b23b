import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../test/harness/postgres-server.ts';
import { HAS_REDIS, type RedisServer, startRedisServer } from '../../test/harness/redis-server.ts';
import { type BadDay, beginBadDay, until } from './fixtures/bad-day.ts';
import { concurrencyOf, createToyHandlers, toy } from './fixtures/toy.ts';
import { inspectRedis } from './inspect-redis.ts';

async function begin(): Promise<BadDay & { server: RedisServer }> {
  const server = await startRedisServer();
  const day = await beginBadDay({ kind: 'redis', url: server.url });
  onTestFinished(async () => {
    await day.end();
    await server.remove();
  });
  return { ...day, server };
}

async function startOwn(settings: Record<string, string>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'plumbline-redis-'));
  const port = await freePort();
  const all = { port: String(port), bind: '127.0.0.1', dir, save: '', ...settings };
  const child: ChildProcess = spawn(
    'redis-server',
    Object.entries(all).flatMap(([k, v]) => [`--${k}`, v]),
    { stdio: 'ignore' },
  );
  onTestFinished(async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    await rm(dir, { recursive: true, force: true });
  });
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  client.disconnect();
  return url;
}

const handlersOf = (day: BadDay) => createToyHandlers(day.effects, 'test', () => undefined);
const aFlow = (name: string) => toy(name, 'write', 0, [toy(`${name}-a`), toy(`${name}-b`)], 'snapshot');

describe.skipIf(!HAS_REDIS)('Redis outages', () => {
  it('goes on by itself after Redis was killed and started again, with every job, and says so once', async () => {
    const day = await begin();
    const { carrier, effects, server, said } = day;
    const worker = await day.spawn('worker');
    const flows = [
      toy('under-way', 'slow', 4_000),
      ...Array.from({ length: 6 }, (_, i) => toy(`waiting-${i}`, 'slow', 500)),
    ];
    for (const flow of flows) await carrier.put(flow);
    await until(async () => expect(await effects.notes('begun')).toHaveLength(2));
    await server.stop(true);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await server.start();
    await until(async () => expect((await effects.effects()).length).toBe(flows.length));
    expect(await effects.notes('failed')).toEqual([]);
    for (const flow of flows) await until(async () => expect(await carrier.knows(flow)).toBe(false));
    expect(said.filter((message) => message === 'queue does not answer')).toHaveLength(1);
    await until(() => expect(said.filter((message) => message === 'queue answers again')).toHaveLength(1));
    expect(worker.lines.join('').match(/queue does not answer/g)).toHaveLength(1);
    // The scripts that Redis had been taught are gone; a flow is put whole all the same.
    await carrier.put(aFlow('after'));
    await until(async () => expect((await effects.effects()).map((e) => e.name)).toContain('after'));
  });

  it('refuses to put while Redis is down instead of hanging, and puts when it is back', async () => {
    const { carrier, server, open, effects, said } = await begin();
    await carrier.put(toy('before'));
    await server.stop(true);
    const fresh = open();
    for (const one of [carrier, fresh]) {
      await expect(one.put(toy('during'))).rejects.toMatchObject({ code: 'QUEUE_FAILED' });
      await expect(one.knows(toy('during'))).rejects.toMatchObject({ code: 'QUEUE_FAILED' });
      await expect(one.counts()).rejects.toMatchObject({ code: 'QUEUE_FAILED' });
    }
    expect(said.filter((message) => message === 'queue does not answer')).toHaveLength(2);
    await server.start();
    // What was refused is not done behind our back, by a client that had it in hand and is connected again by now.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(await carrier.knows(toy('during'))).toBe(false);
    expect(await carrier.knows(toy('before'))).toBe(true);
    await fresh.put(toy('during'));
    await fresh.work(
      createToyHandlers(effects, 'test', () => undefined),
      concurrencyOf(1),
    );
    await until(async () => expect((await effects.effects()).map((e) => e.name)).toEqual(['before', 'during']));
  });

  it('begins to work although Redis comes later, and stops although it is gone', async () => {
    const { carrier, server, open, effects } = await begin();
    await server.stop(true);
    const worker = open();
    await worker.work(
      createToyHandlers(effects, 'test', () => undefined),
      concurrencyOf(1),
    );
    await server.start();
    await carrier.put(toy('late'));
    await until(async () => expect(await effects.effects()).toHaveLength(1));
    await server.stop(true);
    await worker.drain(100);
    await worker.close();
  });

  it('knows nothing of an emptied Redis, stops what it no longer holds, and takes everything again', async () => {
    const day = await begin();
    const { carrier, effects, server } = day;
    const held = toy('held', 'slow', 30_000);
    await carrier.work(handlersOf(day), concurrencyOf(1));
    await carrier.put(held);
    await carrier.put(aFlow('flow'));
    await until(async () => expect(await effects.notes('begun')).toHaveLength(1));
    const client = new Redis(server.url);
    await client.flushall();
    client.disconnect();
    expect(await carrier.knows(held)).toBe(false);
    expect(await carrier.knows(aFlow('flow'))).toBe(false);
    await until(async () => expect(await effects.notes('aborted')).toHaveLength(1));
    await carrier.put(aFlow('flow'));
    await until(async () =>
      expect(await effects.effects()).toEqual(['flow', 'flow-a', 'flow-b'].map((name) => ({ name, times: 1 }))),
    );
    expect(await effects.notes('failed')).toEqual([]);
  });

  it('keeps to one slot of a Redis Cluster', async () => {
    const url = await startOwn({ 'cluster-enabled': 'yes' });
    const client = new Redis(url);
    await client.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
    await until(async () => expect(await client.call('CLUSTER', 'INFO')).toContain('cluster_state:ok'));
    // The refusal that the hash tag avoids.
    await expect(client.mget('a', 'b')).rejects.toThrow('CROSSSLOT');
    const day = await beginBadDay({ kind: 'redis', url });
    onTestFinished(() => day.end());
    await day.carrier.work(handlersOf(day), concurrencyOf(2));
    await day.carrier.put(aFlow('flow'));
    await until(async () => expect(await day.effects.effects()).toHaveLength(3));
    const keys = await client.keys('*');
    expect(keys.length).toBeGreaterThan(0);
    expect(new Set(await Promise.all(keys.map((key) => client.call('CLUSTER', 'KEYSLOT', key)))).size).toBe(1);
    client.disconnect();
  });

  it('warns of settings under which Redis loses jobs', async () => {
    const good = await inspectRedis((await begin()).server.url);
    expect(good.version).toMatch(/^\d+\.\d+/);
    expect(good.warnings).toEqual([]);
    const bad = await inspectRedis(await startOwn({ appendonly: 'no', 'maxmemory-policy': 'allkeys-lru' }));
    expect(bad.warnings.map((w) => w.remedy)).toEqual([
      'Set maxmemory-policy noeviction.',
      expect.stringContaining('Set appendonly yes.'),
    ]);
    await expect(inspectRedis(`redis://127.0.0.1:${await freePort()}`)).rejects.toMatchObject({ code: 'QUEUE_FAILED' });
  });
});
