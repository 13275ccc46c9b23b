import { z } from 'zod';
import {
  Ids,
  Instant,
  listOfGood,
  MaybeBool,
  MaybeId,
  MaybeInstant,
  MaybeInt,
  MaybeNumber,
  MaybeRecord,
  MaybeText,
  MaybeWord,
  maybe,
  maybeListOf,
  NamedRow,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/** Records of API 2.16, only the fields that are used; whatever is not needed to understand a record may be missing or null. */

/** Lists come wrapped: `{type: "tag.list", tags: [...]}`. */
const Tags = maybe(z.looseObject({ tags: maybeListOf(z.looseObject({ name: z.string().min(1) })) })).transform(
  (wrapped) => wrapped?.tags?.map((tag) => tag.name) ?? null,
);
const Author = maybe(
  z.looseObject({ type: MaybeText, id: MaybeId, email: MaybeText, from_ai_agent: MaybeBool, is_ai_answer: MaybeBool }),
);
const Reference = z.looseObject({ id: VendorId });
const Contacts = listOfGood(Reference, 'contacts');
const Linked = listOfGood(z.looseObject({ id: VendorId, type: MaybeText, category: MaybeText }), 'data');
export type LinkedObject = z.output<typeof Linked>[number];

const Statistics = z.looseObject({
  time_to_admin_reply: MaybeInt,
  time_to_first_close: MaybeInt,
  time_to_last_close: MaybeInt,
  first_admin_reply_at: MaybeInstant,
  last_close_at: MaybeInstant,
  count_reopens: MaybeInt,
  count_conversation_parts: MaybeInt,
});

/** `body` is looked at for links and promises and dropped. */
export const Conversation = z
  .looseObject({
    id: VendorId,
    created_at: Instant,
    updated_at: MaybeInstant,
    state: MaybeText,
    open: MaybeBool,
    priority: MaybeText,
    admin_assignee_id: MaybeId,
    team_assignee_id: MaybeId,
    /** In place of the two where a workspace answers in its first versions. */
    assignee: maybe(z.looseObject({ type: MaybeWord, id: MaybeId })),
    company: maybe(Reference),
    /** Set where the conversation is a customer ticket. */
    ticket: maybe(z.looseObject({ state: MaybeText })),
    contacts: Contacts,
    tags: Tags,
    source: maybe(z.looseObject({ type: MaybeText, delivered_as: MaybeText, body: MaybeText, author: Author })),
    custom_attributes: MaybeRecord,
    statistics: maybe(Statistics),
    sla_applied: maybe(z.looseObject({ sla_name: MaybeText, sla_status: MaybeText })),
    conversation_rating: maybe(
      z.looseObject({ rating: MaybeNumber, created_at: MaybeInstant, updated_at: MaybeInstant }),
    ),
    linked_objects: Linked,
    ai_agent_participated: MaybeBool,
    ai_agent: maybe(z.looseObject({ resolution_state: MaybeText })),
  })
  .transform(({ assignee, ...row }) => ({
    ...row,
    admin_assignee_id: row.admin_assignee_id ?? (assignee?.type === 'admin' ? assignee.id : null),
    team_assignee_id: row.team_assignee_id ?? (assignee?.type === 'team' ? assignee.id : null),
  }));
export type Conversation = z.infer<typeof Conversation>;

/** A message or a change of a conversation or a ticket; the list of types is open. */
export const Part = z.looseObject({
  id: VendorId,
  part_type: z.string().min(1),
  created_at: Instant,
  body: MaybeText,
  author: Author,
  assigned_to: maybe(z.looseObject({ type: MaybeText, id: MaybeId })),
  state: MaybeText,
  event_details: MaybeRecord,
  email_message_metadata: z.unknown().optional(),
  app_package_code: z.string().nullish(),
  previous_ticket_state: MaybeText,
  ticket_state: MaybeText,
});
export type Part = z.infer<typeof Part>;

/** A word before version 2.12, since then a record with it. */
const TicketState = maybe(
  z.union([
    z.string().transform((category) => ({ category: category === '' ? null : category })),
    z.looseObject({ category: MaybeText }),
  ]),
);

export const TicketRow = z.looseObject({
  id: VendorId,
  created_at: Instant,
  updated_at: MaybeInstant,
  category: MaybeText,
  ticket_state: TicketState,
  ticket_type: maybe(z.looseObject({ id: VendorId, category: MaybeText })),
  ticket_attributes: MaybeRecord,
  admin_assignee_id: MaybeId,
  team_assignee_id: MaybeId,
  linked_objects: Linked,
  ticket_parts: maybe(z.looseObject({ ticket_parts: maybe(z.array(z.unknown())), total_count: MaybeInt })),
});
export type TicketRow = z.infer<typeof TicketRow>;

export const Me = z.looseObject({
  id: VendorId,
  type: MaybeText,
  app: maybe(z.looseObject({ id_code: MaybeText })),
});

export const Admin = z.looseObject({
  id: VendorId,
  name: MaybeText,
  email: MaybeText,
  has_inbox_seat: MaybeBool,
  team_ids: Ids,
  role: maybe(z.looseObject({ name: MaybeText })),
});
export type Admin = z.infer<typeof Admin>;

export const Team = NamedRow.extend({ admin_ids: Ids });
export type Team = z.infer<typeof Team>;

export const Company = z.looseObject({
  id: VendorId,
  created_at: MaybeInstant,
  company_id: MaybeText,
  plan: maybe(z.looseObject({ name: MaybeText })),
  monthly_spend: MaybeNumber,
  industry: MaybeText,
  tags: Tags,
});
export type Company = z.infer<typeof Company>;

export const Article = z.looseObject({
  id: VendorId,
  created_at: Instant,
  updated_at: MaybeInstant,
  state: MaybeText,
  author_id: MaybeId,
  created_by_id: MaybeId,
  updated_by_id: MaybeId,
  body: MaybeText,
  parent_ids: Ids,
});
export type Article = z.infer<typeof Article>;

export const Attribute = z.looseObject({
  id: VendorId,
  name: z.string().min(1),
  data_type: MaybeText,
  required: MaybeBool,
  archived: MaybeBool,
  updated_at: MaybeInstant,
});
export type Attribute = z.infer<typeof Attribute>;

const TypeAttribute = z.looseObject({
  id: VendorId,
  name: z.string().min(1),
  required_to_create: MaybeBool,
  required_to_create_for_contacts: MaybeBool,
  visible_to_contacts: MaybeBool,
  archived: MaybeBool,
});
export const TicketType = z.looseObject({
  id: VendorId,
  archived: MaybeBool,
  updated_at: MaybeInstant,
  ticket_type_attributes: listOfGood(TypeAttribute, 'data'),
});
export type TicketType = z.infer<typeof TicketType>;
