import { isAscii } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { PlumblineError } from '../../src/errors/index.ts';
import type { Mapping } from './mapping-schema.ts';

type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';

interface FoundEncoding {
  readonly encoding: Encoding;
  /** What a person should know about the choice; null when the bytes leave no doubt. */
  readonly note: string | null;
}

/** A file as far as its bytes are concerned. */
interface BytesOf {
  readonly path: string;
  readonly gzip: boolean;
}

const CHUNK = 262_144;

/** Bytes of a file, decompressed. Errors: BAD_INPUT_FILE for an incomplete gzip file. */
export async function* readBytes({ path, gzip }: BytesOf): AsyncIterable<Buffer> {
  const source = createReadStream(path, { highWaterMark: CHUNK });
  if (!gzip) {
    for await (const chunk of source) yield chunk as Buffer;
    return;
  }
  const unzip = createGunzip({ chunkSize: CHUNK });
  source.on('error', (error) => unzip.destroy(error));
  source.pipe(unzip);
  try {
    for await (const chunk of unzip) yield chunk as Buffer;
  } catch (cause) {
    if (cause instanceof PlumblineError) throw cause;
    throw new PlumblineError(
      'BAD_INPUT_FILE',
      `${path} is not a complete gzip file.`,
      'Fetch it again, or decompress it first.',
      { where: path, cause },
    );
  } finally {
    source.destroy();
    unzip.destroy();
  }
}

/** The encoding that the first bytes give away: a byte-order mark, or the zero bytes of UTF-16. Null: an encoding of single bytes or UTF-8. */
export function encodingOfHead(head: Buffer): Encoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  const pairs = Math.floor(Math.min(head.length, 8192) / 2);
  let [even, odd] = [0, 0];
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) even += 1;
    if (head[2 * i + 1] === 0) odd += 1;
  }
  // Delimiters, digits and line ends have one zero byte each, always on the same side; few other characters have one on the other.
  if (odd > pairs / 10 && even < odd / 4) return 'utf-16le';
  if (even > pairs / 10 && odd < even / 4) return 'utf-16be';
  return null;
}

/** Bytes that must follow this first byte of a letter beyond ASCII; 0 = it cannot be one. */
function followers(byte: number): number {
  if (byte >= 0xc2 && byte <= 0xdf) return 1;
  if (byte >= 0xe0 && byte <= 0xef) return 2;
  return byte >= 0xf0 && byte <= 0xf4 ? 3 : 0;
}

/** Letters of UTF-8 beyond ASCII, and bytes that cannot be UTF-8. */
class Utf8Census {
  letters = 0;
  bad = 0;
  private need = 0;

  add(bytes: Buffer): void {
    if (this.need === 0 && isAscii(bytes)) return;
    for (const byte of bytes) {
      if (this.need > 0 && byte >= 0x80 && byte <= 0xbf) {
        this.need -= 1;
        if (this.need === 0) this.letters += 1;
        continue;
      }
      if (this.need > 0) this.bad += 1;
      this.need = byte < 0x80 ? 0 : followers(byte);
      if (byte >= 0x80 && this.need === 0) this.bad += 1;
    }
  }

  end(): void {
    if (this.need > 0) this.bad += 1;
  }
}

/**
 * Tells the encoding of a text file. A byte-order mark is certain; else the given one counts; else all bytes are looked at: what is
 * no UTF-8 is read as Windows-1252 (which holds Latin-1), and the note says that this was assumed.
 */
export async function findEncoding(
  file: BytesOf,
  head: Buffer,
  given: Mapping['encoding'] | undefined,
): Promise<FoundEncoding> {
  const marked = encodingOfHead(head);
  if (given !== undefined) {
    const wanted: Encoding = given === 'latin-1' ? 'windows-1252' : given === 'utf-16' ? (marked ?? 'utf-16le') : given;
    if (marked === null || marked === wanted) return { encoding: wanted, note: null };
    return { encoding: marked, note: `the bytes are ${marked}, not ${given} as the mapping says; read as ${marked}` };
  }
  if (marked !== null) return { encoding: marked, note: marked === 'utf-8' ? null : `read as ${marked}` };
  const census = new Utf8Census();
  for await (const chunk of readBytes(file)) census.add(chunk);
  census.end();
  if (census.bad === 0) return { encoding: 'utf-8', note: null };
  if (census.letters > census.bad)
    return {
      encoding: 'utf-8',
      note: `${census.bad} bytes are no UTF-8 among ${census.letters} letters that are; each is read as "\ufffd"`,
    };
  return {
    encoding: 'windows-1252',
    note: 'the bytes are no UTF-8: Windows-1252 (Latin-1) is assumed; say `encoding` in the mapping if names look wrong',
  };
}

/** Windows-1252 where it differs from Latin-1; our own table because runtimes disagree about these bytes. */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function decode1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (c) => HIGH[c.charCodeAt(0) - 0x80] ?? c);
}

/** Text of a file in pieces, without its byte-order mark. Memory: one piece. */
export async function* readText(file: BytesOf, encoding: Encoding): AsyncIterable<string> {
  if (encoding === 'windows-1252') {
    for await (const chunk of readBytes(file)) yield decode1252(chunk);
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const chunk of readBytes(file)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
