import { z } from 'zod';
import { SLA_METRICS, STATUSES } from '../../src/domain/telemetry.ts';
import { accountUrl } from '../../src/kit/base-url.ts';
import { CodeFields, usual } from '../../src/kit/usual-settings.ts';

const Names = z.array(z.string().min(1)).default([]);

/** Settings of one Jira site. Holds no secret; ids are those of the vendor's own addresses. Descriptions are shown where a form is drawn from it. */
export const Settings = z
  .strictObject({
    url: z
      .string()
      .min(1)
      .meta({ title: 'Site', description: '`acme`, `acme.atlassian.net` or the address of a Data Center.' }),
    deployment: z.enum(['cloud', 'data_center']).default('cloud').meta({
      title: 'Kind of site',
      description: '`cloud`, or `data_center` for one that runs on own machines.',
    }),
    user: z.string().min(1).optional().meta({
      title: 'User',
      description:
        'E-mail of the user that the API token belongs to; left out = the secret is a bearer token (personal access token).',
    }),
    cloudId: z.string().min(1).optional().meta({
      title: 'Cloud id',
      description:
        'For OAuth and for API tokens with scopes, which go through api.atlassian.com; `/_edge/tenant_info` of the site shows it.',
    }),
    clientId: z.string().min(1).optional().meta({
      title: 'OAuth client',
      description: 'Client id of an OAuth 2.0 app; the secret is then JSON with client_secret and refresh_token.',
    }),
    projects: Names.meta({
      title: 'Projects',
      description: 'Keys of the service projects to read; none = all that the user may see.',
    }),
    since: usual.since('Requests', 'the site'),
    statuses: z.record(z.string(), z.enum(STATUSES)).default({}).meta({
      title: 'Own statuses',
      description: 'Category by id of the status, for those that category and name do not tell.',
    }),
    priorities: z.record(z.string(), z.int().min(1).max(4)).default({}).meta({
      title: 'Priorities',
      description: 'Rank (1 most urgent .. 4) by id of the priority; else their order on the site counts.',
    }),
    slas: z.record(z.string(), z.enum(SLA_METRICS)).default({}).meta({
      title: 'Meaning of SLAs',
      description: 'What is promised, by id of the field (`customfield_10030`); else by its name.',
    }),
    fields: CodeFields.extend({ team: z.string().optional() }).prefault({}).meta({
      title: 'Fields',
      description:
        'Ids (`customfield_...`) of the fields with the team and with these codes; without them they are recognised by type and name.',
    }),
    agentGroups: Names.meta({
      title: 'Groups of agents',
      description:
        'Names of the groups whose members are agents; none = those that give access to Jira Service Management.',
    }),
    groupPurposes: usual.purposes('group'),
    groupTiers: usual.lines('group'),
    machineUsers: Names.meta({ title: 'Programs', description: 'Account ids of users that are programs.' }),
    clearLabels: usual.clear('Labels'),
  })
  .refine((settings) => settings.clientId === undefined || settings.cloudId !== undefined, {
    path: ['cloudId'],
    message:
      'OAuth reaches a site by its cloud id: open https://<site>.atlassian.net/_edge/tenant_info and give the cloudId that it shows',
  });
export type Settings = z.infer<typeof Settings>;

/** `acme` -> https://acme.atlassian.net; anything with a dot, colon or slash is an address. Errors: BAD_URL. */
export function siteUrl({ url }: Settings): URL {
  return accountUrl(url, 'atlassian.net');
}
