import { chmodSync, closeSync, fchmodSync, fstatSync, mkdirSync, openSync, writeFileSync } from 'node:fs';

/** Writes a file that only its owner may read, whatever the umask; one that is there already is narrowed. A device stays as it is. */
export function writePrivate(path: string, content: string | Uint8Array): void {
  const file = openSync(path, 'w', 0o600);
  try {
    if (fstatSync(file).isFile()) fchmodSync(file, 0o600);
    writeFileSync(file, content);
  } finally {
    closeSync(file);
  }
}

/** Makes a folder, and those above it, that only their owner may enter, whatever the umask; one that is there already stays as it is. */
export function makePrivateFolder(path: string): void {
  const made = mkdirSync(path, { recursive: true, mode: 0o700 });
  if (made !== undefined) chmodSync(path, 0o700);
}
