import { z } from 'zod';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A cell that was taken out of an item, alone or with what holds it. */
export interface LostCell {
  /** Where it stood. */
  readonly at: Path;
  /** What was wrong with it. */
  readonly issue: Issue;
  /** Kind of what stood there: `number`, `null`, `nothing`. */
  readonly found: string;
}

interface Mended<T> {
  readonly data: T;
  readonly lost: readonly LostCell[];
}

/** An item that is not readable by then is none. */
const MOST_ROUNDS = 8;

/**
 * Reads an item that does not fit without the cells that keep it from fitting: each cell is taken out of a copy, or what holds it where that is not
 * enough, but never a key of the item itself that has to be there; of a list only the element, and the list once nothing is left of it. Gives null where the item cannot be read so, and where
 * what is left would say something of a lost cell: that a list is empty, or that something is not so. A lost cell may take facts away, it never adds one.
 */
export function mendItem<T>(schema: z.ZodType<T>, item: unknown, error: z.ZodError): Mended<T> | null {
  const copy: unknown = structuredClone(item);
  let lost: readonly Taken[] = [];
  let { issues } = error;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = issues.flatMap((issue) => innermostIssues(issue)).map((one) => targetOf(copy, one));
    const targets = found.filter((one) => one !== null);
    if (targets.length < found.length) return null;
    for (const first of outermost(targets)) {
      const target = takeOut(copy, first);
      // What holds a cell is lost because of the cell.
      const cause = lost.find((one) => !one.isElement && isWithin(one.path, target.path)) ?? target;
      lost = [...afterTaking(lost, target), { ...cause, path: target.path, isElement: target.isElement }];
    }
    const result = schema.safeParse(copy);
    if (!result.success) {
      issues = result.error.issues;
      continue;
    }
    return lost.every((one) => one.isElement || isUnknown(valueAt(result.data, one.path)))
      ? { data: result.data, lost }
      : null;
  }
  return null;
}

/**
 * A schema of one record that a call gives alone, which takes it without the cells that do not fit, as `mendItem` does. For what only helps to understand
 * other records: who we are, what a role may do. Never for the envelope of a page: a lost cursor would be the end of the list.
 */
export function withoutOddCells<T>(schema: z.ZodType<T>) {
  return z.unknown().transform((value, context): T => {
    const read = schema.safeParse(value);
    if (read.success) return read.data;
    const mended = mendItem(schema, value, read.error);
    if (mended !== null) return mended.data;
    for (const { path } of read.error.issues)
      context.addIssue({ code: 'custom', path: [...path], message: 'the form that is described' });
    return z.NEVER;
  });
}

/** Unions nest their reasons: those of the branch that got inside say most, else the union itself. */
export function innermostIssues(
  issue: Issue,
  path: Path = issue.path,
): { readonly issue: Issue; readonly path: Path }[] {
  const branches = issue.code === 'invalid_union' ? issue.errors : [];
  const inside = branches.find((branch) => branch.length > 0 && branch.every((one) => one.path.length > 0));
  if (inside === undefined) return [{ issue, path }];
  return inside.flatMap((one) => innermostIssues(one, [...path, ...one.path]));
}

interface Taken extends LostCell {
  /** What was taken out, by its place in what is left. */
  readonly path: Path;
  /** An element of a list, which is gone from it: nothing of it is left that could be said. */
  readonly isElement: boolean;
}

/** The cell to take for an issue: where nothing stands there (any more), what holds it; null when that is the item itself. */
function targetOf(item: unknown, { issue, path: whole }: { readonly issue: Issue; readonly path: Path }): Taken | null {
  let path = whole;
  while (path.length > 0 && valueAt(item, path) === undefined) path = path.slice(0, -1);
  // A key of the item that is missing has no holder but the item.
  if (path.length === 0) return null;
  return {
    path,
    at: whole,
    issue,
    found: kindAt(item, whole),
    isElement: Array.isArray(valueAt(item, path.slice(0, -1))),
  };
}

/** Each target once, without those inside others; later elements of a list first, so that the places of the others stand. */
function outermost(targets: readonly Taken[]): Taken[] {
  const each = new Map(targets.toReversed().map((one) => [JSON.stringify(one.path), one]));
  const all = [...each.values()];
  return all
    .filter((one) => !all.some((other) => other !== one && isWithin(one.path, other.path)))
    .sort((a, b) => comparePlaces(b.path, a.path));
}

function comparePlaces(a: Path, b: Path): number {
  const at = a.findIndex((key, i) => key !== b[i]);
  if (at === -1) return a.length - b.length;
  const [left, right] = [a[at], b[at]];
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left) < String(right) ? -1 : 1;
}

function isWithin(path: Path, outer: Path): boolean {
  return outer.length <= path.length && outer.every((key, i) => key === path[i]);
}

/** Takes a target out of the item, and gives what was taken in the end: a list that is empty then would say that there is none, and goes too. */
function takeOut(item: unknown, target: Taken): Taken {
  const { path } = target;
  const holder = valueAt(item, path.slice(0, -1));
  const key = path.at(-1);
  if (!Array.isArray(holder)) {
    if (typeof holder === 'object' && holder !== null && key !== undefined) Reflect.deleteProperty(holder, key);
    return target;
  }
  holder.splice(Number(key), 1);
  if (holder.length > 0 || path.length < 2) return target;
  const list = path.slice(0, -1);
  return takeOut(item, { ...target, path: list, isElement: Array.isArray(valueAt(item, list.slice(0, -1))) });
}

/** What was taken before stands elsewhere once an element in front of it is gone, and is no more once its holder is. */
function afterTaking(lost: readonly Taken[], { path, isElement }: Taken): Taken[] {
  const list = path.slice(0, -1);
  const gone = Number(path.at(-1));
  return lost
    .filter((one) => !isWithin(one.path, path) || (one.isElement && one.path.length === path.length))
    .map((one) => {
      const place = one.path[list.length];
      if (!isElement || typeof place !== 'number' || place <= gone || !isWithin(one.path, list)) return one;
      return { ...one, path: [...list, place - 1, ...one.path.slice(list.length + 1)] };
    });
}

/** Nothing is said: null, nothing, the empty text of a word that is not known, or a record of nothing else. An empty list says that there is none. */
function isUnknown(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof Date) return false;
  return Object.values(value).every(isUnknown);
}

function valueAt(item: unknown, path: Path): unknown {
  let value = item;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.hasOwn(value, key) ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  }
  return value;
}

/** Kind of the value at a path, for people; never the value. */
export function kindAt(item: unknown, path: Path): string {
  const value = valueAt(item, path);
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'array' : typeof value;
}
