import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { PlumblineError } from '../../src/errors/index.ts';
import { encodingOfHead, readBytes } from './encoding.ts';
import { listZip } from './zip-directory.ts';

type FileFormat = 'csv' | 'jsonl' | 'parquet' | 'xlsx';

export interface FileFacts {
  readonly path: string;
  readonly bytes: number;
  readonly format: FileFormat;
  readonly gzip: boolean;
  /** First bytes after decompression. */
  readonly head: Buffer;
}

const HEAD_BYTES = 262_144;

function refuse(path: string, what: string, remedy: string, cause?: unknown): PlumblineError {
  return new PlumblineError('BAD_INPUT_FILE', `${path} ${what}`, remedy, { where: path, cause });
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function unzippedHead(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of readBytes({ path, gzip: true })) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= HEAD_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES);
}

/** What an archive is: a workbook is one too. */
async function inspectZip(path: string): Promise<'xlsx'> {
  const entries = await listZip(path);
  if (entries === null)
    throw refuse(path, 'is a spreadsheet or archive that is damaged or was cut off.', 'Fetch or save it again.');
  const names = new Set(entries.map((entry) => entry.name));
  if (names.has('xl/workbook.xml')) return 'xlsx';
  if (names.has('xl/workbook.bin'))
    throw refuse(path, 'is a binary workbook (.xlsb).', 'Save it as .xlsx or CSV (UTF-8), and import that.');
  if (names.has('content.xml'))
    throw refuse(path, 'is an OpenDocument file.', 'Save it as .xlsx or CSV (UTF-8), and import that.');
  throw refuse(path, 'is a zip archive.', 'Unpack it, and import the files that it holds.');
}

/**
 * Tells what a file is from its own first bytes; the name decides nothing.
 * Errors: BAD_INPUT_FILE for a missing, empty, truncated or foreign file (old workbook, archive, web page), with the way out.
 */
export async function inspectFile(path: string, wanted?: FileFormat): Promise<FileFacts> {
  const info = await stat(path).catch((cause: unknown) => {
    throw refuse(path, 'cannot be read.', 'Check the path and its permissions.', cause);
  });
  if (!info.isFile())
    throw refuse(path, 'is not a file.', 'Name files: CSV, JSON, Parquet or xlsx; CSV and JSON may be gz.');
  if (info.size === 0) throw refuse(path, 'is empty.', 'Export it again; nothing was imported.');
  const magic = await firstBytes(path, 8);
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b;
  const head = gzip ? await unzippedHead(path) : await firstBytes(path, HEAD_BYTES);
  if (head.length === 0) throw refuse(path, 'is empty.', 'Export it again; nothing was imported.');
  const found = (format: FileFormat): FileFacts => ({
    path,
    bytes: info.size,
    format: expect(path, format, wanted),
    gzip,
    head,
  });
  const start = head.subarray(0, 4).toString('latin1');
  if (start.startsWith('PK\x03\x04')) {
    if (gzip) throw refuse(path, 'is an archive inside gzip.', 'Decompress it first.');
    return found(await inspectZip(path));
  }
  if (start === '\xd0\xcf\x11\xe0')
    throw refuse(
      path,
      'is an old Excel workbook (.xls), or one that is locked with a password.',
      'Save it as .xlsx without a password, or as CSV (UTF-8), and import that.',
    );
  if (start === 'PAR1') {
    if (gzip) throw refuse(path, 'is a Parquet file inside gzip.', 'Decompress it; Parquet is compressed by itself.');
    return found('parquet');
  }
  const text = headText(head);
  if (/^<(!doctype|html|\?xml|table)/i.test(text))
    throw refuse(
      path,
      'is a web page or XML, not an export.',
      'A login page was probably saved instead, or an "Excel" export that is a web page: export it again as CSV.',
    );
  return found(/^(\{|\[\s*[{\]])/.test(text) ? 'jsonl' : 'csv');
}

/** First words of a text file, whatever its encoding. */
export function headText(head: Buffer): string {
  return new TextDecoder(encodingOfHead(head) ?? 'utf-8').decode(head.subarray(0, 8192)).trimStart();
}

function expect(path: string, found: FileFormat, wanted: FileFormat | undefined): FileFormat {
  if (wanted === undefined || wanted === found) return found;
  throw refuse(
    path,
    `is ${found}, but the mapping says ${wanted}.`,
    'Correct `format` in the mapping, or leave it out.',
  );
}

/** SHA-256 over the bytes of the files in order, as hex. Streams: memory does not grow with the file. */
export async function digestFiles(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
