import { parseYaml } from '../../src/errors/index.ts';
import { assertFits, noSuchColumn } from './fit-columns.ts';
import { partsOf } from './join-columns.ts';
import { findProblems } from './mapping-problems.ts';
import { type DateFormat, type DurationUnit, Mapping } from './mapping-schema.ts';
import { NO_VALUE, UNSET_WORDS } from './missing-words.ts';

export type Value = string | number | boolean;

/** One canonical field and where its value comes from; every form of the mapping file is brought to this one. */
export interface Binding {
  /** Path in the mapping file, e.g. `ticket.status`. */
  readonly target: string;
  readonly kind: 'key' | 'time' | 'word' | 'identity' | 'choice' | 'flag' | 'count' | 'duration' | 'score';
  /** null = a constant. */
  readonly column: string | null;
  readonly constant: Value | null;
  readonly missing: readonly string[];
  /** Lower-cased word of the file -> canonical value. */
  readonly values: ReadonlyMap<string, Value | null> | null;
  /** Value of words that `values` does not list, when the mapping gives one (null = unknown); null = such words are counted. */
  readonly fallback: { readonly value: Value | null } | null;
  readonly dateFormat: DateFormat | null;
  readonly backFilled: boolean;
  /** Event logs: a word for nobody, or for nothing that is known, ends what was in force; elsewhere it is no value. */
  readonly clears: boolean;
  readonly hashed: boolean;
  /** Kind `duration`: how its values are written, and the hours that one day of `days` means. */
  readonly duration: { readonly unit: DurationUnit; readonly hoursPerDay: number } | null;
  /** Kind `score`: worst and best number. */
  readonly range: readonly [number, number] | null;
}

export interface Plan {
  readonly mapping: Mapping;
  readonly mode: 'tickets' | 'events';
  readonly bindings: readonly Binding[];
  /** Bindings by target, for the readers. */
  readonly by: ReadonlyMap<string, Binding>;
  /** Columns of the file that the mapping neither uses nor names in `unused`. */
  readonly unmapped: readonly string[];
  /** Event logs: a ticket is created by its first row. */
  readonly firstEvent: boolean;
}

type Spec =
  | string
  | {
      column?: string;
      constant?: Value;
      missing?: string[] | undefined;
      values?: Record<string, Value | null> | undefined;
      default?: Value | null | undefined;
      date_format?: DateFormat | undefined;
      back_filled?: boolean | undefined;
      as?: 'hash' | 'id' | 'clear' | undefined;
      unit?: DurationUnit | undefined;
      hours_per_day?: number | undefined;
      range?: readonly [number, number] | undefined;
    };

const KINDS: Readonly<Record<string, Binding['kind']>> = {
  id: 'key',
  created_at: 'time',
  updated_at: 'time',
  solved_at: 'time',
  closed_at: 'time',
  first_reply_at: 'time',
  status: 'choice',
  priority: 'choice',
  type: 'choice',
  channel: 'choice',
  created_by: 'choice',
  created_on_behalf: 'flag',
  requester_is_agent: 'flag',
  deleted: 'flag',
  spam: 'flag',
  test: 'flag',
  group: 'identity',
  assignee: 'identity',
  requester: 'identity',
  organisation: 'identity',
  problem: 'identity',
  reopens: 'count',
  reassignments: 'count',
  replies: 'count',
};

/** Value of `waiting` on a row that waits for nobody. */
export const NOBODY = 'nobody';

/** Fields of a ticket whose changes an event log tells. */
export const FOLLOWED = ['category', 'product', 'severity', 'cause_code', 'form', 'support_line'] as const;

function isFollowed(target: string): boolean {
  return (
    target.startsWith('events.track.') ||
    ['priority', 'group', 'assignee', ...FOLLOWED].some((field) => target === `ticket.${field}`)
  );
}

const QUANTITIES: ReadonlySet<Binding['kind']> = new Set(['time', 'count', 'duration', 'score']);

