/**
 * A process of its own for the bad days of the store in PostgreSQL: `store-process.ts <database url> <workspace> <replica folder> <act>`.
 * Says one line of JSON for each thing it has seen.
 */
import { spawnSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import pg from 'pg';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { Postgres } from '../../src/store/postgres/pool.ts';
import { aTicket } from './records.ts';

const [, , url = '', workspace = '', replicaDir = '', act = ''] = process.argv;
const say = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};
const postgres = new Postgres({ url, connections: 2, name: 'child' });
const clock = () => new Date('2026-03-01T00:00:00Z');
const open = (name = workspace) =>
  openPostgresStore({ postgres, workspace: name, replicaDir, clock, memoryLimit: '256MB', threads: 1 });

/** The digest, or what went wrong. */
async function lookAt(name = workspace): Promise<void> {
  const store = await open(name);
  try {
    say({ digest: await store.telemetry.digest() });
  } catch (error) {
    if (!(error instanceof PlumblineError)) throw error;
    say({ code: error.code, message: error.message, remedy: error.remedy });
  } finally {
    await store.close();
  }
}

/** Dies by SIGKILL instead of sending the COMMIT of a batch. */
async function dieBeforeCommit(): Promise<void> {
  const store = await open();
  const send = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]): unknown {
    if (args[0] === 'COMMIT') process.kill(process.pid, 'SIGKILL');
    return send.apply(this, args);
  } as typeof pg.Client.prototype.query;
  await store.telemetry.commit({
    connection: 'desk',
    stream: 'tickets',
    checkpoint: 'c2',
    previous: 'c1',
    records: { ticket: Array.from({ length: 2_000 }, (_, i) => aTicket({ id: String(i) })) },
    rejected: [],
  });
}

function resize(bytes: number): void {
  const { status } = spawnSync('mount', ['-o', `remount,size=${bytes}`, replicaDir], { stdio: 'inherit' });
  if (status !== 0) throw new Error('cannot remount');
}

/** On a disk of its own, first too small for any replica, then large enough, then full of the one that nobody uses any more. */
async function fillTheDisk(): Promise<void> {
  await lookAt();
  resize(256 * 1024 * 1024);
  await lookAt();
  const { blocks, bfree, bsize } = statfsSync(replicaDir);
  resize((blocks - bfree) * bsize + 512 * 1024);
  await lookAt(`${workspace}-two`);
}

if (act === 'die-before-commit') await dieBeforeCommit();
else if (act === 'fill-the-disk') await fillTheDisk();
else throw new Error(`unknown act ${act}`);
await postgres.close();
