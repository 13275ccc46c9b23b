import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  Lexer,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import type { ErrorCode } from './codes.ts';
import { PlumblineError } from './plumbline-error.ts';

export interface YamlSource {
  readonly text: string;
  /** Name shown in messages, usually the path as the user gave it. */
  readonly name: string;
  readonly code: ErrorCode;
  readonly remedy: string;
}

/**
 * What a YAML file of ours may be at most; the largest that ships has about 5,000 signs. A sign is a key, a value, a mark or a line end
 * as the lexer counts them. Within these limits reading ends in well under 200 ms; see docs/security.md.
 */
export const YAML_LIMITS = { bytes: 256 * 1024, signs: 15_000, depth: 40, nodes: 15_000 } as const;

export interface BoundedYaml {
  readonly document: Document;
  readonly lines: LineCounter;
  /** Plain values, aliases filled in. */
  readonly value: unknown;
}

const SPACE = /^[ \t]*$/;

/** What is too much about a text, found before it is parsed; null = nothing. Stops looking at the first excess. */
function excessOf(text: string): string | null {
  const { bytes, signs, depth } = YAML_LIMITS;
  if (text.length > bytes || Buffer.byteLength(text) > bytes) return `it is larger than ${bytes / 1024} KiB`;
  let seen = 0;
  let open = 0;
  let marks = 0;
  for (const sign of new Lexer().lex(text)) {
    seen += 1;
    if (seen > signs) return `it has more than ${signs.toLocaleString('en-GB')} keys, values and marks`;
    if (sign === '[' || sign === '{') open += 1;
    else if (sign === ']' || sign === '}') open = Math.max(0, open - 1);
    if (sign === '-' || sign === '?') marks += 1;
    else if (!SPACE.test(sign)) marks = 0;
    if (open > depth || marks > depth) return `it is nested more than ${depth} deep`;
  }
  return null;
}

interface Found {
  readonly place: number;
  readonly text: string;
}

function startOf(node: unknown): number {
  if (isPair(node)) return startOf(node.key);
  return (node as { readonly range?: readonly number[] | null } | null)?.range?.[0] ?? 0;
}

function childrenOf(node: unknown): readonly unknown[] {
  if (isPair(node)) return [node.key, node.value];
  return isCollection(node) ? node.items : [];
}

/** Keys that stand twice in one map. The parser's own check compares every key with every other one. */
function repeatedKeys(items: readonly Pair[]): Found[] {
  const known = new Set<string>();
  const found: Found[] = [];
  for (const { key } of items) {
    if (!isScalar(key)) continue;
    const name = `${typeof key.value} ${String(key.value)}`;
    if (known.has(name)) found.push({ place: startOf(key), text: 'Map keys must be unique' });
    known.add(name);
  }
  return found;
}

/** Walks the document in its order and gives what is wrong with its shape; counts what aliases make of it. */
function faultsOf(document: Document): Found[] {
  const found: Found[] = [];
  const anchors = new Map<string, Node>();
  const sizes = new Map<unknown, number>();
  const walk = (node: unknown, depth: number): number => {
    if (depth > YAML_LIMITS.depth) {
      found.push({ place: startOf(node), text: `nested more than ${YAML_LIMITS.depth} deep` });
      return 1;
    }
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      const size = target === undefined ? 1 : sizes.get(target);
      if (target === undefined)
        found.push({ place: startOf(node), text: `*${node.source} refers to nothing above it` });
      if (size === undefined)
        found.push({ place: startOf(node), text: `*${node.source} refers to what it is part of` });
      return size ?? 1;
    }
    if (isMap(node)) found.push(...repeatedKeys(node.items));
    const anchor = (node as { readonly anchor?: string } | null)?.anchor;
    if (anchor !== undefined) anchors.set(anchor, node as Node);
    const inner = isPair(node) ? depth : depth + 1;
    const size = childrenOf(node).reduce<number>((sum, child) => sum + walk(child, inner), 1);
    sizes.set(node, size);
    return size;
  };
  if (walk(document.contents, 0) > YAML_LIMITS.nodes)
    found.push({ place: 0, text: `aliases make more than ${YAML_LIMITS.nodes.toLocaleString('en-GB')} values of it` });
  return found;
}

/**
 * Parses a YAML document within YAML_LIMITS of size, signs, depth and expansion of aliases.
 * An empty text gives `value` null. Errors: a PlumblineError of `source.code` with every problem and its line.
 */
export function parseBoundedYaml(source: YamlSource): BoundedYaml {
  const { text, name, code, remedy } = source;
  const refuse = (problems: readonly string[], way = remedy): PlumblineError =>
    new PlumblineError(code, `${name} is not valid: ${problems[0] ?? 'unknown problem'}`, way, {
      where: name,
      problems,
    });
  const excess = excessOf(text);
  if (excess !== null)
    throw refuse([`${name}: ${excess}`], 'Is it the right file? Such files are written by hand; make it smaller.');
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const errors = document.errors.map(({ pos, message }): Found => ({ place: pos[0], text: message }));
  const faults = errors.length > 0 ? errors : faultsOf(document);
  if (faults.length > 0)
    throw refuse(faults.map((fault) => `${name}:${lines.linePos(fault.place).line}: ${fault.text}`));
  // Expansion is bounded above; the parser's own bound counts what is harmless too.
  return { document, lines, value: document.toJS({ maxAliasCount: -1 }) };
}
