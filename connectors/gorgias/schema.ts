import { z } from 'zod';
import { UtcInstant } from '../../src/kit/instants.ts';
import {
  Instant,
  listOfGood,
  MaybeBool,
  MaybeId,
  MaybeNumber,
  MaybeRecord,
  MaybeText,
  maybe,
  NamedRow,
  VendorId,
} from '../../src/kit/vendor-schema.ts';
import { isNote } from './words.ts';

/** Records of the REST API, only the fields that are used. Whatever is not needed to understand a record may be missing or null. */

/** Microseconds and `+00:00` in replies, without an offset in the vendor's description: UTC either way. */
export const Time = z.union([Instant, UtcInstant]);
const MaybeTime = maybe(Time);
const Anything = z.unknown().optional();
/** Whether something is there, whatever it is: what cannot be read is not absent. */
const Presence = Anything.transform((value) => ![undefined, null, '', false].includes(value as null));
const Somebody = maybe(z.looseObject({ id: MaybeId }));
const WithId = z.looseObject({ id: VendorId });
/** Null where no list was given, which is not an empty one. */
const Tags = Anything.transform((value) => (Array.isArray(value) ? Named.parse(value) : null));
const Named = listOfGood(z.looseObject({ id: MaybeId, name: z.string().min(1) }));

export const Ticket = WithId.extend({
  created_datetime: Time,
  updated_datetime: MaybeTime,
  closed_datetime: MaybeTime,
  snooze_datetime: MaybeTime,
  trashed_datetime: Presence,
  status: MaybeText,
  priority: MaybeText,
  channel: MaybeText,
  via: MaybeText,
  from_agent: MaybeBool,
  spam: MaybeBool,
  customer: Somebody,
  assignee_user: Somebody,
  assignee_user_id: MaybeId,
  assignee_team: Somebody,
  assignee_team_id: MaybeId,
  tags: Tags,
  /** By the id of their field. */
  custom_fields: MaybeRecord,
});
export type Ticket = z.infer<typeof Ticket>;

/** Texts are looked at for links and stated times and dropped. Who can see a message is told by `public`, its channel, or that the customer wrote it. */
export const Message = WithId.extend({
  ticket_id: MaybeId,
  created_datetime: Time,
  sent_datetime: Presence,
  failed_datetime: Presence,
  public: MaybeBool,
  from_agent: MaybeBool,
  channel: MaybeText,
  via: MaybeText,
  rule_id: Presence,
  meta: Anything,
  sender: maybe(z.looseObject({ id: MaybeId, name: MaybeText })),
  source: maybe(z.looseObject({ type: MaybeText })),
  macros: listOfGood(WithId),
  stripped_text: MaybeText,
  body_text: MaybeText,
  body_html: MaybeText,
}).refine((row) => row.public !== null || isNote(row.channel) || row.from_agent === false, {
  path: ['public'],
  message: 'true or false',
});
export type Message = z.infer<typeof Message>;

export const Event = WithId.extend({
  context: MaybeText,
  created_datetime: Time,
  object_id: MaybeId,
  object_type: MaybeText,
  type: z.string().toLowerCase(),
  user_id: MaybeId,
  data: MaybeRecord,
});
export type Event = z.infer<typeof Event>;

export const Survey = WithId.extend({
  ticket_id: VendorId,
  sent_datetime: MaybeTime,
  scored_datetime: MaybeTime,
  score: MaybeNumber,
});
export type Survey = z.infer<typeof Survey>;

export const Setting = WithId.extend({ type: MaybeText, data: Anything });
export type Setting = z.infer<typeof Setting>;
/** One span, or a list of them. */
export const BusinessHours = z.looseObject({
  timezone: MaybeText,
  business_hours: z.union([z.array(z.unknown()), z.looseObject({}).transform((one): unknown[] => [one])]),
});
/** Days by their numbers with commas, 1 = Monday. */
export const Hours = z.looseObject({ days: z.coerce.string(), from_time: z.string(), to_time: z.string() });

export const User = NamedRow.extend({
  active: MaybeBool,
  created_datetime: MaybeTime,
  deactivated_datetime: Presence,
  role: maybe(z.looseObject({ name: MaybeText })),
});
export type User = z.infer<typeof User>;
export const Team = NamedRow.extend({ members: listOfGood(WithId) });

/** What people set up and switch off. */
const Kept = WithId.extend({ deactivated_datetime: Presence, updated_datetime: MaybeTime });
export const Field = Kept.extend({
  label: MaybeText,
  required: MaybeBool,
  requirement_type: MaybeText,
  managed_type: MaybeText,
  definition: maybe(
    z.looseObject({ data_type: MaybeText, input_settings: maybe(z.looseObject({ input_type: MaybeText })) }),
  ),
});
export type Field = z.infer<typeof Field>;

export const Rule = Kept.extend({ code: MaybeText, event_types: Anything });
export type Rule = z.infer<typeof Rule>;
export const Macro = Kept.extend({ actions: Anything, archived_datetime: Presence, deleted_datetime: Presence });
export type Macro = z.infer<typeof Macro>;
export const View = Kept.extend({
  type: MaybeText,
  category: MaybeText,
  visibility: MaybeText,
  filters: MaybeText,
  order_by: MaybeText,
});
export type View = z.infer<typeof View>;

export const Integration = NamedRow.extend({
  type: MaybeText,
  deactivated_datetime: Presence,
  deleted_datetime: Presence,
  http: maybe(z.looseObject({ url: MaybeText })),
});
export type Integration = z.infer<typeof Integration>;
