/** Limits of the ratios of processor time, product over floor, by name of the benchmark (README.md). */
export const LIMITS: Readonly<Record<string, number>> = {
  help: 2,
  metrics: 6,
  explain: 6,
  doctor: 6,
  // A second snapshot of an unchanged store over the first.
  again: 0.25,
  // The whole demo over that of an earlier build.
  demo: 0.65,
  'snapshot-2000': 5,
  'snapshot-100000': 3,
  'snapshot-1000000': 2.2,
  'sync-100000': 1.8,
  'sync-freshdesk': 2,
};
/** Peak memory of a product, megabytes. */
export const MEMORY_LIMITS: Readonly<Record<string, number>> = { 'snapshot-1000000': 1_200 };

/** One figure of a run. `limit` null = it has none; `value` null = it could not be measured, and `note` says why. */
export interface Figure {
  readonly name: string;
  readonly value: number | null;
  readonly limit: number | null;
  readonly unit: 'x' | 'MB';
  readonly note: string;
}

function sayValue({ value, unit }: Figure): string {
  if (value === null) return '-';
  return unit === 'MB' ? `${value.toFixed(0)} MB` : `${value.toFixed(2)} x`;
}

function sayLimit({ value, limit, unit }: Figure): string {
  if (limit === null) return '';
  const verdict = value === null ? 'not measured' : value <= limit ? 'holds' : 'missed';
  return `at most ${limit} ${unit}: ${verdict}`;
}

/** One line: the figure beside its limit. */
export function sayFigure(figure: Figure): string {
  return `${figure.name.padEnd(24)} ${sayValue(figure).padStart(9)}  ${sayLimit(figure).padEnd(28)} ${figure.note}`.trimEnd();
}

/** The last line of a run: how many of the limits that were asked for hold, and which do not. */
export function sayTotal(figures: readonly Figure[]): string {
  const limited = figures.filter(({ limit }) => limit !== null);
  const held = limited.filter(({ value, limit }) => value !== null && limit !== null && value <= limit);
  const rest = limited.filter((figure) => !held.includes(figure)).map(({ name }) => name);
  return `${held.length} of ${limited.length} limits hold${rest.length === 0 ? '' : `; not: ${rest.join(', ')}`}`;
}
