import { PlumblineError } from '../errors/plumbline-error.ts';

/**
 * Notices a pager that repeats a cursor: `step(cursor)` throws VENDOR_LOOP when the cursor was given before in this read.
 * Keeps the last `remember` cursors, so memory stays bounded on very long reads.
 */
export function createLoopGuard(
  stream: string,
  remember = 10_000,
): {
  step(cursor: string): void;
  /**
   * Names of the rows of a page as one text, without positions (`#2`); throws when they are those of the page before (`last`), which no page that goes
   * on has.
   */
  goesOn(last: string, names: readonly string[]): string;
} {
  const seen = new Set<string>();
  const repeat = (): never => {
    throw new PlumblineError(
      'VENDOR_LOOP',
      `The helpdesk gave the same cursor twice while reading ${stream}.`,
      'Run the sync again; it resumes behind the last saved page. If it happens again, report it to the vendor.',
      { where: stream },
    );
  };
  return {
    goesOn(last, names) {
      const text = names.filter((name) => !name.startsWith('#')).join(' ');
      return text !== '' && text === last ? repeat() : text;
    },
    step(cursor) {
      if (seen.has(cursor)) repeat();
      seen.add(cursor);
      if (seen.size > remember) seen.delete(seen.values().next().value ?? '');
    },
  };
}
