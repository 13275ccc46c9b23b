import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { App } from './cli/app.ts';
import type { GlobalFlags } from './cli/io.ts';
import { openBackends } from './compose/backends.ts';
import { once, SYSTEM_CLOCK } from './compose/clock.ts';
import { openFileReader } from './compose/file-reader.ts';
import type { Fleet } from './compose/fleet.ts';
import { openJudgement } from './compose/judgement.ts';
import { loadConfig } from './config/environment.ts';
import { packageVersion } from './config/package.ts';
import { openSecrets } from './config/secrets.ts';
import { unknownVariables } from './config/unknown-variables.ts';
import { environment } from './config/variables.ts';
import type { Connector } from './kit/connector.ts';
import { createLogger } from './logging/create-logger.ts';

export { packageVersion } from './config/package.ts';

/**
 * Puts the parts together for one run of the command line. Errors: BAD_CONFIG at once; those of parts when they are first used.
 * A part is loaded when it is first used: all of them together are most of what a start costs.
 */
export function composeApp(
  flags: GlobalFlags,
  cwd: string,
  signal: AbortSignal,
  variables: ReturnType<typeof environment> = environment(),
): App {
  const config = loadConfig(flags, cwd, variables);
  const version = packageVersion();
  const dataDir = resolve(cwd, config.data);
  const log = createLogger(flags.verbose ? 'debug' : config.log.level, process.stderr);
  const judgement = openJudgement(config, cwd);
  const { trusts } = judgement;
  const backends = openBackends({ config, dataDir, log, trusts, program: judgement.program });
  const secretsOf = (workspace: string) =>
    openSecrets({
      dataDir,
      workspace,
      cwd,
      environment: variables,
      shared: config.backends.databaseUrl !== null,
      sealed: () => backends.sealed(),
    });
  const secrets = secretsOf(config.workspace);
  const connectors = once(async () => {
    const { CONNECTORS } = await import('../connectors/index.ts');
    return new Map<string, Connector<unknown>>(CONNECTORS.map((connector) => [connector.id, connector]));
  });
  const store = once(() => backends.openStore(config.workspace));
  const fleet = once(async (): Promise<Fleet> => {
    const { openFleet } = await import('./compose/fleet.ts');
    return openFleet({
      config,
      version,
      dataDir,
      log,
      backends,
      judgement,
      connectors: await connectors(),
      secretsOf,
    });
  });
  return {
    version,
    config,
    dataDir,
    clock: SYSTEM_CLOCK,
    log,
    signal,
    secrets,
    connectors,
    open: async (row, until) => {
      const { connectionOpener } = await import('./compose/connections.ts');
      return connectionOpener({
        connectors: await connectors(),
        secrets,
        log,
        timeoutMs: config.sync.request_timeout_s * 1000,
        maxWaitMs: config.sync.max_wait_s * 1000,
        version,
        stageFolder: dataDir,
      })(row, until);
    },
    recogniseTables: async (dir, layout) => {
      const { recogniseTables } = await import('../connectors/warehouse/index.ts');
      return recogniseTables(dir, layout, dataDir);
    },
    files: openFileReader({ folder: dataDir, pseudonymise: (kind, value) => secrets.pseudonymise(kind, value) }),
    store,
    memoryStore: async () => {
      const { openMemoryStore } = await import('./store/duckdb/open.ts');
      return openMemoryStore({ clock: () => SYSTEM_CLOCK.now(), trusts });
    },
    operations: () => backends.operations(),
    noticeSender: once(async () => {
      const { createNoticeSender } = await import('./notify/index.ts');
      return createNoticeSender({ clock: SYSTEM_CLOCK, userAgent: `plumbline/${version}` });
    }),
    randomBytes,
    serve: async (options) => (await import('./compose/serve.ts')).serveFleet(await fleet(), options),
    checkQueue: async () => {
      const { queue } = config.backends;
      // What this process carries itself is there; the others are asked, and to ask them costs more than all the rest of a check.
      if (queue === 'in-process') return { carrier: queue, version: null, warnings: [] };
      return (await import('./compose/work.ts')).checkQueue(await fleet());
    },
    work: async (options) => (await import('./compose/work.ts')).workAlone(await fleet(), options),
    sealed: () => backends.sealed(),
    openArchive: async (folder) => {
      const { openArchive } = await import('./store/duckdb/archive.ts');
      return openArchive(folder, { memoryLimit: config.store.memory, threads: config.store.threads });
    },
    rules: judgement.rules,
    packs: judgement.packs,
    modelFiles: judgement.modelFiles,
    benchmarks: judgement.benchmarks,
    rulesDir: judgement.rulesDir,
    baseModel: judgement.baseModel,
    shippedSignals: judgement.shippedSignals,
    packNotes: judgement.packNotes,
    variableNotes: () => unknownVariables(variables),
    models: judgement.models,
    anyModel: judgement.anyModel,
    questionnaire: judgement.questionnaire,
    model: judgement.model,
    judging: judgement.judging,
    inWorkspace: (workspace) => composeApp({ ...flags, workspace }, cwd, signal, variables),
    close: async () => {
      await (await store.made())?.close();
      await (await fleet.made())?.close();
      await backends.close();
    },
  };
}
