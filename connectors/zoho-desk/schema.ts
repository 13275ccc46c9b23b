import { z } from 'zod';
import {
  flag,
  Ids,
  Instant,
  listOf,
  MaybeBool,
  MaybeId,
  MaybeInstant,
  MaybeInt,
  MaybeRecord,
  MaybeText,
  maybe,
  NamedRow,
  orElse,
  Texts,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/** Several keys of one kind. */
function keys<S extends z.ZodType, K extends string>(schema: S, ...names: K[]): Record<K, S> {
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<K, S>;
}

/**
 * Records of the interface v1, only the fields that are used. Numbers come as texts, ids have 19 digits. Whatever is not needed to understand a record
 * may be missing or null.
 */
const Named = maybe(z.looseObject({ id: MaybeId, name: MaybeText, type: MaybeText }));
/** Fields of the desk's own: under `cf` by API name, under `customFields` by label. */
const OWN = keys(MaybeRecord, 'cf', 'customFields');

/** An `on`/`off` that the vendor writes as a word. */
export const isOff = (status: string | null): boolean => /^(inactive|disabled|deleted|closed)$/i.test(status ?? '');

export const Ticket = z.looseObject({
  id: VendorId,
  createdTime: Instant,
  sourceTicket: Named,
  tagCount: MaybeInt,
  ...OWN,
  ...keys(MaybeInstant, 'modifiedTime', 'closedTime', 'dueDate'),
  ...keys(MaybeText, 'status', 'statusType', 'priority', 'classification', 'category', 'channel'),
  ...keys(MaybeId, 'layoutId', 'departmentId', 'teamId', 'assigneeId', 'contactId', 'accountId', 'productId', 'slaId'),
  ...keys(MaybeBool, 'isSpam', 'isTrashed', 'isDeleted', 'isEscalated'),
});
export type Ticket = z.infer<typeof Ticket>;

/** A thread or a comment. `content` and `summary` are looked at for links and stated times and dropped. */
export const Talk = z
  .looseObject({
    id: VendorId,
    ...keys(MaybeInstant, 'createdTime', 'commentedTime'),
    ...keys(MaybeText, 'direction', 'channel', 'status', 'content', 'summary'),
    visibility: orElse(MaybeText, 'unsaid'),
    isPublic: flag(false),
    isForward: flag(false),
    ...keys(MaybeId, 'responderId', 'commenterId'),
    ...keys(Named, 'author', 'commenter'),
  })
  .transform((talk, context) => {
    const at = talk.createdTime ?? talk.commentedTime;
    if (at !== null) return { ...talk, at };
    context.addIssue({ code: 'custom', message: 'an instant' });
    return z.NEVER;
  });
export type Talk = z.infer<typeof Talk>;

/** One line of the history: it has no id. A value is a text, something with an id, a list, or what was there before and after. */
export const Past = z.looseObject({
  eventTime: Instant,
  eventName: z.string().min(1),
  source: MaybeText,
  actor: Named,
  eventInfo: listOf(z.looseObject({ propertyName: z.string().min(1), propertyValue: z.unknown().optional() })),
});
export type Past = z.infer<typeof Past>;

/** Durations are texts: `01:50 hrs`. */
export const Metrics = z.looseObject({
  ...keys(MaybeText, 'firstResponseTime', 'resolutionTime'),
  ...keys(MaybeInt, 'reopenCount', 'reassignCount', 'outgoingCount'),
});
export type Metrics = z.infer<typeof Metrics>;

export const Tag = z.union([
  z.string().min(1),
  z.looseObject({ name: z.string().min(1) }).transform(({ name }) => name),
]);

export const Rating = z
  .looseObject({ id: VendorId, rating: MaybeText, ratedTime: Instant, ticketId: MaybeId, ticket: Named })
  .transform((row, context) => {
    const ticket = row.ticketId ?? row.ticket?.id ?? null;
    if (ticket !== null) return { ...row, ticket };
    context.addIssue({ code: 'custom', path: ['ticketId'], message: 'the id of a ticket' });
    return z.NEVER;
  });
export type Rating = z.infer<typeof Rating>;

export const Organization = z.looseObject({ id: VendorId, isAdminInOrg: MaybeBool });
export const Department = NamedRow.extend({ isEnabled: MaybeBool });
export type Department = z.infer<typeof Department>;
export const Team = NamedRow.extend({ ...keys(Ids, 'agents', 'derivedAgents') });
export type Team = z.infer<typeof Team>;
export const Agent = NamedRow.extend({
  ...keys(MaybeText, 'status', 'rolePermissionType'),
  ...keys(MaybeBool, 'isConfirmed', 'isZiaAgent'),
  profile: Named,
  associatedDepartmentIds: Ids,
});
export type Agent = z.infer<typeof Agent>;

const Span = z.looseObject({ startTime: MaybeText, endTime: MaybeText });
export const BusinessHours = NamedRow.extend({
  type: MaybeText,
  status: MaybeText,
  timeZone: Named,
  associatedHolidayList: maybe(z.looseObject({ holidayListId: MaybeId })),
  holidayLists: listOf(z.looseObject({ id: MaybeId })),
  businessTimes: listOf(
    z.looseObject({ day: z.string(), startTime: MaybeText, endTime: MaybeText, timeSlots: listOf(Span) }),
  ),
});
export type BusinessHours = z.infer<typeof BusinessHours>;
const MonthDay = z.string().regex(/^\d{2}-\d{2}$/);
export const HolidayList = z.looseObject({
  status: MaybeText,
  year: MaybeInt,
  holidays: listOf(z.looseObject({ from: MonthDay, to: MonthDay })),
});
export type HolidayList = z.infer<typeof HolidayList>;
export const RelatedRule = z.looseObject({ ruleId: VendorId, ruleType: MaybeText });

export const Sla = NamedRow.extend({
  isActive: MaybeBool,
  status: MaybeText,
  departmentId: MaybeId,
  department: Named,
});
export type Sla = z.infer<typeof Sla>;

const Choice = z.looseObject({ value: z.string(), statusType: MaybeText });
export const Field = z.looseObject({
  id: VendorId,
  apiName: z.string().min(1),
  displayLabel: MaybeText,
  type: MaybeText,
  modifiedTime: MaybeInstant,
  allowedValues: listOf(Choice),
});
export type Field = z.infer<typeof Field>;

export const Layout = z.looseObject({
  id: VendorId,
  status: MaybeText,
  modifiedTime: MaybeInstant,
  sections: listOf(
    z.looseObject({ fields: listOf(z.looseObject({ apiName: z.string().min(1), isMandatory: MaybeBool })) }),
  ),
});
export type Layout = z.infer<typeof Layout>;

export const Condition = z.looseObject({
  fieldName: z.string(),
  condition: MaybeText,
  fieldModule: MaybeText,
  value: z.unknown().optional(),
});
const Criteria = maybe(z.looseObject({ fieldConditions: listOf(z.unknown()) }));
export const AssignmentRule = NamedRow.extend({
  status: MaybeText,
  executeOptions: Texts,
  targets: listOf(
    z.looseObject({
      criteria: Criteria,
      ...keys(MaybeId, 'targetId', 'fromDepartmentId', 'toDepartmentId', 'agentId', 'teamId'),
    }),
  ),
});
export type AssignmentRule = z.infer<typeof AssignmentRule>;

/** Criteria and actions of rule groups have no form that the vendor describes: they are counted. */
export const RuleGroup = NamedRow.extend({
  modifiedTime: MaybeInstant,
  departmentProperties: listOf(z.looseObject({ id: MaybeId, ruleGroupStatus: MaybeText })),
  events: listOf(z.looseObject({ sysName: MaybeText, userCriteria: MaybeRecord })),
  rules: listOf(
    z.looseObject({
      criteria: MaybeRecord,
      clusters: listOf(z.looseObject({ nodes: listOf(z.looseObject({ propertyType: MaybeText })) })),
    }),
  ),
});
export type RuleGroup = z.infer<typeof RuleGroup>;
export const Webhook = NamedRow.extend({ url: MaybeText, isEnabled: MaybeBool });
export type Webhook = z.infer<typeof Webhook>;

export const Account = z.looseObject({ id: VendorId, createdTime: MaybeInstant, website: MaybeText, ...OWN });
export type Account = z.infer<typeof Account>;
export const Contract = z.looseObject({
  account: Named,
  contractStatus: MaybeText,
  ...keys(MaybeId, 'accountId', 'associatedSLAId'),
});

export const Article = z.looseObject({
  id: VendorId,
  createdTime: Instant,
  modifiedTime: MaybeInstant,
  isTrashed: MaybeBool,
  ...keys(MaybeText, 'status', 'permission', 'webUrl', 'permalink'),
  ...keys(MaybeId, 'authorId', 'modifierId', 'categoryId'),
  ...keys(MaybeInt, 'likeCount', 'dislikeCount', 'viewCount'),
});
export type Article = z.infer<typeof Article>;
