import type { Meaning } from '../../domain/meaning.ts';
import { WorkspaceName } from '../../domain/operations.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import type { PackGuard } from '../duckdb/measure-session.ts';
import type { TrustsPack } from '../duckdb/pack/pack-sandbox.ts';
import { type LedgerSql, sqlLedger } from '../ledger.ts';
import type { Store } from '../ports.ts';
import type { Postgres } from './pool.ts';
import { openReplica } from './replica.ts';
import { type Scope, scopeOf } from './scope.ts';
import { postgresTelemetry } from './telemetry.ts';

export interface PostgresStoreOptions {
  /** Connections of the process; the store does not close them. */
  readonly postgres: Postgres;
  readonly workspace: string;
  /** Folder of the replicas of this machine. It must not be shared with another machine or container: its locks go by process id. */
  readonly replicaDir: string;
  /** Source of the current instant, for records of migrations and locks of replicas. */
  readonly clock: () => Date;
  /** Memory that the engine of a replica may use before it spills, engine syntax. Default 2GB. */
  readonly memoryLimit?: string;
  /** Threads of that engine. Default 1. */
  readonly threads?: number;
  /** Checks SQL of a rule pack before it runs. */
  readonly guard?: PackGuard;
  /** SQL of packs that may run in this process; none where nobody says so. */
  readonly trusts?: TrustsPack;
  /** What people stated things to be. Default nothing. */
  readonly meanings?: readonly Meaning[];
  /** Bytes of all replicas on this machine; beyond, those not used for longest are removed. Default 20 GB. */
  readonly replicaBytes?: number;
}

const DEFAULT_MEMORY = '2GB';
const DEFAULT_THREADS = 1;
const DEFAULT_REPLICA_BYTES = 20e9;

function ledgerOver(scope: Scope): LedgerSql {
  const doing = 'working on the ledger';
  return {
    read: (sql, params) => scope.transaction(doing, (tx) => tx.rows(sql, params)),
    write: (statements) =>
      scope.transaction(doing, async (tx) => {
        for (const { sql, params } of statements) await tx.rows(sql, params);
      }),
  };
}

/**
 * Opens the store of one workspace in PostgreSQL (brought up to date by `migratePostgres`). Nothing is read before it is asked for; the
 * replica is made when something is measured. Close it once; the connections stay open.
 * Errors: BAD_USAGE for a name that no workspace may have; later STORE_FAILED, CURSOR_MOVED.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  if (!WorkspaceName.safeParse(options.workspace).success)
    throw new PlumblineError(
      'BAD_USAGE',
      `"${options.workspace}" cannot be the name of a workspace.`,
      'Use lower-case letters, digits, - and _, at most 63.',
    );
  const scope = scopeOf(options.postgres, options.workspace);
  const replica = openReplica({
    scope,
    root: options.replicaDir,
    clock: options.clock,
    memoryLimit: options.memoryLimit ?? DEFAULT_MEMORY,
    threads: options.threads ?? DEFAULT_THREADS,
    maxBytes: options.replicaBytes ?? DEFAULT_REPLICA_BYTES,
  });
  return {
    telemetry: postgresTelemetry(
      scope,
      replica,
      { guard: options.guard, trusts: options.trusts },
      options.meanings ?? [],
    ),
    ledger: sqlLedger(ledgerOver(scope), options.workspace),
    close: () => replica.close(),
  };
}
