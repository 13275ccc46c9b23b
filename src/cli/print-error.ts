import { EXIT_CODES, PlumblineError } from '../errors/index.ts';
import { wrap } from '../report/style.ts';
import type { GlobalFlags, Io } from './io.ts';

const UNEXPECTED = 70;
const INTERRUPTED = 130;

/** Prints what went wrong, where, and the way out; gives the exit code of the contract. */
export function printError(error: unknown, io: Io, flags: GlobalFlags): number {
  if (error instanceof Error && error.name === 'AbortError') {
    io.err('Interrupted. What was read so far is kept; run the command again to go on.\n');
    return INTERRUPTED;
  }
  if (!(error instanceof PlumblineError)) {
    const text =
      error instanceof Error ? (flags.verbose ? (error.stack ?? error.message) : error.message) : String(error);
    io.err(`${io.errStyle.bad('✗')} This is a fault of Plumbline, not of yours: ${text}\n`);
    io.err(`  Run it again with --verbose and report what it prints. Nothing that was stored is lost.\n`);
    return UNEXPECTED;
  }
  if (flags.json)
    io.err(
      `${JSON.stringify({ error: { code: error.code, kind: error.kind, message: error.message, where: error.where ?? null, remedy: error.remedy, problems: error.problems } })}\n`,
    );
  else {
    const width = io.errStyle.width;
    const [first, ...rest] = wrap(error.message, width - 2);
    io.err(`${io.errStyle.bad('✗')} ${io.errStyle.bold(first ?? error.code)}\n`);
    for (const line of rest) io.err(`  ${line}\n`);
    for (const problem of error.problems.slice(0, 20)) if (!error.message.includes(problem)) io.err(`  - ${problem}\n`);
    if (error.problems.length > 20) io.err(`  … and ${error.problems.length - 20} more\n`);
    for (const line of wrap(`→ ${error.remedy}`, width - 2, '  ')) io.err(`  ${line}\n`);
    io.err(io.errStyle.dim(`  ${error.code}${error.where === undefined ? '' : ` at ${error.where}`}\n`));
    if (flags.verbose && error.cause instanceof Error)
      io.err(io.errStyle.dim(`  cause: ${error.cause.stack ?? error.cause.message}\n`));
  }
  return EXIT_CODES[error.kind] === 0 ? UNEXPECTED : EXIT_CODES[error.kind];
}
