import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { buildDesk, type DemoServer, startDemoServer } from '../../src/demo/index.ts';
import { openWorkbench } from '../harness/run-cli.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const LOADER = pathToFileURL(join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href;

export interface ServedDesk {
  /** Where `plumbline serve` answers with the built page. */
  readonly url: string;
  /** Of an admin of all desks. */
  readonly token: string;
  /** A helpdesk to connect: simulated, on the loopback address, speaking over HTTP. */
  readonly helpdesk: DemoServer;
  tokenFor(role: string, workspace: string): Promise<string>;
  /** Ends the server as a crash would. */
  kill(): Promise<void>;
  /** Starts it again at the same address, over the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('serve has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /answers at (http:\S+?)\. /.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('serve ended before it said where it answers');
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export interface ServeOptions {
  /** Text of plumbline.yaml; left out = none. */
  readonly config?: string;
  /** Left out = a free one. */
  readonly port?: number;
  readonly variables?: Readonly<Record<string, string>>;
}

/** The page as it is shipped, served by the real command beside a simulated helpdesk that stays up. Nothing is connected yet. */
export async function serveDesk(desk: 'harbor', options: ServeOptions = {}): Promise<ServedDesk> {
  await build({ configFile: join(ROOT, 'web/vite.config.ts'), logLevel: 'error' });
  const bench = openWorkbench();
  if (options.config !== undefined) writeFileSync(join(bench.dir, 'plumbline.yaml'), options.config);
  const helpdesk = await startDemoServer({ desk: buildDesk(desk) });
  const addToken = async (...argv: string[]): Promise<string> => {
    const { out, code } = await bench.run('token', 'add', ...argv, '--json');
    if (code !== 0) throw new Error(`token add ended with ${String(code)}`);
    return (JSON.parse(out) as { token: string }).token;
  };
  const token = await addToken('first', '--role', 'admin');
  const start = (port: number): ChildProcess =>
    spawn(
      process.execPath,
      ['--import', LOADER, join(ROOT, 'src/cli/main.ts'), 'serve', '--port', String(port), '--quiet'],
      { cwd: bench.dir, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...options.variables } },
    );
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  let child = start(options.port ?? 0);
  const url = await addressOf(child);
  return {
    url,
    token,
    helpdesk,
    tokenFor: (role, workspace) => addToken(`${role}-of-test`, '--role', role, '--for', workspace),
    kill: () => end('SIGKILL'),
    async restart() {
      child = start(Number(new URL(url).port));
      await addressOf(child);
    },
    async close() {
      await end('SIGTERM');
      await helpdesk.close();
      bench.remove();
    },
  };
}
