import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import { ident } from './sql.ts';

/** First value seen of each column, for the screen; cut to this many characters. */
const SAMPLE_CHARS = 60;
/** Rows that are searched for samples. */
const SAMPLE_ROWS = 10_000;

/** Writes rows of text cells into the table `raw`: row number and the wanted columns. Empty cells are null. */
export class RowWriter {
  rows = 0;
  readonly samples = new Map<string, string>();
  private readonly appender: DuckDBAppender;
  private readonly columns: readonly string[];
  /** Place of each staged column among the cells of the current file. */
  private places: readonly number[] = [];
  private order: readonly number[] = [];
  private all: readonly number[] = [];

  private constructor(appender: DuckDBAppender, columns: readonly string[]) {
    this.appender = appender;
    this.columns = columns;
  }

  static async open(
    connection: DuckDBConnection,
    columns: readonly string[],
    staged: readonly string[],
  ): Promise<RowWriter> {
    const list = ['row_nr bigint', ...staged.map((name) => `${ident(name)} varchar`)];
    await connection.run(`create table raw (${list.join(', ')})`);
    const writer = new RowWriter(await connection.createAppender('raw'), columns);
    writer.order = staged.map((name) => columns.indexOf(name));
    writer.fileColumns(columns);
    return writer;
  }

  /** Columns of the file whose rows follow; the same names as the first file's, in any order. */
  fileColumns(columns: readonly string[]): void {
    const places = this.columns.map((name) => columns.indexOf(name));
    this.places = this.order.map((i) => places[i] ?? -1);
    this.all = places;
  }

  add(cells: readonly string[]): void {
    this.rows += 1;
    this.appender.appendBigInt(BigInt(this.rows));
    for (const place of this.places) {
      const cell = cells[place];
      if (cell === undefined || cell === '') this.appender.appendNull();
      else this.appender.appendVarchar(cell);
    }
    this.appender.endRow();
    if (this.rows <= SAMPLE_ROWS && this.samples.size < this.columns.length) this.sample(cells);
  }

  close(): void {
    this.appender.closeSync();
  }

  private sample(cells: readonly string[]): void {
    for (const [i, name] of this.columns.entries()) {
      const cell = cells[this.all[i] ?? -1]?.trim() ?? '';
      if (cell !== '' && !this.samples.has(name)) this.samples.set(name, cell.slice(0, SAMPLE_CHARS));
    }
  }
}
