import { z } from 'zod';
import type { Comparison } from '../../domain/assessment.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { percent, short } from '../numbers.ts';
import { DisagreementsView, disagreementsView, gapRows, sayKappa } from './disagreements.ts';
import { nameStatement, StatementName } from './named.ts';

const BLIND_SPOTS = [
  'over_claim',
  'unknown_but_weak',
  'unverifiable',
  'respondents_disagree',
  'hidden_strength',
] as const;

/** Everything that said and seen have to say to each other; `rows` hold every statement that both can judge. */
export const SaidSeenView = DisagreementsView.extend({
  /** Given when nobody answered: there is nothing to compare then. */
  nobody: z.string().nullable(),
  agreement: z
    .strictObject({
      raw: z.number(),
      kappa: z.number().nullable(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
      sentence: z.string(),
    })
    .nullable(),
  blind_spots: z.array(
    z.strictObject({
      kind: z.enum(BLIND_SPOTS),
      title: z.string(),
      rows: z.array(StatementName.extend({ text: z.string() })),
    }),
  ),
  roles: z.array(StatementName.extend({ low_role: z.string(), high_role: z.string(), sentence: z.string() })),
  calibration: z.array(
    z.strictObject({ answer: z.int(), n: z.int(), mean_seen: z.number(), share: z.number(), sentence: z.string() }),
  ),
  /** Change of the chance of the merged stage when the answers to a statement are left out. */
  drivers: z.array(StatementName.extend({ change: z.number() })),
});
export type SaidSeenView = z.infer<typeof SaidSeenView>;

const BLIND_SPOT_TITLES: Readonly<Record<(typeof BLIND_SPOTS)[number], string>> = {
  over_claim: 'Said to be fully there, but the data disagree',
  unknown_but_weak: 'Nobody knows, and the data say it is weak',
  unverifiable: 'Claims that data cannot check',
  respondents_disagree: 'Respondents disagree by two levels',
  hidden_strength: 'Hidden strengths',
};

/** Bands of Landis and Koch (1977), Biometrics 33, for reading alone. */
function agreementWord(kappa: number): string {
  if (kappa <= 0) return 'no better than chance';
  if (kappa <= 0.2) return 'slight';
  if (kappa <= 0.4) return 'fair';
  if (kappa <= 0.6) return 'moderate';
  return kappa <= 0.8 ? 'substantial' : 'almost perfect';
}

function agreementOf({ agreement }: Comparison): SaidSeenView['agreement'] {
  if (agreement === null) return null;
  const { raw, kappa, interval } = agreement;
  const same = `People and records give the same level for ${percent(raw)} of the statements both can judge.`;
  const beyond =
    kappa === null
      ? ' How much of that is chance cannot be told, since one side gives one level throughout.'
      : ` Beyond chance the agreement is ${agreementWord(kappa)} (weighted kappa ${sayKappa(agreement)}).`;
  return { raw, kappa, interval, sentence: `${same}${beyond}` };
}

function blindSpots(comparison: Comparison, model: StagedModel): SaidSeenView['blind_spots'] {
  return BLIND_SPOTS.flatMap((kind) => {
    const rows = comparison.blind_spots
      .filter((spot) => spot.kind === kind)
      .map(({ criterion, text }) => ({ ...nameStatement(criterion, model), text }));
    return rows.length === 0 ? [] : [{ kind, title: BLIND_SPOT_TITLES[kind], rows }];
  });
}

const NOBODY: SaidSeenView = {
  nobody: 'Nobody has answered yet, so there is nothing to compare with the data.',
  stages: { said: null, seen: null, together: null, sentence: 'Nobody has answered yet.' },
  rows: [],
  more: 0,
  summary: null,
  notes: [],
  unverifiable: [],
  agreement: null,
  blind_spots: [],
  roles: [],
  calibration: [],
  drivers: [],
};

function roleWords(role: string): string {
  return role.replaceAll('_', ' ');
}

/** Everything that said and seen have to say to each other. Without an answer only `nobody` speaks. Pure. */
export function saidSeenView(
  reading: Pick<StagedReading, 'answers_used' | 'comparison'>,
  model: StagedModel,
): SaidSeenView {
  const { comparison } = reading;
  if (comparison === null) return NOBODY;
  return {
    ...disagreementsView(reading, comparison, model),
    rows: gapRows(reading, comparison.gaps, model),
    nobody: null,
    agreement: agreementOf(comparison),
    blind_spots: blindSpots(comparison, model),
    roles: comparison.roles.map(({ criterion, low, high }) => ({
      ...nameStatement(criterion, model),
      low_role: low.role,
      high_role: high.role,
      sentence: `${roleWords(low.role)} says ${short(low.value, 1)}, ${roleWords(high.role)} says ${short(high.value, 1)}`,
    })),
    calibration: comparison.calibration.map(({ answer, n, mean_seen, share_at_or_above }) => ({
      answer,
      n,
      mean_seen,
      share: share_at_or_above,
      sentence: `answer ${answer}: mean level seen ${mean_seen.toFixed(2)}, at or above the answer ${percent(share_at_or_above)}, n ${n}`,
    })),
    drivers: comparison.drivers.map(({ criterion, change }) => ({ ...nameStatement(criterion, model), change })),
  };
}
