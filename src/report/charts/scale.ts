/** A straight line from one span of values to one of drawing units; what lies outside is drawn at the end. */
export function linear(from: readonly [number, number], to: readonly [number, number]): (value: number) => number {
  const [low, high] = from;
  const width = high - low || 1;
  return (value) => {
    const share = Math.min(1, Math.max(0, (value - low) / width));
    return Number((to[0] + share * (to[1] - to[0])).toFixed(2));
  };
}
