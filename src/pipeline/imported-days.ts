import type { ImportedDay } from '../domain/explanation.ts';
import type { TelemetryStore } from '../store/ports.ts';

const YEAR_MS = 366 * 86_400_000;

/**
 * Days (UTC) of the year before `asOf` on which tickets look like an import and are left out of signals, with their number, earliest first.
 * Empty when there are none.
 */
export async function findImportedDays(telemetry: TelemetryStore, asOf: Date): Promise<ImportedDay[]> {
  const horizon = new Date(asOf.getTime() - YEAR_MS);
  const rows = await telemetry.measure({ asOf, horizon }, (session) =>
    session.query(
      `select connection, strftime(created_at, '%Y-%m-%d') as day, count(*) as tickets from ticket_all
       where population = 'migration' and created_at >= $horizon group by connection, day order by connection, day`,
      { horizon },
    ),
  );
  return rows.map((row) => ({
    connection: String(row.connection),
    day: String(row.day),
    tickets: Number(row.tickets),
  }));
}
