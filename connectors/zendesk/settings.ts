import { z } from 'zod';
import { ClearTags, TypedId, usual } from '../../src/kit/usual-settings.ts';

/** Settings of one Zendesk account. Holds no secret; ids are those of the vendor's own screens. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  url: z.string().min(1).meta({ title: 'Account', description: '`acme`, `acme.zendesk.com` or the full address.' }),
  user: z.string().min(1).optional().meta({
    title: 'User',
    description: 'E-mail of the user that the API token belongs to; left out = the secret is an OAuth token.',
  }),
  since: usual.since('Tickets', 'the account'),
  history: z.enum(['events', 'audits']).default('events').meta({
    title: 'History from',
    description: '`events`: the incremental export; `audits`: ticket by ticket, for accounts where the export fails.',
  }),
  exportsPerMinute: z.int().min(1).nullable().default(null).meta({
    title: 'Exports a minute',
    description: 'Requests to the incremental exports; left out = as fast as the vendor allows.',
  }),
  perPage: z
    .int()
    .min(1)
    .max(1000)
    .default(1000)
    .meta({ title: 'Rows a page', description: 'Of the export of tickets.' }),
  productField: TypedId.optional().meta({
    title: 'Field of the product',
    description: 'Id of the ticket field; without it the field is recognised by its title. So are the next three.',
  }),
  categoryField: TypedId.optional().meta({ title: 'Field of the category', description: 'Id of the ticket field.' }),
  severityField: TypedId.optional().meta({ title: 'Field of the severity', description: 'Id of the ticket field.' }),
  causeField: TypedId.optional().meta({ title: 'Field of the cause', description: 'Id of the ticket field.' }),
  billableField: TypedId.optional().meta({
    title: 'Field of billable time',
    description: 'Id of the ticket field that holds it in seconds.',
  }),
  tierField: z.string().optional().meta({
    title: 'Field of the tier',
    description:
      'Key of the organisation field; without it the field is recognised by its title. So are the next three.',
  }),
  contractFields: z.array(z.string()).optional().meta({
    title: 'Fields of the contract',
    description: 'Keys of organisation fields.',
  }),
  healthField: z.string().optional().meta({ title: 'Field of health', description: 'Key of the organisation field.' }),
  healthScale: usual.healthScale,
  partnerField: z
    .string()
    .optional()
    .meta({ title: 'Field of the partner', description: 'Key of the organisation field.' }),
  tierTagPrefix: z.string().min(1).optional().meta({
    title: 'Tags that name the tier',
    description: 'Their beginning, e.g. `tier_`; used where there is no field.',
  }),
  tierOrder: usual.tierOrder('Account tiers'),
  groupPurposes: usual.purposes('group'),
  groupTiers: usual.lines('group'),
  brandSchedules: z.record(z.string(), TypedId).default({}).meta({
    title: 'Schedules of brands',
    description: 'Id of the schedule by brand id, where no rule that sets it is recognised.',
  }),
  machineUsers: usual.programs('users'),
  formerAgents: z.array(TypedId).default([]).meta({
    title: 'Former agents',
    description:
      'Ids of users who were agents, beyond those that the log itself tells (`plumbline doctor` names them).',
  }),
  escalationMarks: z.array(z.string().min(1)).default([]).meta({
    title: 'Marks of an escalation',
    description:
      'Beside those whose names say so: tags, ids or titles of fields, own statuses, or terms (`field:360011=l2`).',
  }),
  auditSample: z.int().min(0).max(5000).default(300).meta({
    title: 'Audits read beside',
    description:
      'Tickets of the last 90 days whose audits are read, for messages of rules and templates, which the export leaves out; 0 = none.',
  }),
  clearTags: ClearTags.default(['closed_by_merge', 'system_*', 'answer_bot*', 'ai_agent*', 'escalat*']).meta({
    title: 'Tags in clear',
    description: 'Exact, or a beginning that ends in `*`; others are kept as keyed hashes.',
  }),
});
export type Settings = z.infer<typeof Settings>;
