import type { BesideFigure, BesideVerdict } from '../../domain/benchmark.ts';
import { counted, short, signed } from '../numbers.ts';

function sayFigure({ name, figure, ours, theirs, difference }: BesideFigure): string {
  const what = figure === 'value' ? name : `${name}, ${figure}`;
  return `${what}: ${short(ours)} beside ${short(theirs)} (${signed(difference, 2)})`;
}

/** Published figures beside the verdicts that they are of, a sentence each: whose they are, that they move nothing, and the pairs. */
export function sayBenchmarks(beside: readonly BesideVerdict[]): readonly string[] {
  return beside.map(({ model, benchmark: { id, source, edition, n, licence }, rows }) => {
    const many = n === null ? 'of how many the source does not say' : counted(n, 'organisation');
    const pairs = rows.length === 0 ? 'nothing is known on both sides' : rows.map(sayFigure).join('; ');
    return `${model} beside ${id} (${source}, ${edition}, ${many}; ${licence}), which moves nothing: ${pairs}.`;
  });
}
