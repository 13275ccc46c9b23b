import type { BesideActivity, BesideBenchmark } from '../../domain/benchmark.ts';
import { counted, percent, signed } from '../numbers.ts';
import { type Part, part } from './sheet.ts';

function figures(pair: BesideBenchmark['maturity']): string {
  return pair === null
    ? '–'
    : `${pair.ours.toFixed(1)} beside ${pair.theirs.toFixed(1)} (${signed(pair.difference, 1)})`;
}

/** What stands beside an activity score, said to be no part of it; nothing where there is neither a benchmark nor a fleet. */
export function besideActivity({ benchmarks, fleet }: BesideActivity, nameOf: (id: string) => string): Part[] {
  const published = benchmarks.map(({ benchmark, rows }) => {
    const n = benchmark.n === null ? 'the source does not say of how many' : counted(benchmark.n, 'organisation');
    return part(`Beside ${benchmark.id}`, {
      lines: [
        `${benchmark.source}, ${benchmark.edition}, ${n}. Figures: ${benchmark.licence}. They move nothing above.`,
        ...(rows.length === 0 ? ['No activity is assessed here and known there.'] : []),
      ],
      table:
        rows.length === 0
          ? null
          : {
              head: ['Activity', 'Maturity', 'Importance'],
              rows: rows.map(({ name, maturity, importance }) => [name, figures(maturity), figures(importance)]),
            },
    });
  });
  if (fleet === null || fleet.places.length === 0) return published;
  return [
    ...published,
    part(`Among your ${fleet.desks} desks`, {
      lines: ['Share of your other desks whose maturity is lower, equal ones counted half. It moves nothing above.'],
      list: fleet.places.map(
        ({ activity, percentile, n }) =>
          `${nameOf(activity)}: above ${percent(percentile)} of ${counted(n, 'other desk')} assessed in it`,
      ),
    }),
  ];
}
