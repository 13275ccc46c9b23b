import { join } from 'node:path';
import { ANALYSIS_TABLES, hasConnection, LEDGER_TABLES } from '../../domain/analysis/index.ts';
import type { Table } from '../../domain/columns.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import type { StoredSnapshot } from '../../domain/snapshot.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';
import { writeNumberQuery } from '../../signals/index.ts';
import type { TelemetryStore } from '../../store/ports.ts';
import { ledgerRows } from './ledger-rows.ts';
import { type AnalysisFormat, writeLoadScript } from './load-script.ts';

interface ExportSnapshotDeps {
  readonly telemetry: TelemetryStore;
  readonly snapshot: StoredSnapshot;
  /** Present definitions; a query is written for those that the snapshot measured in the same version. */
  readonly signals: readonly SignalDefinition[];
  readonly format: AnalysisFormat;
  readonly dir: string;
  /** Writes a text beside the tables, for its owner only. */
  readonly writeText: (path: string, text: string) => void;
}

export interface ExportedFile {
  readonly table: string;
  readonly file: string;
  readonly rows: number;
}

/** Tables of an analysis by name; all when none is named. Errors: BAD_USAGE with the nearest name. */
export function analysisTables(names: readonly string[]): readonly Table[] {
  if (names.length === 0) return ANALYSIS_TABLES;
  const known = ANALYSIS_TABLES.map(({ name }) => name);
  return names.map((name) => {
    const found = ANALYSIS_TABLES.find((table) => table.name === name);
    if (found !== undefined) return found;
    const guess = nearest(name, known);
    throw new PlumblineError(
      'BAD_USAGE',
      `There is no table "${name}" of a snapshot.`,
      guess === null ? `Tables: ${known.join(', ')}.` : `Did you mean ${guess}?`,
    );
  });
}

/** Earliest instant that a finding of the snapshot looks at. */
function horizonOf({ findings, window }: StoredSnapshot): Date {
  const from = findings.filter((finding) => finding.carried_from === null).map((finding) => finding.window.from);
  return new Date([window.from, ...from].sort()[0] ?? window.from);
}

/**
 * Writes what a snapshot says and the measure views of its asOf, one file a table (docs/data-dictionary.md), with a script that loads them and the
 * query that gives each number. The views are made of the records that are there now: what was corrected, erased or expired since shows in them,
 * and not in the findings. Tickets that ended before the earliest window may be left out. Files in the order of the tables.
 */
export async function exportSnapshot(
  tables: readonly Table[],
  { telemetry, snapshot, signals, format, dir, writeText }: ExportSnapshotDeps,
): Promise<readonly ExportedFile[]> {
  const fileOf = (table: string) => `${table}.${format}`;
  const pathOf = (table: string) => join(dir, fileOf(table));
  const counts = new Map<string, number>();
  const toFile = ({ name }: Table): ExportedFile => ({ table: name, file: fileOf(name), rows: counts.get(name) ?? 0 });
  const rows = ledgerRows(snapshot);
  for (const table of LEDGER_TABLES)
    if (tables.includes(table))
      counts.set(table.name, await telemetry.exportRows(table, rows[table.name] ?? [], format, pathOf(table.name)));
  const views = tables.filter(hasConnection);
  const span = { asOf: new Date(snapshot.as_of), horizon: horizonOf(snapshot) };
  if (views.length > 0)
    for (const [name, n] of await telemetry.exportViews(span, views, format, pathOf)) counts.set(name, n);
  writeText(join(dir, 'load.sql'), writeLoadScript(snapshot, tables, signals, format));
  // A query reads whatever tables it needs.
  if (tables.length < ANALYSIS_TABLES.length) return tables.map(toFile);
  const measured = new Map(snapshot.findings.map((finding) => [finding.signal, finding.version]));
  for (const signal of signals) {
    const query = measured.get(signal.id) === signal.version ? writeNumberQuery(signal) : null;
    if (query !== null) writeText(join(dir, 'queries', `${signal.id}.sql`), query);
  }
  return tables.map(toFile);
}
