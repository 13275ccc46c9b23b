import { z } from 'zod';
import { accountUrl } from '../../src/kit/base-url.ts';
import { CodeFields, usual } from '../../src/kit/usual-settings.ts';

/** Settings of one Gorgias account. Holds no secret; ids are those of the vendor's own screens. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  url: z.string().min(1).meta({ title: 'Account', description: '`acme`, `acme.gorgias.com` or the full address.' }),
  user: z.string().min(1).optional().meta({
    title: 'User',
    description: 'E-mail of the user that the API key belongs to; left out = the secret is an OAuth access token.',
  }),
  since: usual.since('Tickets', 'the account'),
  fields: CodeFields.prefault({}).meta({
    title: 'Ticket fields',
    description:
      'Ids of the ticket fields with these codes; without them those that the vendor manages, then lists by their names.',
  }),
  groupPurposes: usual.purposes('team'),
  groupTiers: usual.lines('team'),
  machineUsers: usual.programs('users'),
  clearTags: usual.clear('Tags'),
});
export type Settings = z.infer<typeof Settings>;

/** `acme` -> https://acme.gorgias.com. Errors: BAD_URL. */
export function urlOf({ url }: Settings): URL {
  return accountUrl(url, 'gorgias.com');
}
