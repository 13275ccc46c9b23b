import { z } from 'zod';
import {
  Instant,
  listOfGood,
  MaybeBool,
  MaybeId,
  MaybeInt,
  MaybeRecord,
  MaybeText,
  NamedRow,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/**
 * Records of the interface v1, only the fields that are used. Numbers come as texts, ids have 19 digits. Whatever is not needed to understand a record
 * may be missing or null, and a cell that cannot be read is not known: it costs no ticket.
 */
function cell<S extends z.ZodType>(schema: S) {
  // Optional, or a record without the key would be refused.
  return z
    .unknown()
    .optional()
    .transform((value): z.output<S> | null => {
      const read = schema.safeParse(value);
      return read.success ? ((read.data ?? null) as z.output<S> | null) : null;
    });
}

/** Text in UTC; examples of the description have milliseconds since 1970. */
const Millis = z.union([z.int().min(1e11), z.string().regex(/^\d{12,13}$/)]).transform((ms) => new Date(Number(ms)));
export const Stamp = z.union([Instant, Millis]);
const MaybeStamp = cell(Stamp);
const Id = cell(MaybeId);
const Text = cell(MaybeText);
const Bool = cell(MaybeBool);
const Count = cell(MaybeInt);
const Values = cell(MaybeRecord);
const Named = cell(z.looseObject({ id: MaybeId, name: Text, type: Text }));

/** An `on`/`off` that the vendor writes as a word. */
export const isOff = (status: string | null): boolean => /^(inactive|disabled|deleted|closed)$/i.test(status ?? '');

export const Ticket = z.looseObject({
  id: VendorId,
  createdTime: Stamp,
  modifiedTime: MaybeStamp,
  closedTime: MaybeStamp,
  status: Text,
  statusType: Text,
  priority: Text,
  classification: Text,
  category: Text,
  channel: Text,
  layoutId: Id,
  departmentId: Id,
  teamId: Id,
  assigneeId: Id,
  contactId: Id,
  accountId: Id,
  productId: Id,
  cf: Values,
  customFields: Values,
  isSpam: Bool,
  isTrashed: Bool,
  isDeleted: Bool,
  isEscalated: Bool,
  slaId: Id,
  dueDate: MaybeStamp,
  responseDueDate: MaybeStamp,
  isResponseOverdue: Bool,
  tagCount: Count,
  sourceTicket: Named,
});
export type Ticket = z.infer<typeof Ticket>;

/** A thread or a comment. `content` and `summary` are looked at for links and stated times and dropped. */
export const Talk = z
  .looseObject({
    id: Id,
    type: Text,
    createdTime: MaybeStamp,
    commentedTime: MaybeStamp,
    direction: Text,
    channel: Text,
    visibility: Text,
    isPublic: Bool,
    isForward: Bool,
    isDescriptionThread: Bool,
    status: Text,
    author: Named,
    responderId: Id,
    commenter: Named,
    commenterId: Id,
    content: Text,
    summary: Text,
  })
  .transform((talk, context) => {
    const at = talk.createdTime ?? talk.commentedTime;
    if (at !== null && talk.id !== null) return { ...talk, id: talk.id, at };
    context.addIssue({ code: 'custom', message: 'an id and an instant' });
    return z.NEVER;
  });
export type Talk = z.infer<typeof Talk>;

/** One line of the history: it has no id. A value is a text, something with an id, a list, or what was there before and after. */
export const Past = z.looseObject({
  eventTime: Stamp,
  eventName: z.string().min(1),
  source: Text,
  actor: Named,
  eventInfo: listOfGood(z.looseObject({ propertyName: z.string().min(1), propertyValue: z.unknown().optional() })),
});
export type Past = z.infer<typeof Past>;

/** Durations are texts: `01:50 hrs`. */
export const Metrics = z.looseObject({
  firstResponseTime: Text,
  resolutionTime: Text,
  reopenCount: Count,
  reassignCount: Count,
  outgoingCount: Count,
});
export type Metrics = z.infer<typeof Metrics>;

export const Tag = z.union([
  z.string().min(1),
  z.looseObject({ name: z.string().min(1) }).transform(({ name }) => name),
]);

const TicketOfRating = cell(z.looseObject({ id: MaybeId }));
export const Rating = z
  .looseObject({ id: VendorId, rating: Text, ratedTime: Stamp, ticketId: Id, ticket: TicketOfRating })
  .transform((row, context) => {
    const ticket = row.ticketId ?? row.ticket?.id ?? null;
    if (ticket !== null) return { ...row, ticket };
    context.addIssue({ code: 'custom', path: ['ticketId'], message: 'the id of a ticket' });
    return z.NEVER;
  });
export type Rating = z.infer<typeof Rating>;

export const Organization = z.looseObject({ id: VendorId, isAdminInOrg: Bool });
export const Department = NamedRow.extend({ isEnabled: Bool });
export type Department = z.infer<typeof Department>;
export const Team = NamedRow.extend({ agents: listOfGood(VendorId), derivedAgents: listOfGood(VendorId) });
export type Team = z.infer<typeof Team>;
export const Agent = NamedRow.extend({
  status: Text,
  isConfirmed: Bool,
  rolePermissionType: Text,
  profile: Named,
  isZiaAgent: Bool,
  associatedDepartmentIds: listOfGood(VendorId),
});
export type Agent = z.infer<typeof Agent>;

const Span = z.looseObject({ startTime: MaybeText, endTime: MaybeText });
export const BusinessHours = NamedRow.extend({
  type: Text,
  status: Text,
  timeZone: Named,
  associatedHolidayList: cell(z.looseObject({ holidayListId: MaybeId })),
  holidayLists: listOfGood(z.looseObject({ id: MaybeId })),
  businessTimes: listOfGood(
    z.looseObject({ day: z.string(), startTime: Text, endTime: Text, timeSlots: listOfGood(Span) }),
  ),
});
export type BusinessHours = z.infer<typeof BusinessHours>;
const MonthDay = z.string().regex(/^\d{2}-\d{2}$/);
export const HolidayList = z.looseObject({
  status: Text,
  year: Count,
  holidays: listOfGood(z.looseObject({ from: MonthDay, to: MonthDay })),
});
export type HolidayList = z.infer<typeof HolidayList>;
export const RelatedRule = z.looseObject({ ruleId: VendorId, ruleType: Text });

export const Sla = NamedRow.extend({ isActive: Bool, status: Text, departmentId: Id, department: Named });
export type Sla = z.infer<typeof Sla>;

const Choice = z.looseObject({ value: z.string(), statusType: Text });
export const Field = z.looseObject({
  id: VendorId,
  apiName: z.string().min(1),
  displayLabel: Text,
  type: Text,
  modifiedTime: MaybeStamp,
  allowedValues: listOfGood(Choice),
});
export type Field = z.infer<typeof Field>;

export const Layout = z.looseObject({
  id: VendorId,
  status: Text,
  modifiedTime: MaybeStamp,
  sections: listOfGood(
    z.looseObject({ fields: listOfGood(z.looseObject({ apiName: z.string().min(1), isMandatory: Bool })) }),
  ),
});
export type Layout = z.infer<typeof Layout>;

export const Condition = z.looseObject({
  fieldName: z.string(),
  condition: Text,
  fieldModule: Text,
  value: z.unknown().optional(),
});
export const Criteria = cell(z.looseObject({ fieldConditions: listOfGood(z.unknown()) }));
export const AssignmentRule = NamedRow.extend({
  status: Text,
  executeOptions: listOfGood(z.string()),
  targets: listOfGood(
    z.looseObject({
      targetId: Id,
      criteria: Criteria,
      fromDepartmentId: Id,
      toDepartmentId: Id,
      agentId: Id,
      teamId: Id,
    }),
  ),
});
export type AssignmentRule = z.infer<typeof AssignmentRule>;

/** Criteria and actions of rule groups have no form that the vendor describes: they are counted. */
export const RuleGroup = NamedRow.extend({
  modifiedTime: MaybeStamp,
  departmentProperties: listOfGood(z.looseObject({ id: Id, ruleGroupStatus: Text })),
  events: listOfGood(z.looseObject({ sysName: Text, userCriteria: Values })),
  rules: listOfGood(
    z.looseObject({
      criteria: Values,
      clusters: listOfGood(z.looseObject({ nodes: listOfGood(z.looseObject({ propertyType: Text })) })),
    }),
  ),
});
export type RuleGroup = z.infer<typeof RuleGroup>;
export const View = NamedRow.extend({ isSharedView: Bool });
export const Webhook = NamedRow.extend({ url: Text, isEnabled: Bool });
export type Webhook = z.infer<typeof Webhook>;

export const Account = z.looseObject({
  id: VendorId,
  createdTime: MaybeStamp,
  website: Text,
  cf: Values,
  customFields: Values,
});
export type Account = z.infer<typeof Account>;
export const Contract = z.looseObject({ accountId: Id });

export const Article = z.looseObject({
  id: VendorId,
  createdTime: Stamp,
  modifiedTime: MaybeStamp,
  status: Text,
  permission: Text,
  authorId: Id,
  modifierId: Id,
  categoryId: Id,
  isTrashed: Bool,
  webUrl: Text,
  permalink: Text,
});
export type Article = z.infer<typeof Article>;
