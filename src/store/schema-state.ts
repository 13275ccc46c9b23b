import { PlumblineError } from '../errors/plumbline-error.ts';

/** Columns by table, of rows with `table_name` and `column_name` as a store lists them. */
export function columnsByTable(rows: readonly Readonly<Record<string, unknown>>[]): Map<string, Set<string>> {
  const present = new Map<string, Set<string>>();
  for (const { table_name: name, column_name: column } of rows) {
    const table = String(name);
    present.set(table, (present.get(table) ?? new Set()).add(String(column)));
  }
  return present;
}

/** `latest` = the newest version that this program knows. Errors: STORE_NEWER. */
export function assertNotNewer(what: 'store' | 'journal', version: number, latest: number): void {
  if (version > latest)
    throw new PlumblineError(
      'STORE_NEWER',
      `The ${what} has version ${version}; this program knows versions up to ${latest}.`,
      'Use the version of plumbline that wrote it, or a newer one.',
    );
}
