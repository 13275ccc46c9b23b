import { canonicalJson } from '../domain/canonical-json.ts';
import type { ModelHead } from '../domain/model.ts';
import type { ModelDifference } from '../domain/model-difference.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import { isRecord, nameOf, namesIn } from './overlay/name-entries.ts';

type Key = readonly string[];

/** Said by every model of itself; a difference in them is no news. */
const OWN = ['id', 'version', 'extends'];

function entriesOf(list: readonly unknown[]): Map<string, unknown> {
  return new Map(list.flatMap((entry) => (nameOf(entry) === null ? [] : [[nameOf(entry) ?? '', entry] as const])));
}

/** A map by name of what a list or a map holds; null for anything else, lists without names among them. */
function partsOf(value: unknown): Map<string, unknown> | null {
  if (Array.isArray(value)) return namesIn(value).length === value.length && value.length > 0 ? entriesOf(value) : null;
  return isRecord(value) ? new Map(Object.entries(value)) : null;
}

function diffValues(before: unknown, after: unknown, path: Key): ModelDifference[] {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
  const [a, b] = [partsOf(before), partsOf(after)];
  if (a === null || b === null) return [{ path, what: 'changed', before: before ?? null, after: after ?? null }];
  const gone = [...a.keys()].filter((key) => !b.has(key));
  return [
    ...gone.map((key): ModelDifference => ({ path: [...path, key], what: 'removed', before: a.get(key), after: null })),
    ...[...b.keys()].flatMap((key): ModelDifference[] =>
      a.has(key)
        ? diffValues(a.get(key), b.get(key), [...path, key])
        : [{ path: [...path, key], what: 'added', before: null, after: b.get(key) }],
    ),
  ];
}

/** Signals of `after` that stand for one of `before` with another line: their ids end in that of the model. */
function linesOf(model: ModelHead, signals: ReadonlyMap<string, SignalDefinition>): Map<string, string> {
  const found = new Map<string, string>();
  for (const owner of [model.id, ...(model.extends ?? []).map(({ id }) => id)])
    for (const id of signals.keys())
      if (id.endsWith(`-${owner}`) && signals.has(id.slice(0, -owner.length - 1)))
        found.set(id, id.slice(0, -owner.length - 1));
  return found;
}

function inFirstNames(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    const first = names.get(value);
    return first === undefined ? value : inFirstNames(first, names);
  }
  if (Array.isArray(value)) return value.map((entry) => inFirstNames(entry, names));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inFirstNames(inner, names)]));
}

/**
 * What the second model says otherwise than the first: entries that came or went, wording, weights, constants, and lines of signals. Entries are
 * matched by their names, so order does not matter. Equal models give an empty list.
 */
export function diffModels(
  before: ModelHead,
  after: ModelHead,
  definitions: readonly SignalDefinition[],
): ModelDifference[] {
  const signals = new Map(definitions.map((signal) => [signal.id, signal]));
  const [a, b] = [linesOf(before, signals), linesOf(after, signals)];
  const strip = (model: ModelHead, names: ReadonlyMap<string, string>): unknown => {
    const rest = Object.fromEntries(Object.entries(model).filter(([key]) => !OWN.includes(key)));
    return inFirstNames(rest, names);
  };
  const used = (model: ModelHead, names: ReadonlyMap<string, string>): Map<string, SignalDefinition> => {
    const text = canonicalJson(model);
    const own = [...signals.values()].filter(({ id }) => text.includes(JSON.stringify(id)));
    return new Map(own.map((signal) => [String(inFirstNames(signal.id, names)), signal]));
  };
  const [old, now] = [used(before, a), used(after, b)];
  const lines = [...now].flatMap(([id, signal]): ModelDifference[] => {
    const first = old.get(id);
    if (first === undefined || canonicalJson(first.lines) === canonicalJson(signal.lines)) return [];
    return [{ path: ['lines', id], what: 'line', before: first.lines, after: signal.lines }];
  });
  return [...lines, ...diffValues(strip(before, a), strip(after, b), [])];
}
