import { PlumblineError } from '../../errors/plumbline-error.ts';

function remedyFor(message: string): string {
  if (/no space left|disk.*full|could not write/i.test(message))
    return 'Free space on the disk of the data folder and run the command again; nothing committed is lost.';
  if (/out of memory|memory limit/i.test(message))
    return 'Raise the memory limit of the store or give its disk more room to spill, then run the command again.';
  if (/invalidated|fatal error/i.test(message))
    return 'End this process and run the command again; what was committed is there.';
  return 'Run the command again; nothing committed is lost. If it stays, look at the cause below.';
}

/** What the engine says of a file that it cannot make sense of. */
const DAMAGE =
  /corrupt database|not a valid duckdb database|could not read enough bytes|checksum|failed to deserialize|serialization error|unexpected end of file/i;

/**
 * An error of the engine as STORE_FAILED with the way out, or as STORE_DAMAGED, which no second try mends; our own errors pass as they are.
 * `where` = the folder or file, when it is known.
 */
export function storeFailure(doing: string, error: unknown, where?: string): PlumblineError {
  if (error instanceof PlumblineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (DAMAGE.test(message))
    return new PlumblineError(
      'STORE_DAMAGED',
      `The store is damaged: ${message.split('\n')[0]}`,
      'Restore a backup (plumbline restore), or put the damaged file aside and sync or import again; running again does not mend it. Look at the disk.',
      { ...(where === undefined ? {} : { where }), cause: error },
    );
  return new PlumblineError('STORE_FAILED', `The store failed while ${doing}: ${message}`, remedyFor(message), {
    cause: error,
  });
}

/** Runs `work` and reports what the engine refuses as STORE_FAILED. */
export async function doing<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeFailure(what, error);
  }
}
