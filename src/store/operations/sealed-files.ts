import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import type { SealedSecrets } from '../operations-port.ts';

const SUFFIX = '.json';

/** A name that stays inside its folder. Errors: BAD_USAGE. */
function asFileName(name: string): string {
  if (name !== '' && !name.startsWith('.') && !/[/\\\x00-\x1f]/.test(name) && name.length <= 200) return name;
  throw new PlumblineError(
    'BAD_USAGE',
    `${JSON.stringify(name)} cannot be the name of a secret.`,
    'Use letters, digits, dots, - and _.',
  );
}

function foldersIn(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Sealed secrets as files `<dataDir>/secrets/<workspace>/<name>.json` that only their owner reads. Errors: BAD_USAGE for a name that is no file name. */
export function fileSealedSecrets(dataDir: string): SealedSecrets {
  const root = join(dataDir, 'secrets');
  const folderOf = (workspace: string): string => join(root, asFileName(workspace));
  const pathOf = (workspace: string, name: string): string => join(folderOf(workspace), `${asFileName(name)}${SUFFIX}`);
  const read = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null);
  return {
    async get(workspace, name) {
      return read(pathOf(workspace, name));
    },
    async put(workspace, name, sealed) {
      const path = pathOf(workspace, name);
      mkdirSync(folderOf(workspace), { recursive: true, mode: 0o700 });
      // Whole or not at all: half a secret would lock a connection out.
      const aside = `${path}.${randomUUID()}`;
      writeFileSync(aside, sealed, { mode: 0o600 });
      renameSync(aside, path);
    },
    async remove(workspace, name) {
      rmSync(pathOf(workspace, name), { force: true });
    },
    async all() {
      return foldersIn(root).flatMap((workspace) =>
        readdirSync(join(root, workspace))
          .filter((file) => file.endsWith(SUFFIX))
          .sort()
          .map((file) => ({
            workspace,
            name: file.slice(0, -SUFFIX.length),
            sealed: readFileSync(join(root, workspace, file), 'utf8'),
          })),
      );
    },
  };
}
