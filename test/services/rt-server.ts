import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../harness/postgres-server.ts';
import { runProgram } from './run-program.ts';

export const RT_MISSING =
  'Request Tracker is not installed: apt-get install request-tracker5 rt5-db-sqlite rt5-standalone';

const SERVERS = ['/usr/share/request-tracker5/libexec/rt-server', '/usr/sbin/rt-server-5', '/opt/rt5/sbin/rt-server'];
const SETUPS = ['/usr/sbin/rt-setup-database-5', '/opt/rt5/sbin/rt-setup-database'];
const LIBRARIES = ['/usr/share/request-tracker5/lib', '/opt/rt5/lib'];

export interface RtInstallation {
  readonly server: string;
  readonly setup: string;
  readonly library: string;
}

/** Where RT is on this machine, or null. */
export function findRt(): RtInstallation | null {
  const [server, setup, library] = [SERVERS, SETUPS, LIBRARIES].map((places) => places.find(existsSync));
  return server === undefined || setup === undefined || library === undefined ? null : { server, setup, library };
}

export type AdminStep = readonly [action: string, args: Record<string, unknown>];

export interface RtServer {
  /** Address without the REST path. */
  readonly url: string;
  readonly rootPassword: string;
  /** Runs steps of rt-admin.pl; results in the same order. */
  admin(steps: readonly AdminStep[]): Promise<unknown[]>;
  /** Rows of a SELECT, straight from the database file. */
  sql(text: string): Promise<Record<string, string | number | null>[]>;
  /** Starts serving; `config` lines are added to the site configuration from then on. */
  start(config?: readonly string[]): Promise<void>;
  stop(): Promise<void>;
  /** Stops and removes everything. */
  remove(): Promise<void>;
}

/** A private RT on loopback: own configuration, own SQLite file, no outgoing mail. Not started yet. */
export async function createRtServer(rt: RtInstallation): Promise<RtServer> {
  const dir = mkdtempSync(join(tmpdir(), 'plumbline-rt-'));
  const rootPassword = 'plumbline-root';
  const file = join(dir, 'rt.sqlite3');
  const port = await freePort();
  const configFile = join(dir, 'RT_SiteConfig.pm');
  mkdirSync(join(dir, 'site.d'));
  mkdirSync(join(dir, 'log'));
  writeFileSync(join(dir, 'root-password'), `${rootPassword}\n`);
  const writeConfig = (extra: readonly string[]): void =>
    writeFileSync(configFile, [...siteConfig(dir, file, port), ...extra, '1;', ''].join('\n'));
  writeConfig([]);
  const env = { ...process.env, RT_SITE_CONFIG: configFile, RT_SITE_CONFIG_DIR: join(dir, 'site.d'), TZ: 'UTC' };
  await runProgram(
    rt.setup,
    ['--action', 'init', '--dba', '', '--dba-password', '', '--root-password-file', join(dir, 'root-password')],
    env,
    '',
  );
  let child: ChildProcess | null = null;
  const logFile = join(dir, 'log', 'server.log');
  const url = `http://127.0.0.1:${port}`;

  const admin = async (steps: readonly AdminStep[]): Promise<unknown[]> =>
    JSON.parse(
      await runProgram(
        'perl',
        [`-I${rt.library}`, join(import.meta.dirname, 'rt-admin.pl')],
        env,
        JSON.stringify(steps),
      ),
    ) as unknown[];

  const stop = async (): Promise<void> => {
    const running = child;
    child = null;
    if (running?.pid === undefined || running.exitCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    // Its own process group: the server and the workers that it forked, nothing else. TERM, since INT makes RT change owners of system files.
    process.kill(-running.pid, 'SIGTERM');
    await gone;
  };

  return {
    url,
    rootPassword,
    admin,
    stop,
    async sql(text) {
      const [rows] = await admin([['sql', { file, sql: text }]]);
      return rows as Record<string, string | number | null>[];
    },
    async start(config = []) {
      writeConfig(config);
      const log = openSync(logFile, 'a');
      child = spawn(
        rt.server,
        ['--server', 'Starlet', '--host', '127.0.0.1', '--port', String(port), '--max-workers', '4'],
        { env, stdio: ['ignore', log, log], detached: true },
      );
      await ready(url, child, logFile);
    },
    async remove() {
      await stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function siteConfig(dir: string, file: string, port: number): string[] {
  return [
    'use utf8;',
    "Set($rtname, 'plumb.test');",
    "Set($Organization, 'plumb.test');",
    "Set($WebDomain, '127.0.0.1');",
    `Set($WebPort, ${port});`,
    "Set($WebPath, '');",
    // Far from UTC and with daylight saving: dates in searches are read in this zone, dates in replies are UTC.
    "Set($Timezone, 'America/New_York');",
    "Set($DatabaseType, 'SQLite');",
    `Set($DatabaseName, '${file}');`,
    "Set($DatabaseAdmin, '');",
    "Set($DatabaseUser, '');",
    "Set($DatabasePassword, '');",
    'Set($LogToSyslog, undef);',
    "Set($LogToSTDERR, 'error');",
    `Set($LogDir, '${join(dir, 'log')}');`,
    // RT checks the token of every request with bcrypt; the usual cost of 12 would be most of the test's time.
    'Set($BcryptCost, 4);',
    // Outgoing mail is recorded and goes nowhere.
    "Set($MailCommand, 'testfile');",
    'Set($RTAddressRegexp, qr/^rt(?:-comment)?@plumb\\.test$/i);',
    "Set($CorrespondAddress, 'rt@plumb.test');",
    "Set($CommentAddress, 'rt-comment@plumb.test');",
  ];
}

async function ready(url: string, child: ChildProcess, logFile: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) break;
    try {
      if ((await fetch(`${url}/REST/2.0/rt`)).status === 401) return;
    } catch {
      // Not listening yet.
    }
    await wait(50);
  }
  throw new Error(`Request Tracker did not come up:\n${readFileSync(logFile, 'utf8').slice(-2000)}`);
}
