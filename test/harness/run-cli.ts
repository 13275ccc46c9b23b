import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../../src/cli/io.ts';
import { liftGlobalFlags, runProgram } from '../../src/cli/program.ts';
import { composeApp, packageVersion } from '../../src/compose.ts';
import { hasHidden, showHidden } from '../../src/errors/index.ts';
import { createStyle } from '../../src/report/style.ts';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Workbench {
  readonly dir: string;
  run(...argv: string[]): Promise<CliResult>;
  /** Runs with answers at the prompt, given in turn. */
  runAnswering(answers: readonly string[], ...argv: string[]): Promise<CliResult>;
  remove(): void;
}

/** Where this machine keeps and carries by its own environment must not leak into a test. */
const EMBEDDED = { DATABASE_URL: undefined, REDIS_URL: undefined, QUEUE: undefined };

/**
 * The real command line in an empty folder: real store, real rules, buffers instead of a terminal. `variables` are added to the
 * environment of the test; without them it is embedded.
 */
export function openWorkbench(variables: Readonly<Record<string, string>> = {}): Workbench {
  const dir = mkdtempSync(join(tmpdir(), 'plumbline-cli-'));
  const run = async (argv: readonly string[], answers: string[] | null): Promise<CliResult> => {
    let out = '';
    let err = '';
    const style = createStyle({ color: false, width: 100 });
    const io: Io = {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      interactive: false,
      style,
      errStyle: style,
      stderr: process.stderr,
      ask: answers === null ? null : async () => answers.shift() ?? '',
      cwd: dir,
    };
    const abort = new AbortController();
    const code = await runProgram(liftGlobalFlags(argv), packageVersion(), io, (flags) =>
      composeApp(flags, dir, abort.signal, { ...process.env, ...EMBEDDED, ...variables }),
    );
    if (hasHidden(out + err))
      throw new Error(`A control or bidirectional character was printed: ${showHidden(out + err)}`);
    return { code, out, err };
  };
  return {
    dir,
    run: (...argv) => run(argv, null),
    runAnswering: (answers, ...argv) => run(argv, [...answers]),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
