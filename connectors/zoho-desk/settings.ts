import { z } from 'zod';
import { STATUSES } from '../../src/domain/telemetry.ts';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { parseBaseUrl } from '../../src/kit/base-url.ts';
import { CodeFields, TypedId, usual } from '../../src/kit/usual-settings.ts';

/** Settings of one Zoho Desk organisation. Holds no secret; ids are those of the vendor's own screens. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  url: z.string().min(1).meta({
    title: 'Address',
    description: 'The desk of your data centre: `https://desk.zoho.com`, `https://desk.zoho.eu`.',
  }),
  org: TypedId.meta({
    title: 'Organisation',
    description: 'The Zoho Service Org ID: Setup > Developer Space > API.',
  }),
  clientId: z.string().min(1).optional().meta({
    title: 'OAuth client',
    description: 'Client id of the API console; the secret is then JSON with client_secret and refresh_token.',
  }),
  accounts: z.string().min(1).optional().meta({
    title: 'Address of the accounts',
    description: 'Where tokens are given; without it that of the data centre: `https://accounts.zoho.eu`.',
  }),
  portal: z.string().min(1).optional().meta({
    title: 'Portal',
    description: 'Its name in the address of the screen (`/agent/acme/`); without it there are no links to tickets.',
  }),
  since: usual.since('Tickets', 'the organisation'),
  statuses: z.record(z.string(), z.enum(STATUSES)).default({}).meta({
    title: 'Own statuses',
    description: 'Category by name of the status, for those that their type and name do not tell.',
  }),
  fields: CodeFields.prefault({}).meta({
    title: 'Ticket fields',
    description: 'API names of the fields with these codes; without them lists are recognised by their labels.',
  }),
  tierField: z.string().min(1).optional().meta({
    title: 'Field of the tier',
    description: 'API name of the account field with the customer tier; without it it is recognised by its label.',
  }),
  tierOrder: usual.tierOrder('Tiers of accounts'),
  groupPurposes: usual.purposes('department or team'),
  groupTiers: usual.lines('department or team'),
  machineUsers: usual.programs('agents'),
  clearTags: usual.clear('Tags'),
});
export type Settings = z.infer<typeof Settings>;

/** Errors: BAD_URL. Only the origin counts: people paste the address of a screen. */
export function deskUrl({ url }: Settings): URL {
  return new URL(parseBaseUrl(url, true).origin);
}

/** Where tokens are given: `desk.zoho.eu` has `accounts.zoho.eu`, and so have all data centres. Errors: BAD_URL. */
export function tokenUrl(settings: Settings): URL {
  const desk = deskUrl(settings);
  if (settings.accounts === undefined && !desk.hostname.startsWith('desk.'))
    throw new PlumblineError(
      'BAD_URL',
      `${desk.hostname} is not the address of a data centre of Zoho Desk.`,
      'Use the one of your data centre (https://desk.zoho.com, .eu, .in, .com.au, .jp, https://desk.zohocloud.ca), not a domain of your own.',
    );
  const origin = settings.accounts ?? `${desk.protocol}//${desk.host.replace(/^desk\./, 'accounts.')}`;
  return new URL('/oauth/v2/token', parseBaseUrl(origin, true));
}
