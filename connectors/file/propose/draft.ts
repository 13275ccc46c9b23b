import type { Joined, Mapping } from '../mapping-schema.ts';

/** One change of a draft: the value of a place, or its removal (`undefined`). */
export interface Change {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** A field of the mapping file while it is being proposed; `column` alone is written in its short form. */
export type Field = { readonly column?: string } & Readonly<Record<string, unknown>>;

/**
 * A mapping while it is being proposed: fields by name, and apart from them what belongs to a column wherever it is used (order of day
 * and month, words for "unknown"), so that an answer about a column holds for every field that reads it.
 */
export interface Draft {
  readonly mode: 'tickets' | 'events';
  preset?: string;
  sheet?: string;
  time_zone?: string;
  missing: string[];
  joined: readonly Joined[];
  ticket: Record<string, Field>;
  events: Record<string, Field>;
  /** By column. */
  durations: Record<string, Field>;
  /** By kind and column, e.g. `met:SLA Status`. */
  sla: Record<string, Field>;
  satisfaction?: Field;
  waiting?: Field;
  /** By column. */
  formats: Record<string, string>;
  words: Record<string, string[]>;
  /** Place -> what speaks for it, e.g. `ticket.created_at`. */
  notes: Record<string, string>;
}

export function emptyDraft(mode: Draft['mode']): Draft {
  return {
    mode,
    missing: [],
    joined: [],
    ticket: {},
    events: {},
    durations: {},
    sla: {},
    formats: {},
    words: {},
    notes: {},
  };
}

/** The draft with the changes made; the given one stays as it was. */
export function changeDraft(draft: Draft, changes: readonly Change[]): Draft {
  const copy = structuredClone(draft) as unknown as Record<string, unknown>;
  for (const { path, value } of changes) {
    let place = copy;
    for (const key of path.slice(0, -1)) {
      const next = Object.hasOwn(place, key) ? place[key] : undefined;
      if (typeof next !== 'object' || next === null) setOwn(place, key, {});
      place = place[key] as Record<string, unknown>;
    }
    const last = path.at(-1);
    if (last === undefined) continue;
    if (value === undefined) delete place[last];
    else setOwn(place, last, structuredClone(value));
  }
  return copy as unknown as Draft;
}

/** Words of a file may be called like anything, `__proto__` too. */
function setOwn(place: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(place, key, { value, enumerable: true, writable: true, configurable: true });
}

/** Columns that the draft reads. */
export function usedColumns(draft: Draft): ReadonlySet<string> {
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('column' in value && typeof value.column === 'string') used.add(value.column);
    for (const [key, inner] of Object.entries(value)) if (key !== 'values') visit(inner);
  };
  visit([draft.ticket, draft.events, draft.durations, draft.sla, draft.satisfaction, draft.waiting]);
  return used;
}

/** Fields that the mapping file can only write as the name of a column. */
const NAME_ONLY = new Set(['id', 'order', 'requester']);

const TIMES = new Set(['created_at', 'updated_at', 'solved_at', 'closed_at', 'first_reply_at', 'at', 'due_at']);

function finish(name: string, field: Field, draft: Draft): unknown {
  const column = field.column;
  const made: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(field))
    setOwn(
      made,
      key,
      key === 'due_at' || key === 'met' || key === 'target' ? finish(key, value as Field, draft) : value,
    );
  if (column === undefined) return made;
  if (NAME_ONLY.has(name)) return column;
  const format = TIMES.has(name) ? draft.formats[column] : undefined;
  if (format !== undefined) made.date_format = format;
  const words = draft.words[column];
  if (words !== undefined && words.length > 0 && made.missing === undefined) made.missing = words;
  return Object.keys(made).length === 1 && !('values' in made) && !FULL.has(name) ? column : made;
}

/** Fields without a short form. */
const FULL = new Set(['durations', 'sla', 'satisfaction', 'waiting', 'met', 'target', 'activity']);

/** The draft as a mapping; what is still open may be missing from it. */
export function mappingOf(draft: Draft, unused: readonly string[]): Partial<Mapping> {
  const fields = (list: Record<string, Field>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(list).map(([name, field]) => [name, finish(name, field, draft)]));
  const list = (name: string, from: Record<string, Field>): unknown[] =>
    Object.values(from).map((field) => finish(name, field, draft));
  const mapping: Record<string, unknown> = { version: 1, mode: draft.mode };
  if (draft.preset !== undefined) mapping.preset = draft.preset;
  if (draft.sheet !== undefined) mapping.sheet = draft.sheet;
  if (draft.time_zone !== undefined) mapping.time_zone = draft.time_zone;
  if (draft.missing.length > 0) mapping.missing = draft.missing;
  const used = usedColumns(draft);
  const joined = draft.joined.filter((one) => used.has(one.name));
  if (joined.length > 0) mapping.joined = joined;
  mapping.ticket = fields(draft.ticket);
  if (Object.keys(draft.events).length > 0) mapping.events = fields(draft.events);
  if (Object.keys(draft.durations).length > 0) mapping.durations = list('durations', draft.durations);
  if (Object.keys(draft.sla).length > 0) mapping.sla = list('sla', draft.sla);
  if (draft.satisfaction !== undefined) mapping.satisfaction = finish('satisfaction', draft.satisfaction, draft);
  if (draft.waiting !== undefined) mapping.waiting = finish('waiting', draft.waiting, draft);
  if (unused.length > 0) mapping.unused = unused;
  return mapping as Partial<Mapping>;
}
