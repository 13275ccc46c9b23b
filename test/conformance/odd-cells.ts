import { memoryTelemetry } from '../harness/memory-telemetry.ts';
import type { DeskRows } from '../harness/read-desk.ts';
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
  /** Where the next page is named, there is none. */
  readonly ends?: boolean;
}

/** Where a key of a record is left out. */
const LEFT_OUT = Symbol('left out');

export const ODD_KINDS: readonly OddKind[] = [
  { name: 'null', keepsMeaning: false, saysNothing: true, ends: true, bend: () => ({ value: null }) },
  { name: 'left out', keepsMeaning: false, saysNothing: true, ends: true, bend: () => ({ value: LEFT_OUT }) },
  {
    name: 'an empty text',
    keepsMeaning: false,
    saysNothing: true,
    ends: true,
    bend: (value) => (value === '' || typeof value === 'boolean' ? undefined : { value: '' }),
  },
  { name: 'an empty record', keepsMeaning: false, ends: true, bend: () => ({ value: {} }) },
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

/** What no vendor could mean. */
export const BROKEN: OddKind = {
  name: 'broken',
  keepsMeaning: false,
  bend: () => ({ value: [{ canary: 'canary' }] }),
};

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
  readonly aside: readonly unknown[];
}

/** One sync in which the cell is odd wherever it stands, or in the first record of the first reply alone; null = as it is. */
export async function readOdd<S>(
  spec: ConnectorCase<S>,
  odd: { readonly place: OddPlace; readonly kind: OddKind; readonly isOne?: boolean } | null,
): Promise<OddRun> {
  const store = memoryTelemetry();
  let first: number | null = null;
  const fault: Fault = (reply, { route, number }) => {
    const body = bodyOf(reply);
    if (odd === null || route !== odd.place.route || body === undefined) return undefined;
    const headers = reply instanceof FakeStatus ? reply.headers : {};
    first ??= number;
    if (odd.isOne === true && number > first) return undefined;
    return new FakeStatus(200, bendAt(structuredClone(body), odd.place.path, odd.kind, odd.isOne), headers);
  };
  const { result, error } = await runVendor(spec, { store, fault });
  const rows = store.all() as DeskRows;
  return { error: error ?? result?.error ?? null, rows, aside: store.aside() };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON of a good reply; undefined for others. */
function bodyOf(reply: unknown): unknown {
  const body = reply instanceof FakeStatus ? (reply.status === 200 ? reply.body : undefined) : reply;
  return typeof body === 'object' && body !== null && !(body instanceof FakeText) ? body : undefined;
}

/** Bends every cell at a path, in place; `isOne` = in the first element of the outermost list. */
function bendAt(value: unknown, [key, ...rest]: Path, kind: OddKind, isOne = false): unknown {
  if (key === undefined) {
    if (value === null || value === undefined) return value;
    const bent = kind.bend(value);
    return bent === undefined ? value : bent.value;
  }
  if (key === '*' && Array.isArray(value))
    return value.map((one, i) => (isOne && i > 0 ? one : bendAt(one, rest, kind)));
  if (!isRecord(value) || !Object.hasOwn(value, key)) return value;
  const bent = bendAt(value[key], rest, kind, isOne);
  if (bent === LEFT_OUT) delete value[key];
  else value[key] = bent;
  return value;
}
