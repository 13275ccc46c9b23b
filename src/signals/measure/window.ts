import type { SignalDefinition } from '../../domain/signal.ts';
import type { MeasureWindow } from './observe.ts';

const DAY_MS = 86_400_000;

/** Window of a signal that ends at `asOf`. */
export function windowOf(definition: SignalDefinition, asOf: Date): MeasureWindow {
  const days = Number(definition.window.slice(0, -1));
  return { from: new Date(asOf.getTime() - days * DAY_MS), to: asOf };
}

/** Earliest start of the windows of `definitions`: the horizon that a measure session needs. Null without signals. */
export function horizonOf(definitions: readonly SignalDefinition[], asOf: Date): Date | null {
  const starts = definitions.map((definition) => windowOf(definition, asOf).from.getTime());
  return starts.length === 0 ? null : new Date(Math.min(...starts));
}
