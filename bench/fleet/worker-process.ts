import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandOf } from '../processes.ts';

/** What a process has used so far (Linux: from /proc). */
export interface Usage {
  readonly cpuS: number;
  readonly peakMb: number;
}

const TICKS_PER_S = 100;

export function usageOf(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces; times of user and system are the 12th and 13th words behind it.
  const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return { cpuS: (Number(words[11]) + Number(words[12])) / TICKS_PER_S, peakMb: Number(peak?.[1] ?? 0) / 1024 };
}

export interface WorkerProcess {
  usage(): Usage;
  /** SIGTERM; gives what it used and how long it took to drain. Errors: when it ends badly. */
  stop(): Promise<Usage & { readonly drainMs: number }>;
}

/** A `work` process of the built product with a data folder of its own; `config` is its plumbline.yaml. */
export function startWorkerProcess(environment: Readonly<Record<string, string>>, config: string): WorkerProcess {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-fleet-worker-'));
  writeFileSync(join(dataDir, 'plumbline.yaml'), config);
  const child = spawn(process.execPath, [...commandOf(join(import.meta.dirname, '../..')), 'work', '--quiet'], {
    cwd: dataDir,
    env: { PATH: process.env.PATH ?? '', HOME: dataDir, TMPDIR: tmpdir(), ...environment, PLUMBLINE_DATA: dataDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const usage = (): Usage => {
    if (child.pid === undefined || child.exitCode !== null) throw new Error('A worker ended by itself.');
    return usageOf(child.pid);
  };
  return {
    usage,
    async stop() {
      const used = usage();
      const begun = performance.now();
      child.kill('SIGTERM');
      const [code, signal] = await ended;
      process.off('exit', kill);
      rmSync(dataDir, { recursive: true, force: true });
      if (code !== 0) throw new Error(`A worker ended with ${code ?? signal}.`);
      return { ...used, drainMs: performance.now() - begun };
    },
  };
}
