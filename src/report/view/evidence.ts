import { z } from 'zod';
import { type LedgerLine, Points } from '../../domain/placement.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import { nameSignal, SignalName } from './named.ts';
import { headed } from './step.ts';

/** One bar of the ledger: a signal, an answer or a checked proof, with the points that it gave. */
export const EvidenceBar = z.strictObject({
  source: z.enum(['signal', 'answer', 'artefact', 'override']),
  /** Null for what is no signal. */
  signal: SignalName.nullable(),
  /** Signal or respondent. */
  ref: z.string(),
  title: z.string(),
  /** In words first: `speaks clearly for it being there and says little of it being in place fully`. */
  sentence: z.string(),
  /** (exists, full), decibans. */
  points: Points,
  /** Sum of both before this bar and after it, so that bars stand on each other. */
  from: z.number(),
  to: z.number(),
  direction: z.enum(['for', 'against', 'neither']),
  class: z.enum(['D', 'B', 'W']).nullable(),
  class_words: z.string().nullable(),
  share: z.number(),
  age_days: z.number(),
  /** P(passes the line of level 2, of level 3). */
  passes: z.tuple([z.number().nullable(), z.number().nullable()]),
});
export type EvidenceBar = z.infer<typeof EvidenceBar>;

/** What an answer of a statement with levels says. */
export const ANSWER_WORDS = { 1: 'not there', 2: 'partly', 3: 'fully', dont_know: "don't know" } as const;

const CLASS_WORDS = {
  D: 'a fact of configuration',
  B: 'behaviour in recorded events',
  W: 'a weak hint',
} as const;

/** Jeffreys' grades: 5 decibans are odds of three to one, 10 of ten to one. Below one it says nothing. */
function strengthOf(decibans: number): 'weakly' | 'clearly' | 'strongly' | null {
  const size = Math.abs(decibans);
  if (size < 1) return null;
  if (size < 5) return 'weakly';
  return size < 10 ? 'clearly' : 'strongly';
}

function sayGate(decibans: number, what: string): string | null {
  const strength = strengthOf(decibans);
  return strength === null ? null : `${strength} ${decibans > 0 ? 'for' : 'against'} ${what}`;
}

/** Points (exists, full) in words: `speaks clearly for it being there, and weakly against it being fully in place`. */
export function sayPoints([exists, full]: Points): string {
  const said = [sayGate(exists, 'it being there'), sayGate(full, 'it being fully in place')].filter(
    (part) => part !== null,
  );
  return said.length === 0 ? 'says nothing either way' : `speaks ${said.join(', and ')}`;
}

function titleOf(line: LedgerLine, signals: ReadonlyMap<string, SignalDefinition>): string {
  if (line.source === 'signal') return signals.get(line.ref)?.title ?? line.ref;
  if (line.source === 'answer') return `Answer of ${line.ref}`;
  return line.source === 'artefact' ? `Proof shown by ${line.ref}` : line.ref;
}

type Bar = Omit<EvidenceBar, 'from' | 'to'>;

function barOf(line: LedgerLine, signals: ReadonlyMap<string, SignalDefinition>): Bar {
  const sum = line.points[0] + line.points[1];
  return {
    source: line.source,
    signal: line.source === 'signal' ? nameSignal(line.ref, signals) : null,
    ref: line.ref,
    title: titleOf(line, signals),
    sentence: `${headed(sayPoints(line.points))}.`,
    points: line.points,
    direction: Math.abs(sum) < 0.5 ? 'neither' : sum > 0 ? 'for' : 'against',
    class: line.class,
    class_words: line.class === null ? null : CLASS_WORDS[line.class],
    share: line.alpha,
    age_days: line.age_days,
    passes: [line.q2, line.q3],
  };
}

/** The ledger of one statement as bars that stand on each other, the widest first. No line gives no bar. */
export function evidenceBars(
  ledger: readonly LedgerLine[],
  signals: ReadonlyMap<string, SignalDefinition>,
): EvidenceBar[] {
  const size = ({ points }: Bar): number => Math.abs(points[0]) + Math.abs(points[1]);
  const bars = ledger.map((line) => barOf(line, signals)).sort((a, b) => size(b) - size(a) || (a.ref < b.ref ? -1 : 1));
  let from = 0;
  return bars.map((bar) => {
    const to = from + bar.points[0] + bar.points[1];
    const standing = { ...bar, from, to };
    from = to;
    return standing;
  });
}
