import { z } from 'zod';
import { STATUSES } from '../../src/domain/telemetry.ts';
import { accountUrl } from '../../src/kit/base-url.ts';
import { CodeFields, usual } from '../../src/kit/usual-settings.ts';

/** Settings of one Freshdesk account. Holds no secret; ids are those of the vendor's own screens. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  url: z.string().min(1).meta({ title: 'Account', description: '`acme`, `acme.freshdesk.com` or the full address.' }),
  since: usual.since('Tickets', 'the account'),
  archive: z.boolean().default(false).meta({
    title: 'Read the archive',
    description:
      'Tickets that are archived already are asked for one by one, newest first: about two requests each, until `since` or to the first. Once.',
  }),
  statuses: z.record(z.string(), z.enum(STATUSES)).default({}).meta({
    title: 'Own statuses',
    description: 'Category by number of the status, for those that their names do not tell.',
  }),
  fields: CodeFields.prefault({}).meta({
    title: 'Ticket fields',
    description: 'Names (`cf_...`) of the fields with these codes; without them they are recognised by their labels.',
  }),
  tierOrder: usual.tierOrder('Account tiers'),
  groupPurposes: usual.purposes('group'),
  groupTiers: usual.lines('group'),
  machineUsers: usual.programs('users'),
  clearTags: usual.clear('Tags'),
});
export type Settings = z.infer<typeof Settings>;

/** `acme` -> https://acme.freshdesk.com. Errors: BAD_URL. */
export function urlOf({ url }: Settings): URL {
  return accountUrl(url, 'freshdesk.com');
}
