import { type DuckDBConnection, StatementType } from '@duckdb/node-api';

/** The text is not exactly one SELECT; the message says what it is. */
export class NotOneSelect extends Error {}

/** The engine's own view of a text: one statement, and a SELECT. Errors: NotOneSelect; those of the engine. */
export async function prepareOneSelect(connection: DuckDBConnection, sql: string): Promise<void> {
  const extracted = await connection.extractStatements(sql);
  if (extracted.count !== 1) throw new NotOneSelect(`The SQL has ${extracted.count} statements.`);
  const statement = await extracted.prepare(0);
  const type = statement.statementType;
  statement.destroySync();
  if (type !== StatementType.SELECT) throw new NotOneSelect(`The SQL is a ${StatementType[type]} statement.`);
}

/** What a statement reads inside of by a qualified name; null when all its names are plain, as those of the measure views are. */
export function qualifiedNameIn(tree: string): string | null {
  // The engine's list of tables looks through views and gives up on parameters; its syntax tree does neither.
  return /"(?:schema_name|catalog_name)":"([^"]+)"/.exec(tree)?.[1] ?? null;
}

/** Names that the statement reads from, relations and names of WITH alike, in lower case. */
export function tableNamesIn(tree: string): ReadonlySet<string> {
  return new Set([...tree.matchAll(/"table_name":"([^"]+)"/g)].map((match) => String(match[1]).toLowerCase()));
}
