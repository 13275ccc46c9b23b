import type { Comparison } from '../../../domain/assessment.ts';
import type { Said } from './gaps.ts';

/**
 * Statements on which roles differ: the lowest and the highest role by their mean answer, widest difference first.
 * Roles with equal means are no disagreement. Needs two roles; ties between roles go to the first by name.
 */
export function roleDifferences(said: Iterable<Said>): Comparison['roles'] {
  const found: Comparison['roles'] = [];
  for (const { criterion, values } of said) {
    const byRole = new Map<string, number[]>();
    for (const { role, value } of values) byRole.set(role, [...(byRole.get(role) ?? []), value]);
    const means = [...byRole]
      .map(([role, list]) => ({ role, value: list.reduce((sum, v) => sum + v, 0) / list.length }))
      .sort((a, b) => a.value - b.value || (a.role < b.role ? -1 : 1));
    const low = means[0];
    const highest = means.at(-1)?.value;
    const high = means.find((m) => m.value === highest);
    if (low !== undefined && high !== undefined && high.value > low.value) found.push({ criterion, low, high });
  }
  return found.sort((a, b) => b.high.value - b.low.value - (a.high.value - a.low.value));
}
