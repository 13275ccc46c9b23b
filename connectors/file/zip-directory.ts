import { open } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

interface ZipEntry {
  readonly name: string;
  /** Bytes after decompression, as the directory says. */
  readonly bytes: number;
  readonly packed: number;
  readonly method: number;
  readonly at: number;
}

const [END, ENTRY, END_BYTES, ENTRY_BYTES, LOCAL_BYTES] = [0x06054b50, 0x02014b50, 22, 46, 30];
const MAX_COMMENT = 65_535;
/** A workbook has a few dozen parts. */
const MAX_DIRECTORY = 4_000_000;

/** Lists what a zip archive holds, from its directory alone. Null when there is none that can be read. */
export async function listZip(path: string): Promise<readonly ZipEntry[] | null> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(Math.min(size, END_BYTES + MAX_COMMENT));
    await handle.read(tail, 0, tail.length, size - tail.length);
    let end = tail.length - END_BYTES;
    while (end >= 0 && tail.readUInt32LE(end) !== END) end -= 1;
    if (end < 0) return null;
    const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
    if (length > MAX_DIRECTORY || start + length > size) return null;
    const directory = Buffer.alloc(length);
    await handle.read(directory, 0, length, start);
    return entries(directory);
  } finally {
    await handle.close();
  }
}

function entries(directory: Buffer): ZipEntry[] {
  const list: ZipEntry[] = [];
  let at = 0;
  while (at + ENTRY_BYTES <= directory.length && directory.readUInt32LE(at) === ENTRY) {
    const name = directory.readUInt16LE(at + 28);
    list.push({
      name: directory.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + name).toString('utf8'),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      at: directory.readUInt32LE(at + 42),
    });
    at += ENTRY_BYTES + name + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return list;
}

/** Text of one small part; null when it is larger than `maxBytes` or packed in an unknown way. */
export async function readZipText(path: string, entry: ZipEntry, maxBytes: number): Promise<string | null> {
  if (entry.bytes > maxBytes || entry.packed > maxBytes || (entry.method !== 8 && entry.method !== 0)) return null;
  const handle = await open(path, 'r');
  try {
    const local = Buffer.alloc(LOCAL_BYTES);
    await handle.read(local, 0, LOCAL_BYTES, entry.at);
    const from = entry.at + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
    const packed = Buffer.alloc(entry.packed);
    await handle.read(packed, 0, entry.packed, from);
    return (entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: maxBytes })).toString('utf8');
  } finally {
    await handle.close();
  }
}
