import type { z } from 'zod';
import type { SetAside } from '../domain/observability.ts';
import { innermostIssues, kindAt, type LostCell, mendItem } from './mend-item.ts';
import { REFUSED, readerOf } from './quick-schema.ts';

export interface Parsed<T> {
  readonly kept: T[];
  /** Records that could not be read (RECORD_REJECTED), and cells of kept records that could not (CELL_REJECTED). */
  readonly rejected: SetAside[];
}

/**
 * Parses items one by one so that a bad record never sinks its page, nor a bad cell its record: good ones are kept in order, one with cells that do not
 * fit is kept without them (`mendItem`), each other bad one is set aside. Both are told by path and expectation, never by content. `ref` names a record; by default its id, else its position.
 * Empty input gives two empty lists. Never throws.
 */
export function parseEach<T>(
  schema: z.ZodType<T>,
  items: readonly unknown[],
  stream: string,
  ref: (item: unknown, index: number) => string = refOf,
): Parsed<T> {
  const kept: T[] = [];
  const rejected: SetAside[] = [];
  const read = readerOf(schema);
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const found = read(item);
    if (found !== REFUSED) {
      kept.push(found);
      continue;
    }
    const result = schema.safeParse(item);
    if (result.success) {
      kept.push(result.data);
      continue;
    }
    const mended = mendItem(schema, item, result.error);
    if (mended === null) rejected.push(toSetAside(result.error, stream, ref(item, index), item));
    else {
      kept.push(mended.data);
      for (const cell of mended.lost) rejected.push(cellAside(cell, stream, ref(item, index)));
    }
  }
  return { kept, rejected };
}

/** Keys under which vendors keep the id of a record; one that has a key of the vendor's own may have an `id` that names another record. */
const ID_KEYS = ['sys_id', 'Id', 'id', '_id'] as const;

/** A record that parses and still cannot be used; `detail` says what was expected, never what it holds. */
export function setAside(stream: string, ref: string, path: string, detail: string): SetAside {
  return { stream, ref, code: 'RECORD_REJECTED', path, detail };
}

/** A cell of a record that was kept without it. */
export function lostCell(stream: string, ref: string, path: string, detail: string): SetAside {
  return { stream, ref, code: 'CELL_REJECTED', path, detail };
}

/** Vendor id of an item where one can be read, else its position as `#n`. */
export function refOf(item: unknown, index: number): string {
  const record = typeof item === 'object' && item !== null ? (item as Record<string, unknown>) : {};
  const id = ID_KEYS.map((key) => record[key]).find((value) => value !== undefined);
  return typeof id === 'number' || (typeof id === 'string' && /^[\w-]{1,64}$/.test(id)) ? String(id) : `#${index}`;
}

function toSetAside(error: z.ZodError, stream: string, ref: string, item?: unknown): SetAside {
  const { issue, path } = firstIssue(error);
  return setAside(stream, ref, path.map(String).join('.'), `${expectationOf(issue)}, found ${kindAt(item, path)}`);
}

/** Elements of lists are told without their place, so that what is the same is counted together. */
function cellAside({ at, issue, found }: LostCell, stream: string, ref: string): SetAside {
  const path = at.map((key) => (typeof key === 'number' ? '*' : String(key))).join('.');
  return lostCell(stream, ref, path, `${expectationOf(issue)}, found ${found}`);
}

/** One line per problem of an envelope, paths and expectations only. */
export function describeIssues(error: z.ZodError, limit = 5): string[] {
  return error.issues
    .slice(0, limit)
    .map((issue) => `${issue.path.map(String).join('.') || '(top)'}: ${expectationOf(issue)}`);
}

type Issue = z.core.$ZodIssue;

type Placed = ReturnType<typeof innermostIssues>[number];

function firstIssue(error: z.ZodError): Placed {
  const none: Issue = { code: 'custom', path: [], message: 'unknown', input: undefined };
  const [first] = error.issues;
  return innermostIssues(first ?? none)[0] ?? { issue: none, path: [] };
}

function expectationOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}`;
    case 'invalid_format':
      return `expected format ${issue.format}`;
    case 'invalid_value':
      return `expected one of ${issue.values.length} known values`;
    case 'unrecognized_keys':
      return `unknown keys (${issue.keys.length})`;
    case 'invalid_union':
      return 'expected one of several forms';
    case 'custom':
      return `expected: ${issue.message}`;
    default:
      return `failed ${issue.code}`;
  }
}
