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

/** A longer list is searched for those values alone that begin like one of its words: it would cost more than all the rest of a cell. */
const LONG_LIST = 60;

function firstLetters(words: readonly string[]): string {
  return [...new Set(words.map((word) => [...word][0] ?? ''))].join('');
}

/** Text of a staged column without surrounding blanks; null where it is empty or one of the words for "unknown". */
export function known(column: string, missing: readonly string[]): string {
  const words = [...new Set(['', ...missing.map((word) => word.trim())])];
  const text = `trim(${ident(column)})`;
  // One constant instead of many: this stands dozens of times in the SQL of a time, and the planner's work grows with its parts.
  const listed = `contains(${lit(`\u0001${words.join('\u0001')}\u0001`)}, chr(1) || ${text} || chr(1))`;
  const none =
    words.length <= 2
      ? `${text} in (${words.map(lit).join(', ')})`
      : words.length <= LONG_LIST
        ? listed
        : `contains(${lit(firstLetters(words))}, left(${text}, 1)) and ${listed}`;
  return `(case when ${none} then null else ${text} end)`;
}
