import { z } from 'zod';
import {
  flag,
  Instant,
  listOfGood,
  MaybeBool,
  MaybeId,
  MaybeInstant,
  MaybeInt,
  MaybeNumber,
  MaybeRecord,
  MaybeText,
  MaybeTexts,
  MaybeWord,
  maybe,
  NamedRow,
  orElse,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/** Records of the application API, only the fields that are used. Whatever is not needed to understand a record may be missing or null. */

const Somebody = maybe(z.looseObject({ id: MaybeId }));

export const Conversation = z.looseObject({
  /** Number of the conversation in the account, not of the database. */
  id: VendorId,
  created_at: Instant,
  updated_at: MaybeInstant,
  last_activity_at: MaybeInstant,
  status: MaybeText,
  priority: MaybeText,
  inbox_id: MaybeId,
  labels: MaybeTexts,
  custom_attributes: MaybeRecord,
  first_reply_created_at: MaybeInstant,
  meta: maybe(z.looseObject({ sender: Somebody, assignee: Somebody, team: Somebody, channel: MaybeText })),
  applied_sla: maybe(
    z.looseObject({
      sla_id: MaybeId,
      sla_status: MaybeText,
      created_at: MaybeInstant,
      sla_first_response_time_threshold: MaybeNumber,
      sla_next_response_time_threshold: MaybeNumber,
      sla_resolution_time_threshold: MaybeNumber,
      sla_only_during_business_hours: MaybeBool,
    }),
  ),
  sla_events: listOfGood(z.looseObject({ event_type: MaybeText })),
});
export type Conversation = z.infer<typeof Conversation>;

/** `content` is looked at for links and stated times and dropped. */
export const Message = z.looseObject({
  id: VendorId,
  created_at: Instant,
  message_type: orElse(MaybeText, 'unsaid'),
  content_type: orElse(MaybeWord, 'unsaid'),
  content: MaybeText,
  private: flag(false),
  /** What became of it in the channel. */
  status: MaybeText,
  sender_type: MaybeText,
  sender_id: MaybeId,
  /** Of the message in the channel. */
  source_id: MaybeText,
  sender: maybe(z.looseObject({ id: MaybeId, type: MaybeText })),
  content_attributes: MaybeRecord,
  additional_attributes: MaybeRecord,
});
export type Message = z.infer<typeof Message>;

/** What the vendor measured of a conversation: `value` in seconds. */
export const Measured = z.looseObject({
  id: VendorId,
  name: z.string().min(1).toLowerCase(),
  value: MaybeNumber,
  value_in_business_hours: MaybeNumber,
  event_end_time: Instant,
});
export type Measured = z.infer<typeof Measured>;

export const Answer = z.looseObject({
  id: VendorId,
  rating: MaybeInt,
  message_id: MaybeId,
  conversation_id: VendorId,
  created_at: Instant,
});
export type Answer = z.infer<typeof Answer>;

export const Profile = z.looseObject({
  id: VendorId,
  role: MaybeText,
  accounts: listOfGood(z.looseObject({ id: VendorId, role: MaybeText })),
});
export const Agent = NamedRow.extend({ role: MaybeText, confirmed: MaybeBool });
export type Agent = z.infer<typeof Agent>;
export const Team = NamedRow;
export type Team = z.infer<typeof Team>;
export const Inbox = NamedRow.extend({
  channel_type: MaybeText,
  timezone: MaybeText,
  working_hours_enabled: MaybeBool,
  working_hours: listOfGood(
    z.looseObject({
      day_of_week: z.int().min(0).max(6),
      closed_all_day: MaybeBool,
      open_all_day: MaybeBool,
      open_hour: MaybeInt,
      open_minutes: MaybeInt,
      close_hour: MaybeInt,
      close_minutes: MaybeInt,
    }),
  ),
});
export type Inbox = z.infer<typeof Inbox>;
export const Attribute = z.looseObject({
  id: VendorId,
  attribute_key: z.string().min(1),
  attribute_display_name: MaybeText,
  attribute_display_type: MaybeText,
  updated_at: MaybeInstant,
});
export type Attribute = z.infer<typeof Attribute>;

export const Rule = z.looseObject({
  id: VendorId,
  active: MaybeBool,
  event_name: MaybeWord,
  visibility: MaybeText,
  conditions: z.unknown().optional(),
  actions: z.unknown().optional(),
});
export type Rule = z.infer<typeof Rule>;
export const Condition = z.looseObject({
  attribute_key: z.string(),
  filter_operator: MaybeWord,
  values: z.unknown().optional(),
});
export const Action = z.looseObject({ action_name: z.string(), action_params: z.unknown().optional() });

export const Policy = z.looseObject({
  id: VendorId,
  first_response_time_threshold: MaybeNumber,
  next_response_time_threshold: MaybeNumber,
  resolution_time_threshold: MaybeNumber,
  only_during_business_hours: MaybeBool,
});
export type Policy = z.infer<typeof Policy>;

export const App = z.looseObject({ id: VendorId, name: MaybeText, enabled: MaybeBool, hooks: listOfGood(z.unknown()) });
export type App = z.infer<typeof App>;
export const Webhook = z.looseObject({ id: VendorId, name: MaybeText, url: MaybeText });
export type Webhook = z.infer<typeof Webhook>;
