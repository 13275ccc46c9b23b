import { basename } from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { PlumblineError } from '../../src/errors/index.ts';
import { findHeader, nameColumns } from './csv-header.ts';
import type { FileFacts } from './inspect-file.ts';
import { type ReadDeps, RowSorter } from './read-csv.ts';
import { RowWriter } from './row-writer.ts';
import { checkSameColumns, type Loaded, stagedOf } from './stage-types.ts';
import { isTotalRow } from './total-row.ts';
import { listZip, readZipText } from './zip-directory.ts';

/** A workbook is held in memory whole: about four times this. */
const MAX_UNPACKED = 400_000_000;
const MAX_WORKBOOK_XML = 4_000_000;

function refuse(path: string, what: string, remedy: string, cause?: unknown): PlumblineError {
  return new PlumblineError('BAD_INPUT_FILE', `${path} ${what}`, remedy, { where: path, cause });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** In the note about a workbook of several sheets. */
export const SHEETS_UNREAD = 'the others:';

interface Book {
  /** Names of the sheets, in their order. */
  readonly names: readonly string[];
  /** The day from which it counts days. */
  readonly zeroMs: number;
}

/** Errors: BAD_INPUT_FILE for a workbook too large for memory. */
async function readBook(path: string): Promise<Book> {
  const entries = (await listZip(path)) ?? [];
  const bytes = entries.reduce((sum, one) => sum + one.bytes, 0);
  if (bytes > MAX_UNPACKED)
    throw refuse(
      path,
      `is a workbook of ${Math.round(bytes / 1e6)} MB when unpacked; at most ${MAX_UNPACKED / 1e6} MB are read.`,
      'Save the sheet as CSV (UTF-8) and import that: CSV has no such limit.',
    );
  const book = entries.find((one) => one.name === 'xl/workbook.xml');
  const xml = book === undefined ? null : await readZipText(path, book, MAX_WORKBOOK_XML);
  const since1904 = /<(?:\w+:)?workbookPr\s[^>]*?\bdate1904="(1|true)"/.test(xml ?? '');
  const names = [...(xml ?? '').matchAll(/<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"/g)].map((found) =>
    (found[1] ?? '')
      .replace(/&#x?([0-9a-f]+);/gi, (all, code: string) =>
        String.fromCodePoint(Number.parseInt(code, /x/i.test(all) ? 16 : 10)),
      )
      .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? ''),
  );
  return { names, zeroMs: since1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30) };
}

/** A number as written: no exponent, whole ones without decimals. */
export function numberText(written: string): string {
  const value = Number(written);
  if (/^-?\d+$/.test(written) || !Number.isFinite(value)) return written;
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  return /e/i.test(written) ? value.toString() : written;
}

/** How the dates of one column are written: with their time of day, as days alone where none has one, as a clock where none lies in the years of tickets. */
type DateForm = 'full' | 'day' | 'clock';

