import { z } from 'zod';
import {
  Instant,
  listOf,
  MaybeBool,
  MaybeId,
  MaybeInstant,
  MaybeInt,
  MaybeRecord,
  MaybeText,
  MaybeTexts,
  maybe,
  maybeListOf,
  NamedRow,
  orElse,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/** Records of platform API v3 (Cloud) and v2 (Data Center) and of the service desk API, only the fields that are used; others may be missing or null. */

/** What the vendor writes for the account of an erased person whose record was damaged: all of them share it. */
const NOBODY = 'unknown';

/** Cloud names people by `accountId`, Data Center by `key`. `accountType` is `atlassian`, `app` or `customer`, on Cloud only. */
export const User = z
  .looseObject({
    accountId: MaybeText,
    key: MaybeText,
    name: MaybeText,
    accountType: MaybeText,
    displayName: MaybeText,
    active: MaybeBool,
  })
  .transform((user, context) => {
    const id = [user.accountId, user.key, user.name].find((one) => one !== null && one !== NOBODY);
    if (id !== undefined && id !== null) return { ...user, id };
    context.addIssue({ code: 'custom', path: ['accountId'], message: 'an account' });
    return z.NEVER;
  });
export type User = z.infer<typeof User>;
/** A person who was erased has no account any more: nobody is known then. */
const MaybeUser = z
  .unknown()
  .optional()
  .transform((value) => User.safeParse(value).data ?? null);

/** Who changed something: null where the vendor names nobody, `unsaid` where it names somebody who is not known, as whoever was erased. */
const Actor = z
  .unknown()
  .optional()
  .transform((value): User | null | 'unsaid' => (value == null ? null : (User.safeParse(value).data ?? 'unsaid')));
export type Actor = z.infer<typeof Actor>;

export type Named = z.infer<typeof NamedRow>;

const Category = maybe(z.looseObject({ key: MaybeText }));
/** `name` is in the language of whoever reads; the other is the name as it was given. */
export const Status = NamedRow.extend({ untranslatedName: MaybeText, statusCategory: Category });
export type Status = z.infer<typeof Status>;
export const Priority = NamedRow;

export const Issue = z.looseObject({
  id: VendorId,
  key: MaybeText,
  fields: z.looseObject({
    created: Instant,
    updated: MaybeInstant,
    status: maybe(Status),
    priority: maybe(NamedRow),
    issuetype: maybe(NamedRow),
    project: maybe(NamedRow),
    assignee: MaybeUser,
    reporter: MaybeUser,
    creator: MaybeUser,
    labels: MaybeTexts,
    resolution: maybe(NamedRow),
    resolutiondate: MaybeInstant,
    issuelinks: maybeListOf(z.unknown()),
  }),
  properties: MaybeRecord,
  changelog: maybe(z.looseObject({ total: MaybeInt, histories: maybeListOf(z.unknown()) })),
});
export type Issue = z.infer<typeof Issue>;

/** One changed field. Read key by key: `toString` is also what every object has by nature. */
const Item = z.record(z.string(), z.unknown()).transform((row, context) => {
  const text = (key: string) => {
    const value = Object.hasOwn(row, key) ? row[key] : null;
    if (value !== null && typeof value !== 'number' && typeof value !== 'string')
      context.addIssue({ code: 'custom', path: [key], message: 'a text' });
    return typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : null;
  };
  // A change of nobody knows what may be one of anything.
  if (text('fieldId') === null && text('field') === null)
    context.addIssue({ code: 'custom', path: ['field'], message: 'the field that was changed' });
  return {
    // Data Center names fields, Cloud gives their ids too.
    id: text('fieldId'),
    field: text('field') ?? '',
    // Older changes name people as they were named then, and by their account beside it.
    from: text('tmpFromAccountId') ?? text('from'),
    fromText: text('fromString'),
    to: text('tmpToAccountId') ?? text('to'),
    toText: text('toString'),
  };
});
export type Item = z.infer<typeof Item>;
export const History = z.looseObject({
  id: VendorId,
  created: Instant,
  author: Actor,
  items: z.array(Item),
});
export type History = z.infer<typeof History>;

const Property = z.looseObject({ key: z.string(), value: z.unknown().optional() });
const Visibility = z.looseObject({ internal: MaybeBool });

/** Properties of a comment, by what they say: whether it is internal. What cannot be read refuses the comment, which would be shown else. */
const SaysInternal = z
  .unknown()
  .optional()
  .transform((given, context): boolean => {
    const all = z.array(Property).nullish().safeParse(given);
    const mark = all.data?.find(({ key }) => key === 'sd.public.comment');
    const visibility = Visibility.nullish().safeParse(mark?.value);
    const isInternal = visibility.data?.internal ?? null;
    if (all.success && visibility.success && (mark === undefined || isInternal !== null)) return isInternal === true;
    context.addIssue({ code: 'custom', message: 'properties that say who sees it' });
    return z.NEVER;
  });

/** `body` is a text (v2) or a document (v3); it is looked at for links and dropped. */
export const Comment = z.looseObject({
  id: VendorId,
  created: Instant,
  author: MaybeUser,
  body: z.unknown().optional(),
  jsdPublic: orElse(MaybeBool, 'unsaid'),
  properties: SaysInternal,
  /** The role or group that alone may see it. */
  visibility: z.unknown().optional(),
});
export type Comment = z.infer<typeof Comment>;

const LinkedIssue = maybe(
  z.looseObject({
    key: z.string().min(1),
    fields: maybe(z.looseObject({ issuetype: maybe(z.looseObject({ name: MaybeText })) })),
  }),
);
export const IssueLink = z.looseObject({ id: VendorId, inwardIssue: LinkedIssue, outwardIssue: LinkedIssue });
export type IssueLink = z.infer<typeof IssueLink>;

/** The texts are in the zone of the user, which they name; not all are always there. */
const Moment = z.union([
  z.looseObject({ epochMillis: Instant }).transform(({ epochMillis }) => epochMillis),
  z.looseObject({ jira: Instant }).transform(({ jira }) => jira),
  z.looseObject({ iso8601: Instant }).transform(({ iso8601 }) => iso8601),
]);
const Span = maybe(z.looseObject({ millis: MaybeInt }));
const Cycle = z.looseObject({
  startTime: Moment,
  stopTime: maybe(Moment),
  breachTime: maybe(Moment),
  breached: MaybeBool,
  goalDuration: Span,
});
export type Cycle = z.infer<typeof Cycle>;
export const Sla = z.looseObject({
  completedCycles: listOf(Cycle),
  ongoingCycle: maybe(Cycle),
});

export const Me = z.looseObject({ accountId: MaybeText, key: MaybeText, accountType: MaybeText });
export const Group = z
  .looseObject({ groupId: MaybeText, name: z.string().min(1) })
  .transform((group) => ({ ...group, id: group.groupId ?? group.name }));
export type Group = z.infer<typeof Group>;

const FieldType = maybe(z.looseObject({ type: MaybeText, items: MaybeText, custom: MaybeText }));
export const Field = z.looseObject({
  ...{ id: z.string().min(1), name: MaybeText, untranslatedName: MaybeText, custom: MaybeBool, schema: FieldType },
});
export type Field = z.infer<typeof Field>;

export const Desk = z.looseObject({ id: VendorId, projectId: VendorId, projectKey: z.string().min(1) });
export type Desk = z.infer<typeof Desk>;
/** A service project, or a request type of it. */
export const DeskNode = z.looseObject({ id: VendorId, serviceDeskId: MaybeId, projectKey: MaybeText });
export type DeskNode = z.infer<typeof DeskNode>;
export const RequestField = z.looseObject({ fieldId: z.string().min(1), required: MaybeBool, visible: MaybeBool });
export type RequestField = z.infer<typeof RequestField>;
export const Queue = z.looseObject({ id: VendorId, jql: MaybeText });
export type Queue = z.infer<typeof Queue>;
export const Organisation = NamedRow;
export type Organisation = Named;
