import { type DestinationStream, type Logger, pino } from 'pino';
import { showHidden } from '../errors/index.ts';

export type { Logger };

/** Field names whose values never reach a log line. Texts with secrets inside are scrubbed where they are made. */
const REDACTED = [
  'token',
  'password',
  'secret',
  'authorization',
  'headers.authorization',
  '*.token',
  '*.password',
  '*.secret',
  '*.authorization',
];

/**
 * Logger of the process: JSON lines with constant messages and data in fields, to standard error.
 * Never given ticket text, names or addresses.
 */
export function createLogger(level: string, destination: DestinationStream): Logger {
  return pino(
    { level, base: null, redact: { paths: REDACTED, censor: '[hidden]' }, timestamp: pino.stdTimeFunctions.isoTime },
    // JSON leaves C1 and bidirectional characters as they are, and standard error is often a terminal.
    { write: (line: string) => destination.write(showHidden(line)) },
  );
}
