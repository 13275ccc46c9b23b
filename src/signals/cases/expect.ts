import type { Finding } from '../../domain/finding.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import type { Expected, SignalCase } from './format.ts';

/** Whether `actual` is what the case says: a number within 0.0005 (or 0.05 % of it), a bound, a range, or null. */
export function matches(actual: number | null, expected: Expected): boolean {
  if (expected === null || actual === null) return actual === expected;
  if (typeof expected === 'number') return Math.abs(actual - expected) <= Math.max(5e-4, 5e-4 * Math.abs(expected));
  const range = /^(-?[\d.]+)\.\.(-?[\d.]+)$/.exec(expected);
  if (range !== null) return actual >= Number(range[1]) && actual <= Number(range[2]);
  const bound = Number(expected.replace(/^[<>]=?\s*/, ''));
  if (expected.startsWith('>=')) return actual >= bound;
  if (expected.startsWith('<=')) return actual <= bound;
  return expected.startsWith('>') ? actual > bound : actual < bound;
}

const LINE_TOLERANCE = 1e-9;
const ENGINE_REASONS = ['unknown', 'stratum_too_small', 'no_value'];

type Say = (what: string, actual: unknown, wanted: unknown) => void;

function compareNumbers(finding: Finding, expect: SignalCase['expect'], say: Say): void {
  const numbers: [string, number | null, Expected | undefined][] = [
    ['estimate', finding.estimate, expect.estimate],
    ['n_effective', finding.n_effective, expect.n_effective],
    ['q2', finding.pass?.q2 ?? null, expect.q2],
    ['q3', finding.pass?.q3 ?? null, expect.q3],
  ];
  for (const [what, actual, wanted] of numbers)
    if (wanted !== undefined && !matches(actual, wanted)) say(what, actual, wanted);
  for (const [key, wanted] of Object.entries(expect.extra ?? {})) {
    const actual = finding.extra[key] ?? null;
    const fits = typeof actual === 'string' ? actual === wanted : matches(actual, wanted as Expected);
    if (!fits) say(`extra.${key}`, actual, wanted);
  }
}

function compareWords(finding: Finding, expect: SignalCase['expect'], say: Say): void {
  if (finding.status !== expect.status) say('status', `${finding.status} (${finding.detail})`, expect.status);
  if (expect.n !== undefined && finding.n !== expect.n) say('n', finding.n, expect.n);
  if (expect.reason !== undefined && finding.reason !== expect.reason) say('reason', finding.reason, expect.reason);
  if (expect.excluded !== undefined && !sameCounts(finding.excluded, expect.excluded))
    say('excluded', finding.excluded, expect.excluded);
}

function compareSample(finding: Finding, expect: SignalCase['expect'], say: Say): void {
  const hits = finding.sample.filter((ref) => ref.hit === true).length;
  const misses = finding.sample.filter((ref) => ref.hit === false).length;
  const { sample = {} } = expect;
  if (sample.hits !== undefined && hits !== sample.hits) say('sample hits', hits, sample.hits);
  if (sample.misses !== undefined && misses !== sample.misses) say('sample misses', misses, sample.misses);
}

/** What differs between a finding and a case, in words; empty when it fits. */
export function differences(finding: Finding, signalCase: SignalCase, definition: SignalDefinition): string[] {
  const found: string[] = [];
  const say: Say = (what, actual, wanted) => {
    found.push(`${what} is ${JSON.stringify(actual)}, expected ${JSON.stringify(wanted)}`);
  };
  compareWords(finding, signalCase.expect, say);
  compareNumbers(finding, signalCase.expect, say);
  compareSample(finding, signalCase.expect, say);
  if (signalCase.on_line !== undefined) {
    const line = definition.lines[signalCase.on_line];
    if (line === null || finding.estimate === null || Math.abs(finding.estimate - line) > LINE_TOLERANCE)
      say(`estimate (on_line: ${signalCase.on_line})`, finding.estimate, line);
  }
  for (const reason of Object.keys(finding.excluded))
    if (!(reason in definition.counts_out) && !ENGINE_REASONS.includes(reason))
      found.push(`excluded reason "${reason}" is not explained in counts_out`);
  return found;
}

function sameCounts(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key] === b[key]);
}