/** Names of teams and problem records are not personal: kept readable unless the mapping says `as: hash`. */
const KEPT = new Set(['ticket.group', 'ticket.problem']);

function noValueOf(kind: Binding['kind'], clears: boolean): readonly string[] {
  if (QUANTITIES.has(kind)) return NO_VALUE;
  return (kind === 'identity' || kind === 'word') && !clears ? UNSET_WORDS : [];
}

function bind(target: string, kind: Binding['kind'], spec: Spec, missing: readonly string[], log = false): Binding {
  const full = typeof spec === 'string' ? { column: spec } : spec;
  const clears = log && isFollowed(target) && full.back_filled !== true;
  const values = full.values;
  return {
    target,
    kind,
    column: full.column ?? null,
    constant: full.constant ?? null,
    missing: [...new Set(['', ...noValueOf(kind, clears), ...missing, ...(full.missing ?? [])])],
    values:
      values === undefined
        ? null
        : new Map(Object.entries(values).map(([word, value]) => [word.trim().toLowerCase(), value])),
    fallback: full.default === undefined ? null : { value: full.default },
    dateFormat: full.date_format ?? null,
    backFilled: full.back_filled ?? false,
    clears,
    hashed: kind === 'identity' && (full.as === undefined ? !KEPT.has(target) : full.as === 'hash'),
    duration: full.unit === undefined ? null : { unit: full.unit, hoursPerDay: full.hours_per_day ?? 24 },
    range: full.range ?? null,
  };
}

function isFirstEvent(spec: object | string): boolean {
  return typeof spec === 'object' && 'first_event' in spec;
}

function ticketBindings(mapping: Mapping, missing: readonly string[]): Binding[] {
  const { filled, ...fields } = mapping.ticket;
  const list = Object.entries(fields).flatMap(([field, spec]) =>
    spec === undefined || isFirstEvent(spec)
      ? []
      : [bind(`ticket.${field}`, KINDS[field] ?? 'word', spec as Spec, missing, mapping.mode === 'events')],
  );
  for (const column of filled ?? []) list.push(bind(`ticket.filled.${column}`, 'word', column, missing));
  return list;
}

function eventBindings(events: Mapping['events'], missing: readonly string[]): Binding[] {
  if (events === undefined) return [];
  const list = [bind('events.at', 'time', events.at, missing)];
  if (events.order !== undefined) list.push(bind('events.order', 'count', events.order, missing));
  if (events.actor !== undefined) list.push(bind('events.actor', 'choice', events.actor as Spec, missing));
  if (events.actor_id !== undefined) list.push(bind('events.actor_id', 'identity', events.actor_id, missing));
  if (events.activity !== undefined) list.push(bind('events.activity', 'choice', events.activity, missing));
  for (const column of events.track ?? []) list.push(bind(`events.track.${column}`, 'word', column, missing, true));
  return list;
}

function satisfactionBindings(satisfaction: Mapping['satisfaction'], missing: readonly string[]): Binding[] {
  if (satisfaction === undefined) return [];
  const { answered_at, offered_at, ...score } = satisfaction;
  const list = [bind('satisfaction', score.range === undefined ? 'choice' : 'score', score as Spec, missing)];
  if (answered_at !== undefined) list.push(bind('satisfaction.answered_at', 'time', answered_at, missing));
  if (offered_at !== undefined) list.push(bind('satisfaction.offered_at', 'time', offered_at, missing));
  return list;
}

/** A word that is not listed waits for nobody: the column is often the status, of which only the waiting words are named. */
function waitingSpec({ column, missing, values }: NonNullable<Mapping['waiting']>): Spec {
  const told = Object.entries(values).map(([word, whom]) => [word, whom ?? NOBODY] as const);
  return { column, missing, values: Object.fromEntries(told), default: NOBODY };
}

