/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** A change of probability (0..1) as points of a hundred: `12 points`, `1 point`, `less than a point`. */
export function sayPoints(share: number): string {
  const points = Math.round(Math.abs(share) * 100);
  if (points === 0) return 'less than a point';
  return points === 1 ? '1 point' : `${points} points`;
}

/** Days, whole, from one instant to another; 0 where the second is not later. */
export function daysBetween(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / 86_400_000));
}

/** `today`, `1 day ago`, `12 days ago`. */
export function sayAge(days: number): string {
  return days === 0 ? 'today' : days === 1 ? '1 day ago' : `${days} days ago`;
}
