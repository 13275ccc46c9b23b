import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Asker } from './asker.ts';

interface PlacedMapping {
  /** File that holds the proposal now. */
  readonly file: string;
  /** The file of that name was edited and stays as it is. */
  readonly kept: boolean;
}

/**
 * Writes a proposed mapping. A file that is there and says something else may have been edited: it is replaced only when somebody says so
 * (`force`, or yes at the prompt), else the proposal goes beside it as `.new`. The same content asks nothing.
 */
export async function placeMapping(
  cwd: string,
  target: string,
  text: string,
  options: { readonly force: boolean; readonly asker: Asker | null },
): Promise<PlacedMapping> {
  if (!differs(cwd, target, text) || options.force || (await mayReplace(target, options.asker))) {
    writeFileSync(resolve(cwd, target), text);
    return { file: target, kept: false };
  }
  let beside = `${target}.new`;
  for (let n = 2; differs(cwd, beside, text); n++) beside = `${target}.new-${n}`;
  writeFileSync(resolve(cwd, beside), text);
  return { file: beside, kept: true };
}

function differs(cwd: string, file: string, text: string): boolean {
  const path = resolve(cwd, file);
  return existsSync(path) && readFileSync(path, 'utf8') !== text;
}

async function mayReplace(target: string, asker: Asker | null): Promise<boolean> {
  return asker === null ? false : asker.confirm(`${target} is there and says something else. Replace it?`, false);
}
