import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Connector, ConnectorContext } from '../../src/kit/connector.ts';
import { createHttpClient } from '../../src/kit/http-client.ts';
import { type SyncProgress, type SyncResult, syncConnection } from '../../src/pipeline/sync.ts';
import { openDuckdbStore } from '../../src/store/duckdb/open.ts';
import type { Store } from '../../src/store/ports.ts';

export interface Target {
  readonly url: string;
  readonly token: string;
  readonly settings?: Record<string, unknown>;
}

/** Requests that went out, path and query, so that a test can count them. */
export interface OpenCaller<Settings> {
  readonly context: Omit<ConnectorContext<Settings>, 'until'>;
  readonly requests: string[];
  close(): void;
}

/** What a suite against a real helpdesk does with a connector: call it, and sync it into a store. */
export function realSync<Settings>(connector: Connector<Settings>) {
  const openCaller = (target: Target): OpenCaller<Settings> => {
    const settings = connector.settings.parse({ url: target.url, ...target.settings });
    const http = createHttpClient({
      ...connector.account(settings, target.token),
      clock: {
        now: () => new Date(),
        sleep: (ms, signal) => wait(ms, undefined, signal === undefined ? {} : { signal }),
      },
      random: Math.random,
      allowPrivate: true,
    });
    const requests: string[] = [];
    return {
      requests,
      context: {
        settings,
        http: {
          origin: http.origin,
          getJson(request) {
            requests.push(`${request.path} ${JSON.stringify(request.query ?? {})}`);
            return http.getJson(request);
          },
          getText: (request) => http.getText(request),
        },
        pseudonymise: (kind, value) => createHmac('sha256', 'a test key').update(`${kind}:${value}`).digest('hex'),
        signal: new AbortController().signal,
      },
      close: () => http.close(),
    };
  };
  return {
    openCaller,
    async syncInto(
      store: Store,
      target: Target,
      options: { readonly batchRows?: number; readonly progress?: (event: SyncProgress) => void } = {},
    ): Promise<SyncResult> {
      const caller = openCaller(target);
      try {
        return await syncConnection('desk', connector, caller.context, {
          telemetry: store.telemetry,
          batchRows: options.batchRows ?? 20_000,
          progress: options.progress ?? (() => undefined),
        });
      } finally {
        caller.close();
      }
    },
  };
}

export function openStore(dataDir: string): Promise<Store> {
  return openDuckdbStore({ dataDir, workspace: 'default', clock: () => new Date(), threads: 1, memoryLimit: '512MB' });
}

/** Runs a sync in its own process, kills it after its first page of tickets is stored, and gives the checkpoint of that page. */
export function syncUntilKilled(connector: string, dir: string, target: Target): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', join(import.meta.dirname, 'real-sync-child.ts'), connector, dir],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    let out = '';
    let err = '';
    child.stdin.end(JSON.stringify(target));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (out.includes('\n')) child.kill('SIGKILL');
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const checkpoint = /^committed (.*)$/m.exec(out)?.[1];
      if (signal === 'SIGKILL' && checkpoint !== undefined) resolve(checkpoint);
      else reject(new Error(`the sync ended with ${code ?? signal} before it was killed:\n${err.slice(-2000)}`));
    });
  });
}

/** A server on loopback that answers everything with one web page. */
export async function servePage(html: string): Promise<{ url: string; close(): Promise<void> }> {
  const page: Server = createServer((_, reply) => reply.setHeader('content-type', 'text/html').end(html));
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(page.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => page.close(() => resolve())),
  };
}
