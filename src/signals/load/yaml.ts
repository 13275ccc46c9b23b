import type { z } from 'zod';
import { PlumblineError, parseYaml as parseOwned } from '../../errors/index.ts';

interface ParsedYaml<T> {
  readonly value: T | null;
  /** `file:line: what is wrong`, all of them. */
  readonly problems: readonly string[];
}

/** Reads one YAML text by a schema and gives every problem with file and line instead of throwing, so that a whole pack can be reported at once. */
export function parseYaml<T>(text: string, file: string, schema: z.ZodType<T>): ParsedYaml<T> {
  try {
    return {
      value: parseOwned({ text, name: file, code: 'BAD_RULES', remedy: 'See docs/writing-signals.md.' }, schema),
      problems: [],
    };
  } catch (error) {
    if (error instanceof PlumblineError) return { value: null, problems: error.problems };
    throw error;
  }
}
