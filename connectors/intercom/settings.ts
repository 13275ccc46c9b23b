import { z } from 'zod';
import { parseBaseUrl } from '../../src/kit/base-url.ts';
import { CodeFields, usual } from '../../src/kit/usual-settings.ts';

/** Settings of one Intercom workspace. Holds no secret; ids are those of the vendor's own screens. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  url: z.string().min(1).default('us').meta({
    title: 'Region',
    description: '`us`, `eu` or `au` (Settings > Workspace > Data hosting), or the address of the interface.',
  }),
  workspace: z.string().min(1).optional().meta({
    title: 'Workspace id',
    description:
      'The code behind `/a/apps/` in the address of the inbox; without it there are no links to conversations.',
  }),
  since: usual.since('Conversations', 'the workspace'),
  fields: CodeFields.prefault({}).meta({
    title: 'Conversation attributes',
    description: 'Names of the attributes with these codes; without them they are recognised by their names.',
  }),
  tierOrder: usual.tierOrder('Plans of companies'),
  teamPurposes: usual.purposes('team'),
  teamTiers: usual.lines('team'),
  machineUsers: usual.programs('teammates'),
  clearTags: usual.clear('Tags'),
});
export type Settings = z.infer<typeof Settings>;

const REGIONS: Readonly<Record<string, string>> = {
  us: 'api.intercom.io',
  eu: 'api.eu.intercom.io',
  au: 'api.au.intercom.io',
};

/** `eu` -> https://api.eu.intercom.io; anything that is no region is an address. Errors: BAD_URL. */
export function apiUrl(url: string): URL {
  const name = url.trim();
  return parseBaseUrl(REGIONS[name.toLowerCase()] ?? name, true);
}

/** A conversation in the inbox; null without the id of the workspace. */
export function inboxUrl({ url, workspace }: Settings, id: string): string | null {
  if (workspace === undefined) return null;
  const region = /^(?:api\.)?(eu|au)(?:$|\.intercom\.io$)/.exec(apiUrl(url).hostname)?.[1];
  const host = region === undefined ? 'app.intercom.com' : `app.${region}.intercom.com`;
  return `https://${host}/a/apps/${encodeURIComponent(workspace)}/conversations/${encodeURIComponent(id)}`;
}
