import { DuckDBInstance } from '@duckdb/node-api';
import type { Serialise } from './guard.ts';

interface SqlParser {
  readonly serialise: Serialise;
  close(): void;
}

/** The engine's parser on its own, without any data: for checking packs where no store is open. */
export async function openSqlParser(): Promise<SqlParser> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', enable_external_access: 'false' });
  const connection = await instance.connect();
  return {
    async serialise(sql) {
      const result = await connection.runAndReadAll('select json_serialize_sql($1::varchar)::varchar', [sql]);
      return String(result.getRows()[0]?.[0]);
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
