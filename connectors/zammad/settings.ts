import { z } from 'zod';
import { STATUSES } from '../../src/domain/telemetry.ts';
import { parseBaseUrl } from '../../src/kit/base-url.ts';
import { CodeFields, usual } from '../../src/kit/usual-settings.ts';

/** Settings of one Zammad. Holds no secret; ids are those of the vendor's own screens. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  url: z.string().min(1).meta({ title: 'Address', description: '`https://support.acme.com`.' }),
  since: usual.since('Tickets', 'the desk'),
  statuses: z.record(z.string(), z.enum(STATUSES)).default({}).meta({
    title: 'Own states',
    description: 'Category by id of the state, where that of its type does not fit (waiting for a supplier: `hold`).',
  }),
  priorities: z.record(z.string(), z.int().min(1).max(4)).default({}).meta({
    title: 'Own priorities',
    description: 'Rank (1 most urgent) by id of the priority, for those that their names do not tell.',
  }),
  fields: CodeFields.prefault({}).meta({
    title: 'Ticket attributes',
    description: 'Names of the attributes with these codes; without them they are recognised by what is displayed.',
  }),
  tierField: z.string().optional().meta({
    title: 'Tier of organisations',
    description:
      'Name of the attribute with the tier; without it it is recognised by what is displayed, else VIP counts.',
  }),
  tierOrder: usual.tierOrder('Tiers of organisations'),
  groupPurposes: usual.purposes('group'),
  groupTiers: usual.lines('group'),
  machineUsers: usual.programs('users'),
  clearTags: usual.clear('Tags'),
});
export type Settings = z.infer<typeof Settings>;

/** Errors: BAD_URL. */
export function urlOf({ url }: Settings): URL {
  return parseBaseUrl(url, true);
}
