import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlumblineError } from '../errors/index.ts';
import type { SealedSecrets } from '../store/operations-port.ts';

const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;
const ENDING = '.json';

function checked(name: string): string {
  if (NAME.test(name)) return name;
  throw new PlumblineError(
    'SECRET_MISSING',
    `"${name}" cannot be the name of a sealed secret.`,
    'Use letters, digits, -, _ and dots.',
  );
}

function folders(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** Sealed secrets as files `secrets/<workspace>/<name>.json` of a data folder; a file is replaced as a whole, readable by its owner only. */
export function openSealedFiles(dataDir: string): SealedSecrets {
  const root = join(dataDir, 'secrets');
  const pathOf = (workspace: string, name: string) => join(root, checked(workspace), `${checked(name)}${ENDING}`);
  return {
    async get(workspace, name) {
      const path = pathOf(workspace, name);
      return existsSync(path) ? readFileSync(path, 'utf8') : null;
    },
    async put(workspace, name, sealed) {
      const path = pathOf(workspace, name);
      mkdirSync(join(root, workspace), { recursive: true, mode: 0o700 });
      const part = `${path}.${randomBytes(6).toString('hex')}.part`;
      try {
        writeFileSync(part, sealed, { mode: 0o600, flag: 'wx' });
        renameSync(part, path);
      } finally {
        rmSync(part, { force: true });
      }
    },
    async remove(workspace, name) {
      rmSync(pathOf(workspace, name), { force: true });
    },
    async all() {
      return folders(root).flatMap((workspace) =>
        readdirSync(join(root, workspace))
          .filter((file) => file.endsWith(ENDING))
          .map((file) => ({
            workspace,
            name: file.slice(0, -ENDING.length),
            sealed: readFileSync(join(root, workspace, file), 'utf8'),
          })),
      );
    },
  };
}
