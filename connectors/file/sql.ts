/** SQL string literal. */
export function lit(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** SQL identifier. */
export function ident(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Text of a staged column without surrounding blanks; null where it is empty or one of the words for "unknown". */
export function known(column: string, missing: readonly string[]): string {
  const words = [...new Set(['', ...missing.map((word) => word.trim())])];
  return `(case when trim(${ident(column)}) in (${words.map(lit).join(', ')}) then null else trim(${ident(column)}) end)`;
}
