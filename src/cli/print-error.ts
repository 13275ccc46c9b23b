import { fileTrouble } from '../errors/file-trouble.ts';
import { EXIT_CODES, PlumblineError } from '../errors/plumbline-error.ts';
import { fitText, wrap } from '../report/style.ts';
import type { GlobalFlags, Io } from './io.ts';

const UNEXPECTED = 70;
const INTERRUPTED = 130;
const MOST_PROBLEMS = 20;

function printFault(error: unknown, io: Io, flags: GlobalFlags): void {
  const text =
    error instanceof Error ? (flags.verbose ? (error.stack ?? error.message) : error.message) : String(error);
  io.err(`${io.errStyle.bad('✗')} This is a fault of Plumbline, not of yours: ${text}\n`);
  io.err('  Run it again with --verbose and report what it prints. Nothing that was stored is lost.\n');
}

function printKnown(error: PlumblineError, io: Io, flags: GlobalFlags): void {
  const { errStyle: style } = io;
  const [first, ...rest] = wrap(error.message, style.width - 2);
  const problems = error.problems.filter((problem) => !error.message.includes(problem));
  const lines = [
    `${style.bad('✗')} ${style.bold(first ?? error.code)}`,
    ...rest.map((line) => `  ${line}`),
    ...problems.slice(0, MOST_PROBLEMS).map((problem) => `  - ${problem}`),
    ...(problems.length > MOST_PROBLEMS ? [`  … and ${problems.length - MOST_PROBLEMS} more`] : []),
    ...wrap(`→ ${error.remedy}`, style.width - 2, '  ').map((line) => `  ${line}`),
    style.dim(`  ${error.code}${error.where === undefined ? '' : ` at ${error.where}`}`),
  ];
  if (flags.verbose && error.cause instanceof Error)
    lines.push(style.dim(`  cause: ${error.cause.stack ?? error.cause.message}`));
  io.err(`${fitText(lines.join('\n'), style.width)}\n`);
}

/** Prints what went wrong, where, and the way out (what the file system refuses is no fault of ours); gives the exit code of the contract. */
export function printError(thrown: unknown, io: Io, flags: GlobalFlags): number {
  const error = fileTrouble(thrown) ?? thrown;
  if (error instanceof Error && error.name === 'AbortError') {
    io.err('Interrupted. What was read so far is kept; run the command again to go on.\n');
    return INTERRUPTED;
  }
  if (!(error instanceof PlumblineError)) {
    printFault(error, io, flags);
    return UNEXPECTED;
  }
  const { code, kind, message, remedy, problems } = error;
  if (flags.json)
    io.err(`${JSON.stringify({ error: { code, kind, message, where: error.where ?? null, remedy, problems } })}\n`);
  else printKnown(error, io, flags);
  return EXIT_CODES[kind] === 0 ? UNEXPECTED : EXIT_CODES[kind];
}
