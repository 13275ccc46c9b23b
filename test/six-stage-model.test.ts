import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SIX_STAGE } from './harness/scored-points.ts';

const SIGNALS = join(import.meta.dirname, '../rules/signals');
const known = new Set(
  existsSync(SIGNALS)
    ? readdirSync(SIGNALS, { recursive: true, encoding: 'utf8' }).flatMap(
        (file) => /([^/]+)(?<!\.cases)\.yaml$/.exec(file)?.[1] ?? [],
      )
    : [],
);
const families = [...SIX_STAGE.criteria, ...SIX_STAGE.cells].flatMap((holder) => holder.families);
const byId = new Map(SIX_STAGE.criteria.map((criterion) => [criterion.id, criterion]));

function count<T extends string | number>(values: readonly T[]): Partial<Record<T, number>> {
  const counts: Partial<Record<T, number>> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

describe('six-stage model', () => {
  it('has the published shape: sets 5, 5, 5, 5, 6, 4 and thirty cells', () => {
    expect(count(SIX_STAGE.criteria.map((c) => c.set))).toEqual({ 1: 5, 2: 5, 3: 5, 4: 5, 5: 6, 6: 4 });
    expect(SIX_STAGE.criteria.every((c) => c.id.startsWith(`S${c.set}.`))).toBe(true);
    expect(new Set(SIX_STAGE.cells.map((cell) => `${cell.area}/${cell.stage}`)).size).toBe(30);
  });

  it('claims no better evidence than the evidence map grants', () => {
    expect(count(SIX_STAGE.criteria.map((c) => c.verdict))).toEqual({ D: 12, B: 10, W: 5, N: 3 });
    for (const { id, verdict, families: own } of SIX_STAGE.criteria) {
      if (verdict === 'N') expect(own, id).toEqual([]);
      else if (verdict === 'D' || verdict === 'B') expect(own.length, id).toBeGreaterThanOrEqual(2);
      else expect(own.length, id).toBeGreaterThanOrEqual(1);
    }
  });

  it('can be contradicted and fully shown wherever it is said to be observable', () => {
    for (const { id, verdict, families: own } of SIX_STAGE.criteria) {
      if (verdict !== 'D' && verdict !== 'B') continue;
      const full = own
        .filter((f) => f.class !== 'D')
        .flatMap((f) =>
          f.signals.filter((s) => s.existence_only !== true).map((s) => s.alpha * SIX_STAGE.classes[f.class]),
        );
      // More than a substantial grade (5 decibans) must be able to speak for "fully".
      expect(
        full.reduce((a, b) => a + b, 0),
        id,
      ).toBeGreaterThan(5);
      expect(
        own.flatMap((f) => f.signals).some((s) => s.one_sided !== true),
        id,
      ).toBe(true);
    }
  });

  it('keeps class D for facts of existence, and lets no family exceed its class', () => {
    for (const family of families) {
      if (family.class === 'D')
        expect(
          family.signals.every((s) => s.existence_only === true),
          family.name,
        ).toBe(true);
      expect(
        family.signals.reduce((sum, s) => sum + s.alpha, 0),
        family.name,
      ).toBeLessThanOrEqual(1 + 1e-9);
    }
    for (const { id, families: own } of SIX_STAGE.criteria) {
      const ids = own.flatMap((f) => f.signals.map((s) => s.id));
      expect(new Set(ids).size, `${id} counts a signal twice`).toBe(ids.length);
    }
  });

  // Version 1 weighed targets met and targets applied alike (0.5, 0.5). Applied alone never meets a promise, so version 2 lets it speak for existence only.
  it('weighs the worked example S1.4', () => {
    const weights = (byId.get('S1.4')?.families ?? []).flatMap((f) => f.signals.map((s) => [s.id, f.class, s.alpha]));
    expect(weights).toEqual([
      ['D1-first-reply-policy', 'D', 1],
      ['D3-first-reply-target-met', 'B', 0.7],
      ['D2-target-applied', 'B', 0.3],
      ['D5-promise-kept', 'B', 0.5],
      ['D4-promise-published', 'W', 1],
    ]);
  });

  it('verifies each move by signals of the same criterion', () => {
    for (const { id, action, families: own, verdict } of SIX_STAGE.criteria) {
      const ids = own.flatMap((f) => f.signals.map((s) => s.id));
      for (const signal of action.verified_by) expect(ids, `${id} ${signal}`).toContain(signal);
      if (verdict !== 'N') expect(action.verified_by.length, id).toBeGreaterThan(0);
    }
  });

  it('names only signals that ship', () => {
    const used = new Set(families.flatMap((f) => f.signals.map((s) => s.id)));
    expect([...used].filter((signal) => !known.has(signal))).toEqual([]);
  });

  it('shows each criterion in the cell of its area and set', () => {
    for (const { id, area, set } of SIX_STAGE.criteria)
      expect(SIX_STAGE.cells.find((cell) => cell.area === area && cell.stage === set)?.criteria, id).toContain(id);
    for (const cell of SIX_STAGE.cells) for (const id of cell.criteria) expect(byId.has(id), id).toBe(true);
  });
});
