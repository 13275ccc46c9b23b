import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { requestTracker } from '../../connectors/request-tracker/index.ts';
import type { ConnectorContext } from '../../src/kit/connector.ts';
import { createHttpClient } from '../../src/kit/http-client.ts';
import { type SyncProgress, type SyncResult, syncConnection } from '../../src/pipeline/sync.ts';
import { openDuckdbStore } from '../../src/store/duckdb/open.ts';
import type { Store } from '../../src/store/ports.ts';

type Settings = Parameters<typeof requestTracker.account>[0];
export type CallerContext = Omit<ConnectorContext<Settings>, 'until'>;

export interface Target {
  readonly url: string;
  readonly token: string;
  readonly settings?: Record<string, unknown>;
}

/** Requests that went out, path and query, so that a test can count them. */
export interface OpenCaller {
  readonly context: CallerContext;
  readonly requests: string[];
  close(): void;
}

export function openCaller(target: Target): OpenCaller {
  const settings = requestTracker.settings.parse({ url: target.url, ...target.settings });
  const http = createHttpClient({
    ...requestTracker.account(settings, target.token),
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
}

export function openStore(dataDir: string): Promise<Store> {
  return openDuckdbStore({ dataDir, workspace: 'default', clock: () => new Date(), threads: 1, memoryLimit: '512MB' });
}

export async function syncInto(
  store: Store,
  target: Target,
  options: { readonly batchRows?: number; readonly progress?: (event: SyncProgress) => void } = {},
): Promise<SyncResult> {
  const caller = openCaller(target);
  try {
    return await syncConnection('desk', requestTracker, caller.context, {
      telemetry: store.telemetry,
      batchRows: options.batchRows ?? 20_000,
      progress: options.progress ?? (() => undefined),
    });
  } finally {
    caller.close();
  }
}
