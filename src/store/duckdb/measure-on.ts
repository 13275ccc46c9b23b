import type { Table } from '../../domain/columns.ts';
import type { Database, Session } from './database.ts';
import { type ExportFormat, exportView } from './export.ts';
import { doing } from './failure.ts';
import type { MeasureSession } from './measure-session.ts';

/** Runs `work` over the measure views of a connection of its own, and drops them. */
export async function measureOn<T>(
  database: Database,
  open: (own: Session) => MeasureSession,
  work: (measuring: MeasureSession, own: Session) => Promise<T>,
): Promise<T> {
  const own = await doing('opening a measurement', () => database.connect());
  const measuring = open(own);
  try {
    return await work(measuring, own);
  } finally {
    await measuring.close();
    database.disconnect(own);
  }
}

interface ViewFiles {
  readonly views: readonly Table[];
  readonly format: ExportFormat;
  readonly pathOf: (view: string) => string;
}

/** Writes views of a measurement, one file each; gives rows by name. */
export async function writeViews(
  measuring: MeasureSession,
  own: Session,
  { settings }: Database,
  { views, format, pathOf }: ViewFiles,
): Promise<ReadonlyMap<string, number>> {
  const rows = new Map<string, number>();
  for (const view of views) {
    // A relation is made when a query names it; the file is then written on the same connection.
    await measuring.query(`SELECT * FROM ${view.name} LIMIT 0`);
    const written = () => exportView(own, settings.exchangeDir, view, format, pathOf(view.name));
    rows.set(view.name, await doing('exporting a view', written));
  }
  return rows;
}
