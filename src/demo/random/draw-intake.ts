import type { Practices, PromisePractice } from '../practices.ts';
import { by, type Draft } from './degrees.ts';
import { drawAcknowledgement } from './draw-promises.ts';

/** What is known of customers' health, and whether customers are asked. */
export interface Hearing {
  readonly surveyed: boolean;
  readonly health: number;
}

export function drawHearing({ of, ranks }: Draft): Hearing {
  const surveyed = of('S4.1') === 3 || of('S6.2') >= 2 || (of('S4.1') === 2 && ranks.chance(0.5));
  if (of('S4.1') === 3) return { surveyed, health: by(ranks, 3, [0, 0], [0, 0], [0.9, 0.98]) };
  return { surveyed, health: of('S4.1') === 2 && !surveyed ? 0.3 : 0 };
}

export function drawTiers({ of }: Pick<Draft, 'of'>): Practices['customers']['tiers'] {
  if (of('S2.2') === 1) return [{ name: 'tier0', share: 1, activity: 1 }];
  return [
    { name: 'tier0', share: 0.6, activity: 0.9 },
    { name: 'tier1', share: 0.24, activity: 1.2 },
    { name: 'tier2', share: 0.16, activity: 2.2 },
  ];
}

export function drawCustomers(
  { of, setting, ranks }: Draft,
  tiers: Practices['customers']['tiers'],
  { health }: Hearing,
): Practices['customers'] {
  return {
    organisations: setting.organisations,
    people: setting.organisations * 5,
    privateShare: 0.05,
    tiers,
    renewalKept: by(ranks, of('S3.5'), [0, 0], [0.25, 0.5], [0.9, 0.98]),
    healthKept: health,
    healthDays: of('S4.1') === 3 ? 25 : 200,
    accountFields: [
      ...(tiers.length > 1 ? (['tier'] as const) : []),
      ...(of('S3.5') >= 2 ? (['renewal_date'] as const) : []),
      ...(health > 0 ? (['health'] as const) : []),
      ...(of('S4.4') === 3 ? (['partner'] as const) : []),
    ],
    partners: of('S4.4') === 3 ? 0.08 : 0,
  };
}

/** `acknowledged`: words come back at once; they tell what is promised to everyone. */
export function drawIntake(
  draft: Draft,
  acknowledged: boolean,
  promise: PromisePractice | undefined,
): Practices['intake'] {
  const { of, setting, ranks } = draft;
  return {
    // Where cases live in a mailbox somebody copies them in.
    forwarded: Math.max(of('S1.5') === 1 ? 1 : 0, by(ranks, of('S1.2'), [0.87, 0.97], [0.25, 0.45], [0.01, 0.07])),
    forwardedAsSelf: 0.1,
    form: ['S2.2', 'S1.3', 'S2.4', 'S1.2'].some((id) => of(id) >= 2),
    productFilled: by(ranks, of('S2.1'), [0, 0.1], [0.15, 0.4], [0.9, 0.98]),
    spam: 0.01,
    duplicates: 0.02,
    proactivePerWeek: of('S5.1') === 1 ? 0 : 0.4,
    monitoring: monitoringOf(draft),
    botSolves: 0,
    acknowledgement: acknowledged ? drawAcknowledgement(ranks, of, promise) : null,
    ...(setting.bot ? { seatBot: { firstReplies: 0.5 + 0.4 * ranks.next(), solves: 0.1 } } : {}),
    secondForm: ranks.chance(0.3),
    junkField: ranks.chance(0.4),
    typesUsed: of('S5.5') >= 2 || of('S5.1') >= 2 ? 0.9 : 0.3,
  };
}

function monitoringOf({ of, setting }: Draft): Practices['intake']['monitoring'] {
  if (of('S5.1') === 1) return null;
  return {
    tool: 'Watch',
    // Clearly more than half of the incidents, and clearly some of them.
    perWeek: setting.perWeek * (of('S5.1') === 3 ? 0.35 : 0.09),
    selfClearing: 0.2,
    typed: 1,
    actedOn: 0.95,
  };
}
