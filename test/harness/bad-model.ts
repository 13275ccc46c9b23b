import { PlumblineError } from '../../src/errors/index.ts';

/** All problems of a file that is no valid model, benchmark or exchange file; none when it is taken. Any other error is passed on. */
export function modelProblemsOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'BAD_MODEL' && error.remedy !== '') return error.problems;
    throw error;
  }
  return [];
}

/** Line of the first place where the text stands, counted from 1. */
export function lineOf(source: string, part: string): number {
  return source.split('\n').findIndex((line) => line.includes(part)) + 1;
}
