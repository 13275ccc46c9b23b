import { describe, expect, it } from 'vitest';
import type { ModelDifference } from '../../domain/model-difference.ts';
import { sayDifference } from './model-difference.ts';

const line = (full: number, source: string) => ({ partial: 0.5, full, origin: 'CONV', source });

describe('sayDifference', () => {
  it.each([
    [
      { path: ['lines', 'D3-x'], what: 'line', before: line(0.85, 'ISO'), after: line(0.95, 'contract') },
      'D3-x: "fully" from 0.95 on instead of 0.85 (contract)',
    ],
    [
      {
        path: ['criteria', 'S1.1', 'families', 'who-replies', 'signals', 'A2-x', 'alpha'],
        what: 'changed',
        before: 0.4,
        after: 0.2,
      },
      'S1.1: A2-x weighs 0.2 instead of 0.4 in who-replies',
    ],
    [
      { path: ['criteria', 'S1.1', 'statement'], what: 'changed', before: 'Old.', after: 'New.' },
      'S1.1, statement: "New." instead of "Old."',
    ],
    [{ path: ['gate', 'largely'], what: 'changed', before: 0.5, after: 0.6 }, 'gate, largely: 0.6 instead of 0.5'],
    [{ path: ['stages', '2', 'name'], what: 'changed', before: 'A', after: 'B' }, 'stages 2, name: "B" instead of "A"'],
    [
      { path: ['criteria', 'S1.2'], what: 'removed', before: { id: 'S1.2', name: 'One way in' }, after: null },
      'S1.2 is left out (One way in)',
    ],
    [
      { path: ['criteria', 'O1'], what: 'added', before: null, after: { id: 'O1', name: 'Ours' } },
      'O1 comes in (Ours)',
    ],
  ] as [ModelDifference, string][])('says %j', (difference, sentence) => {
    expect(sayDifference(difference)).toBe(sentence);
  });
});
