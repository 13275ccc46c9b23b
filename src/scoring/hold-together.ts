import type { LedgerLine } from '../domain/placement.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { SignalUse } from './evidence-source.ts';

type Parts = Pick<StagedModel, 'criteria'>;

/** Share of its full points that a family keeps, by criterion and family; families that keep all are left out. */
type Held = ReadonlyMap<string, number>;

export function keyOf(criterion: string, family: string): string {
  return `${criterion}\t${family}`;
}

/** Families of which every signal said that the question makes no sense here: such a part is not asked for. */
function notAsked(uses: readonly SignalUse[]): ReadonlySet<string> {
  const asked = new Set<string>();
  const all = new Set<string>();
  for (const use of uses) {
    const key = keyOf(use.target, use.family.name);
    all.add(key);
    if (use.finding.status !== 'not_applicable') asked.add(key);
  }
  return new Set([...all].filter((key) => !asked.has(key)));
}

/**
 * A level text with "and" is met when all its parts are: what the families of `together` say for level 3 is held at what the weakest of them
 * says. Let F be the sum of full points of a family, 0 while nothing of it was measured, and M the smallest F of the criterion: a family keeps
 * min(F, max(M, 0)); what speaks against stays whole. Monotone in every F, so a signal that is added and speaks for never lowers anything.
 * `sums` are the full points by criterion and family. Decision: docs/decisions/2026-11-28-and-is-a-minimum.md.
 */
export function holdAtWeakest(model: Parts, sums: ReadonlyMap<string, number>, uses: readonly SignalUse[]): Held {
  const skipped = notAsked(uses);
  const held = new Map<string, number>();
  for (const { id, together } of model.criteria) {
    const keys = together.map((family) => keyOf(id, family)).filter((key) => !skipped.has(key));
    const cap = Math.max(0, Math.min(...keys.map((key) => sums.get(key) ?? 0)));
    for (const key of keys) {
      const sum = sums.get(key) ?? 0;
      if (sum > cap) held.set(key, cap / sum);
    }
  }
  return held;
}

/** Ledger lines of signals with the full points that their family keeps, each line in proportion. */
export function holdLines(model: Parts, lines: readonly LedgerLine[], uses: readonly SignalUse[]): LedgerLine[] {
  const sums = new Map<string, number>();
  for (const line of lines) {
    const key = keyOf(line.criterion, line.family);
    sums.set(key, (sums.get(key) ?? 0) + line.points[1]);
  }
  const held = holdAtWeakest(model, sums, uses);
  return lines.map((line) => {
    const kept = held.get(keyOf(line.criterion, line.family));
    return kept === undefined ? line : { ...line, points: [line.points[0], line.points[1] * kept + 0] };
  });
}
