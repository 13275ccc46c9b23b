import { z } from 'zod';
import { UtcInstant } from '../../src/kit/instants.ts';
import {
  Instant,
  listOfGood,
  MaybeBool,
  MaybeId,
  MaybeInt,
  MaybeText,
  maybe,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/** Records of the Inbox API, only the fields that are used. Whatever is not needed to understand a record may be missing or null. */

/** With `Z` nearly everywhere, without a zone in some replies; always UTC. */
export const At = z.union([Instant, UtcInstant]);
/** Null where there is no list, so that none is told from not said. */
const listed = <S extends z.ZodType>(item: S) => maybe(z.array(item));

const Person = maybe(z.looseObject({ id: MaybeId, type: MaybeText }));
const Source = maybe(z.looseObject({ type: MaybeText, via: MaybeText }));

export const Conversation = z.looseObject({
  id: VendorId,
  createdAt: At,
  userUpdatedAt: maybe(At),
  closedAt: maybe(At),
  type: MaybeText,
  status: MaybeText,
  /** `published`, `draft`, `deleted`. */
  state: MaybeText,
  mailboxId: MaybeId,
  assignee: Person,
  createdBy: Person,
  primaryCustomer: Person,
  source: Source,
  tags: listed(z.looseObject({ tag: z.string().min(1) })),
  /** `value` is the id of an option in lists, `text` its label. */
  customFields: listed(z.looseObject({ id: VendorId, name: MaybeText, value: MaybeText, text: MaybeText })),
});
export type Conversation = z.infer<typeof Conversation>;

/** A reply, a note, or a line about what happened. `body` is looked at for links and stated times and dropped. */
export const Thread = z.looseObject({
  id: VendorId,
  createdAt: At,
  type: MaybeText,
  /** Status that the conversation has from it on; `nochange` = as before. */
  status: MaybeText,
  state: MaybeText,
  /** Ids of what a line is about, by kind. */
  action: maybe(z.looseObject({ type: MaybeText, associatedEntities: z.unknown().optional() })),
  body: MaybeText,
  source: Source,
  createdBy: Person,
  assignedTo: Person,
  savedReplyId: MaybeId,
});
export type Thread = z.infer<typeof Thread>;

/** `id` is that of the conversation; `ratingId` is the rating itself. */
export const Rating = z.looseObject({
  id: VendorId,
  threadid: VendorId,
  ratingId: maybe(z.union([z.string(), z.number()])),
  ratingCreatedAt: At,
});
export type Rating = z.infer<typeof Rating>;

export const Me = z.looseObject({ id: VendorId, role: MaybeText.catch(null), companyId: MaybeId.catch(null) });
export const User = z.looseObject({
  id: VendorId,
  role: MaybeText,
  firstName: MaybeText,
  lastName: MaybeText,
  createdAt: maybe(At),
});
export type User = z.infer<typeof User>;
/** A team, an inbox. */
export const Named = z.looseObject({ id: VendorId, name: MaybeText });
export type Named = z.infer<typeof Named>;
/** A member of a team, a saved reply. */
export const Reference = z.looseObject({ id: VendorId });
export const Field = z.looseObject({
  id: VendorId,
  name: MaybeText,
  type: MaybeText,
  required: MaybeBool,
  options: listOfGood(z.looseObject({ id: VendorId, label: z.string().min(1) })),
});
export type Field = z.infer<typeof Field>;
export const Workflow = z.looseObject({ id: VendorId, type: MaybeText, status: MaybeText, modifiedAt: maybe(At) });
export type Workflow = z.infer<typeof Workflow>;
export const Webhook = z.looseObject({ id: VendorId, url: MaybeText, state: MaybeText });
export type Webhook = z.infer<typeof Webhook>;
export const Organisation = z.looseObject({
  id: VendorId,
  createdAt: maybe(At),
  website: MaybeText,
  domains: listOfGood(z.string().min(1)),
});
export type Organisation = z.infer<typeof Organisation>;
export const Customer = z.looseObject({ organizationId: MaybeId.catch(null) });

/** Records of the Docs API. */
export const Collection = z.looseObject({ id: VendorId, visibility: MaybeText });
export type Collection = z.infer<typeof Collection>;
export const Article = z.looseObject({
  id: VendorId,
  number: MaybeInt,
  createdAt: At,
  updatedAt: maybe(At),
  status: MaybeText,
  publicUrl: MaybeText,
  createdBy: MaybeId,
  updatedBy: MaybeId,
});
export type Article = z.infer<typeof Article>;
