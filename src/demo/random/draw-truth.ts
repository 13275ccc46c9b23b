import { createRandom, type Random } from '../random.ts';

/** How mature a desk really is in one matter: not there, partly, fully. */
export type Degree = 1 | 2 | 3;
/** The truth about a desk: a degree for every statement, by its id. */
export type Truth = Readonly<Record<string, Degree>>;

/**
 * `ladder`: matters go together, early ones first, as most organisations grow. `scattered`: every matter for itself. `holes`: a ladder with
 * one to three early matters missing. Names say how the truth is drawn, not what the desk will look like.
 */
export const WORLDS = ['ladder', 'scattered', 'holes'] as const;
export type WorldKind = (typeof WORLDS)[number];

const SETS = [5, 5, 5, 5, 6, 4] as const;
export const MATTERS: readonly string[] = SETS.flatMap((size, set) =>
  Array.from({ length: size }, (_, index) => `S${set + 1}.${index + 1}`),
);

/** Pairs that cannot be true together, since the one is a part of the other: what stands first may not exceed what the second allows. */
interface Bond {
  readonly when: string;
  readonly from: Degree;
  readonly needs: string;
  readonly atLeast: Degree;
}

const BONDS: readonly Bond[] = [
  // Whoever keeps a first-reply promise has a target; targets for every step hold one for the first.
  { when: 'S2.5', from: 2, needs: 'S1.4', atLeast: 2 },
  { when: 'S2.5', from: 3, needs: 'S1.4', atLeast: 3 },
  { when: 'S1.4', from: 2, needs: 'S2.5', atLeast: 2 },
  // A way in that customers use themselves leads into a desk.
  { when: 'S1.2', from: 2, needs: 'S1.5', atLeast: 2 },
  // A rule that deals out cases needs people who take them.
  { when: 'S5.3', from: 2, needs: 'S1.1', atLeast: 2 },
  // What was done is recorded in the desk of one's own, or it is not.
  { when: 'S1.5', from: 3, needs: 'S2.1', atLeast: 2 },
  // Plans and teams by tier need the tier.
  { when: 'S3.1', from: 2, needs: 'S2.2', atLeast: 2 },
  { when: 'S4.5', from: 2, needs: 'S2.2', atLeast: 2 },
  // A plan that customers notice at equal priority is served by tier, which changes the wait beyond the label.
  { when: 'S2.2', from: 3, needs: 'S3.1', atLeast: 3 },
  { when: 'S3.1', from: 3, needs: 'S2.2', atLeast: 3 },
  { when: 'S3.1', from: 3, needs: 'S1.4', atLeast: 2 },
  { when: 'S3.1', from: 2, needs: 'S2.5', atLeast: 2 },
  { when: 'S3.1', from: 2, needs: 'S1.4', atLeast: 2 },
  // A cause on nearly every case is a cause on the severe ones; causes that shape the product are recorded.
  { when: 'S2.4', from: 3, needs: 'S5.5', atLeast: 2 },
  { when: 'S5.5', from: 3, needs: 'S2.4', atLeast: 2 },
  { when: 'S5.5', from: 3, needs: 'S5.2', atLeast: 2 },
  // Records that pass between tools are traffic of tools.
  { when: 'S5.2', from: 2, needs: 'S2.3', atLeast: 2 },
  { when: 'S5.1', from: 2, needs: 'S2.3', atLeast: 2 },
  // Engineers who answer in time are one team that takes part.
  { when: 'S5.2', from: 3, needs: 'S4.4', atLeast: 2 },
  // Asking after most cases is satisfaction that is asked; flags need something that is flagged.
  { when: 'S6.2', from: 2, needs: 'S4.1', atLeast: 2 },
  { when: 'S6.4', from: 2, needs: 'S4.1', atLeast: 2 },
  // Escalations before the complaint are escalations by a process.
  { when: 'S6.3', from: 2, needs: 'S3.4', atLeast: 2 },
  { when: 'S4.5', from: 3, needs: 'S3.4', atLeast: 2 },
];

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Degree of a matter of set `set` at a place on the common scale: a matter is half way in place where scale and set are level. */
function climb(random: Random, place: number, set: number, slope: number): Degree {
  const u = random.next();
  if (u < sigmoid(slope * (place - set - 0.5))) return 3;
  return u < sigmoid(slope * (place - set + 0.5)) ? 2 : 1;
}

function bind(truth: Record<string, Degree>): Truth {
  // Each bond lifts only, so this ends; a handful of rounds is enough for chains.
  for (let changed = true; changed; ) {
    changed = false;
    for (const bond of BONDS) {
      const [held, needed] = [truth[bond.when] ?? 1, truth[bond.needs] ?? 1];
      if (held < bond.from || needed >= bond.atLeast) continue;
      truth[bond.needs] = bond.atLeast;
      changed = true;
    }
  }
  return truth;
}

/**
 * Draws the truth of one desk. Places on the ladder are spread evenly over all stages, so that late ones are as frequent as early ones.
 * Bonds (a part cannot be more than its whole) are kept by lifting. Same seed, same truth.
 */
export function drawTruth(seed: string, world: WorldKind): Truth {
  const random = createRandom(`truth/${seed}`);
  const place = 0.4 + 6.4 * random.next();
  const slope = random.pick([1.2, 2, 3, 5]);
  const truth: Record<string, Degree> = {};
  for (const id of MATTERS)
    truth[id] =
      world === 'scattered' ? random.pick([1, 2, 3] as const) : climb(random, place, Number(id.slice(1, 2)), slope);
  if (world === 'holes') {
    const early = MATTERS.filter((id) => Number(id.slice(1, 2)) < place && truth[id] === 3);
    for (let hole = random.int(1, 3); hole > 0 && early.length > 0; hole--) truth[random.pick(early)] = 1;
  }
  return bind(truth);
}
