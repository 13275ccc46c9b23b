import type { SqlValue } from '../../../domain/sql-session.ts';
import { instantLiteral, textLiteral } from '../sql-values.ts';

/** A text in quotes, a name in quotes, a comment to the end of its line, or a parameter. */
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\$[a-z_][a-z0-9_]*/gi;
/** What the tokens above do not know: texts with a backslash, texts between dollars, comments in blocks. */
const UNKNOWN = /\be'|\$\$|\$[a-z_0-9]*\$|\/\*/i;

function literalOf(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (value instanceof Date) return instantLiteral(value);
  if (Array.isArray(value)) return `[${value.map(literalOf).join(', ')}]`;
  if (typeof value === 'string') return `CAST(${textLiteral(value)} AS VARCHAR)`;
  return typeof value === 'number' ? numberLiteral(value) : String(value);
}

/** The driver binds whole numbers as integers of their size, others as doubles. */
function numberLiteral(value: number): string {
  if (!Number.isInteger(value)) return `CAST('${value}' AS DOUBLE)`;
  return `CAST(${value} AS ${Math.abs(value) < 2 ** 31 ? 'INTEGER' : 'BIGINT'})`;
}

const canBeWritten = (value: SqlValue | undefined): boolean =>
  Array.isArray(value)
    ? value.length > 0 && value.every(canBeWritten)
    : value !== undefined && (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value));

/**
 * The text with its parameters written out, each of the type that it would be bound with: the engine plans a statement with open parameters
 * twice, and knows too little the first time. For SQL that ships with the program only.
 * Null where the text holds what is not understood here, a value has no plain literal (an empty list, a whole number beyond 2^53), or one is
 * missing; then they have to be bound.
 */
export function withLiterals(sql: string, params: Readonly<Record<string, SqlValue>>): string | null {
  if (UNKNOWN.test(sql)) return null;
  let isWhole = true;
  const text = sql.replace(TOKEN, (token) => {
    if (!token.startsWith('$')) return token;
    const value = params[token.slice(1)];
    if (!canBeWritten(value)) isWhole = false;
    return isWhole ? literalOf(value ?? null) : token;
  });
  return isWhole ? text : null;
}
