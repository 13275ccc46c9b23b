import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type PostgresServer, startPostgresServer } from '../../test/harness/postgres-server.ts';
import { createTestDatabase } from '../../test/harness/test-database.ts';
import { type BadDay, beginBadDay, until } from './fixtures/bad-day.ts';
import { concurrencyOf, createToyHandlers, toy } from './fixtures/toy.ts';

/** The queue on a server of its own that can be stopped; what the jobs do is written to the other one. */
async function begin(): Promise<BadDay & { server: PostgresServer }> {
  const server = await startPostgresServer();
  const day = await beginBadDay({ kind: 'postgres', url: server.url });
  onTestFinished(async () => {
    await day.end();
    await server.remove();
  });
  return { ...day, server };
}

describe('PostgreSQL outages of the queue', () => {
  it('goes on by itself after PostgreSQL was restarted, with every job and no try lost, and says so once', async () => {
    const { carrier, effects, server, said, spawn, open } = await begin();
    // One try each: a try lost to the outage would be a job lost.
    const once = open({ attempts: 1 });
    const worker = await spawn('worker');
    const flows = [
      toy('under-way', 'slow', 3_000),
      ...Array.from({ length: 6 }, (_, i) => toy(`waiting-${i}`, 'slow', 500)),
    ];
    for (const flow of flows) await once.put(flow);
    await until(async () => expect((await effects.notes('begun')).length).toBeGreaterThan(2));
    await server.stop();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await server.start();
    await until(async () => expect((await effects.effects()).length).toBe(flows.length));
    for (const flow of flows) await until(async () => expect(await carrier.knows(flow)).toBe(false));
    expect(await effects.notes('failed')).toEqual([]);
    expect((await carrier.counts()).filter((count) => count.state === 'failed' && count.n > 0)).toEqual([]);
    expect(worker.lines.join('').match(/queue does not answer/g)).toHaveLength(1);
    expect(said.filter((message) => message === 'queue reports an error')).toEqual([]);
  });

  it('refuses to put while PostgreSQL is down instead of hanging, and puts when it is back', async () => {
    const { carrier, server, open, effects } = await begin();
    await carrier.put(toy('before'));
    await server.stop();
    const fresh = open();
    for (const one of [carrier, fresh]) {
      await expect(one.put(toy('during'))).rejects.toMatchObject({ code: 'QUEUE_FAILED' });
      await expect(one.knows(toy('during'))).rejects.toMatchObject({ code: 'QUEUE_FAILED' });
    }
    await server.start();
    await fresh.put(toy('during'));
    await fresh.work(
      createToyHandlers(effects, 'test', () => undefined),
      concurrencyOf(1),
    );
    await until(async () => expect((await effects.effects()).map((e) => e.name)).toEqual(['before', 'during']));
  });

  it("takes up a dead worker's job although the clock that wrote its times was an hour ahead", async () => {
    const database = await createTestDatabase();
    const day = await beginBadDay({ kind: 'postgres', url: database.url });
    onTestFinished(async () => {
      await day.end();
      await database.drop();
    });
    const { carrier, effects, spawn } = day;
    const first = await spawn('first');
    await carrier.put(toy('long', 'slow', 1_500));
    await until(async () => expect(await effects.notes('begun')).toHaveLength(1));
    first.child.kill('SIGKILL');
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(
      "SET search_path TO plumbline_queue; UPDATE job SET locked_until_ms = locked_until_ms + 3600000 WHERE state = 'active'",
    );
    await client.query("UPDATE meta SET value = (value::bigint + 3600000)::text WHERE field = 'stalled-check'");
    await client.end();
    await spawn('second');
    await until(async () => expect(await effects.effects()).toEqual([{ name: 'long', times: 1 }]));
  });
});
