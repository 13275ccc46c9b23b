import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { readStaged } from '../domain/staged-reading.ts';
import { readModels } from '../models/index.ts';
import { METHODS } from '../scoring/index.ts';
import { loadSignals } from '../signals/index.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store } from '../store/ports.ts';
import { takeSnapshot } from './snapshot.ts';

const RULES = resolve(import.meta.dirname, '../../rules');
const signals = loadSignals(resolve(RULES, 'signals')).signals.map((s) => s.definition);
const models = readModels(resolve(RULES, 'models'), METHODS, signals);
const NOW = new Date('2026-03-01T00:00:00Z');

const ANSWER = {
  respondent: 'lead-1',
  role: 'support_lead',
  comment: null,
  proof: null,
  proof_checked_by: null,
  expires_at: new Date('2027-02-01T00:00:00Z'),
};

describe('takeSnapshot', () => {
  let store: Store;
  let whole: Snapshot;
  const take = (chosen: typeof models, keep = false) =>
    takeSnapshot(
      { asOf: null, windowDays: 90, workspace: 'w' },
      { store, signals, rulesHash: 'r', models: chosen, version: 'test', signalTimeoutMs: 60_000, now: NOW, keep },
    );

  beforeAll(async () => {
    store = await openMemoryStore();
    await store.ledger.addAnswers([
      { ...ANSWER, model: 'six-stage', criterion: 'S1.1', value: 3, answered_at: new Date('2026-01-01T00:00:00Z') },
      // Later than the others: the instant must not hang on whether this model is on.
      {
        ...ANSWER,
        model: 'activity-score',
        criterion: 'a',
        value: 'yes',
        answered_at: new Date('2026-02-01T00:00:00Z'),
      },
    ]);
    whole = await take(models, true);
  });
  afterAll(() => store.close());

  it('holds the verdict of every model, and its digest is that of what it holds', () => {
    const { digest, ...rest } = whole;
    expect(whole.verdicts.map(({ model }) => model.id)).toEqual(models.map(({ model }) => model.id));
    expect(createHash('sha256').update(canonicalJson(rest)).digest('hex')).toBe(digest);
  });

  it('changes no byte of the other verdicts when a model is taken away', async () => {
    for (const gone of models) {
      const rest = await take(models.filter((one) => one !== gone));
      expect(rest.measurement).toBe(whole.measurement);
      expect(canonicalJson(rest.verdicts)).toBe(
        canonicalJson(whole.verdicts.filter(({ model }) => model.id !== gone.model.id)),
      );
    }
  });

  it('is kept once, with the documents that the hashes of its verdicts are of', async () => {
    expect((await take(models, true)).digest).toBe(whole.digest);
    expect(await store.ledger.snapshots()).toHaveLength(1);
    expect(await store.ledger.snapshot(whole.digest)).toEqual(whole);
    for (const { model } of whole.verdicts) {
      const document = await store.ledger.modelDocument(model.hash);
      expect(
        createHash('sha256')
          .update(document?.text ?? '')
          .digest('hex'),
      ).toBe(model.hash);
      expect(JSON.parse(document?.text ?? '{}')).toMatchObject({ id: model.id, version: model.version });
    }
  });

  it('is read by each staged model as that model alone would have been, and by no model of another kind', () => {
    for (const { model, headline } of whole.verdicts) {
      const reading = readStaged(whole, model.id);
      if (model.kind !== 'staged') expect(reading).toBeNull();
      else {
        expect(reading).toMatchObject({ model: { id: model.id }, provenance: { model_hash: model.hash } });
        expect(reading?.placement).toMatchObject({ model: model.id, stage: headline.value });
      }
    }
    expect(readStaged(whole, 'six-stage')?.answers_used.map(({ criterion, value }) => [criterion, value])).toEqual([
      ['S1.1', 3],
    ]);
  });

  it('keeps nothing that does not fit the schema of its kind', async () => {
    const broken = models.map((one) => ({ ...one, model: { ...one.model, version: 0.5 } }));
    await expect(take(broken, true)).rejects.toMatchObject({ code: 'BUG' });
    expect(await store.ledger.snapshots()).toHaveLength(1);
  });
});
