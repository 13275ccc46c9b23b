import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../domain/finding.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { TrackedMove } from '../domain/tracked-move.ts';
import { readModels } from '../models/index.ts';
import { METHODS } from '../scoring/index.ts';
import { moveProgress } from './move-progress.ts';

const model = readModels(resolve(import.meta.dirname, '../../rules/models'), METHODS).find(
  (one) => one.model.id === 'six-stage',
)?.model as StagedModel;
const signals = model.criteria.find(({ id }) => id === 'S1.4')?.action.verified_by ?? [];
const [first = '', second = ''] = signals;

const move = (more: Partial<TrackedMove> = {}): TrackedMove => ({
  workspace: 'desk',
  model: 'six-stage',
  criterion: 'S1.4',
  owner: 'lead-1',
  due: '2026-01-01',
  state: 'started',
  updated_at: new Date('2026-01-01T00:00:00Z'),
  updated_by: 't1',
  ...more,
});
const found = (signal: string, q2: number | null, q3: number | null): Finding =>
  ({ signal, status: 'measured', pass: { q2, q3 } }) as unknown as Finding;
const doneBy = (findings: readonly Finding[]) => moveProgress([move()], model, findings)[0]?.done;

describe('a move', () => {
  it('is done when all signals that verify it and can be read pass their highest line', () => {
    expect(signals.length).toBeGreaterThan(1);
    expect(doneBy([found(first, 1, 0.9), found(second, 0.9, null)])).toBe('yes');
    expect(doneBy([found(first, 1, 0.9), found(second, 1, 0.5)])).toBe('no');
    expect(doneBy([found(first, 1, 0.9), found(second, 0.2, null)])).toBe('no');
    expect(doneBy([found(first, 1, 0.51)])).toBe('yes');
  });

  it('is unknown, neither done nor not, while none of them can be read', () => {
    expect(doneBy([])).toBe('unknown');
    expect(doneBy([{ ...found(first, 1, 1), status: 'not_observable' } as Finding])).toBe('unknown');
    expect(moveProgress([move()], model, [found(first, 1, 1)])[0]?.verified_by.slice(0, 2)).toEqual([
      { signal: first, passes: true },
      { signal: second, passes: null },
    ]);
  });

  it('is left out when the model has its statement no more', () => {
    expect(moveProgress([move({ criterion: 'S9.9' })], model, [])).toEqual([]);
  });
});
