import { PlumblineError } from '../../../errors/plumbline-error.ts';
import { outOfMemory } from './child-process.ts';

export function refused(message: string): PlumblineError {
  return new PlumblineError(
    'SANDBOX_REFUSED',
    message,
    'A signal is one SELECT over the measure views (docs/measure-views.md).',
  );
}

/** What the engine says about SQL of a pack: SANDBOX_REFUSED, SANDBOX_MEMORY or BAD_RULES. */
export function engineFailure(message: string, cause?: unknown): PlumblineError {
  if (/permission error/i.test(message)) return refused(`The SQL reaches outside of the sandbox: ${message}`);
  if (/out of memory|failed to allocate|bad allocation|max_temp_directory_size|File too large/i.test(message))
    return outOfMemory(message.split('\n')[0] ?? '');
  return new PlumblineError('BAD_RULES', `The SQL does not run: ${message}`, 'Correct the SQL of the signal.', {
    cause,
  });
}
