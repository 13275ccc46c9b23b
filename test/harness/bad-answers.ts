import { PlumblineError } from '../../src/errors/index.ts';

/** What is wrong with answers, as reading them tells; null when nothing is. */
export function badAnswersOf(read: () => unknown): PlumblineError | null {
  try {
    read();
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'BAD_ANSWERS') return error;
    throw error;
  }
  return null;
}
