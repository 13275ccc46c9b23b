#!/usr/bin/env -S node --max-semi-space-size=32
import { packageVersion } from '../config/package.ts';
import { environment } from '../config/variables.ts';
import { fileTrouble } from '../errors/file-trouble.ts';
import { EXIT_CODES } from '../errors/plumbline-error.ts';
import { showsUnicode } from '../report/marks.ts';
import { createStyle } from '../report/style.ts';
import type { Io } from './io.ts';
import { liftGlobalFlags, runProgram } from './program.ts';
import { promptOnTerminal } from './prompt.ts';

const abort = new AbortController();
process.once('SIGINT', () => {
  abort.abort(new DOMException('interrupted', 'AbortError'));
  process.once('SIGINT', () => process.exit(130));
});
process.once('SIGTERM', () => abort.abort(new DOMException('terminated', 'AbortError')));
// `plumbline … | head` closes our output early; that is not a fault. A full disk behind it is none of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  const trouble = fileTrouble(error);
  if (trouble === null) throw error;
  process.stderr.write(io.errStyle.marks(`✗ ${trouble.message}\n  → ${trouble.remedy}\n`));
  process.exit(EXIT_CODES[trouble.kind]);
});

const env = environment();
const wantsColour = (stream: NodeJS.WriteStream): boolean =>
  (env.NO_COLOR === undefined || env.NO_COLOR === '') &&
  (stream.isTTY === true || (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0')) &&
  env.TERM !== 'dumb';

const unicode = showsUnicode(env);

const io: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  // Repainted lines need a cursor that moves, and are drawn by a library in marks of its own.
  interactive: process.stderr.isTTY === true && env.CI === undefined && env.TERM !== 'dumb' && unicode,
  style: createStyle({ color: wantsColour(process.stdout), width: process.stdout.columns ?? 100, unicode }),
  errStyle: createStyle({ color: wantsColour(process.stderr), width: process.stderr.columns ?? 100, unicode }),
  stderr: process.stderr,
  ask: process.stdin.isTTY === true ? promptOnTerminal : null,
  cwd: process.cwd(),
};

process.exitCode = await runProgram(liftGlobalFlags(process.argv.slice(2)), packageVersion(), io, async (flags) => {
  // Asking for help needs none of the parts.
  const { composeApp } = await import('../compose.ts');
  return composeApp(flags, io.cwd, abort.signal);
});
