import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { didYouMean } from './nearest.ts';

export interface ParsedYaml<T> {
  readonly value: T | null;
  /** `file:line: what is wrong`, all of them. */
  readonly problems: readonly string[];
}

/**
 * Reads one YAML text by a zod schema and reports every problem with file and line, unknown keys with the nearest known one.
 * Anchors and merge keys (`<<`) are understood. Never throws.
 */
export function parseYaml<T>(
  text: string,
  file: string,
  schema: z.ZodType<T>,
  known: Iterable<string> = [],
): ParsedYaml<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, version: '1.2', prettyErrors: false });
  const at = (offset: number | undefined): string => `${file}:${offset === undefined ? 1 : lines.linePos(offset).line}`;
  if (document.errors.length > 0)
    return { value: null, problems: document.errors.map((e) => `${at(e.pos[0])}: ${e.message.split('\n')[0]}`) };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { value: parsed.data, problems: [] };
  const knownKeys = [...known];
  const offsetOf = (path: readonly PropertyKey[], key?: string): number | undefined => {
    const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
    if (key !== undefined && isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (isScalar(pair?.key)) return pair.key.range?.[0];
    }
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    if (Array.isArray(range) && typeof range[0] === 'number') return range[0];
    return path.length === 0 ? undefined : offsetOf(path.slice(0, -1));
  };
  const problems = parsed.error.issues.flatMap((issue) => {
    const path = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map(
        (key) =>
          `${at(offsetOf(issue.path, key))}: unknown key "${path === '' ? key : `${path}.${key}`}"${didYouMean(key, knownKeys)}`,
      );
    return [`${at(offsetOf(issue.path))}: ${path === '' ? '' : `${path}: `}${issue.message}`];
  });
  return { value: null, problems };
}
