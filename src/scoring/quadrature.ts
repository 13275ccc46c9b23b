interface Rule {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/** Gauss-Legendre nodes and weights on [-1, 1]; nodes are the roots of the Legendre polynomial, found by Newton steps. */
export function gaussLegendre(order: number): Rule {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 1; i <= order; i++) {
    let x = Math.cos((Math.PI * (i - 0.25)) / (order + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let previous = 1;
      let value = x;
      for (let k = 2; k <= order; k++) {
        const next = ((2 * k - 1) * x * value - (k - 1) * previous) / k;
        previous = value;
        value = next;
      }
      slope = (order * (x * value - previous)) / (x * x - 1);
      const move = value / slope;
      x -= move;
      if (Math.abs(move) < 1e-16) break;
    }
    nodes.push(x);
    weights.push(2 / ((1 - x * x) * slope * slope));
  }
  return { nodes, weights };
}

const RULE = gaussLegendre(16);

/** Integral of a smooth `f` over [from, to], by 16-point Gauss-Legendre on panels no wider than `panelWidth`. */
export function integrate(f: (x: number) => number, from: number, to: number, panelWidth = 1): number {
  const panels = Math.max(1, Math.ceil((to - from) / panelWidth));
  const half = (to - from) / panels / 2;
  let total = 0;
  for (let p = 0; p < panels; p++) {
    const centre = from + half * (2 * p + 1);
    for (const [i, node] of RULE.nodes.entries()) total += (RULE.weights[i] ?? 0) * f(centre + half * node);
  }
  return total * half;
}
