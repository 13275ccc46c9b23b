import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unmeasured } from '../../test/harness/finding-builder.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import { Measurement } from '../domain/measurement.ts';
import { FirstSnapshot } from '../domain/snapshot.ts';
import { Verdict } from '../domain/verdict.ts';
import { readModels } from '../models/index.ts';
import { METHODS, methodOf } from '../scoring/index.ts';
import { loadSignals } from '../signals/index.ts';
import { digestOf } from './digest-of.ts';
import { judge } from './judge.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const signals = loadSignals(resolve(ROOT, 'rules/signals')).signals.map(({ definition }) => definition);
const models = readModels(resolve(ROOT, 'rules/models'), METHODS, signals);
const OLD = resolve(ROOT, 'test/fixtures/snapshot-1/backup/ledger/snapshots.jsonl');

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The snapshots that the program wrote on 2026-11-28, before measurement and verdict were apart. */
const written = readFileSync(OLD, 'utf8')
  .trim()
  .split('\n')
  .map((line): unknown => JSON.parse(line))
  .map((line) => (isRecord(line) ? line.snapshot : null));
const old = FirstSnapshot.parse(written.at(-1));

/** What that program had found, with nothing of the signals that are younger. */
const findings = signals.map(({ id }) => {
  const found = old.findings.find(({ signal }) => signal === id);
  return found ?? { ...unmeasured(id), window: old.window };
});
const given = { signals, answers: [], notApplicable: {} };

function verdictOf(index: number, order = findings): string {
  const loaded = models[index];
  if (loaded === undefined) throw new Error('there is no such model');
  return canonicalJson(judge(loaded, { as_of: old.as_of, findings: order }, given));
}

describe('judge', () => {
  it('gives a verdict of each kind that fits its own shape', () => {
    expect(new Set(models.map(({ model }) => model.kind))).toEqual(new Set(Object.keys(METHODS)));
    for (const loaded of models) {
      const verdict = Verdict.parse(judge(loaded, { as_of: old.as_of, findings }, given));
      expect(verdict.model).toMatchObject({ id: loaded.model.id, kind: loaded.model.kind, hash: loaded.hash });
      expect(methodOf(loaded.model).body.safeParse(verdict.body).error).toBeUndefined();
    }
  });

  it('does not look at the order of findings', () => {
    const every = models.map((_, index) => verdictOf(index));
    fc.assert(
      fc.property(fc.shuffledSubarray([...findings], { minLength: findings.length }), (order) => {
        expect(models.map((_, index) => verdictOf(index, order))).toEqual(every);
      }),
      { numRuns: 5 },
    );
  });

  it('gives the same bytes whatever other models judged before, and leaves the measurement as it was', () => {
    const before = digestOf(findings);
    const together = models.map((_, index) => verdictOf(index));
    const alone = models.map((_, index) => index).reverse();
    for (const index of alone) expect(verdictOf(index)).toBe(together[index]);
    expect(digestOf(findings)).toBe(before);
  });
});

describe('snapshots of before', () => {
  it('are read, and their digest is that of what they hold', () => {
    expect(written).toHaveLength(2);
    for (const document of written) {
      const { digest, ...rest } = FirstSnapshot.parse(document);
      expect(digestOf(rest)).toBe(digest);
    }
  });

  it('hold findings and marks that a measurement takes as they are', () => {
    const { model_hash: _, ...provenance } = old.provenance;
    const { workspace, as_of, window } = old;
    const rest = {
      schema: 'plumbline.measurement/1' as const,
      workspace,
      as_of,
      window,
      findings: old.findings,
      provenance,
    };
    expect(Measurement.parse({ ...rest, digest: digestOf(rest) }).findings).toHaveLength(old.findings.length);
  });
});
