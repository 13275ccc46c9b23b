import { nearest, PlumblineError } from '../../src/errors/index.ts';

/** Says that a mapping names a column that the file does not have, with the nearest one; `name` = of the mapping, `target` = what names it. */
export function noSuchColumn(name: string, target: string, column: string, columns: readonly string[]): string {
  const guess = nearest(column, columns);
  return `${name}: ${target} names column "${column}", which the file does not have${guess === null ? '' : `; did you mean "${guess}"?`}`;
}

/** Errors: BAD_MAPPING, all problems at once, when there are any. */
export function assertFits(problems: readonly string[], columns: readonly string[], name: string): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new PlumblineError('BAD_MAPPING', first, `The file has these columns: ${columns.join(', ')}.`, {
    where: name,
    problems: [...problems],
  });
}
