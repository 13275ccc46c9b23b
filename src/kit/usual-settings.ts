import { z } from 'zod';
import { TEAM_PURPOSES } from '../domain/telemetry.ts';
import { HealthScale } from './health-scale.ts';
import type { Stated } from './records/people.ts';

/** An id as people type it into a settings file; a number is taken as its digits. */
export const TypedId = z.union([z.string().min(1), z.int()]).transform(String);

/** Fields that carry a code, by what they tell. Their values are kept in clear. */
export const CodeFields = z.strictObject({
  product: z.string().optional(),
  category: z.string().optional(),
  severity: z.string().optional(),
  cause: z.string().optional(),
});

/** What teams are for, by their id. */
export const TeamPurposes = z.record(z.string(), z.enum(TEAM_PURPOSES)).default({});

/** Line of support by the id of a team. */
export const TeamLines = z.record(z.string(), z.int().min(1).max(9)).default({});

/** Tags that are kept in clear: exact, or a beginning that ends in `*`. */
export const ClearTags = z.array(z.string().min(1)).default(['escalat*']);

/** Usual settings with their words for people: `of` names what they are about in the vendor's own words ("group", "tickets"). */
export const usual = {
  since: (of: string, whole: string) =>
    z.iso
      .date()
      .optional()
      .meta({ title: 'Read from', description: `${of} changed from this day on; left out = all that ${whole} has.` }),
  purposes: (of: string) =>
    TeamPurposes.meta({ title: `Purpose of ${of}s`, description: `By ${of} id; others are read from their names.` }),
  lines: (of: string) =>
    TeamLines.meta({
      title: `Line of ${of}s`,
      description: `Line of support by ${of} id; others are read from their names.`,
    }),
  tierOrder: (of: string) =>
    z
      .array(z.string())
      .optional()
      .meta({ title: 'Tiers', description: `${of}, highest first.` }),
  healthScale: HealthScale.optional().meta({
    title: 'Scale of health',
    description:
      'Where health is a number: its worst and best value, and where people draw the lines (`risk` = below it they may leave, `well` = from it on they fare well); without the lines thirds of the scale.',
  }),
  programs: (of: string) =>
    z
      .array(TypedId)
      .default([])
      .meta({ title: 'Programs', description: `Ids of ${of} that are programs: integrations, bots, monitoring.` }),
  clear: (of: string) =>
    ClearTags.meta({
      title: `${of} in clear`,
      description: 'Exact, or a beginning that ends in `*`; others are kept as keyed hashes.',
    }),
};

/** First instant to read: the setting `since`, else a day before which the vendor has nothing. */
export function startAt(settings: { readonly since?: string | undefined }, first = '2000-01-01'): Date {
  return new Date(`${settings.since ?? first}T00:00:00Z`);
}

/** As startAt, but null where all is read: what a feed says of itself. */
export function sinceOf(settings: { readonly since?: string | undefined }): Date | null {
  return settings.since === undefined ? null : startAt(settings);
}

/** Settings by which people state what teams are for, their lines of support, and who is a program; a vendor calls its teams groups or teams. */
type Stating = { readonly machineUsers: Stated['programs'] } & (
  | { readonly groupPurposes: Stated['purposes']; readonly groupTiers: Stated['lines'] }
  | { readonly teamPurposes: Stated['purposes']; readonly teamTiers: Stated['lines'] }
);

/** What people stated of teams and users, as records are made with. */
export function statedOf(settings: Stating): Stated {
  const { machineUsers: programs } = settings;
  return 'groupPurposes' in settings
    ? { purposes: settings.groupPurposes, lines: settings.groupTiers, programs }
    : { purposes: settings.teamPurposes, lines: settings.teamTiers, programs };
}
