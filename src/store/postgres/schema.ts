import type { ColumnType } from '../../domain/columns.ts';
import { TABLE_NAMES, type TableName } from '../../domain/telemetry.ts';
import { tableOf } from '../duckdb/schema.ts';
import { quoted } from '../duckdb/sql-values.ts';

/** Partitions of each telemetry table. A power of two, so that each could be split in two later. */
const PARTITIONS = 16;

/** Texts sort and compare by their bytes, as the embedded engine does, whatever the locale of the database. */
export const TEXT = 'text COLLATE "C"';

const SQL_TYPE: Readonly<Record<ColumnType, string>> = {
  text: TEXT,
  time: 'timestamp',
  int: 'bigint',
  real: 'double precision',
  bool: 'boolean',
  // As text: what was written is given back letter by letter, and rows can be compared.
  json: TEXT,
  texts: 'text[]',
};

export function sqlTypeOf(name: TableName, column: string): string {
  const spec = tableOf(name).columns[column];
  return spec === undefined ? TEXT : SQL_TYPE[spec.type];
}

/** Key columns without workspace and connection. */
export function ownKeyOf(name: TableName): readonly string[] {
  return tableOf(name).key;
}

/**
 * Policy by which a table shows and takes only rows of the workspace that the transaction has named (scope.ts). The owner of the table is
 * held to it too; only a superuser is not.
 */
export function wallDdl(table: string): string[] {
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY own_workspace ON ${table} USING (workspace = current_setting('plumbline.workspace', true))`,
  ];
}

/** DDL of one telemetry table with its partitions, indexes and policies. A partition can be read by its own name, so it has a policy too. */
function tableDdl(name: TableName): string[] {
  const { columns } = tableOf(name);
  const own = Object.entries(columns).map(
    ([column, { nullable }]) => `${quoted(column)} ${sqlTypeOf(name, column)}${nullable ? '' : ' NOT NULL'}`,
  );
  const key = ['workspace', 'connection', ...ownKeyOf(name).map(quoted)].join(', ');
  const table = `telemetry.${name}`;
  const parts = Array.from({ length: PARTITIONS }, (_, i) => `${table}_p${String(i).padStart(2, '0')}`);
  return [
    `CREATE TABLE ${table} (workspace ${TEXT} NOT NULL, connection ${TEXT} NOT NULL, ${own.join(', ')},
      change_seq bigint NOT NULL, PRIMARY KEY (${key})) PARTITION BY HASH (workspace)`,
    ...parts.map(
      (part, i) => `CREATE TABLE ${part} PARTITION OF ${table} FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER ${i})`,
    ),
    `CREATE INDEX ${name}_change ON ${table} (workspace, change_seq)`,
    ...('ticket_id' in columns ? [`CREATE INDEX ${name}_ticket ON ${table} (workspace, connection, ticket_id)`] : []),
    ...[table, ...parts].flatMap(wallDdl),
  ];
}

/** Statements that bring the telemetry tables up to the description: whole tables, and nullable columns that it gained. */
export function missingDdl(present: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  return TABLE_NAMES.flatMap((name) => {
    const columns = present.get(name);
    if (columns === undefined) return [tableDdl(name)];
    const missing = Object.keys(tableOf(name).columns).filter((column) => !columns.has(column));
    return missing.length === 0
      ? []
      : [
          missing.map(
            (column) => `ALTER TABLE telemetry.${name} ADD COLUMN ${quoted(column)} ${sqlTypeOf(name, column)}`,
          ),
        ];
  });
}
