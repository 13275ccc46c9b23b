import { describe, expect, it } from 'vitest';
import { sayFigure } from './figure-text.ts';

describe('sayFigure', () => {
  it.each([
    [0.84, 'share', '84 %'],
    [3, 'desks', '3 desks'],
    [0, 'desks', '0 desks'],
    [1, 'desks', '1 desk'],
    [1, 'policies', '1 policy'],
    [1, 'classes', '1 class'],
    [1, 'routing rules', '1 routing rule'],
    [1, 'rules and views', '1 rule or view'],
    [1, 'kinds of team', '1 kind of team'],
    [1, 'ways in', '1 way in'],
    [1, 'visitors a requester', '1 visitor a requester'],
    [1, 'a week', '1 a week'],
    [1, 'likeness', '1 likeness'],
    [0.854, 'A', '0.854 A'],
  ])('%d %s reads %s', (value, unit, text) => {
    expect(sayFigure(value, unit)).toBe(text);
  });
});
