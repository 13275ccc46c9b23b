import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Types of the files that a build of the page makes; others are not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
/** Below this many bytes compression saves nothing that one would notice. */
const WORTH_COMPRESSING = 1_024;
/** Close to the smallest at a tenth of its time; each file is compressed once in the life of the process. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

type Encoding = 'br' | 'gzip' | 'identity';

export interface PageFile {
  readonly type: string;
  /** Its name holds a hash of its content, so that caches may keep it for ever. */
  readonly hashed: boolean;
  bytes(encoding: Encoding): Promise<Buffer>;
}

/** The built page, held in memory: only what was there at the start has an address, so that no path can lead out of the folder. */
export interface PageFiles {
  /** Text of index.html, with its placeholders. */
  readonly index: string;
  /** By path from the root of the site, e.g. `/assets/index-BcD3.js`. */
  readonly files: ReadonlyMap<string, PageFile>;
}

function encoder(plain: Buffer, compressible: boolean): PageFile['bytes'] {
  const made = new Map<Encoding, Promise<Buffer>>();
  const make = (encoding: Encoding): Promise<Buffer> =>
    encoding === 'br' ? promisify(brotliCompress)(plain, BROTLI) : promisify(gzip)(plain);
  return async (encoding) => {
    if (encoding === 'identity' || !compressible || plain.length < WORTH_COMPRESSING) return plain;
    const known = made.get(encoding) ?? make(encoding);
    made.set(encoding, known);
    return known;
  };
}

/** Whether compressing a file of this type does something: pictures and fonts are compressed already. */
function isCompressible(type: string): boolean {
  return /^(text\/|application\/|image\/svg)/.test(type);
}

/** Reads what the build of the page left in a folder; null where there is no index.html. Source maps and unknown types stay behind. */
export function readPage(folder: string): PageFiles | null {
  const start = join(folder, 'index.html');
  if (!existsSync(start)) return null;
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined || entry.name === 'index.html') continue;
    const path = join(entry.parentPath, entry.name);
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    const hashed = address.startsWith('/assets/') && /[-.][\w-]{8,}\.\w+$/.test(address);
    files.set(address, { type, hashed, bytes: encoder(readFileSync(path), isCompressible(type)) });
  }
  return { index: readFileSync(start, 'utf8'), files };
}

/** The best encoding of ours that an Accept-Encoding header takes; a weight of 0 is a refusal. */
export function encodingFor(header: string | undefined): Encoding {
  const taken = new Set(
    (header ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => part.trim().split(/\s*;\s*/))
      .filter(([, weight]) => !/^q=0(\.0*)?$/.test(weight ?? ''))
      .map(([name]) => name),
  );
  return taken.has('br') ? 'br' : taken.has('gzip') ? 'gzip' : 'identity';
}
