import type { StreamName } from '../../src/domain/observability.ts';
import type { Evidence } from '../../src/kit/connector.ts';

/** How the text of a cell is read back into what the vendor's own interface would say; `epoch` is an instant that the vendor writes as seconds. */
export type Kind = 'id' | 'text' | 'number' | 'bool' | 'time' | 'epoch' | 'date' | 'json';

/** A column: its kind, and its place in the vendor's record where that is not the name of the column (`via.channel`). */
type Column = Kind | readonly [Kind, string];
export type Columns = Readonly<Record<string, Column>>;

/** A table as the tool writes it, with the columns that are read of it. */
export interface TableSpec {
  /** Columns that make a row one: of several the one that was written last stands. None = every row stands. */
  readonly key: readonly string[];
  readonly columns: Columns;
  /** Column that goes before the stamp of the tool: of several rows of a key that with the greatest stands. */
  readonly latest?: string;
  /** Columns without which a table is not this one. They tell layouts apart. */
  readonly marks?: readonly string[];
}

/** Rows of another table that stand as a list inside a record. */
export interface Nested {
  readonly table: string;
  /** Column that names the record, and the column of the record that it names (absent = `id`). */
  readonly on: string;
  readonly to?: string;
  /** Place in the record. */
  readonly at: string;
  readonly order?: string;
  /** One column = a list of its values; absent = a list of records of all columns. */
  readonly value?: string;
}

/** A list of vendor records: the rows of one table. */
export interface TableList {
  readonly table: string;
  readonly nested?: readonly Nested[];
  /** Column by which the records are walked; absent = the key. */
  readonly order?: string;
  /** What a record says that the tool marks as deleted; absent = it is left out. */
  readonly deleted?: Readonly<Record<string, unknown>>;
  /** Rows with one of these values in a column. */
  readonly only?: { readonly column: string; readonly values: readonly string[] };
}

/** A table that no file holds: SQL over those that do, `{ticket}` is the name of one. It is there where one of them is. */
export interface DerivedTable extends TableSpec {
  readonly from: readonly string[];
  readonly sql: string;
}

/** What a call of the vendor's connector rests on here. */
interface StreamSpec {
  readonly needs: readonly string[];
  /** Tables, or columns that no row may hold (`issues.changelog`), without which it goes on, with what is then not shown. */
  readonly wants?: Readonly<Record<string, Evidence>>;
}

/** The tables that one tool writes for one vendor, as data. */
export interface Layout {
  readonly tool: 'fivetran' | 'airbyte';
  readonly vendor: string;
  /** Without these a folder is not of this layout. */
  readonly core: readonly string[];
  readonly tables: Readonly<Record<string, TableSpec>>;
  readonly derived?: Readonly<Record<string, DerivedTable>>;
  readonly lists: Readonly<Record<string, TableList>>;
  /** Calls of the vendor's connector that the tables can answer, by id; others are not shown. */
  readonly streams: Readonly<Record<string, StreamSpec>>;
  /** Fields that the vendor's interface gives and these tables do not. */
  readonly lacks: Evidence;
}

/** What the tools call themselves, when a row was written, and that it is gone. */
export const TOOLS = {
  fivetran: { title: 'Fivetran', synced: '_fivetran_synced', deleted: '_fivetran_deleted' },
  airbyte: { title: 'Airbyte', synced: '_airbyte_extracted_at', deleted: null },
} as const;

/** `fivetran/zendesk`. */
export function layoutName({ tool, vendor }: Pick<Layout, 'tool' | 'vendor'>): string {
  return `${tool}/${vendor}`;
}

export function kindOf(column: Column): Kind {
  return typeof column === 'string' ? column : column[0];
}

/** Place of a column in the vendor's record. */
export function placeOf(name: string, column: Column): string {
  return typeof column === 'string' ? name : column[1];
}

/** Stands in `lacks` for all fields of a stream, with its records. */
export const ALL = '*';

/** Evidence without the fields that are lacking; a stream that keeps no field is left out. */
export function without(evidence: Evidence, lacks: Evidence): Evidence {
  const kept = Object.entries(evidence).map(([stream, fields]) => {
    const gone = lacks[stream as StreamName] ?? [];
    return [stream, gone.includes(ALL) ? [] : fields.filter((field) => !gone.includes(field))] as const;
  });
  return Object.fromEntries(kept.filter(([, fields]) => fields.length > 0));
}
