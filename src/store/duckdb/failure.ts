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

/** An error of the engine as STORE_FAILED with the way out; our own errors pass as they are. */
export function storeFailure(doing: string, error: unknown): PlumblineError {
  if (error instanceof PlumblineError) return error;
  const message = error instanceof Error ? error.message : String(error);
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
