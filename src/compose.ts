import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { openFileSource, parseMapping, proposeMapping } from '../connectors/file/index.ts';
import { CONNECTORS } from '../connectors/index.ts';
import type { App } from './cli/app.ts';
import type { GlobalFlags } from './cli/io.ts';
import { openBackends } from './compose/backends.ts';
import { once, SYSTEM_CLOCK } from './compose/clock.ts';
import { connectionOpener } from './compose/connections.ts';
import { type Fleet, openFleet } from './compose/fleet.ts';
import { openJudgement } from './compose/judgement.ts';
import { packageVersion } from './compose/package.ts';
import { serveFleet } from './compose/serve.ts';
import { checkQueue, workFleet } from './compose/work.ts';
import { loadConfig } from './config/environment.ts';
import { openSecrets } from './config/secrets.ts';
import { environment } from './config/variables.ts';
import type { Connector } from './kit/connector.ts';
import { createLogger } from './logging/create-logger.ts';
import { createNoticeSender } from './notify/index.ts';
import { openArchive } from './store/duckdb/archive.ts';
import { openMemoryStore } from './store/duckdb/open.ts';

export { packageVersion } from './compose/package.ts';

/** Puts the parts together for one run of the command line. Errors: BAD_CONFIG at once; those of parts when they are first used. */
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
  const backends = openBackends({ config, dataDir, log, trusts });
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
  const connectors = new Map<string, Connector<unknown>>(CONNECTORS.map((connector) => [connector.id, connector]));
  const store = once(() => backends.openStore(config.workspace));
  let opened: Fleet | null = null;
  const fleet = (): Fleet => {
    opened ??= openFleet({ config, version, dataDir, log, backends, judgement, connectors, secretsOf });
    return opened;
  };
  return {
    version,
    config,
    dataDir,
    clock: SYSTEM_CLOCK,
    log,
    signal,
    secrets,
    connectors,
    open: connectionOpener({
      connectors,
      secrets,
      log,
      timeoutMs: config.sync.request_timeout_s * 1000,
      maxWaitMs: config.sync.max_wait_s * 1000,
      version,
    }),
    files: {
      proposeMapping: (paths, over = {}) =>
        proposeMapping(paths, over.sheet === undefined ? {} : { sheet: over.sheet }, { folder: dataDir }),
      openSource: (paths, { text, name }, over = {}) =>
        openFileSource({
          paths,
          mapping: {
            ...parseMapping(text, name),
            ...(over.sheet === undefined ? {} : { sheet: over.sheet }),
            ...(over.timeZone === undefined ? {} : { time_zone: over.timeZone }),
          },
          stageFolder: dataDir,
          mappingName: name,
          pseudonymise: (kind, value) => secrets.pseudonymise(kind, value),
          now: SYSTEM_CLOCK.now(),
        }),
    },
    store,
    memoryStore: () => openMemoryStore({ clock: () => SYSTEM_CLOCK.now(), trusts }),
    operations: () => backends.operations(),
    noticeSender: createNoticeSender({ clock: SYSTEM_CLOCK, userAgent: `plumbline/${version}` }),
    randomBytes,
    serve: (options) => serveFleet(fleet(), options),
    checkQueue: () => checkQueue(fleet()),
    work: (options) => workFleet(fleet(), options),
    sealed: () => backends.sealed(),
    openArchive: (folder) => openArchive(folder, { memoryLimit: config.store.memory, threads: config.store.threads }),
    rules: judgement.rules,
    packs: judgement.packs,
    rulesDir: judgement.rulesDir,
    baseModel: judgement.baseModel,
    shippedSignals: judgement.shippedSignals,
    packNotes: judgement.packNotes,
    models: judgement.models,
    anyModel: judgement.anyModel,
    questionnaire: judgement.questionnaire,
    model: judgement.model,
    judging: judgement.judging,
    inWorkspace: (workspace) => composeApp({ ...flags, workspace }, cwd, signal, variables),
    close: async () => {
      await (await store.made())?.close();
      await opened?.close();
      await backends.close();
    },
  };
}
