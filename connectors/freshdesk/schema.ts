import { z } from 'zod';
import {
  flag,
  Instant,
  MaybeBool,
  MaybeCode,
  MaybeId,
  MaybeIds,
  MaybeInstant,
  MaybeInt,
  MaybeRecord,
  MaybeText,
  MaybeTexts,
  MaybeWord,
  maybe,
  NamedRow,
  orElse,
  Texts,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/**
 * Records of API v2, only the fields that are used. The vendor publishes no description for machines: whatever is not needed to understand a record
 * may be missing or null.
 */

const Stats = maybe(
  z.looseObject({ first_responded_at: MaybeInstant, resolved_at: MaybeInstant, closed_at: MaybeInstant }),
);

export const Ticket = z.looseObject({
  id: VendorId,
  created_at: Instant,
  updated_at: MaybeInstant,
  status: MaybeCode,
  priority: MaybeCode,
  source: MaybeCode,
  type: MaybeText,
  requester_id: MaybeId,
  responder_id: MaybeId,
  group_id: MaybeId,
  product_id: MaybeId,
  company_id: MaybeId,
  tags: MaybeTexts,
  custom_fields: MaybeRecord,
  spam: MaybeBool,
  deleted: MaybeBool,
  due_by: MaybeInstant,
  fr_due_by: MaybeInstant,
  is_escalated: MaybeBool,
  fr_escalated: MaybeBool,
  stats: Stats,
});
export type Ticket = z.infer<typeof Ticket>;

/** `body` is looked at for links and dropped. */
export const Conversation = z.looseObject({
  id: VendorId,
  created_at: Instant,
  incoming: MaybeBool,
  private: flag(false),
  source: orElse(MaybeCode, 'unsaid'),
  user_id: MaybeId,
  automation_id: MaybeId,
  body: MaybeText,
  body_text: MaybeText,
});
export type Conversation = z.infer<typeof Conversation>;

export const Me = z.looseObject({ id: VendorId, ticket_scope: MaybeInt, type: MaybeText });

export const Agent = z.looseObject({
  id: VendorId,
  created_at: MaybeInstant,
  type: MaybeText,
  occasional: MaybeBool,
  deactivated: MaybeBool,
  group_ids: MaybeIds,
  role_ids: MaybeIds,
  contact: maybe(z.looseObject({ name: MaybeText, email: MaybeText, active: MaybeBool })),
});
export type Agent = z.infer<typeof Agent>;

export const Role = NamedRow;
export const Group = NamedRow.extend({ agent_ids: MaybeIds, business_hour_id: MaybeId });
export type Group = z.infer<typeof Group>;

/** Choices are a list of texts, or of texts by code, by the type of the field. */
export const TicketField = z.looseObject({
  id: VendorId,
  name: z.string().min(1),
  label: MaybeText,
  type: MaybeWord,
  default: MaybeBool,
  archived: MaybeBool,
  required_for_closure: MaybeBool,
  required_for_customers: MaybeBool,
  displayed_to_customers: MaybeBool,
  choices: z.unknown().optional(),
  updated_at: MaybeInstant,
});
export type TicketField = z.infer<typeof TicketField>;

export const CompanyField = z.looseObject({ name: z.string().min(1) });
export const Company = z.looseObject({
  id: VendorId,
  created_at: MaybeInstant,
  updated_at: MaybeInstant,
  domains: Texts,
  account_tier: z.string().nullish(),
  health_score: z.string().nullish(),
  renewal_date: z.union([z.string(), z.number()]).nullish(),
  industry: MaybeText,
});
export type Company = z.infer<typeof Company>;

const Target = z.looseObject({
  respond_within: MaybeInt,
  next_respond_within: MaybeInt,
  resolve_within: MaybeInt,
  business_hours: flag(false),
});
export const Policy = z.looseObject({
  id: VendorId,
  active: MaybeBool,
  is_default: MaybeBool,
  position: MaybeInt,
  updated_at: MaybeInstant,
  sla_target: z.record(z.string(), Target),
  applicable_to: z.unknown().optional(),
  escalation: MaybeRecord,
});
export type Policy = z.infer<typeof Policy>;

export const BusinessHours = z.looseObject({
  id: VendorId,
  is_default: MaybeBool,
  time_zone: z.string().min(1),
  business_hours: MaybeRecord,
});
export type BusinessHours = z.infer<typeof BusinessHours>;

export const Rating = z.looseObject({
  id: VendorId,
  ticket_id: VendorId,
  created_at: Instant,
  ratings: z.record(z.string(), z.unknown()).nullish(),
  rating: MaybeInt,
});
export type Rating = z.infer<typeof Rating>;

/** A category or a folder. */
export const SolutionNode = z.looseObject({ id: VendorId, visibility: MaybeInt, sub_folders_count: MaybeInt });
export type SolutionNode = z.infer<typeof SolutionNode>;
export const Article = z.looseObject({
  id: VendorId,
  created_at: Instant,
  updated_at: MaybeInstant,
  status: MaybeInt,
  agent_id: MaybeId,
  description_text: MaybeText,
  thumbs_up: MaybeInt,
  thumbs_down: MaybeInt,
  hits: MaybeInt,
});
export type Article = z.infer<typeof Article>;

export const CannedFolder = z.looseObject({ id: VendorId, personal: MaybeBool });
export type CannedFolder = z.infer<typeof CannedFolder>;
export const CannedResponse = z.looseObject({ id: VendorId, visibility: MaybeInt });
export type CannedResponse = z.infer<typeof CannedResponse>;

export const Rule = z.looseObject({
  id: VendorId,
  active: MaybeBool,
  updated_at: MaybeInstant,
  last_updated_at: MaybeInstant,
  conditions: z.unknown().optional(),
  actions: z.unknown().optional(),
});
export type Rule = z.infer<typeof Rule>;
