import { PlumblineError } from '../errors/plumbline-error.ts';
import { HARBOR } from './desks/harbor.ts';
import { MONITORED_MAILBOX } from './desks/monitored-mailbox.ts';
import { SAYS_FIVE_IS_TWO } from './desks/says-five-is-two.ts';
import { SLEEPLESS } from './desks/sleepless.ts';
import type { Practices } from './practices.ts';
import { simulateDesk } from './simulate.ts';
import type { World } from './world.ts';

const DESKS = {
  harbor: HARBOR,
  'says-five-is-two': SAYS_FIVE_IS_TWO,
  'monitored-mailbox': MONITORED_MAILBOX,
  sleepless: SLEEPLESS,
} as const satisfies Record<string, Practices>;

export type DeskName = keyof typeof DESKS;
export const DESK_NAMES = Object.keys(DESKS) as readonly DeskName[];

/** How a named desk works. Throws UNKNOWN_NAME with the names there are. */
export function findPractices(name: string): Practices {
  const practices = (DESKS as Readonly<Record<string, Practices>>)[name];
  if (practices === undefined)
    throw new PlumblineError(
      'UNKNOWN_NAME',
      `There is no simulated desk '${name}'.`,
      `Choose one of ${DESK_NAMES.join(', ')}.`,
    );
  return practices;
}

/** A whole simulated desk, ready to serve; the same name and seed give the same desk. */
export function buildDesk(name: string, seed = '1'): World {
  return simulateDesk(findPractices(name), seed);
}
