import {
  assertSchemaCompatibility,
  ConnectionClosedError,
  LATEST_SCHEMA_VERSION,
  PostgresConnection,
  PostgresQueueBackend,
  runMigrations,
  SchemaMigrationRequiredError,
} from 'bullmq';
import type { Backing } from './backing.ts';
import { isLoss, type Outage } from './outage.ts';
import { endsWithin } from './within.ts';

const SCHEMA = 'plumbline_queue';
const CLOSE_MS = 5_000;

/**
 * One connection pool for every queue and worker of the process. BullMQ would open a pool each, seventeen in all; this one is shared, so
 * its users cannot close it (`end` does), readiness that failed is tried again, and a lost connection is named in the one way in which
 * BullMQ waits and repeats instead of failing the job or spinning.
 */
class SharedConnection extends PostgresConnection {
  #ready: Promise<void> | null = null;
  #listener: unknown = null;

  constructor(settings: { url: string; schema: string; connections: number }, outage: Outage) {
    super({
      connectionString: settings.url,
      schema: settings.schema,
      max: settings.connections,
      connectionTimeoutMillis: 3_000,
      keepAlive: true,
      application_name: 'plumbline-queue',
    });
    this.setMaxListeners(0);
    const query = this.pool.query.bind(this.pool) as PostgresConnection['pool']['query'];
    this.pool.query = async <R>(text: string, params?: readonly unknown[]) => {
      try {
        const result = await query<R>(text, params);
        outage.over();
        return result;
      } catch (error) {
        if (!isLoss(error)) throw error;
        outage.tell(error);
        throw new ConnectionClosedError();
      }
    };
  }

  override waitUntilReady(): Promise<void> {
    this.#ready ??= this.#migrate().catch((error: unknown) => {
      this.#ready = null;
      throw isLoss(error) ? new ConnectionClosedError() : error;
    });
    return this.#ready;
  }

  async #migrate(): Promise<void> {
    const client = await this.pool.connect();
    let broken = true;
    try {
      // Read first: a process without the right to change the schema can still work on one that is ready.
      const version = await assertSchemaCompatibility(client, this.schema).catch((error: unknown) => {
        if (error instanceof SchemaMigrationRequiredError) return 0;
        throw error;
      });
      if (version < LATEST_SCHEMA_VERSION) await runMigrations(client, this.schema);
      broken = false;
    } finally {
      client.release(broken);
    }
  }

  override async getListenClient(): ReturnType<PostgresConnection['getListenClient']> {
    const client = await super.getListenClient();
    if (this.#listener === client) return client;
    this.#listener = client;
    // Every worker listens on this one client; pg wants one statement at a time.
    const query = client.query.bind(client) as typeof client.query;
    let last: Promise<unknown> = Promise.resolve();
    client.query = <R>(text: string, params?: readonly unknown[]) => {
      const next = last.then(() => query<R>(text, params));
      last = next.catch(() => undefined);
      return next;
    };
    return client;
  }

  override async close(): Promise<void> {
    // Owned by the carrier; see `end`.
  }

  async end(): Promise<void> {
    await super.close();
  }
}

/** The queue in a schema of its own of a PostgreSQL database. */
export function createPostgresBacking(
  settings: { url: string; schema?: string; connections?: number },
  outage: Outage,
): Backing {
  const connection = new SharedConnection(
    { url: settings.url, schema: settings.schema ?? SCHEMA, connections: settings.connections ?? 6 },
    outage,
  );
  connection.on('error', (error) => outage.tell(error));
  const factory: Backing['forWorkers'] = (name, options) => new PostgresQueueBackend(connection, name, options);
  return {
    kind: 'postgres',
    prefix: '',
    forWorkers: factory,
    forProducers: factory,
    ready: () => connection.waitUntilReady(),
    renewProducers: () => false,
    mendTimes: async (nowMs, stalledMs) => {
      // BullMQ writes the clocks of its clients: a lock or a look that lies ahead would keep a dead worker's job until that time comes.
      await connection.pool.query(
        `UPDATE meta SET value = $1::bigint::text
          WHERE field = 'stalled-check' AND starts_with(queue, 'plumbline-') AND value::bigint > $1::bigint + $2::bigint`,
        [nowMs, stalledMs],
      );
      await connection.pool.query(
        `UPDATE job SET locked_until_ms = $1::bigint + $2::bigint
          WHERE state = 'active' AND starts_with(queue, 'plumbline-') AND locked_until_ms > $1::bigint + 2 * $2::bigint`,
        [nowMs, stalledMs],
      );
    },
    close: async () => {
      await endsWithin(connection.end(), CLOSE_MS);
    },
  };
}
