import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { z } from 'zod';

/** The longest single measurement takes minutes; one that takes longer hangs, and the others still have to be seen. */
const MOST_MS = 1_800_000;

const CostSchema = z.object({ wallMs: z.number(), cpuMs: z.number(), peakMb: z.number() });
const PartSchema = CostSchema.extend({ rows: z.number(), again: CostSchema.nullish() });
export type Part = z.infer<typeof PartSchema>;

const execute = promisify(execFile);
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill();
});

/** The built product's command in a folder, with what it gives Node by its own first line. */
export function commandOf(root: string): string[] {
  const main = join(root, 'dist', 'src', 'cli', 'main.js');
  const [start = ''] = readFileSync(main, 'utf8').split('\n', 1);
  return [...start.split(/\s+/).filter((word) => word.startsWith('--')), main];
}

const FLAGS = commandOf(join(import.meta.dirname, '..')).slice(0, -1);

function script(name: string): string[] {
  return ['--import', 'tsx', join(import.meta.dirname, `${name}.ts`)];
}

async function lastLineOf(name: string, args: readonly string[]): Promise<string> {
  // A floor is a bare script; the product starts as its users start it.
  const flags = name.endsWith('-floor') ? [] : FLAGS;
  const { stdout } = await execute(process.execPath, [...flags, ...script(name), ...args], {
    maxBuffer: 2 ** 24,
    timeout: MOST_MS,
  });
  return stdout.trim().split('\n').at(-1) ?? '';
}

/** One measurement in a process of its own. */
export async function part(name: string, ...args: string[]): Promise<Part> {
  return PartSchema.parse(JSON.parse(await lastLineOf(name, args)));
}

/** A script that only prepares something. */
export async function prepare(name: string, ...args: string[]): Promise<void> {
  await lastLineOf(name, args);
}

/** A script that goes on until `stop`; `line` is the first that it printed. */
export async function serve(name: string, ...args: string[]): Promise<{ readonly line: string; stop(): void }> {
  const child = spawn(process.execPath, [...script(name), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  const stop = (): void => {
    child.kill();
    running.delete(child);
  };
  for await (const line of createInterface(child.stdout)) return { line, stop };
  stop();
  throw new Error(`${name} ended before it was ready.`);
}

/** Makes a process say at its end how many microseconds of processor time it took. */
const TELL = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => { const { user, system } = process.cpuUsage(); writeSync(3, String(user + system)); });",
)}`;

/** Processor milliseconds of a whole process, from its first instruction to its exit. */
export async function costOfCommand(args: readonly string[], cwd?: string): Promise<number> {
  const child = spawn(process.execPath, ['--import', TELL, ...args], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  running.add(child);
  const timer = setTimeout(() => child.kill(), MOST_MS);
  let said = '';
  child.stdio[3]?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await once(child, 'close');
  clearTimeout(timer);
  running.delete(child);
  if (said === '') throw new Error(`${args.join(' ')} ended without saying what it took.`);
  return Number(said) / 1000;
}
