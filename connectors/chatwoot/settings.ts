import { z } from 'zod';
import { parseBaseUrl } from '../../src/kit/base-url.ts';
import { CodeFields, TypedId, usual } from '../../src/kit/usual-settings.ts';

/** Settings of one Chatwoot account. Holds no secret; ids are those of the vendor's own screens. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  url: z
    .string()
    .min(1)
    .meta({ title: 'Address', description: '`https://app.chatwoot.com` or the address of your own.' }),
  account: TypedId.meta({ title: 'Account', description: 'Its number, as in the address: `/app/accounts/1`.' }),
  since: usual.since('Conversations', 'the account'),
  fields: CodeFields.prefault({}).meta({
    title: 'Conversation attributes',
    description: 'Keys of the attributes with these codes; without them lists are recognised by their names.',
  }),
  groupPurposes: usual.purposes('team'),
  groupTiers: usual.lines('team'),
  machineUsers: usual.programs('agents'),
  clearTags: usual.clear('Labels'),
});
export type Settings = z.infer<typeof Settings>;

/** Errors: BAD_URL. */
export function urlOf({ url }: Settings): URL {
  return parseBaseUrl(url, true);
}
