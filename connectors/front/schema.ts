import { z } from 'zod';
import { EpochSeconds, MaybeEpochSeconds } from '../../src/kit/instants.ts';
import {
  Ids,
  listOfGood,
  MaybeBool,
  MaybeId,
  MaybeRecord,
  MaybeText,
  maybe,
  NamedRow,
  Texts,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/** Records of the Core API, only the fields that are used. Whatever is not needed to understand a record may be missing or null. */

/** Addresses of other records; the last part of one is the id. */
const related = <const N extends string>(...names: readonly N[]) =>
  maybe(
    z.looseObject({
      related: maybe(
        z.looseObject(Object.fromEntries(names.map((name) => [name, MaybeText])) as Record<N, typeof MaybeText>),
      ),
    }),
  );

export const Teammate = z.looseObject({
  id: VendorId,
  email: MaybeText,
  username: MaybeText,
  first_name: MaybeText,
  last_name: MaybeText,
  is_admin: MaybeBool,
  is_blocked: MaybeBool,
  type: MaybeText,
});
export type Teammate = z.infer<typeof Teammate>;

const Recipient = z.looseObject({ handle: MaybeText, role: MaybeText, _links: related('contact') });
export type Recipient = z.infer<typeof Recipient>;
export const Link = z.looseObject({ id: VendorId, type: MaybeText, external_url: MaybeText });
export type Link = z.infer<typeof Link>;
export const Tag = NamedRow;

export const Conversation = z.looseObject({
  id: VendorId,
  created_at: EpochSeconds,
  updated_at: MaybeEpochSeconds,
  type: MaybeText,
  status: MaybeText,
  status_id: MaybeId,
  status_category: MaybeText,
  assignee: maybe(z.looseObject({ id: MaybeId })),
  recipient: maybe(Recipient),
  tags: listOfGood(Tag),
  links: listOfGood(Link),
  custom_fields: MaybeRecord,
  scheduled_reminders: listOfGood(z.looseObject({})),
});
export type Conversation = z.infer<typeof Conversation>;

/** Texts are looked at for links and stated times and dropped. */
export const Message = z.looseObject({
  id: VendorId,
  created_at: EpochSeconds,
  type: MaybeText,
  is_inbound: MaybeBool,
  is_draft: MaybeBool,
  draft_mode: MaybeText,
  author: maybe(z.looseObject({ id: MaybeId, type: MaybeText })),
  recipients: listOfGood(Recipient),
  text: MaybeText,
  body: MaybeText,
});
export type Message = z.infer<typeof Message>;

export const Comment = z.looseObject({
  id: VendorId,
  posted_at: EpochSeconds,
  author: maybe(z.looseObject({ id: MaybeId, type: MaybeText })),
  body: MaybeText,
});
export type Comment = z.infer<typeof Comment>;

/** What an event came from, or what it is about: a record or a list of them, of which lists of events may give the id alone. */
const Side = maybe(z.looseObject({ _meta: maybe(z.looseObject({ type: MaybeText })), data: z.unknown().optional() }));
export const Event = z.looseObject({
  id: VendorId,
  type: z.string().min(1),
  emitted_at: EpochSeconds,
  source: Side,
  target: Side,
  conversation: maybe(z.looseObject({ id: MaybeId, updated_at: MaybeEpochSeconds })),
});
export type Event = z.infer<typeof Event>;

export const Identity = z.looseObject({ id: VendorId });
export const Team = NamedRow;
export type Team = z.infer<typeof Team>;
export const TeamMembers = z.looseObject({ id: VendorId, members: listOfGood(z.looseObject({ id: VendorId })) });
export const Inbox = NamedRow.extend({ is_private: MaybeBool, _links: related('owner') });
export type Inbox = z.infer<typeof Inbox>;
export const Channel = z.looseObject({ id: VendorId, type: MaybeText, is_valid: MaybeBool });
export type Channel = z.infer<typeof Channel>;

export const Status = NamedRow.extend({ category: MaybeText });
export type Status = z.infer<typeof Status>;
export const CustomField = NamedRow.extend({ type: MaybeText });
export type CustomField = z.infer<typeof CustomField>;

export const Shift = z.looseObject({
  id: VendorId,
  timezone: MaybeText,
  times: maybe(z.record(z.string(), maybe(z.looseObject({ start: MaybeText, end: MaybeText })))),
});
export type Shift = z.infer<typeof Shift>;

export const Rule = z.looseObject({ id: VendorId, actions: Texts, is_private: MaybeBool });
export type Rule = z.infer<typeof Rule>;
export const View = z.looseObject({
  id: VendorId,
  inbox_ids: Ids,
  tag_ids: Ids,
  not_tag_ids: Ids,
  no_tags: MaybeBool,
  assignee_ids: Ids,
  not_assignee_ids: Ids,
});
export type View = z.infer<typeof View>;
export const Template = z.looseObject({ id: VendorId, _links: related('owner') });
export type Template = z.infer<typeof Template>;

export const Account = z.looseObject({
  id: VendorId,
  domains: Texts,
  custom_fields: MaybeRecord,
  created_at: MaybeEpochSeconds,
});
export type Account = z.infer<typeof Account>;
export const Contact = z.looseObject({ id: VendorId });

export const KnowledgeBase = z.looseObject({ id: VendorId, type: MaybeText });
export type KnowledgeBase = z.infer<typeof KnowledgeBase>;
export const KnowledgeBaseContent = z.looseObject({ status: MaybeText });
export const Article = z.looseObject({
  id: VendorId,
  slug: MaybeText,
  created_at: EpochSeconds,
  updated_at: MaybeEpochSeconds,
  _links: related('category'),
});
export type Article = z.infer<typeof Article>;
export const ArticleContent = z.looseObject({
  status: MaybeText,
  content: MaybeText,
  last_edited_at: MaybeEpochSeconds,
  _links: related('last_editor'),
});
export type ArticleContent = z.infer<typeof ArticleContent>;

export const Export = z.looseObject({ id: VendorId, status: MaybeText, url: MaybeText });
/** One line of an export, by the names of its columns. */
export const ExportRow = z.looseObject({
  'Activity API ID': MaybeText,
  'Conversation API ID': MaybeText,
  'Message date': MaybeText,
  'Survey rating': MaybeText,
});

/** Id at the end of the address of a record; null for none. */
export function idIn(address: string | null | undefined): string | null {
  return /\/(\w+)\/?(?:[?#].*)?$/.exec(address ?? '')?.[1] ?? null;
}
