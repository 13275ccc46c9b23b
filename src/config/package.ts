import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlumblineError } from '../errors/plumbline-error.ts';

/** Folder of the installed package: the nearest one above this file that holds rules/. */
export function packageRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'rules', 'models'))) {
    const parent = dirname(dir);
    if (parent === dir)
      throw new PlumblineError('BUG', 'The rules folder of the installation is missing.', 'Install Plumbline again.');
    dir = parent;
  }
  return dir;
}

export function packageVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return String((JSON.parse(text) as { version?: unknown }).version ?? '0.0.0');
}
