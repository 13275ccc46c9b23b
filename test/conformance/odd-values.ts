import { expect } from 'vitest';
import { TABLE_NAMES } from '../../src/domain/telemetry.ts';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { memoryTelemetry } from '../harness/memory-telemetry.ts';
import type { DeskRows } from '../harness/read-desk.ts';
import { spread } from '../harness/spread.ts';
import { type ConnectorCase, FakeStatus, FakeText } from './connector.ts';
import { type Fault, runVendor } from './vendor-run.ts';

type Path = readonly string[];

/** A place in the replies to one route: keys from the top, `*` for every element of a list. */
export interface OddPlace {
  readonly route: string;
  readonly path: Path;
  /** The first value that is not null there. */
  readonly sample: unknown;
}

/** A way in which a cell is odd; undefined where the value cannot be odd in this way. */
export interface OddKind {
  readonly name: string;
  readonly bend: (value: unknown) => { readonly value: unknown } | undefined;
  /** The value still says what it said: nothing may be lost. */
  readonly keepsMeaning: boolean;
  /** The vendor says that there is nothing, which may be a fact. */
  readonly saysNothing?: boolean;
}

/** Where a key of a record is left out. */
const LEFT_OUT = Symbol('left out');

export const ODD_KINDS: readonly OddKind[] = [
  { name: 'null', keepsMeaning: false, saysNothing: true, bend: () => ({ value: null }) },
  { name: 'left out', keepsMeaning: false, saysNothing: true, bend: () => ({ value: LEFT_OUT }) },
  {
    name: 'an object',
    keepsMeaning: false,
    bend: (value) => (isRecord(value) ? undefined : { value: { odd: { canary: 'canary' } } }),
  },
  {
    name: 'a list',
    keepsMeaning: false,
    bend: (value) => (Array.isArray(value) ? undefined : { value: [['canary']] }),
  },
  {
    name: 'a text where a record or list was',
    keepsMeaning: false,
    bend: (value) => (typeof value === 'object' ? { value: 'canary' } : undefined),
  },
  {
    name: 'a number or yes and no as text, a number that was text',
    keepsMeaning: true,
    bend(value) {
      if (typeof value === 'number' || typeof value === 'boolean') return { value: String(value) };
      if (typeof value !== 'string' || !/^(0|[1-9]\d{0,14})$/.test(value)) return undefined;
      return { value: Number(value) };
    },
  },
];

/** Words that the vendor chooses in another letter case. */
export const OTHER_CASE: OddKind = {
  name: 'other letter case',
  keepsMeaning: true,
  bend(value) {
    if (typeof value !== 'string') return undefined;
    const other = value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase();
    return other === value ? undefined : { value: other };
  },
};

/** Every place in the replies that one whole sync gets, by route. */
export async function findPlaces<S>(spec: ConnectorCase<S>): Promise<OddPlace[]> {
  const places = new Map<string, OddPlace>();
  const look = (route: string, value: unknown, path: Path): void => {
    const name = JSON.stringify([route, path]);
    const known = places.get(name);
    if (path.length > 0 && path.at(-1) !== '*' && value !== null && known === undefined)
      places.set(name, { route, path, sample: value });
    if (Array.isArray(value)) for (const one of value) look(route, one, [...path, '*']);
    else if (isRecord(value)) for (const [key, one] of Object.entries(value)) look(route, one, [...path, key]);
  };
  await runVendor(spec, {
    store: memoryTelemetry(),
    fault(reply, { route }) {
      const body = bodyOf(reply);
      if (body !== undefined) look(route, body, []);
      return undefined;
    },
  });
  return [...places.values()];
}

export interface OddRun {
  /** What ended the sync or one of its streams; null when nothing did. */
  readonly error: unknown;
  readonly rows: DeskRows;
  readonly text: string;
}

/** One sync in which the cell is odd wherever it stands; null place = as it is. */
export async function readOdd<S>(
  spec: ConnectorCase<S>,
  odd: { readonly place: OddPlace; readonly kind: OddKind } | null,
): Promise<OddRun> {
  const store = memoryTelemetry();
  const fault: Fault = (reply, { route }) => {
    const body = bodyOf(reply);
    if (odd === null || route !== odd.place.route || body === undefined) return undefined;
    const headers = reply instanceof FakeStatus ? reply.headers : {};
    return new FakeStatus(200, bendAt(structuredClone(body), odd.place.path, odd.kind), headers);
  };
  const { result, error } = await runVendor(spec, { store, fault });
  const rows = store.all() as DeskRows;
  return { error: error ?? result?.error ?? null, rows, text: JSON.stringify([rows, store.aside()]) };
}

/**
 * Facts that a run makes of a cell that cannot be read, of those that can be judged without knowing the vendor: a message shown or hidden, a list emptied,
 * a rule for everything that had conditions, a rule that does nothing, a value at creation, the text of an object.
 */
export function madeUp(plain: DeskRows, odd: DeskRows): string[] {
  const found: string[] = [];
  const each = (table: string, look: (row: Row, before: Row | undefined, key: string) => string | null) => {
    for (const [key, row] of Object.entries(odd[table] ?? {})) {
      const what = look(row, plain[table]?.[key], key);
      if (what !== null) found.push(`${table} ${key}: ${what}`);
    }
  };
  each('message', (row, before) =>
    before !== undefined && row.public !== before.public ? `public is ${row.public}` : null,
  );
  each('ticket', (row, before) => {
    const emptied = ['tags', 'filled_fields'].find((name) => isEmptied(row[name], before?.[name]));
    return emptied === undefined ? null : `no ${emptied}`;
  });
  each('event', (row, before) => {
    if (row.initial !== true || (before !== undefined && isSame(row.to_value, before.to_value))) return null;
    // What an unknown word counts as, everywhere.
    return row.kind === 'status' && row.to_value === 'open' ? null : `created with ${row.to_value}`;
  });
  for (const table of ['automation', 'sla_policy'])
    each(table, (row, before) => {
      if (before === undefined) return null;
      const bare = ['condition', 'action'].find(
        (what) => says(before, what) > 0 && says(row, what) === 0 && row[`${what}_terms`] !== null,
      );
      return bare === undefined ? null : `no ${bare}s`;
    });
  if (JSON.stringify(odd).includes('[object')) found.push('the text of an object');
  return found;
}

