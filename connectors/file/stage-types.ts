import { PlumblineError } from '../../src/errors/index.ts';
import type { Mapping } from './mapping-schema.ts';

export type StageOptions = Pick<Mapping, 'format' | 'delimiter' | 'encoding' | 'sheet'>;

/** What a reader put into the table `raw`. */
export interface Loaded {
  /** All columns of the files. */
  readonly columns: readonly string[];
  /** Those that are in `raw`. */
  readonly staged: readonly string[];
  /** First value of each column, cut short; columns without any value are missing. */
  readonly samples: ReadonlyMap<string, string>;
}

/** Columns to stage, in the order of the file. */
export function stagedOf(columns: readonly string[], only: readonly string[] | null): readonly string[] {
  if (only === null) return columns;
  const wanted = new Set(only);
  return columns.filter((name) => wanted.has(name));
}

/** Files of one import have the same columns, in any order. Errors: BAD_INPUT_FILE with all names that differ. */
export function checkSameColumns(first: readonly string[], other: readonly string[], path: string): void {
  const [mine, theirs] = [new Set(first), new Set(other)];
  const names = (list: readonly string[]): string => list.map((name) => `"${name}"`).join(', ');
  const lacks = first.filter((name) => !theirs.has(name));
  const more = other.filter((name) => !mine.has(name));
  if (lacks.length === 0 && more.length === 0) return;
  const parts = [
    ...(lacks.length === 0 ? [] : [`it lacks ${names(lacks)}`]),
    ...(more.length === 0 ? [] : [`it has ${names(more)}, which the first has not`]),
  ];
  throw new PlumblineError(
    'BAD_INPUT_FILE',
    `${path} has other columns than the first file: ${parts.join('; ')}.`,
    'Import files of different form under their own mapping and --name.',
    { where: path },
  );
}
