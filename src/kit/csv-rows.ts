import { PlumblineError } from '../errors/plumbline-error.ts';

/**
 * Records of a CSV text (RFC 4180), as objects by the names of its first line: what exports and bulk jobs of helpdesks give. Quotes, doubled quotes, line breaks in
 * quotes, a byte order mark and any line ending are understood; an empty field is ''. Empty text gives none. Errors: VENDOR_BROKEN when a quote never ends or
 * a record has more or fewer fields than the first line; nothing of it is quoted.
 */
export function csvRows(text: string, separator = ','): Record<string, string>[] {
  const [head, ...records] = fieldsOf(text.replace(/^\uFEFF/, ''), separator);
  if (head === undefined) return [];
  return records.map((fields, i) => {
    if (fields.length !== head.length) throw broken(`record ${i + 1} has ${fields.length} fields, not ${head.length}`);
    return Object.fromEntries(head.map((name, place) => [name, fields[place] ?? '']));
  });
}

function fieldsOf(text: string, separator: string): string[][] {
  const records: string[][] = [];
  let fields: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [field, after] = text[at] === '"' ? quoted(text, at + 1) : plain(text, at, separator);
    fields.push(field);
    at = after;
    if (text[at] === separator) {
      at += 1;
      if (at < text.length) continue;
      fields.push('');
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    // A line without anything is no record.
    if (fields.length > 1 || fields[0] !== '') records.push(fields);
    fields = [];
  }
  return records;
}

function plain(text: string, at: number, separator: string): [string, number] {
  let end = at;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return [text.slice(at, end), end];
}

function quoted(text: string, at: number): [string, number] {
  let end = text.indexOf('"', at);
  while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  if (end === -1) throw broken('a quote never ends');
  return [text.slice(at, end).replaceAll('""', '"'), end + 1];
}

function broken(what: string): PlumblineError {
  return new PlumblineError(
    'VENDOR_BROKEN',
    `The helpdesk sent a table that is cut off or malformed: ${what}.`,
    'Nothing of it was kept. Run the sync again; it resumes behind the last saved page.',
  );
}