type Row = Record<string, unknown>;

function says(row: Row, what: string): number {
  const terms = row[`${what}_terms`];
  return (Array.isArray(terms) ? terms.length : 0) + Number(row[`unread_${what}s`] ?? 0);
}

function isEmptied(value: unknown, before: unknown): boolean {
  return Array.isArray(value) && value.length === 0 && Array.isArray(before) && before.length > 0;
}

/** What differs from the plain run where the odd cell says the same: nothing may. The case of words does not matter. */
export function differing(plain: DeskRows, odd: DeskRows): string[] {
  return TABLE_NAMES.filter((table) => !isSame(sorted(plain[table]), sorted(odd[table])));
}

function sorted(rows: Record<string, Row> = {}): unknown {
  return Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Records of a table that the run lost. */
export function lostRows(plain: DeskRows, odd: DeskRows, table: string): string[] {
  return Object.keys(plain[table] ?? {}).filter((key) => odd[table]?.[key] === undefined);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a).toLowerCase() === JSON.stringify(b)?.toLowerCase();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON of a good reply; undefined for others. */
function bodyOf(reply: unknown): unknown {
  const body = reply instanceof FakeStatus ? (reply.status === 200 ? reply.body : undefined) : reply;
  return typeof body === 'object' && body !== null && !(body instanceof FakeText) ? body : undefined;
}

/** Bends every cell at a path, in place. */
function bendAt(value: unknown, [key, ...rest]: Path, kind: OddKind): unknown {
  if (key === undefined) {
    if (value === null || value === undefined) return value;
    const bent = kind.bend(value);
    return bent === undefined ? value : bent.value;
  }
  if (key === '*' && Array.isArray(value)) return value.map((one) => bendAt(one, rest, kind));
  if (!isRecord(value) || !Object.hasOwn(value, key)) return value;
  const bent = bendAt(value[key], rest, kind);
  if (bent === LEFT_OUT) delete value[key];
  else value[key] = bent;
  return value;
}

interface OddCase<S> extends ConnectorCase<S> {
  readonly oddPlaces?: Readonly<Record<string, string>>;
}

/** Keys under which vendors keep what a record is told by, and when it began: without them there is none. */
const IDENTITY = /^(?:id|sys_id|number|created(?:_?(?:at|on|date|datetime|time))?|sys_created_on|opened_at)$/i;

/**
 * Bends each place of the replies in turn, in the mode `all`, else five; `keys` = only places under these. A reply that cannot be gone on from, as its
 * list or its cursor is odd, ends its stream with an error of the vendor; whatever stands inside a record costs no more than the cell.
 */
export async function expectOnlyCellsLost<S>(
  spec: OddCase<S>,
  kind: OddKind,
  keys: readonly string[] | null = null,
): Promise<void> {
  const plain = await readOdd(spec, null);
  const all = await findPlaces(spec);
  const places = all.filter(
    ({ path, sample }) => kind.bend(sample) !== undefined && (keys === null || keys.includes(path.at(-1) ?? '')),
  );
  const wrong: string[] = [];
  for (const number of spread(places.length, ODD_KINDS.indexOf(kind) + 2)) {
    const place = places[number - 1] as OddPlace;
    const name = nameOf(place);
    if (isExcused(name, kind, spec)) continue;
    wrong.push(...(await problemsOf(spec, { place, kind }, plain)).map((what) => `${name}: ${what}`));
  }
  expect(wrong).toEqual([]);
}

function nameOf({ route, path }: OddPlace): string {
  return `${route} ${path.join('.')}`;
}

/** Named itself, alone or with the kind, or below a place that ends in `**`. */
function isExcused(name: string, kind: OddKind, { oddPlaces = {} }: Pick<OddCase<unknown>, 'oddPlaces'>): boolean {
  return Object.keys(oddPlaces).some((place) =>
    place.endsWith('**') ? name.startsWith(place.slice(0, -2)) : place === name || place === `${name} [${kind.name}]`,
  );
}

async function problemsOf<S>(
  spec: OddCase<S>,
  odd: { readonly place: OddPlace; readonly kind: OddKind },
  plain: OddRun,
): Promise<string[]> {
  const { place, kind } = odd;
  const run = await readOdd(spec, odd);
  const last = place.path.at(-1) ?? '';
  const inside = place.path.includes('*');
  const { error } = run;
  if (error !== null) {
    const isVendor = error instanceof PlumblineError && error.kind === 'vendor';
    return (inside && !IDENTITY.test(last)) || !isVendor ? [`ends with ${String(error)}`] : [];
  }
  const lost = lostRows(plain.rows, run.rows, 'ticket');
  const problems: string[] = [];
  // Without an id there is no record; no name of a next page is the end.
  const mayLose = inside ? IDENTITY.test(last) : kind.saysNothing === true;
  if (lost.length > 0 && !mayLose) problems.push(`loses tickets ${lost.join(', ')}`);
  if (kind.keepsMeaning) problems.push(...differing(plain.rows, run.rows).map((table) => `reads ${table} otherwise`));
  else if (!kind.saysNothing) problems.push(...madeUp(plain.rows, run.rows));
  return problems;
}
