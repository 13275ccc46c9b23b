import { z } from 'zod';
import { SLA_METRICS, STATUSES } from '../../src/domain/telemetry.ts';
import { parseBaseUrl } from '../../src/kit/base-url.ts';
import { CodeFields, usual } from '../../src/kit/usual-settings.ts';

const FieldName = z.string().regex(/^[A-Za-z]\w*$/, 'an API name of a field');

/** Settings of one Salesforce org. Holds no secret; names of fields are API names. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  url: z.string().min(1).meta({
    title: 'Org',
    description: 'My Domain: `acme`, `acme--test.sandbox` or the full address (https://acme.my.salesforce.com).',
  }),
  clientId: z.string().min(1).optional().meta({
    title: 'Consumer key',
    description: 'Of the connected app; left out = the secret is an access token, good for one session.',
  }),
  grant: z.enum(['client_credentials', 'refresh_token', 'jwt_bearer']).default('client_credentials').meta({
    title: 'OAuth flow',
    description:
      'What the secret is: the client secret; JSON with client_secret (optional) and refresh_token; or a private key in PEM.',
  }),
  user: z
    .string()
    .min(1)
    .optional()
    .meta({ title: 'User name', description: 'For jwt_bearer: whom the app acts for.' }),
  reads: z.enum(['desk', 'customers']).default('desk').meta({
    title: 'What is read',
    description:
      '`desk` = all of it; `customers` = accounts, entitlements and opportunities only, beside a desk of another vendor.',
  }),
  since: usual.since('Cases and messages', 'the org'),
  statuses: z.record(z.string(), z.enum(STATUSES)).default({}).meta({
    title: 'Statuses',
    description: 'Category by API name of the status, for those that their names do not tell.',
  }),
  priorities: z.record(z.string(), z.int().min(1).max(4)).default({}).meta({
    title: 'Priorities',
    description: 'Rank (1 most urgent .. 4) by value, for those that their names do not tell.',
  }),
  milestones: z.record(z.string(), z.enum(SLA_METRICS)).default({}).meta({
    title: 'Milestones',
    description: 'What a milestone promises, by its name, for those that their names do not tell.',
  }),
  fields: CodeFields.prefault({}).meta({
    title: 'Case fields',
    description: 'API names of the fields with these codes; without them they are recognised by their labels.',
  }),
  accountFields: z
    .strictObject({
      tier: FieldName.optional(),
      contract: FieldName.optional(),
      health: FieldName.optional(),
      churned: FieldName.optional(),
      expanded: FieldName.optional(),
    })
    .prefault({})
    .meta({
      title: 'Account fields',
      description:
        'API names of tier, contract or renewal, health, and the days of leaving and of buying more; without them they are recognised by their labels.',
    }),
  healthScale: usual.healthScale,
  opportunityFields: z.strictObject({ kind: FieldName.optional() }).prefault({}).meta({
    title: 'Opportunity fields',
    description:
      'API name of the field that says which opportunities are renewals, upgrades or new business; left out = the type, the record type, or a box that is called Renewal.',
  }),
  satisfaction: z
    .strictObject({ field: FieldName.optional(), worst: z.int().default(1), best: z.int().default(5) })
    .prefault({})
    .meta({
      title: 'Satisfaction',
      description: 'API name of a field of the case that holds the answer of a survey, and the worst and best answer.',
    }),
  tierOrder: usual.tierOrder('Tiers of accounts'),
  groupPurposes: usual.purposes('queue'),
  groupTiers: usual.lines('queue'),
  machineUsers: usual.programs('users'),
});
export type Settings = z.infer<typeof Settings>;

/** `acme` -> https://acme.my.salesforce.com; anything else with a dot is an address, save for the name of a sandbox. Errors: BAD_URL. */
export function orgUrl(url: string): URL {
  const name = url.trim();
  const domain =
    /^[a-z0-9][a-z0-9-]*(?:\.(?:sandbox|scratch|develop|trailblaze))?$/i.test(name) && name !== 'localhost';
  const base = parseBaseUrl(domain ? `${name}.my.salesforce.com` : name, true);
  // People copy the address of the screens; the interface answers on My Domain alone.
  base.hostname = base.hostname.replace(/\.lightning\.force\.com$/, '.my.salesforce.com');
  return new URL(base.origin);
}
