import { z } from 'zod';
import { TEAM_PURPOSES } from '../../src/domain/telemetry.ts';

const Ids = z.array(z.union([z.string().min(1), z.int()]).transform(String));

/** Settings of one Zendesk account. Holds no secret; ids are those that the vendor's own screens show. */
export const Settings = z.strictObject({
  /** `acme`, `acme.zendesk.com` or the full address. */
  url: z.string().min(1),
  /** E-mail of the user that the API token belongs to; without it the secret is sent as an OAuth bearer token. */
  user: z.string().min(1).optional(),
  /** Read history from this day on. @defaultValue everything the account still has */
  since: z.iso.date().optional(),
  /** `events`: the incremental export of ticket events. `audits`: audits ticket by ticket, for accounts where the export fails. */
  history: z.enum(['events', 'audits']).default('events'),
  /** Requests per minute to the incremental exports; null = as fast as the vendor lets us, waiting when it says so. */
  exportsPerMinute: z.int().min(1).nullable().default(null),
  /** Rows a page of the ticket export. */
  perPage: z.int().min(1).max(1000).default(1000),
  /** Ticket field ids that carry a code; without them they are recognised by their titles. */
  productField: z.union([z.string(), z.int()]).transform(String).optional(),
  categoryField: z.union([z.string(), z.int()]).transform(String).optional(),
  severityField: z.union([z.string(), z.int()]).transform(String).optional(),
  causeField: z.union([z.string(), z.int()]).transform(String).optional(),
  /** Ticket field with billable time, seconds. */
  billableField: z.union([z.string(), z.int()]).transform(String).optional(),
  /** Keys of organisation fields; without them they are recognised by their titles. */
  tierField: z.string().optional(),
  contractFields: z.array(z.string()).optional(),
  healthField: z.string().optional(),
  partnerField: z.string().optional(),
  /** Organisation tags `<prefix><tier>` name the tier when there is no field, e.g. `tier_`. */
  tierTagPrefix: z.string().min(1).optional(),
  /** Tiers, highest first. */
  tierOrder: z.array(z.string()).optional(),
  /** Purpose and line of support by group id; others are read from the group's name. */
  groupPurposes: z.record(z.string(), z.enum(TEAM_PURPOSES)).default({}),
  groupTiers: z.record(z.string(), z.int().min(1).max(9)).default({}),
  /** Schedule of a brand's tickets by brand id, where no rule that sets it is recognised. */
  brandSchedules: z.record(z.string(), z.union([z.string().min(1), z.int()]).transform(String)).default({}),
  /** Users that are programs: integrations, bots, monitoring. */
  machineUsers: Ids.default([]),
  /** Users who were agents and no longer are, beyond those that the log itself tells (`plumbline doctor` names them). */
  formerAgents: Ids.default([]),
  /** Marks of an escalation beside those whose names say so: tags, ids or titles of fields, own statuses, or terms (`field:360011=l2`). */
  escalationMarks: z.array(z.string().min(1)).default([]),
  /**
   * Tickets of the last 90 days whose audits are read beside the export of events, which holds neither messages of rules nor templates; 0 = none.
   */
  auditSample: z.int().min(0).max(5000).default(300),
  /** Tags kept in clear (exact, or a prefix ending in `*`); all others are kept as keyed hashes. */
  clearTags: z
    .array(z.string().min(1))
    .default(['closed_by_merge', 'system_*', 'answer_bot*', 'ai_agent*', 'escalat*']),
});
export type Settings = z.infer<typeof Settings>;
