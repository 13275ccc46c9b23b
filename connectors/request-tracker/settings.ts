import { z } from 'zod';
import { STATUSES } from '../../src/domain/telemetry.ts';
import { CodeFields, TeamLines } from '../../src/kit/usual-settings.ts';

const PriorityBand = z.strictObject({ from: z.int(), rank: z.int().min(1).max(4) });

/** Settings of one connection. Holds no secret. */
export const Settings = z.strictObject({
  /** Address of RT, with its path when it has one: `https://rt.example.com/rt`. */
  url: z.string().min(1),
  /** RT user for HTTP Basic; without it the secret is an authentication token. */
  user: z.string().min(1).optional(),
  /** Category for status words of own lifecycles; RT's six default words are known. */
  statuses: z.record(z.string(), z.enum(STATUSES)).default({}),
  /** Lowest number of each priority rank, any order. Numbers below the lowest band mean "unset". */
  priorities: z
    .array(PriorityBand)
    .min(1)
    .default([
      { from: 1, rank: 4 },
      { from: 26, rank: 3 },
      { from: 51, rank: 2 },
      { from: 76, rank: 1 },
    ]),
  /** Line of support by queue name; without an entry it is read from names such as "Tier 2" or "L3". */
  tiers: TeamLines,
  /** Names of users that are programs: their tickets and replies are a machine's. */
  machineUsers: z.array(z.string().min(1)).default([]),
  /** Names of queues that hold spam. */
  spamQueues: z.array(z.string().min(1)).default([]),
  /** Custom fields (name or id) that carry a code. Their values are kept in clear; those of all others as keyed hashes. */
  fields: CodeFields.prefault({}),
  /** RT links an article to the ticket when an agent includes it in a reply (LinkArticlesOnInclude, on by default). */
  articleLinks: z.boolean().default(true),
  /** Read the headers of messages for channel, acknowledgement and machine marks. They are looked at, never kept. */
  headers: z.boolean().default(true),
});
export type Settings = z.infer<typeof Settings>;
