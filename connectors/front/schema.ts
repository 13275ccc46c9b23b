import { z } from 'zod';
import { UtcInstant } from '../../src/kit/instants.ts';
import {
  Ids,
  Instant,
  keys,
  listOf,
  listOfGood,
  MaybeBool,
  MaybeId,
  MaybeInstant,
  MaybeRecord,
  MaybeText,
  maybe,
  maybeListOf,
  NamedRow,
  Texts,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/** Records of the Core API, only the fields that are used. Whatever is not needed to understand a record may be missing or null. */

/** Addresses of other records; the last part of one is the id. */
const Links = maybe(z.looseObject({ related: MaybeRecord }));

/** Id of a record that another one is linked with; null for none. */
export function linkedId(row: { _links: z.infer<typeof Links> } | null | undefined, name: string): string | null {
  const address = row?._links?.related?.[name];
  return typeof address === 'string' ? (/\/(\w+)\/?(?:[?#].*)?$/.exec(address)?.[1] ?? null) : null;
}

/** A teammate as other records name one, of whom they may give the id alone. */
const Somebody = maybe(z.looseObject({ id: MaybeId, type: MaybeText }));
export const Teammate = z.looseObject({
  id: VendorId,
  ...keys(MaybeText, 'email', 'username', 'first_name', 'last_name', 'type'),
  ...keys(MaybeBool, 'is_admin', 'is_blocked'),
});
export type Teammate = z.infer<typeof Teammate>;

const Recipient = z.looseObject({ handle: MaybeText, role: MaybeText, _links: Links });
export type Recipient = z.infer<typeof Recipient>;
const Link = z.looseObject({ id: VendorId, type: MaybeText, external_url: MaybeText });

export const Conversation = z.looseObject({
  id: VendorId,
  created_at: Instant,
  updated_at: MaybeInstant,
  ...keys(MaybeText, 'type', 'status', 'status_id', 'status_category'),
  assignee: Somebody,
  recipient: maybe(Recipient),
  tags: maybeListOf(z.looseObject({ name: z.string() })),
  links: listOfGood(Link),
  custom_fields: MaybeRecord,
  scheduled_reminders: listOfGood(z.looseObject({})),
});
export type Conversation = z.infer<typeof Conversation>;

/** Texts are looked at for links and stated times and dropped. */
export const Message = z.looseObject({
  id: VendorId,
  created_at: Instant,
  ...keys(MaybeText, 'type', 'draft_mode', 'text', 'body'),
  ...keys(MaybeBool, 'is_inbound', 'is_draft'),
  author: Somebody,
  recipients: listOfGood(Recipient),
});
export type Message = z.infer<typeof Message>;
export const Comment = z.looseObject({ id: VendorId, posted_at: Instant, author: Somebody, body: MaybeText });
export type Comment = z.infer<typeof Comment>;

/** What an event came from, or what it is about: a record or a list of them. */
const Side = maybe(z.looseObject({ _meta: maybe(z.looseObject({ type: MaybeText })), data: z.unknown().optional() }));
export type Side = z.infer<typeof Side>;
export const Event = z.looseObject({
  id: VendorId,
  type: z.string().min(1),
  emitted_at: Instant,
  ...keys(Side, 'source', 'target'),
  conversation: maybe(z.looseObject({ id: MaybeId, updated_at: MaybeInstant })),
});
export type Event = z.infer<typeof Event>;
/** A record of a side, as far as events tell it. */
export const Party = z.looseObject({ id: MaybeId, ...keys(MaybeText, 'type', 'name', 'category') });
export type Party = z.infer<typeof Party>;

export const Bare = z.looseObject({ id: VendorId });
export type Bare = z.infer<typeof Bare>;
export const TeamMembers = z.looseObject({ members: listOfGood(Bare) });
export const Inbox = NamedRow.extend({ _links: Links });
export type Inbox = z.infer<typeof Inbox>;
export const Channel = z.looseObject({ id: VendorId, type: MaybeText, is_valid: MaybeBool });
export type Channel = z.infer<typeof Channel>;
export const Status = NamedRow.extend({ category: MaybeText });
export type Status = z.infer<typeof Status>;
export const CustomField = NamedRow.extend({ type: MaybeText });
export type CustomField = z.infer<typeof CustomField>;

const Span = maybe(z.looseObject({ start: MaybeText, end: MaybeText }));
export const Shift = z.looseObject({ id: VendorId, timezone: MaybeText, times: maybe(z.record(z.string(), Span)) });
export type Shift = z.infer<typeof Shift>;
export const Rule = z.looseObject({ id: VendorId, actions: listOf(z.unknown()), is_private: MaybeBool });
export type Rule = z.infer<typeof Rule>;
const LISTS = ['inbox_ids', 'tag_ids', 'not_tag_ids', 'assignee_ids', 'not_assignee_ids'] as const;
export const View = z.looseObject({ id: VendorId, ...keys(Ids, ...LISTS), no_tags: MaybeBool });
export type View = z.infer<typeof View>;
export const Template = z.looseObject({ id: VendorId, _links: Links });
export type Template = z.infer<typeof Template>;

const Domained = z.looseObject({ id: VendorId, domains: Texts, created_at: MaybeInstant });
export const Account = Domained.extend({ custom_fields: MaybeRecord, external_id: MaybeText });
export type Account = z.infer<typeof Account>;

export const KnowledgeBase = z.looseObject({ id: VendorId, type: MaybeText });
export const KnowledgeBaseContent = z.looseObject({ status: MaybeText });
const Dated = z.looseObject({ id: VendorId, created_at: Instant, updated_at: MaybeInstant });
export const Article = Dated.extend({ slug: MaybeText, _links: Links });
export type Article = z.infer<typeof Article>;
const Text = z.looseObject({ ...keys(MaybeText, 'status', 'content'), last_edited_at: MaybeInstant });
export const ArticleContent = Text.extend({ _links: Links });
export type ArticleContent = z.infer<typeof ArticleContent>;

export const Export = z.looseObject({ id: VendorId, status: MaybeText, url: MaybeText });
/** One line of an export, by the names of its columns. */
const When = z.union([Instant, UtcInstant]);
export const Rated = z.looseObject({
  'Activity API ID': VendorId,
  'Conversation API ID': VendorId,
  'Message date': When,
  'Survey rating': z.string(),
});
export type Rated = z.infer<typeof Rated>;
