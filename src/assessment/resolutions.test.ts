import { describe, expect, it } from 'vitest';
import { aResolution } from '../../test/harness/a-resolution.ts';
import type { Answer } from '../domain/assessment.ts';
import { decibansAgainst, favouredLevel, isContradicted, standingAt, throughResolutions } from './resolutions.ts';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));

describe('what records say against a level', () => {
  // By hand: scores of levels 1, 2, 3 are 0, u1, u1 + u2; against a level = the largest of them minus its own.
  it.each([
    [[0, 0], [0, 0, 0], 1],
    [[-15, 0], [0, 15, 15], 1],
    [[15, 0], [15, 0, 0], 2],
    [[7.5, -7.5], [7.5, 0, 7.5], 2],
    [[5, 5], [10, 5, 0], 3],
    [[-5, 12], [7, 12, 0], 3],
  ] as const)('of points %j is %j', ([exists, full], against, favoured) => {
    expect(([1, 2, 3] as const).map((level) => decibansAgainst([exists, full], level))).toEqual(against);
    expect(favouredLevel([exists, full])).toBe(favoured);
  });

  it('ends a resolution when it is a substantial conflict more than was known, and not before', () => {
    const kept = { level: 3, basis: [-4, 0] } as const;
    expect(isContradicted({ ...kept, basis: [-4, 0] }, [-4, 0], 5)).toBe(false);
    expect(isContradicted({ ...kept, basis: [-4, 0] }, [-8.99, 0], 5)).toBe(false);
    expect(isContradicted({ ...kept, basis: [-4, 0] }, [-9, 0], 5)).toBe(true);
    expect(isContradicted({ ...kept, basis: [-4, 0] }, [15, 15], 5)).toBe(false);
  });
});

describe('resolutions in force', () => {
  const first = aResolution({ id: 'a', at: day(5), expires_at: day(20) });
  it('are those that have begun, not ended and not expired; the latest of a statement', () => {
    const ids = (all: Parameters<typeof standingAt>[0], asOf: Date, open = false) =>
      standingAt(all, asOf, open).map(({ id }) => id);
    expect(ids([first], day(4))).toEqual([]);
    expect(ids([first], day(4), true)).toEqual(['a']);
    expect(ids([first], day(5))).toEqual(['a']);
    expect(ids([first], day(20))).toEqual([]);
    const ended = { ...first, ended_at: day(10), ended: 'evidence' as const };
    expect([ids([ended], day(9)), ids([ended], day(10)), ids([ended], day(9), true)]).toEqual([['a'], [], []]);
    const second = aResolution({ id: 'b', at: day(8), expires_at: null });
    expect(ids([second, first], day(9))).toEqual(['b']);
    expect(ids([second, aResolution({ id: 'c', criterion: 'S2.2', at: day(9) })], day(9))).toEqual(['b', 'c']);
  });
});

describe('answers through resolutions', () => {
  const answer = (more: Partial<Answer> = {}): Answer => ({
    model: 'six-stage',
    criterion: 'S1.2',
    respondent: 'r1',
    role: 'agent',
    value: 3,
    comment: null,
    proof: null,
    proof_checked_by: null,
    answered_at: day(1),
    expires_at: day(300),
    ...more,
  });

  it('carry the proof of a kept claim, where it is the claim and not the word of who settled it', () => {
    const kept = aResolution({ kind: 'keep_claim', level: 3, proof: 'https://a.example', by: 'lead-1' });
    const said = [answer(), answer({ value: 2 }), answer({ respondent: 'lead-1' }), answer({ criterion: 'S1.3' })];
    const seen = throughResolutions(said, [kept]);
    expect(seen[0]).toEqual(answer({ proof: 'https://a.example', proof_checked_by: 'lead-1' }));
    expect(seen.slice(1)).toEqual(said.slice(1));
  });

  it('are none where the data were accepted, until somebody speaks again', () => {
    const accepted = aResolution({ kind: 'accept_data', at: day(5) });
    const seen = throughResolutions([answer(), answer({ answered_at: day(6) })], [accepted]);
    expect(seen.map(({ value }) => value)).toEqual(['dont_know', 3]);
  });
});
