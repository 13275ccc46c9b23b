import type { Marker } from '../../domain/activity-model.ts';
import type { MarkerReading, NextLevel } from '../../domain/activity-verdict.ts';
import { ROUNDING, SCALE } from './grade.ts';
import { knownWeight } from './maturity.ts';

/** Below it a marker is rather no than yes. */
const EVEN = 0.5;

/**
 * Fewest missing markers that lift the activity to its next whole level, the one that gains most first, ties in the order of the model.
 * Only markers that are known to be rather no are steps: an unknown one is a question, not a task. Null at the top.
 */
export function nextLevel(
  markers: readonly Marker[],
  readings: readonly MarkerReading[],
  maturity: number,
): NextLevel | null {
  const level = Math.floor(maturity + ROUNDING) + 1;
  if (level > SCALE.highest) return null;
  const weight = knownWeight(readings);
  const missing = markers
    .flatMap((marker, index) => {
      const reading = readings[index];
      if (reading === undefined || reading.yes === null || reading.yes >= EVEN || reading.weight <= 0) return [];
      const gain = ((SCALE.highest - SCALE.lowest) * reading.weight * (1 - reading.yes)) / weight;
      return [{ marker: marker.id, step: marker.step, gain }];
    })
    .sort((a, b) => b.gain - a.gain);
  const steps: NextLevel['steps'] = [];
  let after = maturity;
  for (const step of missing) {
    if (after >= level - ROUNDING) break;
    steps.push(step);
    after += step.gain;
  }
  return { level, steps, after: Math.min(SCALE.highest, after), reaches: after >= level - ROUNDING };
}
