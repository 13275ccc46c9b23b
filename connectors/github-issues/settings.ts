import { z } from 'zod';
import { STATUSES, TICKET_TYPES } from '../../src/domain/telemetry.ts';
import { parseBaseUrl } from '../../src/kit/base-url.ts';
import { type CodeFields as ChosenFields, CODE_ROLES } from '../../src/kit/code-fields.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import { CodeFields, TypedId, usual } from '../../src/kit/usual-settings.ts';

/** Settings of one repository. Holds no secret. Descriptions are shown where a form is drawn from it. */
export const Settings = z
  .strictObject({
    url: z.string().min(1).default('https://github.com').meta({
      title: 'Address',
      description: 'Of GitHub Enterprise Server; left out = github.com.',
    }),
    repository: z
      .string()
      .regex(/^[\w.-]+\/[\w.-]+$/, 'write it as owner/name')
      .meta({ title: 'Repository', description: '`owner/name`. Connect each repository on its own.' }),
    appId: TypedId.optional().meta({
      title: 'App',
      description: 'Id of a GitHub App; the secret is then its private key (PEM). Left out = the secret is a token.',
    }),
    installationId: TypedId.optional().meta({
      title: 'Installation',
      description: 'Id of the installation of that app, as the last part of its address shows it.',
    }),
    since: usual.since('Issues', 'the repository'),
    discussions: z.boolean().default(true).meta({
      title: 'Discussions',
      description: 'Whether discussions are support conversations too.',
    }),
    staff: z
      .array(z.enum(['OWNER', 'MEMBER', 'COLLABORATOR']))
      .default(['OWNER', 'MEMBER', 'COLLABORATOR'])
      .meta({
        title: 'Staff',
        description:
          'Which associations with the repository make somebody one of the team; who may be assigned is one anyway.',
      }),
    priorities: z.record(z.string(), z.int().min(1).max(4)).default({}).meta({
      title: 'Priority labels',
      description: 'Rank (1 most urgent .. 4) by label; others are read from names as `P1` and `priority: high`.',
    }),
    statuses: z.record(z.string(), z.enum(STATUSES)).default({}).meta({
      title: 'Status labels',
      description:
        'Category of an open issue by label; others are read from names as `waiting for customer` and `blocked`.',
    }),
    types: z.record(z.string(), z.enum(TICKET_TYPES)).default({}).meta({
      title: 'Type labels',
      description: 'Kind of work by label; others are read from names as `bug` and `question`.',
    }),
    fields: CodeFields.prefault({}).meta({
      title: 'Code labels',
      description: 'Beginnings of labels that carry these codes (`area/`): what follows is the code.',
    }),
    teamPurposes: usual.purposes('team'),
    teamTiers: usual.lines('team'),
    machineUsers: usual.programs('users'),
    clearLabels: usual.clear('Labels'),
  })
  .refine((settings) => (settings.appId === undefined) === (settings.installationId === undefined), {
    path: ['installationId'],
    message: 'an app is reached through its installation: give appId and installationId together',
  });
export type Settings = z.infer<typeof Settings>;
export type Early = EarlyContext<Settings>;

/** Where people go. Errors: BAD_URL. */
export function webOf({ url }: Pick<Settings, 'url'>): URL {
  return parseBaseUrl(url, true);
}

/** Where the interface is: github.com has a host for it, a server of one's own a path. Errors: BAD_URL. */
export function apiOf({ url }: Pick<Settings, 'url'>): { readonly base: URL; readonly rest: string } {
  const web = webOf({ url });
  if (/^(?:www\.|api\.)?github\.com$/.test(web.hostname)) return { base: new URL('https://api.github.com'), rest: '' };
  return { base: new URL('/api', web.origin), rest: '/v3' };
}

/** Beginnings of labels, by the code that they carry. */
export function statedCodes({ fields }: Settings): ChosenFields {
  return new Map(CODE_ROLES.flatMap((role) => (fields[role] === undefined ? [] : [[role, fields[role]] as const])));
}
