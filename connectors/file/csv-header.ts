import { PlumblineError } from '../../src/errors/index.ts';
import { CsvTokenizer } from './csv-tokenizer.ts';

/** How a CSV file is written, and its columns. */
interface CsvForm {
  readonly delimiter: string;
  readonly columns: readonly string[];
  /** Cells of the header as written. */
  readonly header: readonly string[];
  /** Records before the header that are not part of the table. */
  readonly preamble: number;
  /** Characters and lines of a `sep=` line, passed over before the first record. */
  readonly skip: { readonly chars: number; readonly lines: number };
  readonly notes: readonly string[];
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Records that are looked at to tell delimiter and header. */
const LOOK = 200;
/** A title block above a table is short. */
const MAX_PREAMBLE = 20;

/**
 * Names of columns as written, without blanks around them; a column without a name is `column_N`, a repeated name is numbered
 * ("Comment", "Comment (2)"). Names that differ only in case are different names.
 */
export function nameColumns(header: readonly string[]): { columns: string[]; notes: string[] } {
  const taken = new Set(header.map((name) => name.trim()));
  const seen = new Set<string>();
  const repeated = new Map<string, number>();
  const columns = header.map((cell, i) => {
    const name = cell.trim() === '' ? `column_${i + 1}` : cell.trim();
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    let nr = 2;
    while (seen.has(`${name} (${nr})`) || taken.has(`${name} (${nr})`)) nr += 1;
    seen.add(`${name} (${nr})`);
    repeated.set(name, (repeated.get(name) ?? 1) + 1);
    return `${name} (${nr})`;
  });
  const list = [...repeated].map(([name, n]) => `"${name}" (${n} times)`).join(', ');
  return { columns, notes: repeated.size === 0 ? [] : [`Columns of one name are numbered: ${list}.`] };
}

/** Records that do not end inside the text are left out, unless none does: then the error of the first is the answer. */
function firstRecords(path: string, text: string, complete: boolean, delimiter: string): string[][] {
  const records: string[][] = [];
  const full = new Error('enough');
  const tokenizer = new CsvTokenizer({
    path,
    delimiter,
    onRecord: (cells) => {
      records.push(cells);
      if (records.length >= LOOK) throw full;
    },
  });
  try {
    tokenizer.push(text);
    if (complete || records.length === 0) tokenizer.end();
  } catch (error) {
    if (error !== full && records.length === 0) throw error;
  }
  return records;
}

const filled = (cells: readonly string[]): number => cells.filter((cell) => cell.trim() !== '').length;
const isBlank = (cells: readonly string[]): boolean => cells.length === 1 && cells[0]?.trim() === '';

/** Place of the header: the first record, unless a few records with one filled cell each stand above a table of three or more columns. */
export function findHeader(records: readonly (readonly string[])[]): number {
  const full = records.filter((cells) => !isBlank(cells));
  const widths = new Map<number, number>();
  for (const cells of full) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  const width = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
  const first = records.findIndex((cells) => !isBlank(cells));
  const at = records.findIndex((cells) => cells.length >= Math.max(3, width) && filled(cells) >= 2);
  if (at <= first || at > MAX_PREAMBLE) return Math.max(0, first);
  return records.slice(0, at).every((cells) => filled(cells) <= 1) ? at : first;
}

interface Try {
  readonly delimiter: string;
  readonly records: readonly string[][];
  readonly at: number;
  readonly width: number;
  /** Share of the records that have just as many cells as the header. */
  readonly even: number;
}

function attempt(path: string, text: string, complete: boolean, delimiter: string): Try | PlumblineError {
  try {
    const records = firstRecords(path, text, complete, delimiter);
    const at = findHeader(records);
    const width = records[at]?.length ?? 0;
    const rest = records.slice(at + 1).filter((cells) => !isBlank(cells));
    const even = rest.length === 0 ? 1 : rest.filter((cells) => cells.length === width).length / rest.length;
    return { delimiter, records, at, width, even };
  } catch (error) {
    if (error instanceof PlumblineError) return error;
    throw error;
  }
}

/**
 * Tells delimiter and header from the beginning of a text (`complete`: it is the whole). A first line `sep=;` settles the delimiter;
 * else the one counts that cuts header and rows into equally many cells, of such the one with most.
 * Errors: BAD_INPUT_FILE for a header with an open quote, one that no delimiter cuts, or NUL bytes.
 */
export function readCsvForm(path: string, text: string, complete: boolean, given: string | undefined): CsvForm {
  const sep = /^"?sep=(.)"?[^\S\r\n]*(?:\r\n|\n|\r|$)/i.exec(text);
  const body = sep === null ? text : text.slice(sep[0].length);
  const fixed = given ?? sep?.[1];
  const tries = (fixed === undefined ? DELIMITERS : [fixed]).map((one) => attempt(path, body, complete, one));
  const good = tries.flatMap((one) => (one instanceof PlumblineError ? [] : [one]));
  const best = good.toSorted((a, b) => score(b) - score(a) || b.width - a.width)[0];
  if (best === undefined) {
    const cause = tries.find((one) => one instanceof PlumblineError);
    throw refuse(path, 'the header has a quote that does not end.', 'Export it again with quoted fields.', cause);
  }
  const header = best.records[best.at] ?? [];
  if (header.some((name) => name.includes('\0')))
    throw refuse(path, 'the header holds NUL bytes.', 'The file is binary, or of another encoding: set `encoding`.');
  if (best.width < 2)
    throw refuse(
      path,
      fixed === undefined
        ? 'the header line is one single column.'
        : `the delimiter "${fixed}" does not cut the header line.`,
      'Set `delimiter` in the mapping; , ; tab and | are recognised by themselves, also from a first line such as sep=;.',
    );
  const { columns, notes } = nameColumns(header);
  const before = best.records.slice(0, best.at).filter((cells) => !isBlank(cells)).length;
  return {
    delimiter: best.delimiter,
    columns,
    header,
    preamble: best.at,
    skip: sep === null ? { chars: 0, lines: 0 } : { chars: sep[0].length, lines: 1 },
    notes: [
      ...(sep === null ? [] : [`The first line says that "${sep[1]}" is the delimiter.`]),
      ...(before === 0 ? [] : [`${before} lines above the header are no part of the table and were passed over.`]),
      ...notes,
    ],
  };
}

function score(one: Try): number {
  return one.width < 2 ? 0 : one.even >= 0.5 ? 2 : 1;
}

function refuse(path: string, what: string, remedy: string, cause?: unknown): PlumblineError {
  return new PlumblineError('BAD_INPUT_FILE', `${path}: ${what}`, remedy, { where: `${path}:1`, cause });
}
