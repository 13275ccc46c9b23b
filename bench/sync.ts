import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connector } from '../src/kit/connector.ts';
import type { HttpClient } from '../src/kit/http.ts';
import { built, cost } from './measure.ts';

/**
 * A whole first sync of the page server's account through connector, kit and store, as the built product does it.
 * Usage: `sync.ts <address> [zendesk|freshdesk]`.
 */
const { openSealedFiles } = await built<typeof import('../src/config/sealed-files.ts')>('src/config/sealed-files');
const { openSecrets } = await built<typeof import('../src/config/secrets.ts')>('src/config/secrets');
const { createHttpClient } = await built<typeof import('../src/kit/http-client.ts')>('src/kit/http-client');
const { syncConnection } = await built<typeof import('../src/pipeline/sync.ts')>('src/pipeline/sync');
const { openDuckdbStore } = await built<typeof import('../src/store/duckdb/open.ts')>('src/store/duckdb/open');

const BATCH_ROWS = 20_000;
const [url = '', vendor = 'zendesk'] = process.argv.slice(2);
const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
const secrets = openSecrets({
  dataDir,
  workspace: 'bench',
  cwd: dataDir,
  environment: {},
  shared: false,
  sealed: async () => openSealedFiles(dataDir),
});
const CONNECTORS: Readonly<Record<string, () => Promise<unknown>>> = {
  zendesk: async () =>
    (await built<typeof import('../connectors/zendesk/index.ts')>('connectors/zendesk/index')).zendesk,
  freshdesk: async () =>
    (await built<typeof import('../connectors/freshdesk/index.ts')>('connectors/freshdesk/index')).freshdesk,
};
const connector = (await CONNECTORS[vendor]?.()) as Connector<unknown>;
const user = vendor === 'zendesk' ? { user: 'bench@plumbline.invalid' } : {};
const settings = connector.settings.parse({ url, ...user });
const account = connector.account(settings, 'bench');
const client = createHttpClient({
  ...account,
  limits: { ...account.limits, perMinute: null },
  clock: { now: () => new Date(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
  random: Math.random,
  allowPrivate: true,
});
/** The account has no limits: what is measured is the work, not the waiting. */
const http: HttpClient = {
  ...client,
  getJson: ({ quota, ...request }) =>
    client.getJson(quota === undefined ? request : { ...request, quota: { ...quota, perMinute: null } }),
};
const store = await openDuckdbStore({ dataDir, workspace: 'default', clock: () => new Date() });
let rows = 0;
const used = await cost(async () => {
  const result = await syncConnection(
    'bench',
    connector,
    {
      settings,
      http,
      signal: new AbortController().signal,
      pseudonymise: (kind, value) => secrets.pseudonymise(kind, value),
    },
    { telemetry: store.telemetry, batchRows: BATCH_ROWS, progress: () => undefined },
  );
  if (result.error !== null) throw result.error;
  rows = result.streams.reduce((sum, stream) => sum + stream.written, 0);
  await store.close();
});
client.close();
rmSync(dataDir, { recursive: true, force: true });
console.log(JSON.stringify({ ...used, rows }));
