import { PlumblineError } from '../errors/index.ts';

/** The value of `--last`: how many kept snapshots, newest ones; `all` = every one. Errors: BAD_USAGE. */
export function parseLast(text: string): number {
  if (text === 'all') return Number.MAX_SAFE_INTEGER;
  const last = Number(text);
  if (Number.isInteger(last) && last >= 1) return last;
  throw new PlumblineError(
    'BAD_USAGE',
    `--last ${text} is not a number of snapshots.`,
    'Write e.g. --last 6, or --last all.',
  );
}
