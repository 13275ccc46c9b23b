import type { Practices } from '../practices.ts';
import { createRandom, type Random } from '../random.ts';
import { simulateDesk } from '../simulate.ts';
import { readTimeline } from '../timeline.ts';
import type { World } from '../world.ts';
import { drawPractices } from './draw-practices.ts';
import { PLAN_FACTORS, type PromisedMinutes } from './draw-promises.ts';
import { drawSetting, type Setting } from './draw-setting.ts';
import { drawTruth, type Truth, type WorldKind } from './draw-truth.ts';
import { fitPromises, listPeopleReplies } from './fit-promises.ts';

export interface RandomDesk {
  readonly seed: string;
  readonly kind: WorldKind;
  readonly thin: boolean;
  readonly truth: Truth;
  readonly setting: Setting;
  readonly practices: Practices;
  readonly world: World;
}

/** A desk without its life. */
export type FoundDesk = Omit<RandomDesk, 'world'>;

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

/** A desk of a given truth in a setting that is drawn but for what is given; `change` turns its practices. `wait`: median open minutes to the first reply. */
export function drawDeskOf(
  seed: string,
  truth: Truth,
  given: Partial<Setting>,
  change: (practices: Practices) => Practices,
  wait: Band,
): RandomDesk {
  const setting = { ...drawSetting(createRandom(`desk/${seed}`).fork('setting'), false), ...given };
  return live(seed, 'scattered', false, truth, setting, change, wait);
}

/** The same desk in other words: it lives the same life, so staffing and promises need no second search. */
export function retell(desk: FoundDesk, speak: (practices: Practices) => Practices): RandomDesk {
  const practices = speak(desk.practices);
  return { ...desk, practices, world: simulateDesk(practices, desk.seed) };
}

function live(
  seed: string,
  kind: WorldKind,
  thin: boolean,
  truth: Truth,
  setting: Setting,
  speak: (practices: Practices) => Practices,
  given?: Band,
): RandomDesk {
  const random = createRandom(`life/${seed}`);
  const key = `desk${seed.replace(/[^a-z0-9]/gi, '').toLowerCase()}`;
  const make = (promised: PromisedMinutes | null, capacity: number): Practices =>
    speak(drawPractices(key, truth, setting, random, promised, capacity));
  const wait = given ?? wishedWait(truth, random.fork('wait'));
  // Where old work does not grow, too few people are too few however short most waits are: work piles up with some of them, or towards the end.
  const waitOf = (world: World): number =>
    truth['S3.4'] === 3 && pilesUp(world) ? Number.POSITIVE_INFINITY : medianWait(world);
  // How long people wait is a choice of staffing: the time that people have is moved until the wait is in the band.
  let search = seekCapacity(wait, 1);
  let lived = simulateDesk(make(null, search.capacity), seed);
  for (let round = 0; round < ROUNDS && !thin; round++) {
    if (!search.learn(waitOf(lived))) break;
    lived = simulateDesk(make(null, search.capacity), seed);
  }
  let practices = make(null, search.capacity);
  // A promise changes what is done first, and so how long everything waits: promises and staffing are fitted again on the desk as it promises.
  search = seekCapacity(wait, search.capacity);
  for (let round = 0; round < PROMISE_ROUNDS && (truth['S1.4'] ?? 1) > 1; round++) {
    if (round > 0 && !thin && !search.learn(waitOf(lived)) && round > 1) break;
    practices = make(
      fitPromises(lived, {
        first: truth['S1.4'] ?? 1,
        rest: truth['S2.5'] ?? 1,
        prioritised: truth['S1.3'] !== 1,
        step: truth['S1.3'] === 3 ? 1.8 : 1.1,
        businessHours: practices.promises[0]?.businessHours ?? true,
        byRank: (truth['S3.1'] ?? 1) >= 2 ? PLAN_FACTORS : [1, 1, 1],
      }),
      search.capacity,
    );
    lived = simulateDesk(practices, seed);
  }
  return { seed, kind, thin, truth, setting, practices, world: lived };
}

const ROUNDS = 10;
const PROMISE_ROUNDS = 5;

interface Band {
  readonly from: number;
  readonly to: number;
}

/**
 * Looks for the time that people must have so that the wait is in the band. A line grows steeply where there is just too little, so what is known to
 * be too much and too little is kept and halved between. `learn` says whether it goes on.
 */
function seekCapacity(band: Band, start: number): { readonly capacity: number; learn(waited: number): boolean } {
  let capacity = start;
  let enough: number | null = null;
  let tooLittle: number | null = null;
  return {
    get capacity() {
      return capacity;
    },
    learn: (waited) => {
      if (waited >= band.from && waited <= band.to) return false;
      if (waited < band.from) enough = capacity;
      else tooLittle = capacity;
      if (enough !== null && tooLittle !== null) capacity = Math.sqrt(enough * tooLittle);
      else capacity *= enough !== null ? 0.72 : 1.3;
      return true;
    },
  };
}

/** Where something decides who is served first there must be a line to be first in: hours of waiting rather than minutes. */
function wishedWait(truth: Truth, random: Random): Band {
  const queues = truth['S1.3'] === 3 || truth['S3.1'] === 3;
  const middle = queues ? 220 + 220 * random.next() : 30 + 300 * random.next();
  return { from: 0.65 * middle, to: 1.5 * middle };
}

/** Median wait for the first reply, or a solution without a word, in open minutes of the calendar; what got neither waits for ever. */
function medianWait(world: World): number {
  const waits = world.tickets
    .filter(({ plan }) => !plan.spam && !plan.sample && !plan.monitoring && !plan.outbound)
    .map((ticket) => {
      const first = listPeopleReplies(ticket, world)[0] ?? readTimeline(ticket, world.now).solvedAt[0];
      return first === undefined ? Number.POSITIVE_INFINITY : world.calendar.openBetween(ticket.createdAt, first) / 60;
    })
    .sort((a, b) => a - b);
  return waits[Math.floor(waits.length / 2)] ?? 0;
}

const WEEK_S = 7 * 86_400;
/** Cases that wait for the desk in the last eight weeks, by those of the first eight after the beginning, from which on work piles up; and so many more. */
const PILE = 1.5;
const PILED = 10;

/** More and more cases of customers wait for the desk, by the mean of eight weeks at the end beside eight weeks that begin with the fifth. */
function pilesUp(world: World): boolean {
  const lives = world.tickets
    .filter(({ plan }) => !plan.spam && !plan.sample && !plan.imported && !plan.monitoring)
    .map((ticket) => ({ from: ticket.createdAt, to: readTimeline(ticket, world.now).solvedAt.at(-1), ticket }))
    .filter(({ to, ticket }) => to !== undefined || ticket.status === 'new' || ticket.status === 'open');
  const mean = (first: number): number =>
    Array.from({ length: 8 }, (_, week) => first + week * WEEK_S)
      .map((at) => lives.filter(({ from, to }) => from < at && (to ?? world.now) >= at).length)
      .reduce((sum, open) => sum + open / 8, 0);
  const [early, late] = [mean(world.start + 5 * WEEK_S), mean(world.now - 8 * WEEK_S)];
  return late > PILE * early && late - early > PILED;
}