/** Hours without end, minutes and seconds: 9:05:00 is a time of day or as long as that, 26:25:00 is how long something took. */
function clockText(ms: number): string {
  const [sign, size] = [ms < 0 ? '-' : '', Math.abs(ms)];
  // The last second of a day stays in it.
  const s = size < 86_400_000 ? Math.min(Math.round(size / 1000), 86_399) : Math.round(size / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${sign}${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}

/** ISO text of a date cell. Cells are floored to a millisecond: mended here. */
function dateText(date: Date, form: DateForm, zeroMs: number): string {
  const ms = date.getTime();
  if (Number.isNaN(ms)) return '';
  const whole = date.getUTCMilliseconds() === 999 ? ms + 1 : ms;
  if (form === 'clock') return clockText(whole - zeroMs);
  const iso = new Date(whole).toISOString();
  if (form === 'day') return iso.slice(0, 10);
  return iso
    .slice(0, 23)
    .replace('T', ' ')
    .replace(/\.000$/, '');
}

type Cell = string | boolean | Date | null;

function isMidnight(date: Date): boolean {
  const rest = ((date.getTime() % 86_400_000) + 86_400_000) % 86_400_000;
  return rest === 0 || rest === 86_399_999;
}

/**
 * No ticket is older, and nothing takes as long: what lies before counts from the zero of the book. A bare time of day is a part of its first
 * day, a duration ([h]:mm) is some days.
 */
const OLDEST_MS = Date.UTC(1920, 0, 1);

function dateForms(data: readonly (readonly Cell[])[]): ReadonlyMap<number, DateForm> {
  const forms = new Map<number, DateForm>();
  const [timed, dated] = [new Set<number>(), new Set<number>()];
  for (const row of data)
    for (const [i, cell] of row.entries()) {
      if (!(cell instanceof Date)) continue;
      if (!isMidnight(cell)) timed.add(i);
      if (cell.getTime() >= OLDEST_MS) dated.add(i);
      forms.set(i, !dated.has(i) ? 'clock' : timed.has(i) ? 'full' : 'day');
    }
  return forms;
}

async function readRows(file: FileFacts, { names, zeroMs }: Book, sheet: string | undefined): Promise<string[][]> {
  if (sheet !== undefined && !names.includes(sheet))
    throw refuse(
      file.path,
      `has no sheet "${sheet}"; its sheets: ${names.map((name) => `"${name}"`).join(', ')}.`,
      'Name one of them with `sheet` in the mapping.',
    );
  try {
    const data = (await readSheet(file.path, sheet ?? 1, {
      parseNumber: numberText,
      trim: false,
    })) as unknown as Cell[][];
    const forms = dateForms(data);
    return data.map((row) =>
      row.map((cell, i) =>
        cell === null || cell === undefined
          ? ''
          : cell instanceof Date
            ? dateText(cell, forms.get(i) ?? 'full', zeroMs)
            : String(cell),
      ),
    );
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.slice(0, 200) : '';
    throw refuse(file.path, `cannot be read as a workbook: ${why}.`, 'Save it as CSV (UTF-8), and import that.', cause);
  }
}

/** A grouped report names its group on the first row of it, and sums it up behind the last. */
const GROUPS = 2;

/**
 * The rows below a header, and the columns that were filled down in them: their cells stand just on the first row behind the header or
 * behind a line of sums, on each of them and nowhere else, since the others were merged with the cell above. A value that is only missing
 * leaves no such pattern. What stands behind the last sum is no group.
 */
function fillGroups(
  rows: readonly string[][],
  width: number,
): { readonly rows: readonly string[][]; readonly columns: readonly number[] } {
  const sums = new Set(rows.flatMap((row, i) => (isTotalRow(row, width) ? [i] : [])));
  if (sums.size < GROUPS) return { rows, columns: [] };
  const end = [...sums].at(-1) ?? 0;
  const held = rows.flatMap((row, i) => (i < end && !sums.has(i) && lastFilled(row) >= 0 ? [i] : []));
  const starts = new Set(held.filter((i, nr) => nr === 0 || sums.has(i - 1)));
  const isFilled = (i: number, column: number): boolean => (rows[i]?.[column] ?? '').trim() !== '';
  const columns =
    starts.size === held.length
      ? []
      : Array.from({ length: width }, (_, column) => column).filter((column) =>
          held.every((i) => isFilled(i, column) === starts.has(i)),
        );
  const filled = [...rows];
  for (const column of columns) {
    let above = '';
    for (const i of held) {
      const row = filled[i] ?? [];
      if (starts.has(i)) above = row[column] ?? '';
      else filled[i] = Object.assign([...row], { [column]: above });
    }
  }
  return { rows: filled, columns };
}

/** Stages one sheet of each workbook: the one named by `sheet`, else the first. Dates become ISO text, numbers stay as written. */
export async function readWorkbooks(deps: ReadDeps): Promise<Loaded> {
  let first: readonly string[] = [];
  let staged: readonly string[] = [];
  let writer: RowWriter | null = null;
  try {
    for (const file of deps.facts) {
      const book = await readBook(file.path);
      const { names } = book;
      const rows = await readRows(file, book, deps.options.sheet);
      if (deps.options.sheet === undefined && names.length > 1)
        deps.tally.note(
          `${basename(file.path)}: the first of ${names.length} sheets was read ("${names[0] ?? ''}"); ${SHEETS_UNREAD} ${names.slice(1).join(', ')} (\`sheet\` names one).`,
        );
      const { at, header, columns } = headOf(file.path, rows, deps.tally);
      if (writer === null) {
        first = columns;
        staged = stagedOf(columns, deps.only);
        writer = await RowWriter.open(deps.connection, columns, staged);
      } else checkSameColumns(first, columns, file.path);
      writer.fileColumns(columns);
      const prefix = deps.facts.length > 1 ? `${basename(file.path)} ` : '';
      const sorter = new RowSorter(header.slice(0, columns.length), writer, deps.tally, (nr) => `${prefix}row ${nr}`);
      const below = fillGroups(rows.slice(at + 1), columns.length);
      if (below.columns.length > 0)
        deps.tally.note(
          `${basename(file.path)}: a report in groups: ${below.columns.map((column) => `"${columns[column]}"`).join(', ')} stands on the first row of each and was filled down.`,
        );
      for (const [i, row] of below.rows.entries()) {
        const last = lastFilled(row);
        sorter.add(row.slice(0, last === 0 ? 1 : Math.max(columns.length, last + 1)), at + i + 2);
      }
      sorter.finish();
    }
  } finally {
    writer?.close();
  }
  return { columns: first, staged, samples: writer?.samples ?? new Map() };
}

interface Head {
  /** Place of the row of headers; the table begins behind it. */
  readonly at: number;
  readonly header: readonly string[];
  readonly columns: readonly string[];
}

/** The row of headers of a sheet. Errors: BAD_INPUT_FILE where no table begins. */
function headOf(path: string, rows: readonly string[][], tally: ReadDeps['tally']): Head {
  const at = findHeader(rows.slice(0, 200).map((row) => row.slice(0, lastFilled(row) + 1)));
  const header = rows[at] ?? [];
  const { columns, notes } = nameColumns(header.slice(0, lastFilled(header) + 1));
  if (columns.length < 2)
    throw refuse(
      path,
      'has no table: the first row has fewer than two filled cells.',
      'Name the sheet that holds the table with `sheet` in the mapping.',
    );
  for (const note of notes) tally.note(note);
  if (at > 0)
    tally.note(`${basename(path)}: ${at} rows above the header are no part of the table and were passed over.`);
  return { at, header, columns };
}

function lastFilled(row: readonly string[]): number {
  return row.findLastIndex((cell) => cell.trim() !== '');
}
