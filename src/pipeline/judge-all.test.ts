import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignalDefinition } from '../domain/signal.ts';
import { readModels } from '../models/index.ts';
import { METHODS } from '../scoring/index.ts';
import { loadSignals } from '../signals/index.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store } from '../store/ports.ts';
import { digestOf } from './digest-of.ts';
import { judgeAll } from './judge-all.ts';

const RULES = resolve(import.meta.dirname, '../../rules');
const signals: readonly SignalDefinition[] = loadSignals(resolve(RULES, 'signals')).signals.map((s) => s.definition);
const models = readModels(resolve(RULES, 'models'), METHODS, signals);
const AS_OF = new Date('2026-03-01T00:00:00Z');

describe('judgeAll', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openMemoryStore();
  });
  afterAll(() => store.close());

  const run = (chosen: typeof models, asOf: Date | null = AS_OF) =>
    judgeAll(
      { asOf, windowDays: 90, workspace: 'w' },
      { store, signals, rulesHash: 'r', models: chosen, version: 'test', signalTimeoutMs: 60_000 },
    );

  it('measures the same whatever models are on, and taking one away changes no byte of the others', async () => {
    const all = await run(models);
    expect(all.verdicts.map(({ model }) => model.id)).toEqual(models.map(({ model }) => model.id));
    for (const gone of models) {
      const rest = await run(models.filter((one) => one !== gone));
      expect(rest.measurement.digest).toBe(all.measurement.digest);
      expect(rest.verdicts.map(digestOf)).toEqual(
        all.verdicts.filter(({ model }) => model.id !== gone.model.id).map(digestOf),
      );
    }
  });

  it('says that there is nothing to judge where there are neither records nor answers', async () => {
    await expect(run(models, null)).rejects.toMatchObject({ code: 'NO_DATA' });
  });

  it('judges at the last answer where there are no records, and only the model that was answered is placed by it', async () => {
    const six = models.find(({ model }) => model.id === 'six-stage');
    if (six === undefined) throw new Error('the six-stage model is missing');
    await store.ledger.addAnswers([
      {
        model: 'six-stage',
        criterion: 'S1.1',
        respondent: 'lead-1',
        role: 'support_lead',
        value: 3,
        comment: null,
        proof: null,
        proof_checked_by: null,
        answered_at: new Date('2026-02-01T00:00:00Z'),
        expires_at: new Date('2027-02-01T00:00:00Z'),
      },
    ]);
    const { measurement, verdicts } = await run(models, null);
    expect(measurement.as_of).toBe('2026-02-01T00:00:00.001Z');
    const placed = verdicts.filter(({ headline }) => headline.status !== 'not_placed');
    expect(placed.map(({ model, headline }) => [model.id, headline.status])).toEqual([['six-stage', 'self_reported']]);
  });
});
