import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'plumbline-import';
/** A folder of another machine is left alone for a day. */
const FOREIGN_MS = 86_400_000;

function hostTag(): string {
  const tag = hostname()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
    .slice(0, 24);
  return tag === '' ? 'host' : tag;
}

/**
 * Makes the folder of one import below `parent` (the temporary folder when null), after removing those that killed processes left
 * there: its name carries machine and process.
 */
export async function openStageFolder(parent: string | null): Promise<string> {
  const base = parent ?? tmpdir();
  if (parent !== null) await mkdir(parent, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(base, `${PREFIX}-${hostTag()}-${process.pid}-`));
  await sweep(base, (await stat(folder)).mtimeMs);
  return folder;
}

async function sweep(base: string, now: number): Promise<void> {
  for (const name of await readdir(base)) {
    const found = new RegExp(`^${PREFIX}-([a-z0-9]+)-(\\d+)-`).exec(name);
    if (found === null) continue;
    const path = join(base, name);
    // Two processes may sweep at once: what is gone is gone.
    const info = await stat(path).catch(() => null);
    if (info === null) continue;
    const dead =
      found[1] === hostTag() ? isLeft(Number(found[2]), now - info.mtimeMs) : now - info.mtimeMs > FOREIGN_MS;
    if (dead) await rm(path, { recursive: true, force: true });
  }
}

/** No process of this id lives; or it is our own id, but the folder is older than we are (containers start with the same id again). */
function isLeft(pid: number, ageMs: number): boolean {
  if (pid === process.pid) return ageMs > process.uptime() * 1000 + 1000;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
}
