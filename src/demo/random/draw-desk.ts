import type { Practices } from '../practices.ts';
import { createRandom, type Random } from '../random.ts';
import { simulateDesk } from '../simulate.ts';
import { readTimeline } from '../timeline.ts';
import type { World } from '../world.ts';
import { drawPractices, PLAN_FACTORS, type PromisedMinutes } from './draw-practices.ts';
import { drawSetting, type Setting } from './draw-setting.ts';
import { drawTruth, type Truth, type WorldKind } from './draw-truth.ts';
import { fitPromises } from './fit-promises.ts';

export interface RandomDesk {
  readonly seed: string;
  readonly kind: WorldKind;
  readonly thin: boolean;
  readonly truth: Truth;
  readonly setting: Setting;
  readonly practices: Practices;
  readonly world: World;
}

/** Share of desks with so few tickets that regular work cannot be seen. */
const THIN = 0.08;

/**
 * A desk about which everything is known: a truth is drawn, practices from it, promises from how the desk lives, and then it lives.
 * `speak` gives it other words; the life is the same. Same seed, same desk.
 */
export function drawDesk(
  seed: string,
  speak: (practices: Practices) => Practices = (practices) => practices,
  kind?: WorldKind,
): RandomDesk {
  const random = createRandom(`desk/${seed}`);
  const drawn = random.weigh({ ladder: 3, scattered: 1, holes: 2 } satisfies Record<WorldKind, number>);
  const thin = random.chance(THIN);
  const setting = drawSetting(random.fork('setting'), thin);
  return live(seed, kind ?? drawn, thin, drawTruth(seed, kind ?? drawn), setting, speak);
}

/** A desk of a given truth in a setting that is drawn but for what is given. */
export function drawDeskOf(
  seed: string,
  truth: Truth,
  given: Partial<Setting>,
  speak: (practices: Practices) => Practices = (practices) => practices,
): RandomDesk {
  const setting = { ...drawSetting(createRandom(`desk/${seed}`).fork('setting'), false), ...given };
  return live(seed, 'scattered', false, truth, setting, speak);
}

function live(
  seed: string,
  kind: WorldKind,
  thin: boolean,
  truth: Truth,
  setting: Setting,
  speak: (practices: Practices) => Practices,
): RandomDesk {
  const random = createRandom(`life/${seed}`);
  const key = `desk${seed.replace(/[^a-z0-9]/gi, '').toLowerCase()}`;
  const make = (promised: PromisedMinutes | null, capacity: number): Practices =>
    speak(drawPractices(key, truth, setting, random, promised, capacity));
  const wait = wishedWait(truth, random.fork('wait'));
  let capacity = 1;
  let lived = simulateDesk(make(null, capacity), seed);
  // How long people wait is a choice of staffing: the time that people have is moved until the wait is in the band.
  for (let round = 0; round < ROUNDS && !thin; round++) {
    const waited = medianWait(lived);
    if (waited >= wait.from && waited <= wait.to) break;
    capacity *= waited < wait.from ? 0.8 : 1.18;
    lived = simulateDesk(make(null, capacity), seed);
  }
  let practices = make(null, capacity);
  // A promise changes what is done first, and so how long everything waits: the second fit is made on the desk as it promises.
  for (let round = 0; round < 2 && (truth['S1.4'] ?? 1) > 1; round++) {
    practices = make(
      fitPromises(lived, {
        first: truth['S1.4'] ?? 1,
        rest: truth['S2.5'] ?? 1,
        prioritised: truth['S1.3'] !== 1,
        businessHours: practices.promises[0]?.businessHours ?? true,
        byRank: (truth['S3.1'] ?? 1) >= 2 ? PLAN_FACTORS : [1, 1, 1],
      }),
      capacity,
    );
    lived = simulateDesk(practices, seed);
  }
  return { seed, kind, thin, truth, setting, practices, world: lived };
}

const ROUNDS = 8;

/** Where something decides who is served first there must be a line to be first in: hours of waiting rather than minutes. */
function wishedWait(truth: Truth, random: Random): { from: number; to: number } {
  const queues = truth['S1.3'] === 3 || truth['S3.1'] === 3;
  const middle = queues ? 330 + 300 * random.next() : 30 + 400 * random.next();
  return { from: 0.65 * middle, to: 1.5 * middle };
}

/** Median wait for the first reply, open minutes of the calendar; what was not answered waits for ever. */
function medianWait(world: World): number {
  const waits = world.tickets
    .filter(({ plan }) => !plan.spam && !plan.sample && !plan.monitoring && !plan.outbound)
    .map((ticket) => {
      const first = readTimeline(ticket, world.now).repliesAt[0];
      return first === undefined ? Number.POSITIVE_INFINITY : world.calendar.openBetween(ticket.createdAt, first) / 60;
    })
    .sort((a, b) => a - b);
  return waits[Math.floor(waits.length / 2)] ?? 0;
}
