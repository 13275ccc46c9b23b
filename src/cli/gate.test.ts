import { describe, expect, it } from 'vitest';
import { judgeGate, parseGate } from './gate.ts';

type Reading = Parameters<typeof judgeGate>[1];

function reading(stage: number | null, assured: number | null, seen: number | null, status = 'placed'): Reading {
  return {
    placement: { stage, assured, status },
    readings: { seen: { stage: seen }, said: null },
  } as unknown as Reading;
}

describe('parseGate', () => {
  it('reads several lines', () => {
    expect(parseGate('assured=2, seen=6', 6)).toEqual([
      { mark: 'assured', least: 2 },
      { mark: 'seen', least: 6 },
    ]);
  });

  it.each([
    ['asured=2', 'Did you mean assured?'],
    ['assured', 'from 1 to 6'],
    ['stage=0', 'from 1 to 6'],
    ['stage=7', 'from 1 to 6'],
    ['stage=2.5', 'from 1 to 6'],
    ['', '--fail-below assured=2'],
  ])('refuses %j with a way out', (text, remedy) => {
    expect(() => parseGate(text, 6)).toThrow(expect.objectContaining({ remedy: expect.stringContaining(remedy) }));
  });
});

describe('judgeGate', () => {
  it.each([
    ['assured=2', reading(3, 2, 3), 0],
    ['assured=3', reading(3, 2, 3), 4],
    ['stage=3,seen=2', reading(3, 2, 2), 0],
    ['stage=3,seen=3', reading(3, 2, 2), 4],
    ['seen=1', reading(3, 2, null), 5],
    ['stage=1', reading(null, null, null, 'not_placed'), 5],
    // A stage that rests on answers alone was checked by nobody.
    ['assured=1', reading(3, 2, null, 'self_reported'), 5],
    ['stage=4,seen=1', reading(3, 2, null), 4],
  ])('%s', (lines, snapshot, code) => {
    expect(judgeGate(parseGate(lines, 6), snapshot).code).toBe(code);
  });

  it('says what was found', () => {
    expect(judgeGate(parseGate('assured=3,seen=2', 6), reading(3, 2, null)).sentences).toEqual([
      'assured=3 is missed: it is 2.',
      'seen=2 cannot be told: too little was seen or said.',
    ]);
  });
});
