import { describe, expect, it } from 'vitest';
import { conflictDecibans, conflictOf } from './conflict.ts';
import type { FamilyEvidence, Voice } from './evidence.ts';
import { posteriorLaw } from './levels.ts';

const LINES = { substantial: 5, strong: 10 };

function family(name: string, voice: Voice, exists: number, full: number): FamilyEvidence {
  return { name, voice, points: [exists, full] };
}

describe('conflict', () => {
  it('is 7.5 where a policy exists and its attainment fails both lines', () => {
    // worked example: u = (7.5, -7.5), p = (.131, .738, .131), C = 10 log10(31.6 / 5.62)
    const sides = [
      family('promise-configured', 'configured', 15, 0),
      family('target-outcomes', 'practised', -7.5, -7.5),
    ];
    const conflict = conflictOf(sides, LINES);
    expect(conflict.decibans).toBeCloseTo(7.5, 12);
    expect(conflict.grade).toBe('substantial');
    expect(conflict.text).toBe(
      'Configured, not practised: promise-configured speaks for at least level 2 (+15.0, +0.0), target-outcomes speaks for level 1 (-7.5, -7.5).',
    );
    const law = posteriorLaw([7.5, -7.5]);
    for (const [index, p] of [0.131, 0.738, 0.131].entries()) expect(law[index]).toBeCloseTo(p, 3);
  });

  it.each([
    ['no family', [], 0],
    ['one family cannot disagree', [family('a', 'practised', -7.5, 7.5)], 0],
    ['two that agree', [family('a', 'configured', 15, 0), family('b', 'practised', 7.5, 7.5)], 0],
    ['a hint against a habit', [family('a', 'practised', 7.5, 7.5), family('b', 'practised', -2.5, -2.5)], 5],
  ])('%s', (_, families, expected) => {
    expect(conflictDecibans(families.map((f) => f.points))).toBeCloseTo(expected, 12);
  });

  it.each([
    [4.99, 'none'],
    [5, 'substantial'],
    [9.99, 'substantial'],
    [10, 'strong'],
  ])('%d decibans are graded %s', (strength, grade) => {
    const sides = [family('a', 'configured', 15, 0), family('b', 'configured', -strength, 0)];
    expect(conflictOf(sides, LINES).grade).toBe(grade);
  });

  it.each([
    ['practised', 'configured', 'Practised, not configured'],
    ['claimed', 'practised', 'Claimed, not seen'],
    ['recorded', 'claimed', 'Seen, not claimed'],
    ['proved', 'practised', 'Proved by an artefact, not seen elsewhere'],
    ['practised', 'practised', 'Records disagree'],
  ] as const)('%s against %s reads "%s" and names both', (up, down, text) => {
    const said = conflictOf([family('low', down, -7.5, -7.5), family('high', up, 7.5, 7.5)], LINES).text;
    expect(said).toContain(`${text}: high speaks for level 3`);
    expect(said).toContain('low speaks for level 1');
  });
});
