import { z } from 'zod';
import { parseBaseUrl } from '../../src/kit/base-url.ts';
import { CodeFields, usual } from '../../src/kit/usual-settings.ts';

/** Settings of one Front company. Holds no secret; ids are those of the interface. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  url: z.string().min(1).default('https://api2.frontapp.com').meta({
    title: 'Address',
    description: 'Of the interface; left out = `https://api2.frontapp.com`.',
  }),
  since: usual.since('Conversations', 'the company'),
  fields: CodeFields.prefault({}).meta({
    title: 'Conversation fields',
    description:
      'Names or ids of the custom fields with these codes; without them lists are recognised by their names.',
  }),
  priorityField: z.string().min(1).optional().meta({
    title: 'Priority',
    description: 'Name or id of the custom field with the priority; left out = the list that is called so.',
  }),
  tierField: z.string().min(1).optional().meta({
    title: 'Customer tier',
    description: 'Name or id of the custom field of accounts with the tier; left out = the list whose name says so.',
  }),
  tierOrder: usual.tierOrder('Tiers of accounts'),
  businessShift: z.string().min(1).optional().meta({
    title: 'Business hours',
    description: 'Id of the shift that is the business hours of the desk; needless where there is one shift only.',
  }),
  groupPurposes: usual.purposes('inbox or team'),
  groupTiers: usual.lines('inbox or team'),
  machineUsers: usual.programs('teammates'),
  clearTags: usual.clear('Tags'),
});
export type Settings = z.infer<typeof Settings>;

/** Errors: BAD_URL. */
export function urlOf({ url }: Settings): URL {
  return parseBaseUrl(url, true);
}
