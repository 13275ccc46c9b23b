import { basename } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { PlumblineError } from '../../src/errors/index.ts';
import { readCsvForm } from './csv-header.ts';
import { CsvTokenizer } from './csv-tokenizer.ts';
import { findEncoding, readText } from './encoding.ts';
import type { FileFacts } from './inspect-file.ts';
import type { RowTally } from './row-tally.ts';
import { RowWriter } from './row-writer.ts';
import { checkSameColumns, type Loaded, type StageOptions, stagedOf } from './stage-types.ts';
import { isTotalRow } from './total-row.ts';

/** Characters in which delimiter and header are looked for. */
const HEAD_CHARS = 1_000_000;

export interface ReadDeps {
  readonly connection: DuckDBConnection;
  readonly facts: readonly FileFacts[];
  readonly options: StageOptions;
  /** Columns to stage; null = all. */
  readonly only: readonly string[] | null;
  readonly tally: RowTally;
}

/** A longer run of such lines is a damaged table rather than a footer. */
const MAX_FOOTER = 20;

/** Sorts the records of one file into rows and lines that are none; records without any content are neither. */
export class RowSorter {
  /** Lines of one filled cell behind a blank line, as long as no row follows. */
  private readonly footer: { readonly cells: readonly string[]; readonly nr: number }[] = [];
  private blank = false;
  private readonly place: (nr: number) => string;
  private readonly width: number;
  private readonly header: readonly string[];
  private readonly writer: RowWriter;
  private readonly tally: RowTally;

  constructor(header: readonly string[], writer: RowWriter, tally: RowTally, place: (nr: number) => string) {
    this.width = header.length;
    this.header = header;
    this.writer = writer;
    this.tally = tally;
    this.place = place;
  }

  add(cells: readonly string[], nr: number): void {
    if (cells.every((cell) => cell.trim() === '')) {
      this.blank = true;
      return;
    }
    // A report's name, its copyright and its maker stand behind a blank line, and no row follows them.
    const isAlone = cells.filter((cell) => cell.trim() !== '').length === 1;
    if (isAlone && (this.blank || this.footer.length > 0) && this.footer.length < MAX_FOOTER) {
      this.footer.push({ cells, nr });
      return;
    }
    for (const line of this.footer.splice(0)) this.sort(line.cells, line.nr);
    this.blank = false;
    this.sort(cells, nr);
  }

  private sort(cells: readonly string[], nr: number): void {
    if (cells.length === 1) this.setAsideCell(nr);
    else if (cells.slice(this.width).some((cell) => cell.trim() !== ''))
      this.tally.setAside(
        this.place(nr),
        `more cells than the header (${this.width})`,
        'A delimiter inside a text without quotes, or a header that lacks names: export with quoted fields.',
        `, found ${cells.length}`,
      );
    else if (cells[0] === this.header[0] && this.isHeader(cells)) this.tally.count('Repeated header lines, left out');
    else if (isTotalRow(cells, this.width)) this.tally.count('Lines of totals and averages, no rows');
    else {
      if (cells.length < this.width)
        this.tally.count('Rows shorter than the header, their missing last cells read as empty');
      if (cells.length > this.width) this.tally.count('Rows with empty cells beyond the header, left out');
      this.writer.add(cells);
    }
  }

  /** The file is at its end: what stands behind the table is no row of it. */
  finish(): void {
    this.tally.count('Lines of a footer behind the table, left out', this.footer.length);
  }

  private setAsideCell(nr: number): void {
    this.tally.setAside(
      this.place(nr),
      'one single cell, no delimiter',
      'A footer, or a line end inside a text without quotes: export with quoted fields.',
    );
  }

  private isHeader(cells: readonly string[]): boolean {
    return this.header.every((name, i) => name === (cells[i] ?? ''));
  }
}

/** Stages CSV files of one set of columns. Every record is a row, is set aside with its line and reason, or is blank. */
export async function readCsvFiles(deps: ReadDeps): Promise<Loaded> {
  let first: readonly string[] | null = null;
  let writer: RowWriter | null = null;
  let staged: readonly string[] = [];
  try {
    for (const file of deps.facts) {
      const { encoding, note } = await findEncoding(file, file.head, deps.options.encoding);
      const name = basename(file.path);
      if (note !== null) deps.tally.note(`${name}: ${note}.`);
      await readOne(file, encoding, deps, async (columns) => {
        if (first === null || writer === null) {
          first = columns;
          staged = stagedOf(columns, deps.only);
          writer = await RowWriter.open(deps.connection, columns, staged);
        } else {
          checkSameColumns(first, columns, file.path);
          writer.fileColumns(columns);
        }
        return writer;
      });
    }
  } finally {
    (writer as RowWriter | null)?.close();
  }
  return { columns: first ?? [], staged, samples: (writer as RowWriter | null)?.samples ?? new Map() };
}

async function readOne(
  file: FileFacts,
  encoding: Parameters<typeof readText>[1],
  deps: ReadDeps,
  open: (columns: readonly string[]) => Promise<RowWriter>,
): Promise<void> {
  const name = basename(file.path);
  let head: string | null = '';
  let tokenizer: CsvTokenizer | null = null;
  let finish = (): void => undefined;
  const begin = async (text: string, complete: boolean): Promise<CsvTokenizer> => {
    if (text.trim() === '')
      throw new PlumblineError('BAD_INPUT_FILE', `${file.path} is empty.`, 'Export it again; nothing was imported.', {
        where: file.path,
      });
    const form = readCsvForm(file.path, text, complete, deps.options.delimiter);
    for (const note of form.notes) deps.tally.note(deps.facts.length > 1 ? `${name}: ${note}` : note);
    const writer = await open(form.columns);
    const prefix = deps.facts.length > 1 ? `${name} ` : '';
    const sorter = new RowSorter(form.header, writer, deps.tally, (nr) => `${prefix}line ${nr}`);
    let skip = form.preamble + 1;
    const made = new CsvTokenizer({
      path: file.path,
      delimiter: form.delimiter,
      line: 1 + form.skip.lines,
      onRecord: (cells, line) => {
        if (skip > 0) skip -= 1;
        else sorter.add(cells, line);
      },
    });
    finish = () => sorter.finish();
    made.width = form.header.length;
    made.push(text.slice(form.skip.chars));
    return made;
  };
  for await (const text of readText(file, encoding)) {
    if (tokenizer !== null) tokenizer.push(text);
    else {
      head = `${head ?? ''}${text}`;
      if (head.length < HEAD_CHARS) continue;
      tokenizer = await begin(head, false);
      head = null;
    }
  }
  tokenizer ??= await begin(head ?? '', true);
  tokenizer.end();
  finish();
  deps.tally.count('Lines with quotes that are not doubled, read as they stand', tokenizer.repaired);
}
