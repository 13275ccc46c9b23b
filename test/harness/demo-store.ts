import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zendesk } from '../../connectors/zendesk/index.ts';
import { openSealedFiles } from '../../src/config/sealed-files.ts';
import { openSecrets } from '../../src/config/secrets.ts';
import { buildDesk, DEMO_TOKEN, startDemoServer } from '../../src/demo/index.ts';
import type { Connector, ConnectorContext } from '../../src/kit/connector.ts';
import { createHttpClient } from '../../src/kit/http-client.ts';
import { syncConnection } from '../../src/pipeline/sync.ts';
import { openMemoryStore } from '../../src/store/duckdb/open.ts';
import type { Store, TelemetryCommit, TelemetryStore } from '../../src/store/ports.ts';
import { trustShipped } from './shipped-packs.ts';

type Pseudonymise = ConnectorContext<unknown>['pseudonymise'];

export interface DemoStore {
  readonly store: Store;
  readonly connection: string;
  /** Every batch that the sync wrote, in order, to take streams away and put them back. */
  readonly batches: readonly TelemetryCommit[];
}

/** Reads a simulated account over HTTP through the connector into `telemetry`. Errors: that with which the sync ended. */
export async function syncAccount(
  connection: string,
  account: { readonly settings: unknown; readonly telemetry: TelemetryStore; readonly pseudonymise: Pseudonymise },
): Promise<void> {
  const connector = zendesk as unknown as Connector<unknown>;
  const settings = connector.settings.parse(account.settings);
  const http = createHttpClient({
    ...connector.account(settings, DEMO_TOKEN),
    clock: { now: () => new Date(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
    random: Math.random,
    allowPrivate: true,
  });
  const { telemetry, pseudonymise } = account;
  try {
    const result = await syncConnection(
      connection,
      connector,
      { settings, http, signal: new AbortController().signal, pseudonymise },
      { telemetry, batchRows: 20_000, progress: () => undefined },
    );
    if (result.error !== null) throw result.error;
  } finally {
    http.close();
  }
}

/** A simulated desk, really synced over HTTP through the connector into a store in memory. */
export async function syncDemoDesk(desk: string): Promise<DemoStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-demo-'));
  const secrets = openSecrets({
    dataDir,
    workspace: 'test',
    cwd: dataDir,
    environment: {},
    shared: false,
    sealed: async () => openSealedFiles(dataDir),
  });
  const server = await startDemoServer({ desk: buildDesk(desk) });
  const store = await openMemoryStore({ trusts: trustShipped() });
  const batches: TelemetryCommit[] = [];
  try {
    await syncAccount(desk, {
      settings: server.settings,
      telemetry: {
        ...store.telemetry,
        commit: (batch) => {
          batches.push(batch);
          return store.telemetry.commit(batch);
        },
      },
      pseudonymise: (kind, value) => secrets.pseudonymise(kind, value),
    });
  } finally {
    await server.close();
  }
  return { store, connection: desk, batches };
}
