import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ApiDeps } from '../api/deps.ts';
import { followFleet } from '../api/fleet-status.ts';
import { serveApi } from '../api/server.ts';
import { openUploads } from '../api/uploads.ts';
import type { Serving } from '../cli/app.ts';
import { packageRoot } from '../config/package.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import { openFileReader } from './file-reader.ts';
import type { Fleet } from './fleet.ts';
import { checkParts, workFleet } from './work.ts';

/** Answers over HTTP with the parts of the fleet. Embedded, the jobs are done in this process too. */
export async function serveFleet(
  fleet: Fleet,
  options: { readonly host?: string; readonly port?: number },
): Promise<Serving> {
  const { config, log } = fleet;
  const operations = await fleet.operations();
  const { carrier } = fleet;
  const status = followFleet({ operations, store: fleet.leases.lease, clock: SYSTEM_CLOCK, log });
  const uploads = openUploads({ folder: join(fleet.dataDir, 'uploads'), now: SYSTEM_CLOCK.now, randomBytes });
  const deps: ApiDeps = {
    version: fleet.version,
    config: {
      model: config.model,
      window: config.window,
      import: config.import,
      sync: config.sync,
      serve: { ...config.serve, host: options.host ?? config.serve.host, port: options.port ?? config.serve.port },
    },
    pageFolder: join(packageRoot(), 'dist', 'web'),
    processMetrics: fleet.processMetrics(),
    openIdSecret: async () => {
      const reference = config.serve.openid?.secret ?? null;
      return reference === null ? null : fleet.secretsOf(config.workspace).read(reference);
    },
    clock: SYSTEM_CLOCK,
    log,
    randomBytes,
    operations,
    store: (workspace) => fleet.leases.lease(workspace),
    outcomes: config.outcomes,
    model: fleet.judgement.model,
    questionnaire: fleet.judgement.questionnaire,
    judging: fleet.judgement.judging,
    models: fleet.judgement.models,
    anyModel: fleet.judgement.anyModel,
    rules: fleet.judgement.rules,
    connectors: fleet.connectors,
    opens: (workspace) => fleet.opens(workspace),
    files: (workspace) =>
      openFileReader({
        folder: fleet.dataDir,
        pseudonymise: (kind, value) => fleet.secretsOf(workspace).pseudonymise(kind, value),
      }),
    uploads,
    secrets: {
      seal: (workspace, name, secret) => fleet.secretsOf(workspace).seal(name, secret),
      discard: async (workspace, reference) => {
        if (!reference.startsWith('sealed:')) return;
        await (await fleet.backends.sealed()).remove(workspace, reference.slice('sealed:'.length));
      },
      pseudonymise: (workspace, kind, value) => fleet.secretsOf(workspace).pseudonymise(kind, value),
    },
    checkTarget: (target, secret) => {
      const settings = fleet.sender.checkSettings(target.channel, target.settings);
      if (secret !== null) fleet.sender.checkSecret({ ...target, settings }, secret);
      return settings;
    },
    queueCounts: () => carrier.counts(),
    checkReady: () => checkParts(fleet),
    fleetStatus: () => status.fleetStatus(),
  };
  const api = await serveApi(deps);
  // So that the first scrape has something to show.
  await status.fleetStatus();
  const alone = config.backends.queue === 'in-process';
  const stop = new AbortController();
  const working = alone ? workFleet(fleet, { once: false, signal: stop.signal }) : Promise.resolve();
  working.catch((error: unknown) => log.error({ err: error }, 'the jobs of this process ended'));
  return {
    url: api.url,
    async close() {
      await api.close();
      await uploads.close();
      stop.abort(new DOMException('stopped', 'AbortError'));
      await working;
      await status.settled();
    },
  };
}
