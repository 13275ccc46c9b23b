import { type Document, isMap, isScalar, type LineCounter, type Pair } from 'yaml';
import { PlumblineError } from '../errors/index.ts';

type Path = readonly string[];

/** Where an answers document came from, to say where a problem stands. */
export interface AnswersSource {
  /** Path of the file, or `body`. */
  readonly name: string;
  /** Line of the key at a path, or of its nearest written parent; null where there are no lines. */
  lineOf(path: Path): number | null;
}

function pairAt(node: unknown, key: string): Pair | undefined {
  if (!isMap(node)) return undefined;
  return node.items.find((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key) === key);
}

/** Lines of a YAML document; the root counts as line 1. */
export function yamlSource(name: string, document: Document, lines: LineCounter): AnswersSource {
  return {
    name,
    lineOf(path) {
      let node: unknown = document.contents;
      let line = 1;
      for (const key of path) {
        const pair = pairAt(node, key);
        if (pair === undefined) return line;
        const range = (pair.key as { readonly range?: readonly number[] | null } | null)?.range;
        if (range?.[0] !== undefined) line = lines.linePos(range[0]).line;
        node = pair.value;
      }
      return line;
    },
  };
}

/** What came in as a value: there are no lines to name. */
export function valueSource(name: string): AnswersSource {
  return { name, lineOf: () => null };
}

/** Problems beyond these are counted, not described: describing one looks its place up. */
const DESCRIBED = 100;

/** Collects problems with their places while the answers are read. */
export class Reading {
  private readonly found: { readonly line: number | null; readonly text: string }[] = [];
  private readonly source: AnswersSource;
  private count = 0;

  constructor(source: AnswersSource) {
    this.source = source;
  }

  get clean(): boolean {
    return this.count === 0;
  }

  wrong(path: Path, text: string): void {
    this.count += 1;
    if (this.found.length < DESCRIBED) this.found.push({ line: this.source.lineOf(path), text });
  }

  /** The error that names them all, in the order of lines. */
  failure(model: string, remedy: string): PlumblineError {
    const { name } = this.source;
    const problems = this.found
      .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
      .map(({ line, text }) => `${line === null ? name : `${name}:${line}`}: ${text}`);
    const more = this.count > 1 ? ` (and ${this.count - 1} more)` : '';
    return new PlumblineError(
      'BAD_ANSWERS',
      `${name} does not fit ${model}: ${problems[0] ?? 'unknown'}${more}`,
      remedy,
      {
        where: name,
        problems,
      },
    );
  }
}

/** The entries of a map under a key; nothing when it is empty or not there. */
export function entriesOf(root: object, key: string, reading: Reading): [string, unknown][] {
  const value = new Map(Object.entries(root)).get(key) ?? null;
  if (value === null) return [];
  if (typeof value === 'object' && !Array.isArray(value)) return Object.entries(value);
  reading.wrong([key], `"${key}" must list statements, one "S1.1: 2" a line`);
  return [];
}
