import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { meaningsOf } from '../config/meanings.ts';
import { openSealedFiles } from '../config/sealed-files.ts';
import { bytesOf } from '../config/sizes.ts';
import type { Logger } from '../logging/create-logger.ts';
import type { TrustsPack } from '../store/duckdb/pack/pack-sandbox.ts';
import type { Operations, SealedSecrets } from '../store/operations-port.ts';
import type { Store } from '../store/ports.ts';
import type { Postgres } from '../store/postgres/pool.ts';
import { once, SYSTEM_CLOCK } from './clock.ts';

/** Where everything is kept: files of this machine, or PostgreSQL. The only code that asks which. */
export interface Backends {
  operations(): Promise<Operations>;
  sealed(): Promise<SealedSecrets>;
  /** Opens the store of a workspace; the caller closes it. */
  openStore(workspace: string): Promise<Store>;
  /** Connections to PostgreSQL; null when embedded. Opened and brought up to date at the first call. */
  postgres(): Promise<Postgres> | null;
  close(): Promise<void>;
}

/** Connections of one process to PostgreSQL, when nothing else is asked: a command needs few. */
const CONNECTIONS = 10;

interface BackendSettings {
  readonly config: Config;
  readonly dataDir: string;
  readonly log: Logger;
  /** SQL of rule packs that may run in this process. */
  readonly trusts: TrustsPack;
  /** As `Judgement.program`. */
  program(): Promise<string | null>;
}

function embedded({ config, dataDir, trusts, program }: BackendSettings): Backends {
  const operations = once(async () => {
    const { openEmbeddedOperations } = await import('../store/operations/embedded.ts');
    return openEmbeddedOperations({ dataDir, clock: SYSTEM_CLOCK });
  });
  return {
    operations,
    sealed: once(async () => openSealedFiles(dataDir)),
    async openStore(workspace) {
      const folder = join(dataDir, workspace);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const { openDuckdbStore } = await import('../store/duckdb/open.ts');
      return openDuckdbStore({
        dataDir: folder,
        workspace,
        clock: () => SYSTEM_CLOCK.now(),
        memoryLimit: config.store.memory,
        threads: config.store.threads,
        trusts,
        meanings: meaningsOf(config),
        program,
      });
    },
    postgres: () => null,
    async close() {
      await (await operations.made())?.close();
    },
  };
}

function onPostgres({ config, dataDir, log, trusts }: BackendSettings, url: string): Backends {
  const postgres = once(async () => {
    const [{ Postgres }, { migratePostgres }] = await Promise.all([
      import('../store/postgres/pool.ts'),
      import('../store/postgres/migrations.ts'),
    ]);
    const opened = new Postgres({
      url,
      connections: CONNECTIONS + config.work.syncs,
      name: `plumbline ${hostname()} ${process.pid}`,
      onLost: (error) => log.warn({ reason: error.message }, 'connection to PostgreSQL lost'),
    });
    await migratePostgres(opened, SYSTEM_CLOCK.now());
    return opened;
  });
  const operations = once(async () => {
    const { openPostgresOperations } = await import('../store/postgres/operations.ts');
    return openPostgresOperations(await postgres());
  });
  const known = new Set<string>();
  return {
    operations,
    sealed: once(async () => {
      const { openPostgresSealedSecrets } = await import('../store/postgres/sealed.ts');
      return openPostgresSealedSecrets(await postgres());
    }),
    async openStore(workspace) {
      if (!known.has(workspace)) await (await operations()).addWorkspace(workspace);
      known.add(workspace);
      const { openPostgresStore } = await import('../store/postgres/open.ts');
      return openPostgresStore({
        postgres: await postgres(),
        workspace,
        replicaDir: join(dataDir, 'replica'),
        replicaBytes: bytesOf(config.work.replica_disk),
        clock: () => SYSTEM_CLOCK.now(),
        memoryLimit: config.store.memory,
        threads: config.store.threads,
        trusts,
        meanings: meaningsOf(config),
      });
    },
    postgres,
    async close() {
      await (await postgres.made())?.close();
    },
  };
}

export function openBackends(settings: BackendSettings): Backends {
  const { databaseUrl } = settings.config.backends;
  return databaseUrl === null ? embedded(settings) : onPostgres(settings, databaseUrl);
}
