import { isMap, isScalar, type LineCounter, type Pair, type YAMLMap } from 'yaml';

interface Problem {
  readonly line: number;
  readonly text: string;
}

/** Collects problems with their lines while the document is walked. */
export class Reading {
  readonly problems: Problem[] = [];
  private readonly lines: LineCounter;

  constructor(lines: LineCounter) {
    this.lines = lines;
  }

  lineOf(node: unknown): number {
    const range = (node as { range?: readonly number[] | null } | null | undefined)?.range;
    return range?.[0] === undefined ? 1 : this.lines.linePos(range[0]).line;
  }

  wrong(node: unknown, text: string): void {
    this.problems.push({ line: this.lineOf(node), text });
  }
}

export function keyOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key);
}

export function pairsOf(map: YAMLMap, key: string, reading: Reading): Pair[] {
  const node = map.items.find((pair) => keyOf(pair) === key);
  if (node === undefined || node.value === null || (isScalar(node.value) && node.value.value === null)) return [];
  if (isMap(node.value)) return node.value.items;
  reading.wrong(node.key, `"${key}" must list statements, one "S1.1: 2" a line`);
  return [];
}

export function plain(node: unknown): unknown {
  const json = (node as { toJSON?: () => unknown } | null)?.toJSON?.();
  return json === undefined ? null : json;
}

/** The node of a key, to say where a problem stands; the map's own pair when the key is not written. */
export function keyNode(map: unknown, key: string): unknown {
  return isMap(map) ? (map.items.find((pair) => keyOf(pair) === key)?.key ?? null) : null;
}
