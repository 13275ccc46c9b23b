import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openFileSource, parseMapping, proposeMapping } from '../connectors/file/index.ts';
import { CONNECTORS } from '../connectors/index.ts';
import type { App, LoadedModel, LoadedRules } from './cli/app.ts';
import type { GlobalFlags } from './cli/io.ts';
import { environment, loadConfig } from './config/environment.ts';
import { openSealedFiles } from './config/sealed-files.ts';
import { openSecrets, type SecretStore } from './config/secrets.ts';
import { nearest, PlumblineError } from './errors/index.ts';
import { parseBaseUrl } from './kit/base-url.ts';
import type { Clock } from './kit/clock.ts';
import type { Connector } from './kit/connector.ts';
import { createHttpClient } from './kit/http-client.ts';
import { createLogger, type Logger } from './logging/create-logger.ts';
import { readModels } from './models/index.ts';
import type { OpensConnections } from './pipeline/open-connection.ts';
import { loadSignals } from './signals/index.ts';
import { openDuckdbStore, openMemoryStore } from './store/duckdb/open.ts';
import type { ConnectionRow, Store } from './store/ports.ts';

/** The one place that names concrete parts, reads the clock and rolls dice. */
const SYSTEM_CLOCK: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
};

/** Folder of the installed package: the nearest one above this file that holds rules/. */
function packageRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'rules', 'models'))) {
    const parent = dirname(dir);
    if (parent === dir)
      throw new PlumblineError('BUG', 'The rules folder of the installation is missing.', 'Install Plumbline again.');
    dir = parent;
  }
  return dir;
}

export function packageVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return String((JSON.parse(text) as { version?: unknown }).version ?? '0.0.0');
}

function connectorOf(connectors: ReadonlyMap<string, Connector<unknown>>, row: ConnectionRow): Connector<unknown> {
  const connector = connectors.get(row.vendor);
  if (connector !== undefined) return connector;
  const guess = nearest(row.vendor, connectors.keys());
  throw new PlumblineError(
    'UNKNOWN_NAME',
    `There is no connector named "${row.vendor}".`,
    guess === null ? `Known: ${[...connectors.keys()].join(', ')}.` : `Did you mean ${guess}?`,
  );
}

interface OpenerParts {
  readonly connectors: ReadonlyMap<string, Connector<unknown>>;
  readonly secrets: SecretStore;
  readonly log: Logger;
  readonly timeoutMs: number;
  readonly maxWaitMs: number;
  readonly version: string;
}

function connectionOpener(parts: OpenerParts): OpensConnections {
  return async (row, signal) => {
    const connector = connectorOf(parts.connectors, row);
    const settings = connector.settings.safeParse(row.settings);
    if (!settings.success) {
      const problems = settings.error.issues.map(
        (issue) => `${issue.path.map(String).join('.') || row.name}: ${issue.message}`,
      );
      throw new PlumblineError(
        'BAD_USAGE',
        `The settings of ${row.name} do not fit ${connector.title}: ${problems[0]}.`,
        'Correct the flags, or --set key=value.',
        { problems },
      );
    }
    const log = parts.log.child({ connection: row.name });
    const http = createHttpClient({
      baseUrl: parseBaseUrl(connector.baseUrl(settings.data).href, row.allow_private),
      auth: connector.auth(settings.data, await parts.secrets.read(row.secret)),
      limits: connector.limits,
      clock: SYSTEM_CLOCK,
      random: Math.random,
      allowPrivate: row.allow_private,
      signal,
      metrics: (metric) => log.debug(metric, 'vendor request'),
      userAgent: `plumbline/${parts.version}`,
      timeouts: { totalMs: parts.timeoutMs, waitMs: parts.maxWaitMs },
    });
    return {
      row,
      connector,
      context: {
        settings: settings.data,
        http,
        pseudonymise: (kind, value) => parts.secrets.pseudonymise(kind, value),
        signal,
      },
      close: () => http.close(),
    };
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** Puts the parts together for one run of the command line. Errors: BAD_CONFIG at once; those of parts when they are first used. */
export function composeApp(flags: GlobalFlags, cwd: string, signal: AbortSignal): App {
  const config = loadConfig(flags, cwd);
  const root = packageRoot();
  const version = packageVersion();
  const dataDir = resolve(cwd, config.data);
  const log = createLogger(flags.verbose ? 'debug' : config.log.level, process.stderr);
  const sealed = once(async () => openSealedFiles(dataDir));
  const secrets = openSecrets({
    dataDir,
    workspace: config.workspace,
    cwd,
    environment: environment(),
    shared: config.backends.databaseUrl !== null,
    sealed,
  });
  const connectors = new Map<string, Connector<unknown>>(CONNECTORS.map((connector) => [connector.id, connector]));
  let opened: Store | null = null;
  const store = once(async () => {
    const folder = join(dataDir, config.workspace);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    opened = await openDuckdbStore({
      dataDir: folder,
      workspace: config.workspace,
      clock: () => SYSTEM_CLOCK.now(),
      memoryLimit: config.store.memory,
      threads: config.store.threads,
    });
    return opened;
  });
  const folders = (own: string, more: readonly string[]): string[] => [
    join(root, 'rules', own),
    ...more.map((dir) => resolve(cwd, dir)),
  ];
  const rules = once(async (): Promise<LoadedRules> => {
    const packs = folders('signals', config.rules).map((dir) => loadSignals(dir));
    return {
      signals: packs.flatMap((pack) => pack.signals.map((s) => s.definition)),
      hash: packs.map((pack) => pack.hash).join('+'),
      dir: join(root, 'rules'),
    };
  });
  const models = once(async (): Promise<LoadedModel[]> => {
    const { signals } = await rules();
    return folders('models', config.models).flatMap((dir) =>
      readModels(dir, signals).map(({ model, hash, path }) => ({ model, hash, path })),
    );
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
    open: connectionOpener({
      connectors,
      secrets,
      log,
      timeoutMs: config.sync.request_timeout_s * 1000,
      maxWaitMs: config.sync.max_wait_s * 1000,
      version,
    }),
    files: {
      proposeMapping: (paths) => proposeMapping(paths),
      openSource: (paths, { text, name }) =>
        openFileSource({
          paths,
          mapping: parseMapping(text, name),
          mappingName: name,
          pseudonymise: (kind, value) => secrets.pseudonymise(kind, value),
          now: SYSTEM_CLOCK.now(),
        }),
    },
    store,
    memoryStore: () => openMemoryStore({ clock: () => SYSTEM_CLOCK.now() }),
    rules,
    models,
    model: async (id = config.model) => {
      const all = await models();
      const found = all.find(({ model }) => model.id === id);
      if (found !== undefined) return found;
      const guess = nearest(
        id,
        all.map(({ model }) => model.id),
      );
      throw new PlumblineError(
        'UNKNOWN_NAME',
        `There is no model named "${id}".`,
        guess === null ? `Known: ${all.map(({ model }) => model.id).join(', ')}.` : `Did you mean ${guess}?`,
      );
    },
    inWorkspace: (workspace) => composeApp({ ...flags, workspace }, cwd, signal),
    close: async () => {
      await opened?.close();
    },
  };
}
