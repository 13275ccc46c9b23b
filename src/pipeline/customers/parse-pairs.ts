import { z } from 'zod';
import type { CustomerPair } from '../../domain/customer-pair.ts';
import { PlumblineError } from '../../errors/index.ts';

const HEAD = 'desk_id,crm_id';
/** Longer than any id of a helpdesk. */
const MOST_CHARACTERS = 255;
const Id = z.string().min(1, 'is empty').max(MOST_CHARACTERS, `is longer than ${MOST_CHARACTERS} characters`);
const Row = z.strictObject({ desk_id: Id, crm_id: Id });

interface PairsFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Pairs of a mapping file: CSV with the first line `desk_id,crm_id`, one organisation of the desk a line. Empty lines are passed over; a file with
 * that first line alone gives none. Errors: BAD_MAPPING with file and line.
 */
export function parsePairs({ name, text }: PairsFile, desk: string, source: string): CustomerPair[] {
  const [head = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (head.trim() !== HEAD) throw bad(name, 1, `the first line is not ${HEAD}`);
  const lineOf = new Map<string, number>();
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    const at = i + 2;
    const { desk_id, crm_id } = rowOf(line, name, at);
    const before = lineOf.get(desk_id);
    if (before !== undefined) throw bad(name, at, `the desk_id stands on line ${before} already`);
    lineOf.set(desk_id, at);
    return [{ desk, source, organisation_id: desk_id, customer_id: crm_id }];
  });
}

/** Ids have no comma; quotes around one are those of the program that wrote the file. */
function rowOf(line: string, name: string, at: number): z.infer<typeof Row> {
  const cells = line.split(',').map((cell) =>
    cell
      .trim()
      .replace(/^"([^"]*)"$/, '$1')
      .trim(),
  );
  if (cells.length !== 2)
    throw bad(name, at, `it has ${cells.length === 1 ? '1 value' : `${cells.length} values`}, not 2`);
  const found = Row.safeParse({ desk_id: cells[0], crm_id: cells[1] });
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw bad(name, at, `${issue?.path.join('.') ?? 'a value'} ${issue?.message ?? 'does not fit'}`);
}

function bad(name: string, line: number, what: string): PlumblineError {
  return new PlumblineError(
    'BAD_MAPPING',
    `${name}, line ${line}: ${what}.`,
    `Write a CSV file with the first line ${HEAD} and one organisation of the desk a line; nothing was changed.`,
    { where: `${name}:${line}` },
  );
}
