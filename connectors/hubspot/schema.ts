import { z } from 'zod';
import {
  Instant,
  keys,
  listOf,
  MaybeBool,
  MaybeId,
  MaybeInstant,
  MaybeText,
  maybe,
  NamedRow,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/** Replies of the CRM, conversations, forms and automation interfaces, only the fields that are used. */

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** Text of a text, number or yes and no; null for anything else, and where it is left out. */
const AnyText = z.unknown().optional().transform(textOf);

/** Properties that are filled; the vendor writes all of them as text, and unset ones as null or ''. */
const Properties = z
  .record(z.string(), z.unknown())
  .transform((all) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([name, value]) => (textOf(value) === null ? [] : [[name, textOf(value)]])),
    ),
  )
  .nullish()
  .transform((filled) => (filled ?? {}) as Readonly<Record<string, string>>);

/** A user is named beside the version, in what was written long ago in its source alone (`userId:5`). */
export const Version = z
  .looseObject({
    value: AnyText,
    timestamp: Instant,
    sourceType: MaybeText.catch(null),
    sourceId: MaybeText.catch(null),
    updatedByUserId: MaybeId.catch(null),
  })
  .transform(({ sourceId, ...version }) => ({
    ...version,
    updatedByUserId: version.updatedByUserId ?? /^userId:(\d+)$/i.exec(sourceId ?? '')?.[1] ?? null,
  }));
export type Version = z.infer<typeof Version>;

/** Of a value the history is known whole or not at all (null): without one of its changes the others would tell another story. */
const History = z.unknown().transform((given): Version[] | null => {
  const read = z.array(Version).nullish().safeParse(given);
  return read.success ? (read.data ?? []) : null;
});

/** Any object of the CRM. */
export const CrmObject = z.looseObject({
  id: VendorId,
  createdAt: Instant,
  updatedAt: MaybeInstant,
  properties: Properties,
  propertiesWithHistory: z
    .record(z.string(), History)
    .nullish()
    .transform((value) => value ?? {}),
});
export type CrmObject = z.infer<typeof CrmObject>;

/** What a value was, oldest first; none where it cannot be read. The vendor gives the newest first. */
export function versionsOf({ propertiesWithHistory }: CrmObject, name: string): Version[] {
  const versions = (propertiesWithHistory[name] ?? []).toReversed();
  return versions.sort((a, b) => a.timestamp.getTime() - b.timestamp.getTime());
}

/** A row of a search by the last change, or of the list of what was deleted: the record itself is read by its id. */
export const Found = z.looseObject({ id: VendorId });

export const Associated = z.looseObject({
  from: z.looseObject({ id: VendorId }),
  to: listOf(
    z.looseObject({
      toObjectId: VendorId,
      associationTypes: listOf(z.looseObject({ typeId: MaybeId, label: MaybeText })),
    }),
  ),
  paging: z.looseObject({ next: z.looseObject({ after: MaybeText }).nullish() }).nullish(),
});
export type Associated = z.infer<typeof Associated>;

export const Owner = z.looseObject({
  id: VendorId,
  ...keys(MaybeText, 'type', 'firstName', 'lastName'),
  ...keys(MaybeId, 'userId', 'userIdIncludingInactive'),
  archived: MaybeBool,
  createdAt: MaybeInstant,
  teams: listOf(NamedRow),
});
export type Owner = z.infer<typeof Owner>;

export const User = z.looseObject({ id: VendorId, superAdmin: MaybeBool });
export type User = z.infer<typeof User>;

export const Pipeline = z.looseObject({
  id: VendorId,
  label: MaybeText,
  stages: listOf(
    z.looseObject({
      id: VendorId,
      label: MaybeText,
      metadata: maybe(z.looseObject({ ticketState: MaybeText, isClosed: AnyText, probability: AnyText })),
    }),
  ),
});
export type Pipeline = z.infer<typeof Pipeline>;

export const Property = z.looseObject({
  name: z.string().min(1),
  ...keys(MaybeText, 'label', 'description', 'type', 'fieldType', 'numberDisplayHint'),
  ...keys(MaybeBool, 'hubspotDefined', 'calculated', 'archived', 'externalOptions'),
  updatedAt: MaybeInstant,
  options: listOf(z.looseObject({ value: AnyText, label: MaybeText })),
});
export type Property = z.infer<typeof Property>;

export const Channel = NamedRow;

export const Thread = z.looseObject({ id: VendorId, spam: MaybeBool });
export type Thread = z.infer<typeof Thread>;

/** `text` and `richText` are looked at for links and promises and dropped. */
export const ThreadMessage = z.looseObject({
  id: VendorId,
  ...keys(MaybeText, 'type', 'createdBy', 'direction', 'text', 'richText'),
  createdAt: Instant,
  channelId: MaybeId,
  client: maybe(z.looseObject({ clientType: MaybeText })),
  status: maybe(z.looseObject({ statusType: MaybeText })),
});
export type ThreadMessage = z.infer<typeof ThreadMessage>;

const FormField = z.looseObject({
  objectTypeId: MaybeText,
  name: z.string().min(1),
  ...keys(MaybeBool, 'required', 'hidden'),
});
export const Form = z.looseObject({
  id: VendorId,
  archived: MaybeBool,
  updatedAt: MaybeInstant,
  fieldGroups: listOf(z.looseObject({ fields: listOf(FormField) })),
});
export type Form = z.infer<typeof Form>;

/** A workflow; its list gives the head alone. */
export const Flow = z.looseObject({
  id: VendorId,
  isEnabled: MaybeBool,
  objectTypeId: MaybeText,
  updatedAt: MaybeInstant,
  enrollmentCriteria: z.unknown().optional(),
  enrollmentSchedule: z.unknown().optional(),
  actions: z.unknown().optional(),
});
export type Flow = z.infer<typeof Flow>;

export const Article = z.looseObject({
  id: VendorId,
  ...keys(MaybeText, 'type', 'url', 'category', 'subcategory'),
  publishedDate: MaybeInstant,
  isPrivate: MaybeBool,
});
export type Article = z.infer<typeof Article>;

export const AccountInfo = z.looseObject({ portalId: VendorId, accountType: MaybeText, uiDomain: MaybeText });
