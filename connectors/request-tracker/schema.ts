import { z } from 'zod';
import { Instant, listOfGood, maybe, VendorId } from '../../src/kit/vendor-schema.ts';

/**
 * Shapes of REST 2.0 replies, only the fields that are asked for.
 * https://docs.bestpractical.com/rt/5.0.7/RT/REST2.html
 */

/** RT writes an unset date as the first second of 1970. */
export const RtDate = z
  .union([Instant, z.literal('')])
  .nullish()
  .transform((value) => (value instanceof Date && value.getTime() > 0 ? value : null));

/** References are objects, except where RT gives the bare id, or '' for what the caller may not see. */
export const Ref = z
  .union([z.object({ id: VendorId }).transform((ref) => ref.id), VendorId, z.literal('')])
  .nullish()
  .transform((value) => (value === undefined || value === null || value === '' || value === '0' ? null : value));

/** A user: `id` is the number when `fields[..]=id` was asked for, else the login name. Names are compared, never kept. */
export const Person = z
  .object({ id: VendorId, Name: z.string().optional(), Organization: z.string().optional() })
  .transform((person) => ({
    id: person.id,
    name: person.Name === undefined || person.Name === '' ? person.id : person.Name,
    organisation: person.Organization?.trim() ?? '',
  }));
export type Person = z.infer<typeof Person>;

const Text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? null : String(value)));

/** RT gives numbers as text, and 0 for what is not set. */
const WholeNumber = z
  .union([z.string().regex(/^-?\d+$/), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : Number(value)));

const CustomFieldValues = z
  .object({ id: VendorId, name: z.string().optional(), values: z.array(z.unknown()) })
  .transform((field) => ({
    id: field.id,
    name: field.name ?? '',
    /** Files give an object: the field is filled, its value is none. */
    filled: field.values.some((value) => value !== null && value !== ''),
    texts: field.values.filter((value): value is string => typeof value === 'string' && value !== ''),
  }));

/** '' for what the caller may not see. */
const MaybePerson = z
  .union([Person, z.literal('')])
  .nullish()
  .transform((value) => (value === undefined || value === '' ? null : value));

export const TicketRow = z.object({
  id: VendorId,
  Status: Text,
  Created: Instant,
  LastUpdated: RtDate,
  Started: RtDate,
  Resolved: RtDate,
  Priority: WholeNumber,
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
  Field: Text,
  OldValue: Text,
  NewValue: Text,
  Created: Instant,
  Creator: MaybePerson,
});
export type TransactionRow = z.infer<typeof TransactionRow>;

export const HeaderRow = z.object({ TransactionId: VendorId, Headers: z.string() });
export const DeletionRow = z.object({ id: VendorId, ObjectId: VendorId, Created: Instant });

export const QueueRow = z.object({
  id: VendorId,
  Name: z.string(),
  Disabled: z.union([z.string(), z.number()]).optional(),
});
const Watcher = z.object({ type: z.string(), id: VendorId });
export const WatchersOfQueue = z.object({
  AdminCc: listOfGood(Watcher),
});

export const GroupRow = z.object({ id: VendorId, Name: z.string(), Domain: z.string().optional() });
export const GroupMembers = z.object({
  Disabled: z.union([z.string(), z.number()]).optional(),
  // A group without its members is none: everybody would be a customer.
  Members: z.array(z.unknown()).transform((rows) => rows.flatMap((row) => Watcher.safeParse(row).data ?? [])),
});

export const UserRow = z.object({ id: VendorId, Name: z.string(), Created: RtDate.optional() });
/** What a caller without AdminUsers gets is little; the number is then in the self link only. */
export const UserDetail = z
  .object({
    id: VendorId.optional(),
    Privileged: z.union([z.string(), z.number()]),
    Disabled: z.union([z.string(), z.number()]).optional(),
    Created: RtDate.optional(),
    _hyperlinks: listOfGood(z.looseObject({ ref: z.string(), id: VendorId.optional() })),
  })
  .transform((user) => ({
    id: user.id ?? user._hyperlinks.find((link) => link.ref === 'self')?.id ?? null,
    privileged: String(user.Privileged) === '1',
    disabled: user.Disabled === undefined ? null : String(user.Disabled) === '1',
    created: user.Created ?? null,
  }));
export type UserDetail = z.infer<typeof UserDetail>;

export const ArticleRow = z.object({
  id: VendorId,
  Created: Instant,
  LastUpdated: RtDate,
  Disabled: z.union([z.string(), z.number()]).optional(),
  Class: Ref,
  Creator: Ref,
  LastUpdatedBy: Ref,
});
export const ArticleLinks = z.object({
  _hyperlinks: listOfGood(z.looseObject({ ref: z.string(), type: z.string().optional(), id: VendorId.optional() })),
});

export const Version = z.object({ Version: z.string().regex(/^\d+\.\d+/), Plugins: z.array(z.unknown()).optional() });
