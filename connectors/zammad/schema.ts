import { z } from 'zod';
import {
  flag,
  Ids,
  Instant,
  listOfGood,
  MaybeBool,
  MaybeId,
  MaybeInstant,
  MaybeNumber,
  MaybeRecord,
  MaybeText,
  MaybeWord,
  maybe,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/**
 * Records of API v1, only the fields that are used. The vendor publishes no description for machines: whatever is not needed to understand a record
 * may be missing or null.
 */

const Names = maybe(z.array(z.string()));

/** `{"1": ["full"], "2": ["read"]}`, of early versions a plain list: groups whose tickets are seen, and those that are worked in. */
const GroupAccess = z
  .union([z.record(z.string(), z.union([z.string(), z.array(z.string())])), z.array(VendorId)])
  .nullish()
  .transform((given) => {
    const access = Array.isArray(given) ? given.map((id) => [id, 'full'] as const) : Object.entries(given ?? {});
    const having = (words: RegExp) =>
      access.filter(([, held]) => [held].flat().some((word) => words.test(word))).map(([id]) => id);
    return { seen: having(/^(full|change|read)$/i), worked: having(/^(full|change)$/i) };
  });

export const Ticket = z.looseObject({
  id: VendorId,
  created_at: Instant,
  updated_at: MaybeInstant,
  state_id: MaybeId,
  state: MaybeText,
  priority_id: MaybeId,
  priority: MaybeText,
  group_id: MaybeId,
  owner_id: MaybeId,
  customer_id: MaybeId,
  organization_id: MaybeId,
  created_by_id: MaybeId,
  create_article_type_id: MaybeId,
  create_article_type: MaybeText,
  create_article_sender_id: MaybeId,
  create_article_sender: MaybeText,
  type: MaybeText,
  first_response_at: MaybeInstant,
  first_response_escalation_at: MaybeInstant,
  first_response_in_min: MaybeNumber,
  first_response_diff_in_min: MaybeNumber,
  update_escalation_at: MaybeInstant,
  update_in_min: MaybeNumber,
  update_diff_in_min: MaybeNumber,
  close_at: MaybeInstant,
  close_escalation_at: MaybeInstant,
  close_in_min: MaybeNumber,
  close_diff_in_min: MaybeNumber,
  last_close_at: MaybeInstant,
  preferences: z.unknown().optional(),
});
export type Ticket = z.infer<typeof Ticket>;

/** What a ticket remembers of its SLA, and links to trackers that agents put on it. */
export const Preferences = z.looseObject({
  escalation_calculation: maybe(z.looseObject({ sla_id: MaybeId, calendar_id: MaybeId })),
  github: z.unknown().optional(),
  gitlab: z.unknown().optional(),
});
export const IssueLinks = z.looseObject({ issue_links: z.array(z.string()) });

/** `body` is looked at for links and stated times and dropped. */
export const Article = z.looseObject({
  id: VendorId,
  created_at: Instant,
  type_id: MaybeId,
  type: MaybeText,
  sender_id: MaybeId,
  sender: MaybeText,
  internal: flag(false),
  created_by_id: MaybeId,
  origin_by_id: MaybeId,
  body: MaybeText,
});
export type Article = z.infer<typeof Article>;

/** One entry of the history of a ticket: of the ticket itself or of an article. */
export const Entry = z.looseObject({
  id: VendorId,
  created_at: Instant,
  created_by_id: MaybeId,
  object: MaybeText,
  type: MaybeWord,
  attribute: MaybeWord,
  id_from: MaybeId,
  id_to: MaybeId,
  value_from: MaybeText,
  value_to: MaybeText,
  sourceable_type: MaybeText,
  sourceable_id: MaybeId,
});
export type Entry = z.infer<typeof Entry>;

export const Tag = z.string().min(1);
export const Link = z.looseObject({ link_type: MaybeText, link_object: z.string(), link_object_value: VendorId });
export type Link = z.infer<typeof Link>;

export const Me = z.looseObject({
  id: VendorId,
  roles: listOfGood(z.string()),
  role_ids: listOfGood(VendorId),
  group_ids: GroupAccess,
});

export const User = z.looseObject({
  id: VendorId,
  login: MaybeText,
  firstname: MaybeText,
  lastname: MaybeText,
  active: MaybeBool,
  role_ids: Ids,
  group_ids: GroupAccess,
  created_at: MaybeInstant,
});
export type User = z.infer<typeof User>;

export const Role = z.looseObject({ id: VendorId, name: MaybeText, permissions: Names, group_ids: GroupAccess });
export type Role = z.infer<typeof Role>;
export const Group = z.looseObject({ id: VendorId, name: MaybeText, active: MaybeBool });
export type Group = z.infer<typeof Group>;

export const State = z.looseObject({
  id: VendorId,
  name: MaybeText,
  state_type_id: MaybeId,
  state_type: MaybeText,
});
export type State = z.infer<typeof State>;
export const Priority = z.looseObject({ id: VendorId, name: MaybeText, default_create: MaybeBool });
export type Priority = z.infer<typeof Priority>;

export const Calendar = z.looseObject({
  id: VendorId,
  timezone: z.string().min(1),
  default: MaybeBool,
  business_hours: z.record(z.string(), z.unknown()),
  public_holidays: MaybeRecord,
});
export type Calendar = z.infer<typeof Calendar>;
export const Day = z.looseObject({
  active: MaybeBool,
  timeframes: z.array(z.tuple([z.string(), z.string()])).nullish(),
});
export const Holiday = z.looseObject({ active: MaybeBool, removed: MaybeBool });

export const Policy = z.looseObject({
  id: VendorId,
  calendar_id: MaybeId,
  first_response_time: MaybeNumber,
  response_time: MaybeNumber,
  update_time: MaybeNumber,
  solution_time: MaybeNumber,
  condition: z.unknown().optional(),
  created_by_id: MaybeId,
  updated_by_id: MaybeId,
  updated_at: MaybeInstant,
});
export type Policy = z.infer<typeof Policy>;

/** An attribute of tickets, organisations or people. Options depend on the type. */
export const Field = z.looseObject({
  id: VendorId,
  object: MaybeText,
  name: z.string().min(1),
  display: MaybeText,
  data_type: MaybeWord,
  data_option: z.unknown().optional(),
  editable: MaybeBool,
  active: MaybeBool,
  screens: z.unknown().optional(),
  updated_at: MaybeInstant,
});
export type Field = z.infer<typeof Field>;
export const Screens = z.record(z.string(), z.record(z.string(), z.unknown()));
export const Shown = z.looseObject({ shown: MaybeBool, required: MaybeBool, null: MaybeBool });
export const FieldOption = z.looseObject({ permission: Names });

/** Trigger, scheduler, macro, overview, core workflow, e-mail filter, text module: what they have in common. */
export const Rule = z.looseObject({
  id: VendorId,
  active: MaybeBool,
  condition: z.unknown().optional(),
  perform: z.unknown().optional(),
  created_by_id: MaybeId,
  updated_by_id: MaybeId,
  updated_at: MaybeInstant,
  last_run_at: MaybeInstant,
});
export type Rule = z.infer<typeof Rule>;
export const Overview = Rule.extend({
  order: MaybeRecord,
  group_by: MaybeText,
  user_ids: Ids,
});
export type Overview = z.infer<typeof Overview>;
export const Workflow = Rule.extend({
  object: MaybeText,
  changeable: MaybeBool,
  condition_saved: z.unknown().optional(),
  condition_selected: z.unknown().optional(),
});
export type Workflow = z.infer<typeof Workflow>;
export const Filter = Rule.extend({ match: z.unknown().optional(), perform: z.unknown().optional() });
export type Filter = z.infer<typeof Filter>;
export const TextModule = Rule.extend({ user_id: MaybeId });
export type TextModule = z.infer<typeof TextModule>;

export const Webhook = z.looseObject({ id: VendorId, name: MaybeText, endpoint: MaybeText, active: MaybeBool });
export type Webhook = z.infer<typeof Webhook>;

export const Organisation = z.looseObject({
  id: VendorId,
  created_at: MaybeInstant,
  domain: MaybeText,
  vip: MaybeBool,
});
export type Organisation = z.infer<typeof Organisation>;

export const Answer = z.looseObject({
  id: VendorId,
  category_id: MaybeId,
  created_at: Instant,
  published_at: MaybeInstant,
  internal_at: MaybeInstant,
  archived_at: MaybeInstant,
});
export type Answer = z.infer<typeof Answer>;
export const Translation = z.looseObject({
  id: VendorId,
  answer_id: VendorId,
  created_at: MaybeInstant,
  updated_at: MaybeInstant,
  created_by_id: MaybeId,
  updated_by_id: MaybeId,
});
export type Translation = z.infer<typeof Translation>;