function bindings(mapping: Mapping): Binding[] {
  const missing = mapping.missing ?? [];
  return [
    ...ticketBindings(mapping, missing),
    ...eventBindings(mapping.events, missing),
    ...(mapping.sla ?? []).flatMap((sla, i) => [
      ...(sla.met === undefined ? [] : [bind(`sla.${i}.met`, 'flag', sla.met, missing)]),
      ...(sla.due_at === undefined ? [] : [bind(`sla.${i}.due_at`, 'time', sla.due_at, missing)]),
      ...(sla.target === undefined ? [] : [bind(`sla.${i}.target`, 'duration', sla.target, missing)]),
    ]),
    ...(mapping.durations ?? []).map((one, i) => bind(`durations.${i}`, 'duration', one, missing)),
    ...satisfactionBindings(mapping.satisfaction, missing),
    ...(mapping.waiting === undefined ? [] : [bind('waiting', 'choice', waitingSpec(mapping.waiting), missing)]),
    ...(mapping.links ?? []).map((link, i) => bind(`links.${i}`, 'identity', { ...link, as: 'hash' }, missing)),
  ];
}

/** Columns that a mapping reads: only these are staged. */
export function mappedColumns(mapping: Mapping): string[] {
  const bound = bindings(mapping).flatMap((one) => (one.column === null ? [] : [one.column]));
  return [...new Set(partsOf(mapping, bound))];
}

/** Questions that the wizard left at the top of a mapping file and nobody has taken away since. */
export function openPoints(text: string): string[] {
  return text.split('\n').flatMap((line) => /^# OPEN: *(.+)$/.exec(line.trimEnd())?.[1] ?? []);
}

/** A proposal whose open points were not settled is refused for what they leave out: the way out is to settle them. */
function remedyFor(text: string): string {
  const open = openPoints(text).length;
  const settle =
    open === 0 ? '' : `, and settle its ${open === 1 ? 'open point' : `${open} open points`} (lines with "# OPEN:")`;
  return `Correct the mapping file${settle}; \`plumbline import FILE\` without --map proposes one and shows why.`;
}

/** Reads a mapping file. Errors: BAD_MAPPING with every problem, its line and the nearest known key. */
export function parseMapping(text: string, name: string): Mapping {
  return parseYaml(
    {
      text,
      name,
      code: 'BAD_MAPPING',
      remedy: remedyFor(text),
    },
    Mapping,
  );
}

/**
 * Brings a mapping and the columns of a file together.
 * Errors: BAD_MAPPING, all problems at once: columns that the file does not have (nearest name given) and what `findProblems` tells.
 */
export function planImport(mapping: Mapping, columns: readonly string[], name: string): Plan {
  const list = bindings(mapping);
  const known = new Set(columns);
  const problems: string[] = [];
  const parts = (mapping.joined ?? []).flatMap(({ name: whole, day, time }) => [
    ...[day, time].filter((column) => !known.has(column)).map((column) => ({ whole, column })),
  ]);
  for (const { whole, column } of parts) problems.push(noSuchColumn(name, `joined "${whole}"`, column, columns));
  const broken = new Set(parts.map((one) => one.whole));
  for (const one of list) {
    if (one.column === null || known.has(one.column) || broken.has(one.column)) continue;
    problems.push(noSuchColumn(name, one.target, one.column, columns));
  }
  for (const column of mapping.unused ?? [])
    if (!known.has(column)) problems.push(`${name}: unused names column "${column}", which the file does not have`);
  problems.push(...findProblems(mapping).map((problem) => `${name}: ${problem}`));
  assertFits(problems, columns, name);
  const read = list.flatMap((one) => (one.column === null ? [] : [one.column]));
  const used = new Set([...read, ...partsOf(mapping, read), ...(mapping.unused ?? [])]);
  return {
    mapping,
    mode: mapping.mode,
    bindings: list,
    by: new Map(list.map((one) => [one.target, one])),
    unmapped: columns.filter((column) => !used.has(column)),
    firstEvent: isFirstEvent(mapping.ticket.created_at),
  };
}
