import { z } from 'zod';
import { qualifiedNameIn, tableNamesIn } from './one-select.ts';

/** What the syntax tree of a text says; it depends on nothing but the text. */
export interface Reading {
  /** The engine itself reads exactly one SELECT. */
  readonly isOneSelect: boolean;
  /** A name that reaches inside of something; null when all names are plain. */
  readonly qualified: string | null;
  readonly tables: ReadonlySet<string>;
}

const MOST_READINGS = 1_000;
const known = new Map<string, Reading>();

const Statements = z.object({ statements: z.array(z.unknown()).default([]) });

function read(tree: string): Reading {
  // The engine writes trees of SELECT statements only.
  const { statements } = Statements.parse(JSON.parse(tree));
  return { isOneSelect: statements.length === 1, qualified: qualifiedNameIn(tree), tables: tableNamesIn(tree) };
}

/** Reads a text once in the life of the process: the same packs are measured again and again. `treeOf` is asked only for what is new. */
export async function readOnce(sql: string, treeOf: (sql: string) => Promise<string>): Promise<Reading> {
  const before = known.get(sql);
  if (before !== undefined) return before;
  const reading = read(await treeOf(sql));
  rememberReading(sql, reading);
  return reading;
}

/** Takes over what was read, in this process or at the build of this program. */
export function rememberReading(sql: string, reading: Reading): void {
  if (known.size >= MOST_READINGS) known.clear();
  known.set(sql, reading);
}
