import { z } from 'zod';
import { CodeFields, TypedId, usual } from '../../src/kit/usual-settings.ts';

/** Settings of one Help Scout account. Holds no secret; ids are those of the vendor's own screens. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  app: z.string().min(1).optional().meta({
    title: 'App ID',
    description: 'Of an app of your own (Your Profile > My apps); left out = the secret is an access token.',
  }),
  docs: z.boolean().default(false).meta({
    title: 'Docs',
    description: 'The secret holds the API key of Docs too, so that the articles are read.',
  }),
  since: usual.since('Conversations', 'the account'),
  inboxes: z.array(TypedId).default([]).meta({
    title: 'Inboxes',
    description: 'Ids of the inboxes that are support; none = all.',
  }),
  groups: z.enum(['teams', 'inboxes']).default('teams').meta({
    title: 'Groups',
    description: 'What conversations are handed over between: `teams`, or `inboxes` where the account has no teams.',
  }),
  fields: CodeFields.prefault({}).meta({
    title: 'Custom fields',
    description: 'Names of the custom fields with these codes; without them lists are recognised by their names.',
  }),
  groupPurposes: usual.purposes('group'),
  groupTiers: usual.lines('group'),
  machineUsers: usual.programs('users'),
  clearTags: usual.clear('Tags'),
});
export type Settings = z.infer<typeof Settings>;

/** Inboxes as a filter of a list; none = all. */
export function only(param: string, { inboxes }: Settings): Record<string, string> {
  return inboxes.length === 0 ? {} : { [param]: inboxes.join(',') };
}
