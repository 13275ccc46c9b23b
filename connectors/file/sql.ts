/** SQL string literal. */
export function lit(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Any SQL identifier, as it is written. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Identifier of a staged column. DuckDB does not tell upper from lower case in names, files do ("Note" beside "note"): upper-case
 * letters are marked, so that names that differ stay different columns.
 */
export function ident(name: string): string {
  const marked = [...name].map((c) => (c === '^' ? '^^' : c !== c.toLowerCase() ? `^${c}` : c)).join('');
  return quoted(marked);
}

/** Text of a staged column without surrounding blanks; null where it is empty or one of the words for "unknown". */
export function known(column: string, missing: readonly string[]): string {
  const words = [...new Set(['', ...missing.map((word) => word.trim())])];
  return `(case when trim(${ident(column)}) in (${words.map(lit).join(', ')}) then null else trim(${ident(column)}) end)`;
}
