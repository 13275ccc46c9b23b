import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PlumblineError } from '../../../errors/plumbline-error.ts';
import { LOOK_EVERY_MS, residentMb } from './child-memory.ts';
import type { PackReply, PackRequest } from './protocol.ts';

export interface PackChildSettings {
  /** Folder of the child: where it stands, and all that its SQL may touch. Absolute. */
  readonly folder: string;
  /** Memory of the engine, before it spills. */
  readonly memoryMb: number;
  /** Memory of the whole process; beyond, it is killed. */
  readonly hardMemoryMb: number;
  /** Disk for what the engine spills, and for the largest file that the process may write. */
  readonly spillMb: number;
  readonly threads: number;
}

/** Time to start a process and an engine, on a machine that has much else to do. */
const START_MS = 60_000;
const SHELL = '/bin/sh';
/** Code, stacks and heaps of the runtime itself, beside what SQL takes. */
const RUNTIME_MB = 512;

/** Entry of the child: compiled beside this file, or TypeScript when this runs from its sources. */
function entry(): { readonly path: string; readonly nodeArguments: readonly string[] } {
  const own = import.meta.url;
  if (!own.endsWith('.ts')) return { path: fileURLToPath(new URL('./child.js', own)), nodeArguments: [] };
  const loader = pathToFileURL(createRequire(own).resolve('tsx')).href;
  return { path: fileURLToPath(new URL('./child.ts', own)), nodeArguments: ['--import', loader] };
}

/**
 * Where there is a shell, the system itself keeps data segment, file size and core dumps in bounds; a system that does not know one of the
 * limits leaves it out. The memory is watched from outside as well.
 */
function startProcess(settings: PackChildSettings): ChildProcess {
  const { path, nodeArguments } = entry();
  const limits = [
    'ulimit -c 0',
    `ulimit -d ${(settings.hardMemoryMb + RUNTIME_MB) * 1024}`,
    `ulimit -f ${settings.spillMb * 2048}`,
  ].map((limit) => `{ ${limit}; } 2>/dev/null || :`);
  const hasShell = process.platform !== 'win32' && existsSync(SHELL);
  return fork(path, [], {
    cwd: settings.folder,
    env: {},
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    execPath: hasShell ? SHELL : process.execPath,
    execArgv: hasShell
      ? ['-c', `${limits.join('; ')}; exec "$0" "$@"`, process.execPath, ...nodeArguments]
      : [...nodeArguments],
  });
}

function timeout(ms: number): PlumblineError {
  return new PlumblineError(
    'SANDBOX_TIMEOUT',
    `The SQL did not end within ${ms} ms.`,
    'Narrow its window or make its joins selective.',
  );
}

/** More memory than a pack may have; also when the engine itself or the system said so. */
export function outOfMemory(what: string): PlumblineError {
  return new PlumblineError(
    'SANDBOX_MEMORY',
    `The SQL needs more memory than a rule pack may have: ${what}.`,
    'Filter earlier, join on fewer rows, and build no long texts or lists.',
  );
}

/** One process that runs SQL of packs, one request at a time. After an error of `ask` it may be dead: see `isAlive`. */
export class PackChild {
  readonly #process: ChildProcess;
  readonly #settings: PackChildSettings;
  #complaint = '';
  #isKilled = false;
  /** Aliases of files that this child has open. */
  readonly attached = new Set<string>();

  private constructor(settings: PackChildSettings) {
    this.#settings = settings;
    this.#process = startProcess(settings);
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#complaint = `${this.#complaint}${chunk.toString('utf8')}`.slice(-2_000);
    });
    // Without a listener a failed start would end this process; `ask` hears of it by `exit` or `error`.
    this.#process.on('error', () => undefined);
  }

  static async start(settings: PackChildSettings): Promise<PackChild> {
    const child = new PackChild(settings);
    const { folder, memoryMb, spillMb, threads } = settings;
    try {
      await child.ask({ kind: 'open', folder, memoryMb, spillMb, threads }, START_MS);
    } catch (cause) {
      child.kill();
      const said = child.#complaint.split('\n').find((line) => /error/i.test(line)) ?? '';
      throw new PlumblineError(
        'STORE_FAILED',
        `The process for SQL of rule packs does not start${said === '' ? '' : `: ${said.trim()}`}.`,
        'See that this user may start processes and that memory is free; then run the command again.',
        { cause },
      );
    }
    return child;
  }

  get isAlive(): boolean {
    // The news of its end comes a while after the kill.
    return (
      !this.#isKilled && this.#process.exitCode === null && this.#process.signalCode === null && this.#process.connected
    );
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Ends the process at once; it cannot hold that up. */
  kill(): void {
    this.#isKilled = true;
    this.#process.kill('SIGKILL');
  }

  /** Whether this process waits for the child before it ends. */
  #hold(held: boolean): void {
    const handles = [this.#process, this.#process.channel, this.#process.stderr] as unknown as readonly (
      | { ref?(): void; unref?(): void }
      | null
      | undefined
    )[];
    for (const handle of handles) {
      if (held) handle?.ref?.();
      else handle?.unref?.();
    }
  }

  /**
   * The child's reply to one request.
   * Errors: SANDBOX_TIMEOUT after `timeoutMs`, SANDBOX_MEMORY above the hard limit (the child is then killed, by SIGKILL), SANDBOX_REFUSED when it
   * ended by itself.
   */
  async ask(request: PackRequest, timeoutMs: number): Promise<PackReply> {
    const { hardMemoryMb } = this.#settings;
    this.#hold(true);
    let isOver = false;
    let cleanUp = (): void => undefined;
    try {
      return await new Promise<PackReply>((resolve, reject) => {
        const stop = (error: PlumblineError): void => {
          this.kill();
          reject(error);
        };
        const onExit = (code: number | null, signal: NodeJS.Signals | null): void => reject(ended(code, signal));
        const onError = (cause: Error): void => reject(ended(null, null, cause));
        const timer = setTimeout(() => stop(timeout(timeoutMs)), timeoutMs);
        const watch = setInterval(() => {
          const { pid } = this.#process;
          if (pid === undefined) return;
          void residentMb(pid).then((mb) => {
            if (!isOver && mb !== null && mb > hardMemoryMb) stop(outOfMemory(`its process held ${Math.round(mb)} MB`));
          });
        }, LOOK_EVERY_MS);
        this.#process.once('message', resolve).once('exit', onExit).once('error', onError);
        cleanUp = () => {
          clearTimeout(timer);
          clearInterval(watch);
          this.#process.off('message', resolve).off('exit', onExit).off('error', onError);
        };
        if (this.isAlive) this.#process.send(request, (error) => error !== null && onError(error));
        else onExit(this.#process.exitCode, this.#process.signalCode);
      });
    } finally {
      isOver = true;
      cleanUp();
      this.#hold(false);
    }
  }
}

/** What the end of a child means that nobody here has killed. */
function ended(code: number | null, signal: NodeJS.Signals | null, cause?: Error): PlumblineError {
  // An abort is the runtime without memory, a kill from outside the system that took it back.
  if (signal === 'SIGABRT' || signal === 'SIGKILL' || signal === 'SIGTRAP' || signal === 'SIGXFSZ')
    return outOfMemory(`its process ended by ${signal}`);
  return new PlumblineError(
    'SANDBOX_REFUSED',
    `The SQL brought down the process that it ran in (${signal ?? code ?? cause?.message ?? 'unknown'}).`,
    'Write it with plain functions and without deep nesting.',
    { cause },
  );
}
