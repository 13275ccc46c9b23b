import { z } from 'zod';
import { LooseInstant, UtcText } from '../../src/kit/instants.ts';
import {
  listOfGood,
  MaybeBool,
  MaybeId,
  MaybeInt,
  MaybeRecord,
  MaybeText,
  maybe,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/** Records of the Inbox API, only the fields that are used. Whatever is not needed to understand a record may be missing, null or of another form. */

/** With `Z` nearly everywhere, without a zone in some replies; always UTC. */
export const At = z.union([LooseInstant, UtcText]);
/** A cell that is lost when it cannot be read, and not the record with it. */
function cell<S extends z.ZodType>(schema: S) {
  return maybe(schema).catch(null);
}
/** The items that fit; null where there is no list, so that none is told from not said. */
function listed<S extends z.ZodType>(item: S) {
  const items = listOfGood(item);
  return z
    .unknown()
    .optional()
    .transform((value) => (Array.isArray(value) ? items.parse(value) : null));
}
const Id = MaybeId.catch(null);
const Word = MaybeText.catch(null);
const MaybeAt = cell(At);

const Person = cell(z.looseObject({ id: Id, type: Word }));
const Source = cell(z.looseObject({ type: Word, via: Word }));

export const Conversation = z.looseObject({
  id: VendorId,
  createdAt: At,
  userUpdatedAt: MaybeAt,
  closedAt: MaybeAt,
  type: Word,
  status: Word,
  /** `published`, `draft`, `deleted`. */
  state: Word,
  mailboxId: Id,
  assignee: Person,
  createdBy: Person,
  primaryCustomer: Person,
  source: Source,
  tags: listed(z.looseObject({ tag: z.string().min(1) })),
  /** `value` is the id of an option in lists, `text` its label. */
  customFields: listed(z.looseObject({ id: VendorId, name: Word, value: Word, text: Word })),
});
export type Conversation = z.infer<typeof Conversation>;

/** A reply, a note, or a line about what happened. `body` is looked at for links and stated times and dropped. */
export const Thread = z.looseObject({
  id: VendorId,
  createdAt: At,
  type: Word,
  /** Status that the conversation has from it on; `nochange` = as before. */
  status: Word,
  state: Word,
  action: cell(z.looseObject({ type: Word, associatedEntities: MaybeRecord.catch(null) })),
  body: Word,
  source: Source,
  createdBy: Person,
  assignedTo: Person,
  savedReplyId: Id,
});
export type Thread = z.infer<typeof Thread>;

/** `id` is that of the conversation; `ratingId` is the rating itself. */
export const Rating = z.looseObject({
  id: VendorId,
  threadid: VendorId,
  ratingId: cell(z.union([z.string(), z.number()])),
  ratingCreatedAt: At,
});
export type Rating = z.infer<typeof Rating>;

export const Me = z.looseObject({ id: VendorId, role: Word, companyId: Id });
export const User = z.looseObject({ id: VendorId, role: Word, firstName: Word, lastName: Word, createdAt: MaybeAt });
export type User = z.infer<typeof User>;
/** A team, an inbox. */
export const Named = z.looseObject({ id: VendorId, name: Word });
export type Named = z.infer<typeof Named>;
/** A member of a team, a saved reply. */
export const Reference = z.looseObject({ id: VendorId });
export const Field = z.looseObject({
  id: VendorId,
  name: Word,
  type: Word,
  required: MaybeBool.catch(null),
  options: listOfGood(z.looseObject({ id: VendorId, label: z.string().min(1) })),
});
export type Field = z.infer<typeof Field>;
export const Workflow = z.looseObject({ id: VendorId, type: Word, status: Word, modifiedAt: MaybeAt });
export type Workflow = z.infer<typeof Workflow>;
export const Webhook = z.looseObject({ id: VendorId, url: Word, state: Word });
export type Webhook = z.infer<typeof Webhook>;
export const Organisation = z.looseObject({
  id: VendorId,
  createdAt: MaybeAt,
  website: Word,
  domains: listOfGood(z.string().min(1)),
});
export type Organisation = z.infer<typeof Organisation>;
export const Customer = z.looseObject({ organizationId: Id });

/** Records of the Docs API. */
export const Collection = z.looseObject({ id: VendorId, visibility: Word });
export type Collection = z.infer<typeof Collection>;
export const Article = z.looseObject({
  id: VendorId,
  number: cell(MaybeInt),
  createdAt: At,
  updatedAt: MaybeAt,
  status: Word,
  publicUrl: Word,
  createdBy: Id,
  updatedBy: Id,
});
export type Article = z.infer<typeof Article>;
