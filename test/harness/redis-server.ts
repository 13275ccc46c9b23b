import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './postgres-server.ts';

/** Whether this machine has a `redis-server` program; suites that need one skip by name where it is missing. */
export const HAS_REDIS = spawnSync('redis-server', ['--version']).status === 0;

/** What the queue needs; docker-compose.yml has the same, and a test keeps it so. */
export const REDIS_SETTINGS = { save: '', appendonly: 'yes', 'maxmemory-policy': 'noeviction' } as const;

/** A Redis of our own, with the settings that the queue needs; no service of the machine is touched. */
export interface RedisServer {
  readonly url: string;
  start(): Promise<void>;
  /** SIGKILL when `hard`, once what was sent is appended; otherwise an orderly end. What was appended stays. */
  stop(hard?: boolean): Promise<void>;
  /** Stops it and removes its files. */
  remove(): Promise<void>;
}

async function answers(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

/**
 * Waits until what was sent is in the file: Redis puts off a write by up to two seconds while the disk is busy (`appendfsync everysec`,
 * redis.conf "no-appendfsync-on-rewrite"), and what was never written is lost with the process. A server that does not answer is not waited for.
 */
async function untilAppended(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, commandTimeout: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (let tries = 0; tries < 100; tries += 1) {
      if (/^aof_buffer_length:0\s*$/m.test(await client.info('persistence'))) return;
      await sleep(50);
    }
  } catch {
    // Nobody is there to wait for.
  } finally {
    client.disconnect();
  }
}

export async function startRedisServer(): Promise<RedisServer> {
  const dir = await mkdtemp(join(tmpdir(), 'plumbline-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const settings = { port, bind: '127.0.0.1', dir, ...REDIS_SETTINGS };
    child = spawn(
      'redis-server',
      Object.entries(settings).flatMap(([key, value]) => [`--${key}`, String(value)]),
      {
        stdio: 'ignore',
      },
    );
    for (let tries = 0; !(await answers(url)); tries += 1) {
      if (tries > 100) throw new Error('redis-server does not start');
      await sleep(50);
    }
  };
  const stop = async (hard = false): Promise<void> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null) return;
    if (hard) await untilAppended(url);
    const ended = once(running, 'exit');
    running.kill(hard ? 'SIGKILL' : 'SIGTERM');
    await ended;
  };
  await start();
  return {
    url,
    start,
    stop,
    remove: async () => {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
