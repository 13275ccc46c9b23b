import { type ModelProblem, unknownName } from '../../domain/model-problem.ts';
import { childOf, isRecord, nameOf, namesIn } from './name-entries.ts';

type Path = readonly string[];

/** Names that a list or a map knows. */
function knownIn(branch: unknown): string[] {
  return Array.isArray(branch) ? namesIn(branch) : isRecord(branch) ? Object.keys(branch) : [];
}

function missing(branch: unknown, key: string, path: Path): ModelProblem {
  const message = `${unknownName('entry', key, knownIn(branch))}; the base has nothing of that name here`;
  return { path: [...path, key], message };
}

/** Writes what an overlay changes into the document, in place; entries of lists by their names. Gives what the base does not have. */
export function changeIn(target: unknown, change: unknown, path: Path): ModelProblem[] {
  if (!isRecord(change)) return [];
  return Object.entries(change).flatMap(([key, value]): ModelProblem[] => {
    const here = childOf(target, key);
    const goesDeeper = isRecord(value) && (isRecord(here) || (Array.isArray(here) && namesIn(here).length > 0));
    if (goesDeeper) return changeIn(here, value, [...path, key]);
    // A key of a map that is new is left to the schema, which knows which ones there are.
    if (!isRecord(target)) return [missing(target, key, path)];
    target[key] = value;
    return [];
  });
}

/** Appends what an overlay adds to lists of the document, in place. Gives names that are there already and lists that are not. */
export function addTo(target: unknown, added: unknown, path: Path): ModelProblem[] {
  if (!isRecord(added)) return [{ path, message: 'add names lists of the base, and under each a list of new entries' }];
  return Object.entries(added).flatMap(([key, value]): ModelProblem[] => {
    const here = childOf(target, key);
    if (!Array.isArray(value)) {
      return here === undefined ? [missing(target, key, path)] : addTo(here, value, [...path, key]);
    }
    if (here === undefined && isRecord(target)) {
      target[key] = value;
      return [];
    }
    if (!Array.isArray(here)) return [{ path: [...path, key], message: `${key} is no list; put it under change` }];
    const known = new Set(namesIn(here));
    const twice = value.flatMap((entry, index): ModelProblem[] => {
      const name = nameOf(entry);
      return name !== null && known.has(name)
        ? [{ path: [...path, key, index], message: `${name} is there already; put it under change` }]
        : [];
    });
    here.push(...value);
    return twice;
  });
}

interface Removal {
  readonly problems: ModelProblem[];
  readonly names: string[];
}

/** Takes entries out of lists of the document, in place. Gives their names, and those that are not there. */
export function removeFrom(target: unknown, removed: unknown, path: Path): Removal {
  if (!isRecord(removed))
    return {
      problems: [{ path, message: 'remove names lists of the base, and under each the names to leave out' }],
      names: [],
    };
  const parts = Object.entries(removed).map(([key, value]): Removal => {
    const here = childOf(target, key);
    if (here === undefined) return { problems: [missing(target, key, path)], names: [] };
    if (!Array.isArray(value)) return removeFrom(here, value, [...path, key]);
    if (!Array.isArray(here))
      return {
        problems: [{ path: [...path, key], message: `${key} is no list; nothing can be taken out of it` }],
        names: [],
      };
    const named = namesIn(here);
    const texts = here.filter((entry) => typeof entry === 'string');
    const known = [...named, ...texts];
    const wanted = value.map(String);
    const gone = new Set(wanted);
    here.splice(0, here.length, ...here.filter((entry) => !gone.has(nameOf(entry) ?? String(entry))));
    const problems = wanted.flatMap((name, index) =>
      known.includes(name) ? [] : [{ path: [...path, key, index], message: unknownName('entry', name, known) }],
    );
    return { problems, names: wanted.filter((name) => named.includes(name)) };
  });
  return { problems: parts.flatMap((p) => p.problems), names: parts.flatMap((p) => p.names) };
}

/** Takes names of entries that are gone out of every list of names, in place: what is no longer asked speaks for no cell either. */
export function forget(value: unknown, names: ReadonlySet<string>): void {
  if (Array.isArray(value)) {
    if (value.some((entry) => typeof entry === 'string' && names.has(entry)))
      value.splice(0, value.length, ...value.filter((entry) => typeof entry !== 'string' || !names.has(entry)));
    for (const entry of value) forget(entry, names);
  } else if (isRecord(value)) for (const inner of Object.values(value)) forget(inner, names);
}

/** The same document with other texts in place of some, wherever they stand as a whole value. */
export function replaceTexts(value: unknown, by: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return by.get(value) ?? value;
  if (Array.isArray(value)) return value.map((entry) => replaceTexts(entry, by));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaceTexts(inner, by)]));
}

/** Every text that stands as a whole value somewhere in the document. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isRecord(value) ? Object.values(value).flatMap(textsOf) : [];
}
