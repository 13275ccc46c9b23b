import { PlumblineError } from '../../src/errors/index.ts';

/** One record of a CSV text: its cells and the line on which it begins, counted from 1. */
type OnRecord = (cells: string[], line: number) => void;

interface TokenizerOptions {
  readonly path: string;
  readonly delimiter: string;
  /** Line of the first character. */
  readonly line?: number;
  readonly onRecord: OnRecord;
}

/** A record longer than this is a quote that was never closed, or no table. In characters. */
const MAX_RECORD = 32_000_000;

const [LF, CR, BLANK] = [10, 13, 32];
const QUOTE = '"';

/**
 * Cuts a CSV text that comes in pieces into records. Line ends may be LF, CRLF or CR, mixed; inside quotes they belong to the cell; two
 * quotes inside quotes are one. A quote inside a cell that does not begin with one is an ordinary character.
 * Memory: one piece and one record. Errors: BAD_INPUT_FILE with the line for a quote that does not end, or that ends amid a cell in a
 * way that leaves the cells of its line in doubt.
 */
export class CsvTokenizer {
  /** Number of cells of a good record; records with quotes that are not doubled are taken only if they have so many. */
  width: number | null = null;
  /** Records with a quote that is not doubled. */
  repaired = 0;
  private readonly options: TokenizerOptions;
  private readonly delimiter: string;
  private readonly first: number;
  private rest = '';
  private line: number;

  constructor(options: TokenizerOptions) {
    this.options = options;
    this.delimiter = options.delimiter;
    this.first = options.delimiter.charCodeAt(0);
    this.line = options.line ?? 1;
  }

  push(text: string): void {
    this.scan(this.rest + text, false);
    if (this.rest.length > MAX_RECORD)
      throw this.open(this.line, `does not end within ${MAX_RECORD / 1e6} million characters`);
  }

  end(): void {
    this.scan(this.rest, true);
  }

  private scan(text: string, last: boolean): void {
    let at = 0;
    while (at < text.length) {
      const next = this.record(text, at, last);
      if (next < 0) break;
      at = next;
    }
    this.rest = text.slice(at);
  }

  private record(text: string, from: number, last: boolean): number {
    const cells: string[] = [];
    let at = from;
    let lines = 0;
    for (;;) {
      let start = at;
      while (text.charCodeAt(start) === BLANK && this.first !== BLANK) start += 1;
      if (text[start] === QUOTE) {
        const cell = this.quoted(text, start, last);
        if (cell === null) return this.incomplete(last, lines);
        if (cell === 'stray') return this.repair(text, from, start, last, lines);
        cells.push(cell.value);
        lines += cell.lines;
        at = cell.end;
      } else {
        const end = this.plainEnd(text, at);
        cells.push(text.slice(at, end));
        at = end;
      }
      const code = text.charCodeAt(at);
      if (at >= text.length || code === LF || code === CR) return this.finish(cells, text, at, last, lines);
      at += this.delimiter.length;
    }
  }

  /** The record ends at `at`: a line end, or the end of the text, which may not be all of it yet. */
  private finish(cells: string[], text: string, at: number, last: boolean, lines: number): number {
    const isEnd = at >= text.length;
    if (!last && (isEnd || (text.charCodeAt(at) === CR && at + 1 === text.length))) return -1;
    if (isEnd) return this.emit(cells, lines, at);
    const both = text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF;
    return this.emit(cells, lines + 1, both ? at + 2 : at + 1);
  }

  /** A text that ends inside a record: more may come; at the end of the file the quote was never closed. */
  private incomplete(last: boolean, lines: number): number {
    if (last) throw this.open(this.line + lines, 'does not end');
    return -1;
  }

  private emit(cells: string[], lines: number, next: number): number {
    this.options.onRecord(cells, this.line);
    this.line += lines;
    return next;
  }

  private plainEnd(text: string, from: number): number {
    for (let i = from; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === LF || code === CR) return i;
      if (code === this.first && (this.delimiter.length === 1 || text.startsWith(this.delimiter, i))) return i;
    }
    return text.length;
  }

  /** Cell that begins with a quote at `start`; null = more text is needed, 'stray' = text follows its closing quote. */
  private quoted(
    text: string,
    start: number,
    last: boolean,
  ): { value: string; end: number; lines: number } | null | 'stray' {
    let value = '';
    let from = start + 1;
    for (;;) {
      const at = text.indexOf(QUOTE, from);
      if (at < 0) return null;
      if (text[at + 1] === QUOTE) {
        value += text.slice(from, at + 1);
        from = at + 2;
        continue;
      }
      value += text.slice(from, at);
      let end = at + 1;
      while (text.charCodeAt(end) === BLANK && this.first !== BLANK) end += 1;
      // Half a delimiter may be all that came so far.
      if (!last && end + this.delimiter.length > text.length && text.charCodeAt(end) === this.first) return null;
      if (end >= text.length) return last ? { value, end, lines: countLines(value) } : null;
      return this.closes(text, end) ? { value, end, lines: countLines(value) } : 'stray';
    }
  }

  private closes(text: string, at: number): boolean {
    const code = text.charCodeAt(at);
    return code === LF || code === CR || text.startsWith(this.delimiter, at);
  }

  /**
   * Writers that do not double their quotes: within one line a quote closes only before a delimiter or the line end. Taken when this
   * gives just the cells of the header; else nothing behind the quote can be trusted.
   */
  private repair(text: string, from: number, start: number, last: boolean, lines: number): number {
    const end = lineEnd(text, from);
    if (end === text.length && !last) return -1;
    const cells = start < end ? this.looseCells(text.slice(from, end)) : null;
    if (this.width === null || cells?.length !== this.width)
      throw this.open(this.line + lines, 'does not end properly');
    const next = this.finish(cells, text, end, last, 0);
    if (next >= 0) this.repaired += 1;
    return next;
  }

  private looseCells(line: string): string[] | null {
    const cells: string[] = [];
    let at = 0;
    for (;;) {
      if (line[at] === QUOTE) {
        let close = line.indexOf(QUOTE, at + 1);
        while (close >= 0 && close + 1 < line.length && !line.startsWith(this.delimiter, close + 1))
          close = line.indexOf(QUOTE, line[close + 1] === QUOTE ? close + 2 : close + 1);
        if (close < 0) return null;
        cells.push(line.slice(at + 1, close).replaceAll('""', QUOTE));
        at = close + 1;
      } else {
        const end = this.plainEnd(line, at);
        cells.push(line.slice(at, end));
        at = end;
      }
      if (at >= line.length) return cells;
      at += this.delimiter.length;
    }
  }

  private open(line: number, what: string): PlumblineError {
    return new PlumblineError(
      'BAD_INPUT_FILE',
      `${this.options.path}: a quote opened at line ${line} ${what}.`,
      'Export it again with quotes doubled inside quoted fields ("" for "); rows behind an open quote cannot be told apart.',
      { where: `${this.options.path}:${line}` },
    );
  }
}

function lineEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || code === CR) return i;
  }
  return text.length;
}

function countLines(text: string): number {
  let lines = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || (code === CR && text.charCodeAt(i + 1) !== LF)) lines += 1;
  }
  return lines;
}
