import { z } from 'zod';
import { STATUSES } from '../../src/domain/telemetry.ts';
import { parseBaseUrl } from '../../src/kit/base-url.ts';
import { ClearTags, CodeFields, TeamLines, TeamPurposes, TypedId } from '../../src/kit/usual-settings.ts';

/** Settings of one Freshdesk account. Holds no secret; ids are those of the vendor's own screens. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  url: z.string().min(1).meta({ title: 'Account', description: '`acme`, `acme.freshdesk.com` or the full address.' }),
  since: z.iso.date().optional().meta({
    title: 'Read from',
    description: 'Tickets changed from this day on; left out = all that the account has.',
  }),
  statuses: z.record(z.string(), z.enum(STATUSES)).default({}).meta({
    title: 'Own statuses',
    description: 'Category by number of the status, for those that their names do not tell.',
  }),
  fields: CodeFields.prefault({}).meta({
    title: 'Ticket fields',
    description: 'Names (`cf_...`) of the fields with these codes; without them they are recognised by their labels.',
  }),
  tierOrder: z.array(z.string()).optional().meta({ title: 'Tiers', description: 'Account tiers, highest first.' }),
  groupPurposes: TeamPurposes.meta({
    title: 'Purpose of groups',
    description: 'By group id; others are read from their names.',
  }),
  groupTiers: TeamLines.meta({
    title: 'Line of groups',
    description: 'Line of support by group id; others are read from their names.',
  }),
  machineUsers: z
    .array(TypedId)
    .default([])
    .meta({ title: 'Programs', description: 'Ids of users that are programs: integrations, bots, monitoring.' }),
  clearTags: ClearTags.meta({
    title: 'Tags in clear',
    description: 'Exact, or a beginning that ends in `*`; others are kept as keyed hashes.',
  }),
});
export type Settings = z.infer<typeof Settings>;

/** `acme` -> https://acme.freshdesk.com; anything with a dot, colon or slash is an address. Errors: BAD_URL. */
export function accountUrl(url: string): URL {
  const name = url.trim();
  const bare = /^[a-z0-9][a-z0-9-]*$/i.test(name) && name !== 'localhost';
  return parseBaseUrl(bare ? `${name}.freshdesk.com` : name, true);
}
