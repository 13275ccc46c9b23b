import type { Meaning } from '../../domain/meaning.ts';
import type { TelemetryStore } from '../ports.ts';
import {
  countRows,
  forgetConnection,
  readCheckpoints,
  readObservability,
  readObserved,
  readSetAside,
  readSources,
  writeObservability,
} from './bookkeeping.ts';
import { commitBatch } from './commit.ts';
import type { Database, Session } from './database.ts';
import { digestTelemetry } from './digest.ts';
import { exportRows, exportTelemetry } from './export.ts';
import { doing } from './failure.ts';
import { findRecords } from './find.ts';
import { Gate } from './gate.ts';
import type { KeptResults } from './kept-results.ts';
import { measureOn, writeViews } from './measure-on.ts';
import { MeasureSession, type PackGuard } from './measure-session.ts';
import type { PackSandbox } from './pack/pack-sandbox.ts';
import { eraseRequester, expireTickets } from './privacy.ts';
import { clearTelemetry, countRequesterRows, readRemembered, writeRemembered } from './remembered.ts';

/** Telemetry in one DuckDB file: one connection does all writing, each measurement has its own. */
export function duckdbTelemetry(
  database: Database,
  session: Session,
  sandbox: PackSandbox,
  guard: PackGuard | undefined,
  meanings: readonly Meaning[],
  kept: KeptResults,
): TelemetryStore {
  const gate = new Gate();
  const write = <T>(what: string, work: () => Promise<T>) =>
    doing(what, () =>
      gate.write(async () => {
        await kept.drop();
        return work();
      }),
    );
  const measured = <T>(
    span: Parameters<TelemetryStore['measure']>[0],
    work: (measuring: MeasureSession, own: Session) => Promise<T>,
  ): Promise<T> =>
    gate.read(async () => {
      const sources = await doing('reading roles of connections', () => readSources(session));
      const open = (own: Session) => new MeasureSession(own, span, sandbox, guard, { meanings, sources });
      return measureOn(database, open, work);
    });
  return {
    meanings,
    commit: (batch) => write('writing a batch', () => commitBatch(session, batch)),
    recordObservability: (rows) => write('writing what can be seen', () => writeObservability(session, rows)),
    forget: (connection) => write('removing a connection', () => forgetConnection(session, connection)),
    eraseRequester: (key) => write('erasing a requester', () => eraseRequester(session, key)),
    requesterRows: (key) => doing('counting rows of a requester', () => countRequesterRows(session, key)),
    remembered: () => readRemembered(session),
    remember: (facts) => write('remembering', () => writeRemembered(session, facts)),
    clear: () => write('emptying the store', () => clearTelemetry(session)),
    expireTickets: (before) => write('removing old tickets', () => expireTickets(session, before)),
    checkpoints: (connection) => doing('reading cursors', () => readCheckpoints(session, connection)),
    rows: (connection) => doing('counting rows', () => countRows(session, connection)),
    setAside: (connection) => doing('reading what was set aside', () => readSetAside(session, connection)),
    observability: () => doing('reading what can be seen', () => readObservability(session)),
    observed: (connection) => doing('reading what can be seen', () => readObserved(session, connection)),
    digest: (connection) => doing('making a digest', () => digestTelemetry(session, connection)),
    kept: (key) => doing('reading what was kept', () => kept.of(key)),
    find: (table, connection, ticketId) =>
      doing('looking up a ticket', () => findRecords(session, table, connection, ticketId)),
    exportTable: (table, format, path) =>
      doing('exporting a table', () => exportTelemetry(session, database.settings.exchangeDir, table, format, path)),
    exportRows: (table, rows, format, path) =>
      doing('exporting rows', () => exportRows(session, database.settings.exchangeDir, table, rows, format, path)),
    exportViews: (span, views, format, pathOf) =>
      measured(span, (measuring, own) => writeViews(measuring, own, database, { views, format, pathOf })),
    measure: (span, work) => measured(span, work),
  };
}
