import { z } from 'zod';
import { STATUSES } from '../../src/domain/telemetry.ts';
import { parseBaseUrl } from '../../src/kit/base-url.ts';
import { CodeFields, TypedId, usual } from '../../src/kit/usual-settings.ts';

/** Settings of one HubSpot account. Holds no secret; ids are those of the vendor's own screens. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  url: z.string().min(1).default('https://api.hubapi.com').meta({
    title: 'Address',
    description: 'Address of the interface; the same for accounts of all regions.',
  }),
  portal: TypedId.optional().meta({
    title: 'Hub ID',
    description: 'Number of the account (top right > account menu); without it there are no links to tickets.',
  }),
  clientId: z.string().min(1).optional().meta({
    title: 'OAuth client',
    description: 'Client id of an OAuth app; the secret is then JSON with client_secret and refresh_token.',
  }),
  since: usual.since('Tickets and companies', 'the account'),
  pipelines: z.array(TypedId).default([]).meta({
    title: 'Pipelines',
    description: 'Ids of the ticket pipelines that are support; none = all.',
  }),
  statuses: z.record(z.string(), z.enum(STATUSES)).default({}).meta({
    title: 'Ticket statuses',
    description: 'Category by id of the status (stage), for those that their names do not tell.',
  }),
  fields: CodeFields.prefault({}).meta({
    title: 'Ticket properties',
    description: 'Internal names of the properties with these codes; without them they are recognised by their labels.',
  }),
  companyFields: z
    .strictObject({
      tier: z.string().optional(),
      renewal: z.string().optional(),
      value: z.string().optional(),
      health: z.string().optional(),
      churned: z.string().optional(),
      expanded: z.string().optional(),
    })
    .prefault({})
    .meta({
      title: 'Company properties',
      description:
        'Internal names of the properties with tier, renewal date, value of the contract, health, and the days of leaving and of buying more; without them they are recognised by their labels.',
    }),
  healthScale: usual.healthScale,
  dealFields: z.strictObject({ kind: z.string().optional() }).prefault({}).meta({
    title: 'Deal properties',
    description:
      'Internal name of the property that says which deals are renewals, upgrades or new business; left out = the deal type, and names of pipelines.',
  }),
  tierOrder: usual.tierOrder('Tiers'),
  teamPurposes: usual.purposes('team'),
  teamTiers: usual.lines('team'),
  machineUsers: usual.programs('owners'),
  clearTags: usual.clear('Tags'),
});
export type Settings = z.infer<typeof Settings>;

/** Errors: BAD_URL. */
export function apiUrl({ url }: Settings): URL {
  return parseBaseUrl(url, true);
}

/** A ticket on its own page; null without the Hub ID. The vendor leads accounts of other regions on from there. */
export function ticketPage({ portal }: Settings, id: string): string | null {
  return portal === undefined
    ? null
    : `https://app.hubspot.com/contacts/${encodeURIComponent(portal)}/record/0-5/${encodeURIComponent(id)}`;
}
