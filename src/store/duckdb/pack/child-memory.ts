import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** Megabytes that a process holds in memory now; null when it is gone or the system does not say. */
export async function residentMb(pid: number): Promise<number | null> {
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const kb = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
    return kb === undefined ? null : Number(kb) / 1024;
  }
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, out) => {
      const kb = Number(out.trim());
      resolve(error !== null || !(kb > 0) ? null : kb / 1024);
    });
  });
}

/** How often the memory of a child is looked at. Where `ps` has to be started for it, less often. */
export const LOOK_EVERY_MS = process.platform === 'linux' ? 50 : 250;
