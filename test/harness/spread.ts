/**
 * Request numbers, 1 to `total`, at which a suite bends a reply: every one in the mode `all`, at most five in `npm test`, evenly apart.
 * `offset` = by how many the first is moved on, so that suites of one connector meet different requests. Nothing of nothing.
 */
export function spread(total: number, offset: number): readonly number[] {
  const all = Array.from({ length: total }, (_, i) => i + 1);
  if (import.meta.env.MODE === 'all') return all;
  const step = Math.max(1, Math.ceil(total / 5));
  return all.filter((n) => n % step === offset % step);
}
