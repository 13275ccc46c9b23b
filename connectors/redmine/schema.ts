import { z } from 'zod';
import {
  flag,
  Instant,
  listOf,
  MaybeBool,
  MaybeInstant,
  MaybeNumber,
  MaybeText,
  MaybeWord,
  maybe,
  maybeListOf,
  NamedRow,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/** Records of the REST interface, only the fields that are used. What an older Redmine or a lesser right leaves out is null. */

/** A record named by another: `{"id": 5, "name": "Urgent"}`. */
export type Named = z.infer<typeof NamedRow>;
const MaybeNamed = maybe(NamedRow);
/** Lists hold texts where a field has several values. */
const CustomValue = z.looseObject({ id: VendorId, name: MaybeText, value: z.unknown().optional() });

const Relation = z.looseObject({ id: VendorId, issue_id: VendorId, issue_to_id: VendorId });

export const Issue = z.looseObject({
  id: VendorId,
  project: MaybeNamed,
  tracker: MaybeNamed,
  status: maybe(z.looseObject({ id: VendorId, name: MaybeText, is_closed: MaybeBool })),
  priority: MaybeNamed,
  author: MaybeNamed,
  assigned_to: MaybeNamed,
  category: MaybeNamed,
  fixed_version: MaybeNamed,
  parent: maybe(z.looseObject({ id: VendorId })),
  description: MaybeText,
  due_date: MaybeText,
  spent_hours: MaybeNumber,
  custom_fields: maybeListOf(CustomValue),
  relations: maybeListOf(Relation),
  created_on: Instant,
  updated_on: MaybeInstant,
  closed_on: MaybeInstant,
});
export type Issue = z.infer<typeof Issue>;

/** Ids as texts, several where a field has several values; those of texts and files are never looked at. */
const PastValue = z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]).nullish();
const Detail = z.looseObject({
  property: MaybeWord,
  name: z.union([z.string(), z.int()]).transform(String),
  old_value: PastValue,
  new_value: PastValue,
});
export type Detail = z.infer<typeof Detail>;

/** `notes` is looked at for links and dropped. */
export const Journal = z.looseObject({
  id: VendorId,
  user: MaybeNamed,
  notes: MaybeText,
  private_notes: flag(false),
  created_on: Instant,
  details: listOf(Detail),
});
export type Journal = z.infer<typeof Journal>;

export const Project = z.looseObject({
  id: VendorId,
  name: MaybeText,
  identifier: MaybeText,
  is_public: MaybeBool,
  created_on: MaybeInstant,
  enabled_modules: maybe(z.array(z.looseObject({ name: MaybeText }))),
  custom_fields: maybeListOf(CustomValue),
});
export type Project = z.infer<typeof Project>;

/** Of a person or of a group. */
export const Membership = z.looseObject({ user: MaybeNamed, group: MaybeNamed, roles: listOf(NamedRow) });
export type Membership = z.infer<typeof Membership>;

/** Rights are null where this Redmine does not tell them. */
export const Role = z.looseObject({
  role: z.looseObject({
    id: VendorId,
    name: MaybeText,
    issues_visibility: MaybeText,
    permissions: maybe(z.array(z.string())),
  }),
});
export type Role = z.infer<typeof Role>['role'];

export const Me = z.looseObject({
  user: z.looseObject({
    id: VendorId,
    admin: MaybeBool,
    memberships: listOf(z.looseObject({ project: NamedRow, roles: listOf(NamedRow) })),
  }),
});
export type Me = z.infer<typeof Me>['user'];

export const User = z.looseObject({
  id: VendorId,
  firstname: MaybeText,
  lastname: MaybeText,
  admin: MaybeBool,
  created_on: MaybeInstant,
});
export type User = z.infer<typeof User>;

export const Group = z.looseObject({ group: z.looseObject({ id: VendorId, users: maybe(z.array(NamedRow)) }) });

export const Status = z.looseObject({ id: VendorId, name: MaybeText, is_closed: MaybeBool });
export type Status = z.infer<typeof Status>;
export const Priority = z.looseObject({ id: VendorId, name: MaybeText, is_default: MaybeBool, active: MaybeBool });
export type Priority = z.infer<typeof Priority>;

export const CustomField = z.looseObject({
  id: VendorId,
  name: MaybeText,
  customized_type: MaybeWord,
  field_format: MaybeWord,
  is_required: MaybeBool,
  default_value: MaybeText,
});
export type CustomField = z.infer<typeof CustomField>;

export const Category = z.looseObject({ id: VendorId, assigned_to: MaybeNamed });
export type Category = z.infer<typeof Category>;

/** The title names the page; it is kept as a keyed hash. */
export const WikiPage = z.looseObject({ title: z.string().min(1), created_on: Instant, updated_on: MaybeInstant });
export type WikiPage = z.infer<typeof WikiPage>;
