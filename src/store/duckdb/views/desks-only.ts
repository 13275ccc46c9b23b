import type { Sql } from '../database.ts';
import { quoted, textLiteral } from '../sql-values.ts';

/** Text literals, which stay as they are, and names of recorded tables. */
const RECORDED_NAME = /'(?:[^']|'')*'|\b(telemetry|store)\.(\w+)\b/g;

function seen(schema: string, table: string): string {
  return `m_desk_${schema}_${table}`;
}

/**
 * Statements in which every recorded table stands for its rows of desks: views `m_desk_<schema>_<table>` of the connection take the place of the
 * tables, made as they are named. So no relation can forget to leave out what stands beside the desks. Without such a connection the statements are as they were.
 */
export function desksOnly(beside: readonly string[]): (sql: Sql) => Sql {
  if (beside.length === 0) return (sql) => sql;
  const names = beside.map(textLiteral).join(', ');
  const made = new Set<string>();
  return (sql) => {
    const narrow = async (text: string): Promise<string> => {
      for (const [, schema, table] of text.matchAll(RECORDED_NAME)) {
        if (schema === undefined || table === undefined || made.has(seen(schema, table))) continue;
        // Tickets are also found again by the place of their row.
        const columns = schema === 'telemetry' && table === 'ticket' ? 'rowid, *' : '*';
        await sql.run(
          `CREATE TEMP VIEW ${seen(schema, table)} AS SELECT ${columns} FROM ${schema}.${quoted(table)} WHERE connection NOT IN (${names})`,
        );
        made.add(seen(schema, table));
      }
      return text.replaceAll(RECORDED_NAME, (whole, schema?: string, table?: string) =>
        schema === undefined || table === undefined ? whole : seen(schema, table),
      );
    };
    return {
      connection: sql.connection,
      run: async (text) => sql.run(await narrow(text)),
      rows: async (text, params, mostRows) => sql.rows(await narrow(text), params, mostRows),
    };
  };
}
