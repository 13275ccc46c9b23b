import { PlumblineError } from '../errors/index.ts';

/** The value of `--port`. Errors: BAD_USAGE. */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new PlumblineError('BAD_USAGE', `--port ${text} is not a port.`, 'Use a number up to 65535; 0 = any free one.');
}
