import type { Meaning } from '../../domain/meaning.ts';
import type { Database, Session } from '../duckdb/database.ts';
import { digestTelemetry } from '../duckdb/digest.ts';
import { exportRows, exportTelemetry } from '../duckdb/export.ts';
import { doing } from '../duckdb/failure.ts';
import { measureOn, writeViews } from '../duckdb/measure-on.ts';
import { MeasureSession, type PackGuard } from '../duckdb/measure-session.ts';
import { PackSandbox, type TrustsPack } from '../duckdb/pack/pack-sandbox.ts';
import type { TelemetryStore } from '../ports.ts';
import {
  clearTelemetry,
  countRows,
  findRecords,
  forgetConnection,
  readCheckpoints,
  readObservability,
  readObserved,
  readSetAside,
  readSources,
  writeObservability,
} from './bookkeeping.ts';
import { commitBatch } from './commit.ts';
import { countRequesterRows, eraseRequester, expireTickets } from './privacy.ts';
import { readRemembered, writeRemembered } from './remembered.ts';
import type { Replica } from './replica.ts';
import type { Scope } from './scope.ts';

/** Telemetry of one workspace: PostgreSQL keeps it, a replica beside the worker is measured. */
export function postgresTelemetry(
  scope: Scope,
  replica: Replica,
  packs: { readonly guard: PackGuard | undefined; readonly trusts: TrustsPack | undefined },
  meanings: readonly Meaning[],
): TelemetryStore {
  const { guard, trusts } = packs;
  // A measurement inside of which something is written would not see it: refused as in the embedded store.
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    replica.refuseInside();
    return work();
  };
  const measured = async <T>(
    span: Parameters<TelemetryStore['measure']>[0],
    work: (measuring: MeasureSession, own: Session, database: Database) => Promise<T>,
  ): Promise<T> => {
    const sources = await readSources(scope);
    return replica.read(async (database) => {
      const { exchangeDir, threads } = database.settings;
      const sandbox = new PackSandbox({ exchangeDir, threads, ...(trusts === undefined ? {} : { trusts }) });
      const open = (own: Session) => new MeasureSession(own, span, sandbox, guard, { meanings, sources });
      try {
        return await measureOn(database, open, (measuring, own) => work(measuring, own, database));
      } finally {
        sandbox.close();
      }
    });
  };
  return {
    meanings,
    commit: (batch) => write(() => commitBatch(scope, batch)),
    recordObservability: (rows) => write(() => writeObservability(scope, rows)),
    forget: (connection) => write(() => forgetConnection(scope, connection)),
    eraseRequester: (key) => write(() => eraseRequester(scope, key)),
    expireTickets: (before) => write(() => expireTickets(scope, before)),
    remember: (facts) => write(() => writeRemembered(scope, facts)),
    clear: () => write(() => clearTelemetry(scope)),
    requesterRows: (key) => countRequesterRows(scope, key),
    remembered: () => readRemembered(scope),
    checkpoints: (connection) => readCheckpoints(scope, connection),
    rows: (connection) => countRows(scope, connection),
    setAside: (connection) => readSetAside(scope, connection),
    observability: () => readObservability(scope),
    observed: (connection) => readObserved(scope, connection),
    // Workers measure in replicas, each its own; nothing is kept beside them.
    kept: async () => ({ text: null, keep: async () => undefined }),
    find: (table, connection, ticketId) => findRecords(scope, table, connection, ticketId),
    digest: (connection) =>
      replica.read((_, session) => doing('making a digest', () => digestTelemetry(session, connection))),
    exportTable: (table, format, path) =>
      replica.read(({ settings }, session) =>
        doing('exporting a table', () => exportTelemetry(session, settings.exchangeDir, table, format, path)),
      ),
    exportRows: (table, rows, format, path) =>
      replica.read(({ settings }, session) =>
        doing('exporting rows', () => exportRows(session, settings.exchangeDir, table, rows, format, path)),
      ),
    exportViews: (span, views, format, pathOf) =>
      measured(span, (measuring, own, database) => writeViews(measuring, own, database, { views, format, pathOf })),
    measure: (span, work) => measured(span, work),
  };
}
