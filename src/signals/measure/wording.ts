import type { SignalDefinition } from '../../domain/signal.ts';
import { type Measured, percent, plain } from '../estimators/estimator.ts';

/** A value of the signal's own unit for people: shares as percent. */
function sayValue(definition: SignalDefinition, value: number): string {
  if (definition.unit === 'share') return percent(value);
  return definition.unit === '' ? plain(value) : `${plain(value)} ${definition.unit}`;
}

function sayLines(definition: SignalDefinition): string {
  const { partial, full } = definition.lines;
  if (partial === null && full === null) return '';
  if (full === null) return ` Line: ${sayValue(definition, partial ?? 0)}.`;
  if (partial === null) return ` Line for "full": ${sayValue(definition, full)}.`;
  return ` Lines: ${sayValue(definition, partial)} partly, ${sayValue(definition, full)} fully.`;
}

/** One sentence of the number, one of the interval, one of the lines. */
export function describeMeasured(definition: SignalDefinition, measured: Measured): string {
  const interval = measured.interval;
  const range =
    interval === null
      ? ''
      : `, 95 % interval ${sayValue(definition, interval[0])} to ${sayValue(definition, interval[1])}`;
  return `${definition.title}: ${measured.summary}${range}.${sayLines(definition)}`;
}

export function describeInsufficient(definition: SignalDefinition, sampleSize: number): string {
  return `${plain(sampleSize)} ${definition.sample_unit} in the last ${definition.window.slice(0, -1)} days; at least ${definition.min_sample} are needed to say anything.`;
}

/** Why records that cannot be judged keep a count of facts from being an answer. */
export function describeUndecided(definition: SignalDefinition, found: number, unknown: number): string {
  const known = found === 0 ? 'None is known to be there' : `${plain(found)} known to be there`;
  return `${known}, but for ${plain(unknown)} of the ${definition.sample_unit} looked at it is not known: that is neither yes nor no.`;
}
