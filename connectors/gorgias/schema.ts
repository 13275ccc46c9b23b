import { z } from 'zod';
import { UtcText } from '../../src/kit/instants.ts';
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
export const Time = z.union([Instant, UtcText]);
const MaybeTime = z
  .union([Time, z.literal('')])
  .nullish()
  .transform((value) => (value instanceof Date ? value : null));

/** Whether something is there, whatever it is: what cannot be read is not absent. */
const Presence = z
  .unknown()
  .optional()
  .transform((value) => value !== undefined && value !== null && value !== '' && value !== false);

const Somebody = maybe(z.looseObject({ id: MaybeId }));
const Named = z.looseObject({ id: MaybeId, name: z.string().min(1) });
/** Null where no list was given, which is not an empty one. */
const Tags = z
  .unknown()
  .optional()
  .transform((value) => (Array.isArray(value) ? listOfGood(Named).parse(value) : null));

export const Ticket = z.looseObject({
  id: VendorId,
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
  /** Values by the id of their field, or a list of them. */
  custom_fields: z.unknown().optional(),
});
export type Ticket = z.infer<typeof Ticket>;

/** Texts are looked at for links and stated times and dropped. Who can see a message is told by `public`, its channel, or that the customer wrote it. */
export const Message = z
  .looseObject({
    id: VendorId,
    ticket_id: MaybeId,
    created_datetime: Time,
    sent_datetime: Presence,
    failed_datetime: Presence,
    public: MaybeBool,
    from_agent: MaybeBool,
    channel: MaybeText,
    via: MaybeText,
    rule_id: Presence,
    sender: Somebody,
    source: maybe(z.looseObject({ type: MaybeText })),
    macros: listOfGood(z.looseObject({ id: VendorId })),
    stripped_text: MaybeText,
    body_text: MaybeText,
    body_html: MaybeText,
  })
  .refine((row) => row.public !== null || isNote(row.channel) || row.from_agent === false, {
    path: ['public'],
    message: 'true or false',
  });
export type Message = z.infer<typeof Message>;

export const Event = z.looseObject({
  id: VendorId,
  context: MaybeText,
  created_datetime: Time,
  object_id: MaybeId,
  object_type: MaybeText,
  type: z.string().min(1),
  user_id: MaybeId,
  data: MaybeRecord,
});
export type Event = z.infer<typeof Event>;

export const Survey = z.looseObject({
  id: VendorId,
  ticket_id: VendorId,
  created_datetime: MaybeTime,
  sent_datetime: MaybeTime,
  scored_datetime: MaybeTime,
  score: MaybeNumber,
});
export type Survey = z.infer<typeof Survey>;

export const Setting = z.looseObject({
  id: VendorId,
  type: MaybeText,
  data: z.unknown().optional(),
});
export type Setting = z.infer<typeof Setting>;
/** Hours of days by their number, 1 = Monday. */
export const Hours = z.looseObject({
  days: z.union([z.string(), z.number().transform(String), z.array(VendorId).transform((days) => days.join(','))]),
  from_time: z.string(),
  to_time: z.string(),
});
export const BusinessHours = z.looseObject({
  timezone: MaybeText,
  business_hours: z.union([z.array(z.unknown()), z.looseObject({}).transform((one): unknown[] => [one])]),
});

export const User = NamedRow.extend({
  active: MaybeBool,
  created_datetime: MaybeTime,
  deactivated_datetime: Presence,
  role: maybe(z.looseObject({ name: MaybeText })),
});
export type User = z.infer<typeof User>;
export const Team = NamedRow.extend({ members: listOfGood(z.looseObject({ id: VendorId })) });
export type Team = z.infer<typeof Team>;
export const Tag = NamedRow;
export type Tag = z.infer<typeof Tag>;

export const Field = z.looseObject({
  id: VendorId,
  label: MaybeText,
  required: MaybeBool,
  requirement_type: MaybeText,
  managed_type: MaybeText,
  deactivated_datetime: Presence,
  updated_datetime: MaybeTime,
  definition: maybe(
    z.looseObject({ data_type: MaybeText, input_settings: maybe(z.looseObject({ input_type: MaybeText })) }),
  ),
});
export type Field = z.infer<typeof Field>;

export const Rule = z.looseObject({
  id: VendorId,
  code: MaybeText,
  event_types: z.unknown().optional(),
  deactivated_datetime: Presence,
  updated_datetime: MaybeTime,
});
export type Rule = z.infer<typeof Rule>;
export const Macro = z.looseObject({
  id: VendorId,
  actions: z.unknown().optional(),
  archived_datetime: Presence,
  deleted_datetime: Presence,
  updated_datetime: MaybeTime,
});
export type Macro = z.infer<typeof Macro>;
export const MacroAction = z.looseObject({ name: z.string().min(1), arguments: MaybeRecord });
export const View = z.looseObject({
  id: VendorId,
  type: MaybeText,
  category: MaybeText,
  visibility: MaybeText,
  filters: MaybeText,
  order_by: MaybeText,
  deactivated_datetime: Presence,
});
export type View = z.infer<typeof View>;

export const Integration = NamedRow.extend({
  type: MaybeText,
  deactivated_datetime: Presence,
  deleted_datetime: Presence,
  http: maybe(z.looseObject({ url: MaybeText })),
});
export type Integration = z.infer<typeof Integration>;
