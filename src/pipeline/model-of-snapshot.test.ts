import { describe, expect, it } from 'vitest';
import { placedReading } from '../../test/harness/placed-snapshot.ts';
import { shippedStaged } from '../../test/harness/staged-subjects.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { ModelDocument } from '../store/ports.ts';
import { modelOfSnapshot } from './model-of-snapshot.ts';

const today = shippedStaged('six-stage');
/** Judged by a document of the hash `m`. */
const reading = placedReading({ stage: 2, day: 3 });
const holding = (text: string | null) => ({
  modelDocument: async (hash: string): Promise<ModelDocument | null> => (text === null ? null : { hash, text }),
});

describe('modelOfSnapshot', () => {
  it('is the model of today where it judged, without asking for a document', async () => {
    expect(await modelOfSnapshot(holding('not asked for'), reading, { model: today, hash: 'm' })).toEqual({
      model: today,
      note: null,
    });
  });

  it('is the kept document, with its own names, where the model has changed since', async () => {
    const then = {
      ...today,
      version: 1,
      stages: today.stages.map((stage) => ({ ...stage, name: `Once ${stage.stage}` })),
    };
    const found = await modelOfSnapshot(holding(canonicalJson(then)), reading, { model: today, hash: 'now' });
    expect(found).toEqual({ model: then, note: null });
  });

  it.each([
    ['was not kept', null],
    ['is not read by this version', '{"id":"six-stage"}'],
  ])('is the model of today where the document %s, and says so', async (why, text) => {
    const found = await modelOfSnapshot(holding(text), reading, { model: today, hash: 'now' });
    expect(found.model).toBe(today);
    expect(found.note).toContain(why);
    expect(found.note).toContain('2026-01-03');
  });
});
