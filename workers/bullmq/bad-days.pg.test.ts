import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { HAS_REDIS, startRedisServer } from '../../test/harness/redis-server.ts';
import { createTestDatabase } from '../../test/harness/test-database.ts';
import type { JobHandlers } from '../contract.ts';
import { defineHandler } from '../handler.ts';
import { type BadDay, beginBadDay, until } from './fixtures/bad-day.ts';
import { concurrencyOf, createToyHandlers, type ToySettings, toy } from './fixtures/toy.ts';

/** Days on which processes die. Jobs here may run twice, so what counts is the effect: one row a name, written once unless said. */
function describeBadDays(
  title: string,
  start: () => Promise<{ backend: ToySettings['backend']; remove(): Promise<void> }>,
) {
  describe(title, () => {
    const begin = async (): Promise<BadDay> => {
      const { backend, remove } = await start();
      const day = await beginBadDay(backend);
      onTestFinished(async () => {
        await day.end();
        await remove();
      });
      return day;
    };

    it('finishes on another worker what a killed one had begun', async () => {
      const { carrier, effects, spawn } = await begin();
      const first = await spawn('first');
      await carrier.put(toy('long', 'slow', 6_000));
      await until(async () => expect(await effects.notes('begun')).toHaveLength(1));
      await spawn('second');
      first.child.kill('SIGKILL');
      await until(async () => expect(await effects.effects()).toEqual([{ name: 'long', times: 1 }]));
      expect((await effects.notes('begun')).map((note) => note.worker)).toEqual(['first', 'second']);
      await until(async () => expect(await carrier.knows(toy('long'))).toBe(false));
    });

    it('runs a job once that two processes put at the same time, with two workers at hand', async () => {
      const { carrier, open, effects, spawn } = await begin();
      await Promise.all([spawn('first'), spawn('second')]);
      const other = open();
      const flows = Array.from({ length: 10 }, (_, i) => toy(`both-${i}`));
      await Promise.all(flows.flatMap((flow) => [carrier.put(flow), other.put(flow)]));
      await until(async () => expect(await effects.effects()).toHaveLength(10));
      await until(async () => expect(await carrier.knows(toy('both-9'))).toBe(false));
      const begun = (await effects.notes('begun')).map((note) => note.name);
      // A put may come after the job of the other one has ended; then it is put anew, one after the other.
      for (const { name, times } of await effects.effects())
        expect(
          begun.filter((n) => n === name),
          name,
        ).toHaveLength(times);
    });

    it('gives up a job that kills its workers, tells it once, and goes on with the others', async () => {
      const { carrier, effects, spawn } = await begin();
      let stopped = false;
      const keepAlive = async (name: string): Promise<void> => {
        for (let n = 0; !stopped; n += 1) await (await spawn(`${name}-${n}`, { stalls: 2 })).exited;
      };
      const others = Array.from({ length: 5 }, (_, i) => toy(`other-${i}`));
      await carrier.put(toy('poison', 'die'));
      for (const flow of others) await carrier.put(flow);
      const fleet = [keepAlive('first'), keepAlive('second')].map((p) => p.catch(() => undefined));
      await until(async () => expect(await effects.notes('failed')).toHaveLength(1), 90_000);
      await until(async () => expect(await effects.effects()).toHaveLength(5));
      stopped = true;
      expect((await effects.notes('failed'))[0]?.name).toBe('poison');
      // Two deaths are borne; the third is one too many, and there is no fourth try.
      expect((await effects.notes('begun')).filter((note) => note.name === 'poison')).toHaveLength(3);
      expect(await carrier.knows(toy('poison'))).toBe(false);
      void fleet;
    });

    it('ends a flow elsewhere when SIGTERM comes between its children and its parent', async () => {
      const { carrier, effects, spawn } = await begin();
      // The first worker takes no snapshots: so its parent cannot have begun.
      const first = await spawn('first', { queues: ['sync'], drainMs: 200 });
      await carrier.put(toy('top', 'write', 0, [toy('quick'), toy('slow', 'slow', 4_000)], 'snapshot'));
      await until(async () => expect(await effects.effects()).toEqual([{ name: 'quick', times: 1 }]));
      await until(async () => expect(await effects.notes('begun')).toHaveLength(2));
      first.child.kill('SIGTERM');
      expect(await first.exited).toEqual([0, null]);
      expect(await effects.notes('aborted')).toEqual([{ name: 'slow', worker: 'first' }]);
      await spawn('second');
      await until(async () =>
        expect(await effects.effects()).toEqual(['quick', 'slow', 'top'].map((name) => ({ name, times: 1 }))),
      );
      expect(await effects.notes('failed')).toEqual([]);
    });

    it('exits in time although a job hangs, which another worker then ends', async () => {
      const { carrier, effects, spawn } = await begin();
      const first = await spawn('first', { drainMs: 200 });
      await carrier.put(toy('deaf', 'hang_once'));
      await until(async () => expect(await effects.notes('begun')).toHaveLength(1));
      first.child.kill('SIGTERM');
      expect(await first.exited).toEqual([0, null]);
      await spawn('second');
      await until(async () => expect(await effects.effects()).toEqual([{ name: 'deaf', times: 1 }]));
    });

    it('lets go of a hanging job although the process lives on', async () => {
      const { carrier, open, effects } = await begin();
      const other = open();
      const handlers = (name: string): JobHandlers => createToyHandlers(effects, name, () => undefined);
      await carrier.work(handlers('first'), concurrencyOf(1));
      await carrier.put(toy('deaf', 'hang_once'));
      await until(async () => expect(await effects.notes('begun')).toHaveLength(1));
      await carrier.drain(100);
      await other.work(handlers('second'), concurrencyOf(1));
      await until(async () => expect(await effects.effects()).toEqual([{ name: 'deaf', times: 1 }]));
    });

    it('stops a worker that wakes up after its job was given to another', async () => {
      const { carrier, effects, spawn } = await begin();
      const first = await spawn('first');
      await carrier.put(toy('long', 'slow', 10_000));
      await until(async () => expect(await effects.notes('begun')).toHaveLength(1));
      first.child.kill('SIGSTOP');
      await spawn('second');
      await until(async () => expect(await effects.notes('begun')).toHaveLength(2));
      first.child.kill('SIGCONT');
      await until(async () => expect(await effects.notes('aborted')).toEqual([{ name: 'long', worker: 'first' }]));
      await until(async () => expect(await effects.effects()).toEqual([{ name: 'long', times: 1 }]));
      expect(await effects.notes('failed')).toEqual([]);
    });

    it('puts a job whose turn has ended behind those that wait', async () => {
      const { carrier } = await begin();
      const order: string[] = [];
      const taker = defineHandler({
        queue: 'sync',
        payload: z.object({ name: z.string() }).loose(),
        run: async ({ name }) => {
          order.push(name);
          return name === 'long' && order.filter((n) => n === 'long').length < 3
            ? { kind: 'again', afterMs: 0 }
            : { kind: 'done', result: null };
        },
        failed: async () => undefined,
      });
      for (const name of ['long', 'a', 'b']) await carrier.put(toy(name));
      const handlers = { ...createToyHandlers(undefined as never, 'test', () => undefined), sync: taker };
      await carrier.work(handlers, concurrencyOf(1));
      await until(async () => expect(await carrier.knows(toy('long'))).toBe(false));
      expect(order).toEqual(['long', 'a', 'b', 'long', 'long']);
    });

    it('refuses a flow whose child is still under way for another, and takes it afterwards', async () => {
      const { carrier, effects } = await begin();
      const shared = toy('shared');
      await carrier.put(toy('one', 'write', 0, [shared, toy('own')], 'snapshot'));
      const two = toy('two', 'write', 0, [shared], 'snapshot');
      await expect(carrier.put(two)).rejects.toMatchObject({ code: 'QUEUE_FAILED' });
      expect(await carrier.knows(two)).toBe(false);
      await carrier.work(
        createToyHandlers(effects, 'test', () => undefined),
        concurrencyOf(1),
      );
      await until(async () => expect(await carrier.knows(toy('one', 'write', 0, [], 'snapshot'))).toBe(false));
      await carrier.put(two);
      await until(async () => expect((await effects.effects()).map((e) => e.name)).toContain('two'));
    });
  });
}

describeBadDays('bad days on PostgreSQL', async () => {
  const database = await createTestDatabase(inject('postgresUrl'));
  return { backend: { kind: 'postgres', url: database.url }, remove: () => database.drop() };
});

describe.skipIf(!HAS_REDIS)('Redis', () => {
  describeBadDays('bad days on Redis', async () => {
    const server = await startRedisServer();
    return { backend: { kind: 'redis', url: server.url }, remove: () => server.remove() };
  });
});
