import { z } from 'zod';
import { SLA_METRICS, STATUSES } from '../../src/domain/telemetry.ts';
import { accountUrl } from '../../src/kit/base-url.ts';
import { CodeFields, usual } from '../../src/kit/usual-settings.ts';

/** Tables of tickets: IT service management and customer service management. */
export const TICKET_TABLES = ['incident', 'sn_customerservice_case'] as const;
export type TicketTable = (typeof TICKET_TABLES)[number];

/** Tables whose rules and promises concern tickets; null = the record does not say which. */
export function concernsTickets(table: string | null): boolean {
  return table === null || table === 'task' || TICKET_TABLES.some((one) => one === table);
}

/** Settings of one ServiceNow instance. Holds no secret; ids are sys_ids. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  url: z
    .string()
    .min(1)
    .meta({ title: 'Instance', description: '`acme`, `acme.service-now.com` or the full address.' }),
  user: z.string().min(1).optional().meta({
    title: 'User',
    description:
      'User id (user_name) that the password belongs to; left out = the secret is an API key or of an OAuth client.',
  }),
  clientId: z.string().min(1).optional().meta({
    title: 'OAuth client',
    description:
      'Client id of the application registry; the secret is then JSON with client_secret and, unless the grant is client_credentials, refresh_token.',
  }),
  grant: z.enum(['refresh_token', 'client_credentials']).default('refresh_token').meta({
    title: 'OAuth grant',
    description: 'How tokens are fetched for the OAuth client.',
  }),
  tables: z
    .array(z.enum(TICKET_TABLES))
    .min(1)
    .default([...TICKET_TABLES])
    .meta({ title: 'Tables', description: 'Tables of tickets to read.' }),
  since: usual.since('Tickets', 'the instance'),
  timeZone: z.string().min(1).optional().meta({
    title: 'Time zone of the instance',
    description: 'For schedules without a zone of their own; left out = the system property, where it may be read.',
  }),
  statuses: z.record(z.string(), z.enum(STATUSES)).default({}).meta({
    title: 'Own states',
    description:
      'Category by value of the state (`12`, or `incident.12` for one table), for those that their labels do not tell.',
  }),
  slas: z.record(z.string(), z.enum(SLA_METRICS)).default({}).meta({
    title: 'Meaning of SLA definitions',
    description: 'What is promised, by id of the definition; else by its target and name.',
  }),
  fields: CodeFields.prefault({}).meta({
    title: 'Ticket fields',
    description:
      'Names of the fields with these codes; left out = business_service or product, category, impact, close_code or resolution_code.',
  }),
  tierField: z.string().min(1).default('rank_tier').meta({
    title: 'Tier of companies',
    description: 'Field of the company table that holds the customer tier.',
  }),
  tierOrder: usual.tierOrder('Tiers of companies'),
  groupPurposes: usual.purposes('group'),
  groupTiers: usual.lines('group'),
  machineUsers: usual.programs('users'),
});
export type Settings = z.infer<typeof Settings>;

/** `acme` -> https://acme.service-now.com; anything with a dot, colon or slash is an address. Errors: BAD_URL. */
export function instanceUrl(settings: Pick<Settings, 'url'>): URL {
  return accountUrl(settings.url, 'service-now.com');
}
