import type { Level, LevelLaw, Points } from '../domain/placement.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import { normalCdf, normalDensity, normalQuantile } from './normal.ts';
import { integrate } from './quadrature.ts';

type Self = Pick<StagedModel['self'], 'rho' | 'd'>;

/** Normal density beyond it is below 1e-32 and adds nothing to a double. */
const FAR = 12;

function rowFor(self: Self, low: number, high: number, cut: number): LevelLaw {
  const spread = Math.sqrt(1 - self.rho * self.rho);
  const below = (line: number) =>
    3 * integrate((x) => normalDensity(x) * normalCdf((line - self.d - self.rho * x) / spread), low, high, 0.5);
  const first = below(-cut);
  const upToSecond = below(cut);
  return [first, upToSecond - first, 1 - upToSecond];
}

/**
 * P(answer | level): rows are levels 1-3, columns answers 1-3.
 * Ordinal probit: the level is a standard normal cut in thirds; the answer is rho * level + sqrt(1 - rho^2) * noise + d,
 * cut at the same places. Exact up to quadrature (1e-12). `rho` = correlation of self and outside view, `d` = leniency.
 */
export function answerKernel(self: Self): readonly [LevelLaw, LevelLaw, LevelLaw] {
  const cut = normalQuantile(2 / 3);
  return [rowFor(self, -FAR, -cut, cut), rowFor(self, -cut, cut, cut), rowFor(self, cut, FAR, cut)];
}

/** Points (exists, full) of each answer, decibans, unrounded: 10 log10 of the ratios of neighbouring rows of the kernel. */
export function answerPoints(self: Self): Readonly<Record<Level, Points>> {
  const [one, two, three] = answerKernel(self);
  const points = (answer: 0 | 1 | 2): Points => [
    10 * Math.log10(two[answer] / one[answer]),
    10 * Math.log10(three[answer] / two[answer]),
  ];
  return { 1: points(0), 2: points(1), 3: points(2) };
}
