import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zendesk } from '../connectors/zendesk/index.ts';
import { openSecrets } from '../src/config/secrets.ts';
import type { Connector } from '../src/kit/connector.ts';
import { createHttpClient } from '../src/kit/http-client.ts';
import { syncConnection } from '../src/pipeline/sync.ts';
import { openDuckdbStore } from '../src/store/duckdb/open.ts';
import { cost } from './measure.ts';

/** A whole first sync of the page server's account through connector, kit and store, as the product does it. */
const [url = '', batchRows = '20000'] = process.argv.slice(2);
const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
const secrets = openSecrets({ dataDir, workspace: 'bench', cwd: dataDir, environment: {} });
const connector = zendesk as unknown as Connector<unknown>;
const settings = connector.settings.parse({ url, user: 'bench@plumbline.invalid' });
const signal = new AbortController().signal;
const http = createHttpClient({
  baseUrl: connector.baseUrl(settings),
  auth: connector.auth(settings, 'bench'),
  limits: { ...connector.limits, perMinute: null },
  clock: { now: () => new Date(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
  random: Math.random,
  allowPrivate: true,
});
const store = await openDuckdbStore({ dataDir, clock: () => new Date() });
let written = 0;
const used = await cost(async () => {
  const result = await syncConnection(
    'bench',
    connector,
    { settings, http, signal, pseudonymise: (kind, value) => secrets.pseudonymise(kind, value) },
    { telemetry: store.telemetry, batchRows: Number(batchRows), progress: () => undefined },
  );
  if (result.error !== null) throw result.error;
  written = result.streams.reduce((sum, stream) => sum + stream.written, 0);
});
await store.close();
http.close();
rmSync(dataDir, { recursive: true, force: true });
console.log(JSON.stringify({ ...used, rows: written }));
