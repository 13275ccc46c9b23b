import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const script = (name: string): string[] => ['--import', 'tsx', join(import.meta.dirname, '..', `${name}.ts`)];

/** The measuring of one desk again and again in one process, with one thread and without PostgreSQL, queue or journal. */
function measureAlone(dataDir: string, times: number): ChildProcess {
  return spawn(process.execPath, [...script('fleet/measure-again'), dataDir, String(times)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function timeOf(dirs: readonly string[], times: number): Promise<number> {
  const begun = performance.now();
  const codes = await Promise.all(dirs.map(async (dir) => (await once(measureAlone(dir, times), 'exit'))[0] as number));
  if (codes.some((code) => code !== 0)) throw new Error('The floor could not be measured.');
  return performance.now() - begun;
}

/**
 * How much more two processes that share nothing do than one, on this machine and at this moment: the most that two workers could reach.
 * 2 = two free cores; less = shared caches, memory, or other work on the machine.
 */
export async function scalingOfMachine(tickets: number, times: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-floor-'));
  try {
    const dirs = [join(folder, 'a'), join(folder, 'b')];
    for (const dir of dirs)
      await execute(process.execPath, [...script('fill-store'), dir, String(tickets)], { maxBuffer: 2 ** 24 });
    const alone = await timeOf(dirs.slice(0, 1), times);
    return (2 * alone) / (await timeOf(dirs, times));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
