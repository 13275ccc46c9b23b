import { z } from 'zod';
import {
  Instant,
  keys,
  listOfGood,
  MaybeCode,
  MaybeId,
  MaybeInstant,
  MaybeInt,
  MaybeText,
  maybe,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/**
 * Shapes of REST 2.0 replies, only the fields that are asked for.
 * https://docs.bestpractical.com/rt/5.0.7/RT/REST2.html
 * RT writes an unset date as the first second of 1970, which `MaybeInstant` takes for none.
 */

/** References are objects, except where RT gives the bare id, or '' for what the caller may not see. */
const Ref = z.union([z.object({ id: VendorId }).transform(({ id }) => id), MaybeId]);

/** A user: `id` is the number when `fields[..]=id` was asked for, else the login name. Names are compared, never kept. */
const Person = z
  .object({ id: VendorId, Name: z.string().optional(), Organization: z.string().optional() })
  .transform(({ id, Name, Organization }) => ({ id, name: Name || id, organisation: Organization?.trim() ?? '' }));
export type Person = z.infer<typeof Person>;
/** '' for what the caller may not see. */
const MaybePerson = maybe(z.union([Person, z.literal('').transform(() => null)]));

const CustomFieldValues = z
  .object({ id: VendorId, name: z.string().optional(), values: z.array(z.unknown()) })
  .transform(({ id, name, values }) => ({
    id,
    name: name ?? '',
    /** Files give an object: the field is filled, its value is none. */
    filled: values.some((value) => value !== null && value !== ''),
    texts: values.filter((value): value is string => typeof value === 'string' && value !== ''),
  }));

export const TicketRow = z.object({
  id: VendorId,
  Status: MaybeText,
  Created: Instant,
  ...keys(MaybeInstant, 'LastUpdated', 'Started', 'Resolved'),
  Priority: MaybeInt,
  EffectiveId: Ref,
  Queue: maybe(z.object({ id: VendorId, Name: z.string().optional() })),
  Owner: MaybePerson,
  Creator: MaybePerson,
  Requestor: listOfGood(Person),
  /** '' where there are none. */
  CustomFields: maybe(z.union([z.array(CustomFieldValues), z.literal('').transform((): [] => [])])),
});
export type TicketRow = z.infer<typeof TicketRow>;

export const TransactionRow = z.object({
  id: VendorId,
  ObjectId: VendorId,
  Type: z.string().min(1),
  ...keys(MaybeText, 'Field', 'OldValue', 'NewValue'),
  Created: Instant,
  Creator: MaybePerson,
});
export type TransactionRow = z.infer<typeof TransactionRow>;

export const HeaderRow = z.object({ TransactionId: VendorId, Headers: z.string() });
export const DeletionRow = z.object({ id: VendorId, ObjectId: VendorId, Created: Instant });

/** 0 = in use, 1 = disabled, 2 = RT's own; null where it is not shown. */
export const QueueRow = z.object({ id: VendorId, Name: z.string(), Disabled: MaybeCode });
const Watcher = z.object({ type: z.string(), id: VendorId });
export const WatchersOfQueue = z.object({ AdminCc: listOfGood(Watcher) });

export const GroupRow = z.object({ id: VendorId, Name: z.string(), Domain: z.string().optional() });
export const GroupMembers = z.object({
  Disabled: MaybeCode,
  // A group without its members is none: everybody would be a customer.
  Members: z
    .array(z.unknown())
    .transform((rows) => rows.flatMap((row) => Watcher.safeParse(row).data ?? []))
    .transform((members) => members.flatMap(({ type, id }) => (type === 'user' ? [id.toLowerCase()] : []))),
});

export const UserRow = z.object({ id: VendorId, Name: z.string() });
/** What a caller without AdminUsers gets is little; the number is then in the self link only. */
export const UserDetail = z
  .object({
    id: MaybeId,
    Privileged: z.union([z.string(), z.number()]),
    Disabled: MaybeCode,
    Created: MaybeInstant,
    _hyperlinks: listOfGood(z.looseObject({ ref: z.string(), id: MaybeId })),
  })
  .transform(({ id, Privileged, Disabled, Created, _hyperlinks }) => ({
    id: id ?? _hyperlinks.find((link) => link.ref === 'self')?.id ?? null,
    privileged: String(Privileged) === '1',
    // Callers without AdminUsers are not told; whoever is still privileged counts as in use.
    active: Disabled !== '1',
    created: Created,
  }));

export const ArticleRow = z.object({
  id: VendorId,
  Created: Instant,
  LastUpdated: MaybeInstant,
  Disabled: MaybeCode,
  ...keys(Ref, 'Class', 'Creator', 'LastUpdatedBy'),
});
export type ArticleRow = z.infer<typeof ArticleRow>;
export const ArticleLinks = z.object({
  _hyperlinks: listOfGood(z.looseObject({ ref: z.string(), type: z.string().optional(), id: MaybeId })),
});
export type ArticleLinks = z.infer<typeof ArticleLinks>;

export const Version = z.object({ Version: z.string().regex(/^\d+\.\d+/), Plugins: z.array(z.unknown()).optional() });
