import { PlumblineError } from '../../src/errors/index.ts';

export interface CsvHeader {
  readonly delimiter: string;
  readonly columns: readonly string[];
  readonly encoding: 'utf-8' | 'latin-1' | 'windows-1252' | 'utf-16' | 'utf-16le' | 'utf-16be';
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Splits the first record of a CSV text, quotes respected; null when a quoted field does not end inside the text. */
export function splitFirstRecord(text: string, delimiter: string): string[] | null {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[i + 1] === '"') {
        field += '"';
        i++;
      } else quoted = false;
    } else if (char === '"' && field === '') quoted = true;
    else if (text.startsWith(delimiter, i)) {
      fields.push(field);
      field = '';
      i += delimiter.length - 1;
    } else if (char === '\n' || char === '\r') {
      fields.push(field);
      return fields;
    } else field += char;
  }
  if (quoted) return null;
  fields.push(field);
  return fields;
}

/**
 * Reads the header line: names as written (trimmed), the delimiter that splits it into most fields unless one is given.
 * A column without a name is called `column_N`. Errors: BAD_INPUT_FILE for an unclosed quote, a header that no delimiter
 * splits, NUL bytes, or two columns of one name.
 */
export function readCsvHeader(
  path: string,
  head: Buffer,
  given: { readonly delimiter?: string | undefined; readonly encoding?: CsvHeader['encoding'] | undefined },
): CsvHeader {
  const refuse = (what: string, remedy: string): PlumblineError =>
    new PlumblineError('BAD_INPUT_FILE', `${path}: ${what}`, remedy, { where: `${path}:1` });
  const utf16 = head[0] === 0xff && head[1] === 0xfe;
  const encoding = given.encoding ?? (utf16 ? 'utf-16' : 'utf-8');
  const text = new TextDecoder(encoding === 'utf-16' ? 'utf-16le' : encoding === 'latin-1' ? 'latin1' : 'utf-8')
    .decode(head)
    .replace(/^﻿/, '');
  const tries = (given.delimiter === undefined ? DELIMITERS : [given.delimiter]).map((delimiter) => ({
    delimiter,
    fields: splitFirstRecord(text, delimiter),
  }));
  const best = tries.reduce((a, b) => ((b.fields?.length ?? 0) > (a.fields?.length ?? 0) ? b : a));
  if (best.fields === null)
    throw refuse('the header has a quote that does not end.', 'Export it again with quoted fields.');
  if (best.fields.length < 2)
    throw refuse(
      'the header line is one single column.',
      'Set `delimiter` in the mapping; , ; tab and | are recognised by themselves.',
    );
  const columns = best.fields.map((name, i) => (name.trim() === '' ? `column_${i + 1}` : name.trim()));
  if (columns.some((name) => name.includes('\0')))
    throw refuse('the header holds NUL bytes.', 'The file is binary or UTF-16 without a mark: set `encoding`.');
  const seen = new Set<string>();
  const twice = columns.filter((name) => {
    const lower = name.toLowerCase();
    const again = seen.has(lower);
    seen.add(lower);
    return again;
  });
  if (twice.length > 0)
    throw refuse(`the header names ${twice.map((name) => `"${name}"`).join(', ')} twice.`, 'Rename one of them.');
  return { delimiter: best.delimiter, columns, encoding };
}
