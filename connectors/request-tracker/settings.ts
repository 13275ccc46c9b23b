import { z } from 'zod';
import { STATUSES } from '../../src/domain/telemetry.ts';
import { CodeFields, TeamLines } from '../../src/kit/usual-settings.ts';

const PriorityBand = z.strictObject({ from: z.int(), rank: z.int().min(1).max(4) });

/** Settings of one connection. Holds no secret. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  url: z
    .string()
    .min(1)
    .meta({ title: 'Address', description: 'Of RT, with its path where it has one: `https://rt.example.com/rt`.' }),
  user: z.string().min(1).optional().meta({
    title: 'User',
    description: 'RT user that the password belongs to; left out = the secret is an authentication token.',
  }),
  statuses: z.record(z.string(), z.enum(STATUSES)).default({}).meta({
    title: 'Own statuses',
    description: "Category by status word of own lifecycles; RT's six default words are known.",
  }),
  priorities: z
    .array(PriorityBand)
    .min(1)
    .default([
      { from: 1, rank: 4 },
      { from: 26, rank: 3 },
      { from: 51, rank: 2 },
      { from: 76, rank: 1 },
    ])
    .meta({
      title: 'Priorities',
      description: 'Lowest number of each rank (1 most urgent .. 4); numbers below the lowest band mean "unset".',
    }),
  tiers: TeamLines.meta({
    title: 'Line of queues',
    description: 'Line of support by queue name; others are read from names such as "Tier 2" or "L3".',
  }),
  machineUsers: z.array(z.string().min(1)).default([]).meta({
    title: 'Programs',
    description: "Names of users that are programs: their tickets and replies are a machine's.",
  }),
  spamQueues: z
    .array(z.string().min(1))
    .default([])
    .meta({ title: 'Queues of spam', description: 'Names of queues that hold spam.' }),
  fields: CodeFields.prefault({}).meta({
    title: 'Custom fields',
    description:
      'Names or ids of the fields with these codes. Their values are kept in clear; those of all others as keyed hashes.',
  }),
  articleLinks: z.boolean().default(true).meta({
    title: 'Articles are linked',
    description:
      'RT links an article to the ticket when an agent includes it in a reply (LinkArticlesOnInclude, on by default).',
  }),
  headers: z.boolean().default(true).meta({
    title: 'Read headers',
    description: 'Of messages, for channel, acknowledgement and machine marks. They are looked at, never kept.',
  }),
});
export type Settings = z.infer<typeof Settings>;
