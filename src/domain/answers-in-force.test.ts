import { describe, expect, it } from 'vitest';
import { isBefore, isInForce, standingAnswers } from './answers-in-force.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const said = (value: number | string, day: number, until = 30) => ({
  value,
  answered_at: at(day),
  expires_at: at(until),
});
const stands = (...answers: ReturnType<typeof said>[]) =>
  standingAnswers(answers, at(20), () => 'k').map(({ value }) => value);

describe('the answer that stands', () => {
  it('is the later one, in whatever order they come', () => {
    expect(stands(said(1, 2), said(3, 5))).toEqual([3]);
    expect(stands(said(3, 5), said(1, 2))).toEqual([3]);
  });

  it('of one instant is the one that lasts longer, then the one that sorts last', () => {
    expect(stands(said(1, 5, 31), said(3, 5, 30))).toEqual([1]);
    expect(stands(said(3, 5, 30), said(1, 5, 31))).toEqual([1]);
    expect(stands(said('no', 5), said('yes', 5))).toEqual(['yes']);
    expect(stands(said('yes', 5), said('no', 5))).toEqual(['yes']);
  });

  it('is not one that was given later than the instant, and may have expired', () => {
    expect(stands(said(1, 2), said(3, 21))).toEqual([1]);
    expect(stands(said(1, 2, 30), said('dont_know', 5, 19))).toEqual(['dont_know']);
    expect(isInForce(said(1, 2, 20), at(20))).toBe(false);
    expect(isInForce(said(1, 2, 21), at(20))).toBe(true);
  });

  it('tells of those that were overtaken, each once', () => {
    const gone: unknown[] = [];
    standingAnswers(
      [said(1, 2), said(2, 5), said(3, 3)],
      at(20),
      () => 'k',
      ({ value }) => gone.push(value),
    );
    expect(gone).toEqual([1, 3]);
  });

  it('is never before itself', () => {
    expect(isBefore(said(1, 2), said(1, 2))).toBe(false);
  });
});
