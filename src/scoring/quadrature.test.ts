import { describe, expect, it } from 'vitest';
import { gaussLegendre, integrate } from './quadrature.ts';

describe('gaussLegendre', () => {
  it('gives the nodes and weights of order five', () => {
    // scipy.special.roots_legendre(5)
    const { nodes, weights } = gaussLegendre(5);
    const expected = [0.90617985, 0.53846931, 0, -0.53846931, -0.90617985];
    const expectedWeights = [0.23692689, 0.47862867, 0.56888889, 0.47862867, 0.23692689];
    for (const [i, node] of nodes.entries()) {
      expect(node).toBeCloseTo(expected[i] ?? Number.NaN, 8);
      expect(weights[i]).toBeCloseTo(expectedWeights[i] ?? Number.NaN, 8);
    }
  });
});

describe('integrate', () => {
  it.each([
    ['x^3 over [0, 2]', (x: number) => x ** 3, 0, 2, 4],
    ['exp over [0, 1]', Math.exp, 0, 1, Math.E - 1],
    ['1/x over [1, e]', (x: number) => 1 / x, 1, Math.E, 1],
    ['an empty interval', Math.exp, 1, 1, 0],
  ])('%s', (_, f, from, to, expected) => {
    expect(integrate(f, from, to)).toBeCloseTo(expected, 13);
  });
});
