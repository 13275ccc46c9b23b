import type { Range } from '../../domain/range.ts';
import type { Lever, ValueModel } from '../../domain/value-model.ts';
import type { ContactMix, LeverReading } from '../../domain/value-verdict.ts';
import { add, exactly, multiply } from './interval.ts';

const MINUTES_PER_HOUR = 60;

/** Hours of contacts where nobody recorded them: contacts times minutes each, the minutes as a range. */
function hoursOf(part: ContactMix['eroding'], minutesEach: Range | null): Range | null {
  if (part.hours !== null) return part.hours;
  return minutesEach === null ? null : multiply(exactly(part.contacts / MINUTES_PER_HOUR), minutesEach);
}

/** What one lever frees; nothing is known while no contact is mapped, since there is then nothing that it was found to act on. */
function freedBy(lever: Lever, mix: ContactMix, minutesEach: Range | null): Pick<LeverReading, 'volume' | 'hours'> {
  const { takes } = lever;
  if (takes === undefined || mix.mapped === 0) return { volume: null, hours: null };
  const part = mix[lever.acts_on];
  const hours = hoursOf(part, minutesEach);
  return { volume: multiply(exactly(part.contacts), takes), hours: hours === null ? null : multiply(hours, takes) };
}

/**
 * What each lever frees in the window: the share that it takes of the mapped contacts it works on, and of the hours spent on them.
 * Recorded hours come before the minutes that were put in. A lever that takes nothing away is given the hours that the others free.
 */
export function pullLevers(model: ValueModel, mix: ContactMix | null, minutesEach: Range | null): LeverReading[] {
  if (mix === null) return [];
  const freed = model.levers.map((lever) => ({ lever, ...freedBy(lever, mix, minutesEach) }));
  const together = freed
    .filter(({ lever }) => lever.takes !== undefined)
    .reduce<Range | null>((sum, { hours }) => (sum === null || hours === null ? null : add(sum, hours)), exactly(0));
  return freed.map(({ lever, volume, hours }) => ({
    id: lever.id,
    name: lever.name,
    acts_on: lever.acts_on,
    contacts: mix[lever.acts_on].contacts,
    volume,
    hours,
    puts_to_use: lever.takes === undefined ? together : null,
    source: lever.source,
  }));
}
