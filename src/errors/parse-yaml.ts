import { type Document, isMap, type LineCounter } from 'yaml';
import type { z } from 'zod';
import { parseBoundedYaml, type YamlSource } from './bounded-yaml.ts';
import { knownKeys } from './known-keys.ts';
import { mendValue } from './mend-value.ts';
import { nearest } from './nearest.ts';
import { MOST_PROBLEMS, PlumblineError } from './plumbline-error.ts';

export type { YamlSource } from './bounded-yaml.ts';

interface Place {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly name: string;
}

function lineOf(place: Place, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length >= 0; length--) {
    const keys = path.slice(0, length).map((key) => (typeof key === 'symbol' ? String(key) : key));
    const parent = length === 0 ? place.document.contents : place.document.getIn(keys.slice(0, -1), true);
    if (length > 0 && isMap(parent)) {
      const pair = parent.items.find((item) => String(item.key) === String(keys[length - 1]));
      const range = pair === undefined ? undefined : (pair.key as { range?: [number, number, number] } | null)?.range;
      if (range) return place.lines.linePos(range[0]).line;
    }
    const node = place.document.getIn(keys, true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return place.lines.linePos(node.range[0]).line;
  }
  return null;
}

function at(place: Place, path: readonly PropertyKey[]): string {
  const line = lineOf(place, path);
  return line === null ? place.name : `${place.name}:${line}`;
}

/** Whether no value was written at this path: a choice between forms says of it only that its input is invalid. */
function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return true;
    current = (current as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return current === undefined;
}

function describeIssue(place: Place, schema: z.ZodType, value: unknown, issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path);
    return issue.keys.slice(0, MOST_PROBLEMS).map((key) => {
      const guess = nearest(key, known);
      const hint =
        guess !== null ? `; did you mean "${guess}"?` : known.length > 0 ? `; known keys: ${known.join(', ')}` : '';
      return `${at(place, [...issue.path, key])}: unknown key "${key}"${hint}`;
    });
  }
  const path = issue.path.map(String).join('.');
  const message = issue.code === 'invalid_union' && isMissing(value, issue.path) ? 'is missing' : issue.message;
  return [`${at(place, issue.path)}: ${path === '' ? '' : `${path}: `}${message}`];
}

export interface YamlReading<T> {
  readonly data: T;
  /** `file:line` of the value at this path, or of its nearest written parent; for problems found after parsing. */
  at(path: readonly PropertyKey[]): string;
}

export interface CheckedYaml<T> {
  /** The document, or what it would be with its plain faults put right (for further checks only); null when it cannot be told. */
  readonly reading: YamlReading<T> | null;
  /** What the schema says against it, all at once; null when it is valid. */
  readonly fault: PlumblineError | null;
}

/** Like `readYaml`, for documents that are checked further: faults behind those of the schema can be told at the same time. */
export function checkYaml<T>(source: YamlSource, schema: z.ZodType<T>): CheckedYaml<T> {
  const { document, lines, value } = parseBoundedYaml(source);
  const place: Place = { document, lines, name: source.name };
  const result = schema.safeParse(value ?? {});
  const reading = (data: T): YamlReading<T> => ({ data, at: (path) => at(place, path) });
  if (result.success) return { reading: reading(result.data), fault: null };
  const { issues } = result.error;
  const problems = issues.slice(0, MOST_PROBLEMS).flatMap((issue) => describeIssue(place, schema, value, issue));
  const fault = new PlumblineError(source.code, `${source.name} is not valid: ${problems[0]}`, source.remedy, {
    where: source.name,
    problems,
  });
  const mended = schema.safeParse(mendValue(value ?? {}, issues));
  return { reading: mended.success ? reading(mended.data) : null, fault };
}

/**
 * Reads a YAML document that we own, strictly and within YAML_LIMITS, and keeps the places of its values.
 * Problems are listed at once with file and line, the first hundred of them; an unknown key names the nearest known one.
 * Errors: a PlumblineError of `source.code`.
 */
export function readYaml<T>(source: YamlSource, schema: z.ZodType<T>): YamlReading<T> {
  const { reading, fault } = checkYaml(source, schema);
  if (fault !== null) throw fault;
  return reading as YamlReading<T>;
}

/** The data of `readYaml` alone. */
export function parseYaml<T>(source: YamlSource, schema: z.ZodType<T>): T {
  return readYaml(source, schema).data;
}
