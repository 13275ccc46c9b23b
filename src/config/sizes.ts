import { z } from 'zod';

/** A size such as `512MB` or `2GB`; `example` is said where none is read. */
export const sizeText = (example: string) => z.string().regex(/^\d+(MB|GB)$/, `write e.g. ${example}`);

/** Bytes of such a size: a megabyte is a million. */
export function bytesOf(size: string): number {
  return Number.parseInt(size, 10) * (size.endsWith('GB') ? 1e9 : 1e6);
}
