import { short, signed } from '../../numbers.ts';
import { clip, padEnd, padStart, type Style } from '../../style.ts';
import type { EvidenceBar } from '../../view/evidence.ts';

const COLUMNS = [
  ['class', 6],
  ['share', 7],
  ['age d', 7],
  ['q2', 7],
  ['q3', 7],
  ['exists', 9],
  ['full', 8],
] as const;
/** Width of the names; a narrow screen takes from it, since an id says most in its first letters. */
const NAME = 38;
const NUMBERS = COLUMNS.reduce((width, [, w]) => width + w, 2);

function nameWidth(style: Style): number {
  return Math.min(NAME, Math.max(12, style.width - NUMBERS));
}

/** One line of the table under the name that tells it from the others. */
interface LedgerRow {
  readonly name: string;
  readonly bar: EvidenceBar;
}

function rowOf({ name, bar: line }: LedgerRow, wide: number): string {
  const q = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
  const cells = [
    line.class ?? '–',
    short(line.share),
    short(line.age_days, 0),
    q(line.passes[0]),
    q(line.passes[1]),
    signed(line.points[0]),
    signed(line.points[1]),
  ];
  return `  ${padEnd(clip(name, wide - 1), wide)}${cells.map((cell, i) => padStart(cell, COLUMNS[i]?.[1] ?? 8)).join('')}`;
}

/** Evidence lines with class, share, age, pass probabilities and points; the sum is what counts. */
export function ledgerTable(lines: readonly LedgerRow[], style: Style): string[] {
  if (lines.length === 0) return [style.dim('  No evidence line: nothing measured and nobody answered.')];
  const wide = nameWidth(style);
  const head = style.dim(
    `  ${padEnd('evidence', wide)}${COLUMNS.map(([title, width]) => padStart(title, width)).join('')}`,
  );
  const sum = (gate: 0 | 1): number => lines.reduce((total, { bar }) => total + bar.points[gate], 0);
  const before = wide + COLUMNS.slice(0, 5).reduce((width, [, w]) => width + w, 0);
  const total = `  ${padEnd('sum, decibans (10 = odds of ten to one)', before)}${padStart(signed(sum(0)), 9)}${padStart(signed(sum(1)), 8)}`;
  return [head, ...lines.map((line) => rowOf(line, wide)), style.bold(total)];
}
