import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../harness/postgres-server.ts';
import { runProgram } from './run-program.ts';

export const REDMINE_MISSING = 'Redmine is not installed: apt-get install redmine redmine-sqlite';

const HOME = '/usr/share/redmine';
const DRIVER = '/usr/share/rubygems-integration/all/gems';

/** Where Debian's Redmine is on this machine, or null. */
export function findRedmine(): string | null {
  return [join(HOME, 'lib/redmine/multi_tenancy.rb'), DRIVER].every(existsSync) ? HOME : null;
}

export type AdminStep = readonly [action: string, args: Record<string, unknown>];

export interface RedmineServer {
  readonly url: string;
  /** API key of the administrator. */
  readonly adminKey: string;
  /** Runs steps of redmine-admin.rb; results in the same order. */
  admin(steps: readonly AdminStep[]): Promise<unknown[]>;
  /** Rows of a SELECT, or the effect of another statement, straight in the database file. */
  sql(text: string): Promise<Record<string, string | number | null>[]>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops and removes everything. */
  remove(): Promise<void>;
}

/** A private Redmine on loopback: own configuration, own SQLite file, no outgoing mail. Not started yet. */
export async function createRedmineServer(home: string): Promise<RedmineServer> {
  const dir = mkdtempSync(join(tmpdir(), 'plumbline-redmine-'));
  const file = join(dir, 'redmine.sqlite3');
  const port = await freePort();
  for (const folder of ['config', 'tmp/cache', 'log', 'files']) mkdirSync(join(dir, folder), { recursive: true });
  writeFileSync(
    join(dir, 'config/database.yml'),
    `production:\n  adapter: sqlite3\n  database: ${file}\n  timeout: 20000\n`,
  );
  writeFileSync(join(dir, 'config/secret_key.txt'), 'a-secret-of-a-test-instance-'.repeat(4));
  const env = {
    ...process.env,
    REDMINE_HOME: home,
    // Debian keeps each instance below a folder of its own; this one is elsewhere.
    REDMINE_INSTANCE: `../../../..${dir}`,
    RAILS_ENV: 'production',
    SCHEMA: join(dir, 'schema.rb'),
    // Redmine keeps local times and gives UTC: a zone that is far from UTC, and keeps no hour twice.
    TZ: 'Asia/Kolkata',
  };
  await runProgram('ruby', [join(home, 'bin/rails'), 'db:migrate'], env, '', home);
  const admin = async (steps: readonly AdminStep[]): Promise<unknown[]> => {
    const out = await runProgram(
      'ruby',
      [join(import.meta.dirname, 'redmine-admin.rb')],
      env,
      JSON.stringify(steps),
      home,
    );
    return JSON.parse(out.trim().split('\n').at(-1) ?? '') as unknown[];
  };
  const [adminKey] = await admin([['setup', {}]]);
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(dir, 'log', 'server.log');
  let child: ChildProcess | null = null;
  const stop = async (): Promise<void> => {
    const running = child;
    child = null;
    if (running?.pid === undefined || running.exitCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    await gone;
  };
  return {
    url,
    adminKey: String(adminKey),
    admin,
    stop,
    async sql(text) {
      const [rows] = await admin([['sql', { file, sql: text }]]);
      return rows as Record<string, string | number | null>[];
    },
    async start() {
      const log = openSync(logFile, 'a');
      child = spawn('ruby', [join(import.meta.dirname, 'redmine-serve.rb'), String(port)], {
        env,
        cwd: home,
        stdio: ['ignore', log, log],
      });
      await ready(url, child, logFile);
    },
    async remove() {
      await stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function ready(url: string, child: ChildProcess, logFile: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    try {
      if ((await fetch(`${url}/users/current.json`)).status === 401) return;
    } catch {
      // Not listening yet.
    }
    await wait(50);
  }
  throw new Error(`Redmine did not come up:\n${readFileSync(logFile, 'utf8').slice(-2000)}`);
}
