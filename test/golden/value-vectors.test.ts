import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ContactGroup, ContactRule } from '../../src/domain/contact-mix.ts';
import { Range } from '../../src/domain/range.ts';
import { judgeValue } from '../../src/scoring/value/index.ts';
import { saidOf, valueInput } from '../harness/value-model.ts';

const Pair = z.tuple([z.number(), z.number()]);
const Part = z.object({
  contacts: z.number(),
  share: z.number().nullable(),
  bounds: Range,
  hours: Range.nullable(),
});
const Vector = z.object({
  name: z.string(),
  window_days: z.number(),
  groups: z.array(ContactGroup),
  mapping: z.array(ContactRule),
  edits: z.record(z.string(), Pair),
  said: z.record(z.string(), z.string()),
  expected: z.object({
    mix: z.object({
      contacts: z.number(),
      mapped: z.number(),
      disputed: z.number(),
      covered: z.number(),
      eroding: Part,
      routine: Part,
      adding: Part,
    }),
    levers: z.array(
      z.object({
        id: z.string(),
        volume: Range.nullable(),
        hours: Range.nullable(),
        puts_to_use: Range.nullable(),
      }),
    ),
    economics: z.record(z.string(), Range.nullable()),
    gap: z.object({
      state: z.string(),
      named: z.array(z.string()),
      reasons: z.record(z.string(), z.number().nullable()),
    }),
    proposals: z.array(
      z.object({
        by: z.string(),
        value: z.string(),
        contacts: z.number(),
        covers: z.number(),
        kind: z.string().nullable(),
      }),
    ),
  }),
});

/** Derivation: value-vectors.py beside it, contact by contact and corner by corner. */
const VECTORS = z
  .array(Vector)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'value-vectors.json'), 'utf8')));

/** The same value with numbers that may differ in their last digits. */
function near(value: unknown): unknown {
  if (typeof value === 'number') return expect.closeTo(value, 6);
  if (Array.isArray(value)) return value.map(near);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, near(inner)]));
  return value;
}

describe('golden vectors of the value exchange', () => {
  it('are there', () => expect(VECTORS.length).toBeGreaterThanOrEqual(4));

  it.each(VECTORS.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const { expected } = vector;
    const edits = Object.entries(vector.edits).map(([id, [low, high]]) => [
      id,
      { low, high, source: 'test', year: null },
    ]);
    const answers = Object.entries(vector.said).flatMap(([item, words]) =>
      [...words].map((word, who) => saidOf(item, word === 'y' ? 'yes' : 'no', `r${who}`)),
    );
    const verdict = judgeValue(
      valueInput({
        contacts: { windowDays: vector.window_days, groups: vector.groups },
        mapping: vector.mapping,
        edits: Object.fromEntries(edits),
        answers,
      }),
    );
    expect(verdict.mix).toEqual(near(expected.mix));
    expect(verdict.levers.map(({ id, volume, hours, puts_to_use }) => ({ id, volume, hours, puts_to_use }))).toEqual(
      near(expected.levers),
    );
    expect(Object.fromEntries(verdict.economics.outcomes.map(({ id, range }) => [id, range]))).toEqual(
      near(expected.economics),
    );
    const { state, named, reasons } = verdict.gap;
    expect({ state, named, reasons: Object.fromEntries(reasons.map(({ id, gap }) => [id, gap])) }).toEqual(
      near(expected.gap),
    );
    expect(verdict.proposals.map(({ why, ...rest }) => rest)).toEqual(near(expected.proposals));
  });
});
