import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { PlumblineError } from '../../src/errors/index.ts';

export type FileFormat = 'csv' | 'jsonl' | 'parquet' | 'xlsx';

export interface FileFacts {
  readonly path: string;
  readonly bytes: number;
  readonly format: FileFormat;
  readonly gzip: boolean;
  /** First bytes after decompression. */
  readonly head: Buffer;
}

/** Enough for any header line. */
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
  const source = createReadStream(path);
  const unzip = createGunzip();
  source.on('error', (error) => unzip.destroy(error));
  source.pipe(unzip);
  try {
    for await (const chunk of unzip) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size >= HEAD_BYTES) break;
    }
  } catch (cause) {
    throw refuse(path, 'is not a complete gzip file.', 'Fetch it again, or decompress it first.', cause);
  } finally {
    source.destroy();
    unzip.destroy();
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES);
}

/**
 * Tells what a file is from its own first bytes; the name decides nothing but JSONL against CSV when both would fit.
 * Errors: BAD_INPUT_FILE for a missing, empty, truncated or foreign file (spreadsheet, web page), with the way out.
 */
export async function inspectFile(path: string, wanted?: FileFormat): Promise<FileFacts> {
  const info = await stat(path).catch((cause: unknown) => {
    throw refuse(path, 'cannot be read.', 'Check the path and its permissions.', cause);
  });
  if (!info.isFile())
    throw refuse(path, 'is not a file.', 'Name one file: CSV, JSONL or Parquet; CSV and JSONL may be gz.');
  if (info.size === 0) throw refuse(path, 'is empty.', 'Export it again; nothing was imported.');
  const magic = await firstBytes(path, 8);
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b;
  const head = gzip ? await unzippedHead(path) : await firstBytes(path, HEAD_BYTES);
  if (head.length === 0) throw refuse(path, 'is empty.', 'Export it again; nothing was imported.');
  const start = head.subarray(0, 4).toString('latin1');
  if (start.startsWith('PK'))
    throw refuse(path, 'is a spreadsheet or zip archive.', 'Save it as CSV (UTF-8), or unpack it, and import that.');
  if (start === 'PAR1') {
    if (gzip) throw refuse(path, 'is a Parquet file inside gzip.', 'Decompress it; Parquet is compressed by itself.');
    return { path, bytes: info.size, format: expect(path, 'parquet', wanted), gzip, head };
  }
  const text = head.subarray(0, 512).toString('utf8').replace(/^﻿/, '').trimStart();
  if (/^<(!doctype|html|\?xml)/i.test(text))
    throw refuse(
      path,
      'is a web page or XML, not an export.',
      'A login page was probably saved instead; export it again.',
    );
  const format: FileFormat = text.startsWith('{') ? 'jsonl' : 'csv';
  if (text.startsWith('[') && /\.jsonl?(\.gz)?$/i.test(path))
    throw refuse(path, 'is one JSON array.', 'Write one object a line (jq -c ".[]" in.json > out.jsonl).');
  return { path, bytes: info.size, format: expect(path, format, wanted), gzip, head };
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
