import type { AcknowledgementPractice, Priority, PromisePractice } from '../practices.ts';
import type { Random } from '../random.ts';
import type { Degrees } from './degrees.ts';
import type { Setting } from './draw-setting.ts';

/** Promised minutes by priority that a desk of these habits would keep to a wished degree; see `fitPromises`. */
export interface PromisedMinutes {
  readonly firstReply: Readonly<Record<Priority, number>>;
  readonly nextReply: Readonly<Record<Priority, number>>;
  readonly resolution: Readonly<Record<Priority, number>>;
}

/** How much longer the promise of a plan is than that of the best one, lowest tier first. */
export const PLAN_FACTORS: readonly number[] = [1.8, 1.4, 1];

export function drawPromises(
  random: Random,
  of: Degrees,
  minutes: PromisedMinutes,
  tiers: readonly { readonly name: string }[],
  setting: Setting,
): PromisePractice[] {
  if (of('S1.4') === 1) return [];
  const part = (targets: Readonly<Record<Priority, number>>, factor: number): Record<Priority, number> => ({
    urgent: targets.urgent * factor,
    high: targets.high * factor,
    normal: targets.normal * factor,
    low: targets.low * factor,
  });
  // Without priorities that count one promise holds for all.
  const flat = (targets: Readonly<Record<Priority, number>>): Record<Priority, number> =>
    of('S1.3') === 1
      ? { urgent: targets.normal, high: targets.normal, normal: targets.normal, low: targets.normal }
      : { ...targets };
  const every = of('S2.5') === 3 || (of('S2.5') === 2 && random.chance(0.5));
  const partly = of('S1.4') === 2 && random.chance(0.4);
  const promise = (title: string, tier: string | null, factor: number): PromisePractice => ({
    title,
    description: '',
    tier,
    businessHours: !setting.roundTheClock || of('S3.2') < 3,
    firstReply: part(flat(minutes.firstReply), factor),
    ...(every
      ? { nextReply: part(flat(minutes.nextReply), factor), resolution: part(flat(minutes.resolution), factor) }
      : {}),
    editedDaysAgo: random.int(95, 170),
    ...(setting.roundTheClock && of('S3.2') >= 2 ? { urgentEveryHour: true } : {}),
    ...(partly ? { scope: { topics: ['t0', 't1'] } } : {}),
  });
  const plans =
    of('S3.1') >= 2
      ? tiers.slice(1).map((tier, index) => promise(`plan ${index}`, tier.name, 0.75 - 0.25 * index))
      : [];
  return [...plans.reverse(), promise('everyone', null, 1)];
}

/** Words that come back at once; customers of a desk that keeps its promise are told the time, in whole hours. */
export function drawAcknowledgement(
  random: Random,
  of: Degrees,
  promise: PromisePractice | undefined,
): AcknowledgementPractice {
  const receiver = random.pick(['requester_id', 'requester_and_ccs'] as const);
  const { normal, urgent } = promise?.firstReply ?? {};
  if (of('S1.4') < 3 || promise === undefined || normal === undefined || urgent === undefined)
    return { edited: random.chance(0.5), receiver };
  const hours = (minutes: number): number => Math.max(1, Math.ceil(minutes / 60)) * 60;
  const { businessHours } = promise;
  return { promise: { normalMinutes: hours(normal), urgentMinutes: hours(urgent), businessHours }, receiver };
}
