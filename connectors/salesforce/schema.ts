import { z } from 'zod';
import {
  flag,
  Instant,
  keys,
  listOfGood,
  MaybeBool,
  MaybeInstant,
  MaybeNumber,
  MaybeText,
  MaybeTexts,
  maybe,
  orElse,
} from '../../src/kit/vendor-schema.ts';

/**
 * Records as queries give them, only the fields that are used. What an org does not have, or does not show to the user, is not asked for: all but the
 * id may be missing or null. Ids of 15 characters stand for the same record as those of 18, and become those.
 */

/** Histories give values of any type. */
const Value = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? null : String(value)));
const Id = z
  .string()
  .regex(/^\w{1,64}$/, 'an id')
  .transform(longId);
const MaybeId = z
  .union([z.literal(''), Id])
  .nullish()
  .transform((value) => (value === '' || value === undefined ? null : value));
/** The record that a lookup points to. */
const of = <S extends z.ZodRawShape>(shape: S) => maybe(z.looseObject(shape));

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18 characters of an id: the last three say which of the others are capital letters, five a letter. */
export function longId(id: string): string {
  if (id.length !== 15) return id;
  const ends = [0, 5, 10].map((from) => {
    const bits = [...id.slice(from, from + 5)].reduce((sum, char, i) => sum + (/[A-Z]/.test(char) ? 2 ** i : 0), 0);
    return LETTERS[bits];
  });
  return id + ends.join('');
}

const Creator = of({ UserType: MaybeText });
const created = { CreatedById: MaybeId, CreatedBy: Creator };

export const Case = z.looseObject({
  Id,
  CreatedDate: Instant,
  ...keys(MaybeInstant, 'SystemModstamp', 'ClosedDate'),
  ...created,
  ...keys(MaybeText, 'Status', 'Priority', 'Origin', 'Type', 'Reason', 'ContactEmail', 'SuppliedEmail'),
  ...keys(MaybeId, 'OwnerId', 'AccountId', 'ContactId', 'ProductId', 'BusinessHoursId', 'RecordTypeId', 'ParentId'),
  ...keys(MaybeId, 'MasterRecordId'),
  Parent: of({ Type: MaybeText }),
  ...keys(MaybeBool, 'IsClosed', 'IsEscalated', 'IsDeleted'),
});
export type Case = z.infer<typeof Case>;

/** `OldValue` and `NewValue` are of the type of the field: texts, numbers, true or false. */
export const CaseHistory = z.looseObject({
  Id,
  CaseId: Id,
  Field: z.string().min(1),
  ...keys(Value, 'OldValue', 'NewValue'),
  CreatedDate: Instant,
  ...created,
});
export type CaseHistory = z.infer<typeof CaseHistory>;

/** Status and owner of a case from `LastModifiedDate` on. */
export const CaseState = z.looseObject({
  Id,
  CaseId: Id,
  Status: MaybeText,
  ...keys(MaybeId, 'OwnerId', 'LastModifiedById'),
  LastModifiedDate: Instant,
});
export type CaseState = z.infer<typeof CaseState>;

/** Addresses are compared and `TextBody` is looked at for links; both are dropped. A mail of which it is not told whether it came in is neither side's. */
export const EmailMessage = z
  .looseObject({
    Id,
    ParentId: Id,
    CreatedDate: Instant,
    MessageDate: MaybeInstant,
    Incoming: MaybeBool,
    ...keys(MaybeText, 'Status', 'ToAddress', 'CcAddress', 'BccAddress', 'TextBody'),
    ...created,
    EmailTemplateId: MaybeId,
    Parent: of({ CreatedDate: MaybeInstant, CreatedById: MaybeId, ContactEmail: MaybeText, SuppliedEmail: MaybeText }),
  })
  .refine((row) => isIncoming(row) !== null, { path: ['Incoming'], message: 'whether it came in' });
export type EmailMessage = z.infer<typeof EmailMessage>;

/** Whether a mail came in, by its state where it is not said: new (0), read (1), replied to (2) and forwarded (4) did; sent (3) and drafts (5) did not. */
export function isIncoming(row: { readonly Incoming: boolean | null; readonly Status: string | null }): boolean | null {
  if (row.Incoming !== null) return row.Incoming;
  const state = row.Status ?? '';
  return /^[0124]$/.test(state) ? true : /^[35]$/.test(state) ? false : null;
}

export const CaseComment = z.looseObject({
  Id,
  ParentId: Id,
  CreatedDate: Instant,
  IsPublished: flag(false),
  CommentBody: MaybeText,
  ...created,
});
export type CaseComment = z.infer<typeof CaseComment>;

export const FeedComment = z.looseObject({ Id, CreatedDate: Instant, CommentBody: MaybeText, ...created });
export const FeedPost = z.looseObject({
  Id,
  ParentId: Id,
  ...keys(MaybeText, 'Type', 'Body'),
  CreatedDate: Instant,
  Visibility: orElse(MaybeText, 'unsaid'),
  ...created,
  /** A page of them: a long list goes on behind `nextRecordsUrl`. */
  FeedComments: of({ records: z.array(z.unknown()), nextRecordsUrl: MaybeText }),
});
export type FeedPost = z.infer<typeof FeedPost>;

export const CaseArticle = z.looseObject({
  Id,
  CaseId: Id,
  KnowledgeArticleId: MaybeId,
  CreatedDate: Instant,
  ...created,
});
export type CaseArticle = z.infer<typeof CaseArticle>;

export const CaseMilestone = z.looseObject({
  Id,
  CaseId: Id,
  ...keys(MaybeId, 'MilestoneTypeId', 'BusinessHoursId'),
  ...keys(MaybeInstant, 'StartDate', 'TargetDate', 'CompletionDate'),
  ...keys(MaybeBool, 'IsCompleted', 'IsViolated'),
  ...keys(MaybeNumber, 'TargetResponseInMins', 'StoppedTimeInMins'),
  Case: of({ IsStopped: MaybeBool, Entitlement: of({ SlaProcessId: MaybeId }) }),
});
export type CaseMilestone = z.infer<typeof CaseMilestone>;
export const MilestoneType = z.looseObject({ Id, Name: MaybeText, RecurrenceType: MaybeText });
export type MilestoneType = z.infer<typeof MilestoneType>;

export const SlaProcess = z.looseObject({
  Id,
  ...keys(MaybeBool, 'IsActive', 'IsVersionDefault'),
  SObjectType: MaybeText,
  BusinessHoursId: MaybeId,
  LastModifiedDate: MaybeInstant,
});
export type SlaProcess = z.infer<typeof SlaProcess>;
export const Entitlement = z.looseObject({
  Id,
  ...keys(MaybeId, 'AccountId', 'SlaProcessId'),
  ...keys(MaybeText, 'Status', 'EndDate'),
});
export type Entitlement = z.infer<typeof Entitlement>;

export const BusinessHours = z.looseObject({
  Id,
  ...keys(MaybeBool, 'IsActive', 'IsDefault'),
  TimeZoneSidKey: z.string().min(1),
});
export type BusinessHours = z.infer<typeof BusinessHours>;

export const User = z.looseObject({
  Id,
  ...keys(MaybeText, 'Name', 'Email', 'UserType', 'Department'),
  ...keys(MaybeBool, 'IsActive', 'UserPermissionsSupportUser'),
  CreatedDate: MaybeInstant,
  UserRoleId: MaybeId,
  UserRole: of({ Name: MaybeText }),
  Profile: of({ Name: MaybeText }),
});
export type User = z.infer<typeof User>;
export const UserRole = z.looseObject({ Id, ParentRoleId: MaybeId });
export type UserRole = z.infer<typeof UserRole>;
/** `Type` Queue, Regular, Role, RoleAndSubordinates and others; the latter stand for the people of the role `RelatedId`. */
export const Group = z.looseObject({ Id, Name: MaybeText, Type: MaybeText, RelatedId: MaybeId });
export type Group = z.infer<typeof Group>;
export const GroupMember = z.looseObject({ Id, GroupId: Id, UserOrGroupId: Id });
export type GroupMember = z.infer<typeof GroupMember>;
export const QueueObject = z.looseObject({ Id, QueueId: Id, SobjectType: MaybeText });

export const Account = z.looseObject({
  Id,
  CreatedDate: MaybeInstant,
  SystemModstamp: Instant,
  ...keys(MaybeText, 'Website', 'Type'),
  ...keys(MaybeBool, 'IsPartner', 'IsDeleted'),
});
export type Account = z.infer<typeof Account>;

export const Opportunity = z.looseObject({
  Id,
  ...keys(MaybeId, 'AccountId', 'RecordTypeId'),
  CloseDate: MaybeText,
  ...keys(MaybeBool, 'IsClosed', 'IsWon'),
});
export type Opportunity = z.infer<typeof Opportunity>;

export const AccountHistory = z.looseObject({ Id, AccountId: Id, CreatedDate: Instant });

export const CaseStatus = z.looseObject({ Id, ApiName: MaybeText, MasterLabel: MaybeText, IsClosed: MaybeBool });
export type CaseStatus = z.infer<typeof CaseStatus>;

/** A piece of configuration by what all of them have. */
export const Configured = z.looseObject({
  Id: MaybeId,
  ...keys(MaybeText, 'DurableId', 'NamespacePrefix', 'TriggerType', 'TriggerObjectOrEventLabel'),
  ...keys(MaybeText, 'TriggerObjectOrEventId'),
  ...keys(MaybeBool, 'Active', 'IsActive'),
  ...keys(MaybeInstant, 'LastModifiedDate', 'LastUsedDate'),
});
export type Configured = z.infer<typeof Configured>;

export const Article = z.looseObject({
  Id,
  KnowledgeArticleId: Id,
  PublishStatus: MaybeText,
  CreatedDate: Instant,
  ...keys(MaybeInstant, 'ArticleCreatedDate', 'LastModifiedDate', 'LastPublishedDate'),
  ...keys(MaybeId, 'CreatedById', 'ArticleCreatedById', 'LastModifiedById', 'RecordTypeId', 'SourceId'),
  ...keys(MaybeBool, 'IsVisibleInPkb', 'IsVisibleInCsp'),
});
export type Article = z.infer<typeof Article>;
export const ArticleName = z.looseObject({ Id, KnowledgeArticleId: Id, UrlName: z.string().min(1) });

export const Package = z.looseObject({ Id, SubscriberPackage: of({ Name: MaybeText }) });
export type Package = z.infer<typeof Package>;

export const RelatedIssue = z.looseObject({
  Id,
  CaseId: Id,
  RelatedIssueId: MaybeId,
  RelatedEntityType: MaybeText,
  CreatedDate: Instant,
});
export type RelatedIssue = z.infer<typeof RelatedIssue>;

export const MessagingSession = z.looseObject({
  Id,
  CreatedDate: Instant,
  ...keys(MaybeInstant, 'StartTime', 'AcceptTime'),
  AgentType: MaybeText,
  ...keys(MaybeId, 'CaseId', 'MessagingEndUserId', 'OwnerId'),
});
export type MessagingSession = z.infer<typeof MessagingSession>;

export const Born = z.looseObject({ Id, CreatedDate: Instant });
export const ChatTranscript = z.looseObject({
  Id,
  CaseId: Id,
  OwnerId: MaybeId,
  StartTime: MaybeInstant,
  OperatorMessageCount: MaybeNumber,
});
export type ChatTranscript = z.infer<typeof ChatTranscript>;
export const VoiceCall = z.looseObject({
  Id,
  ...keys(MaybeId, 'RelatedRecordId', 'OwnerId'),
  ...keys(MaybeInstant, 'CallAcceptDateTime', 'CallConnectDateTime'),
});
export type VoiceCall = z.infer<typeof VoiceCall>;

export const Invitation = z.looseObject({ Id, CreatedDate: Instant });
export type Invitation = z.infer<typeof Invitation>;
export const SurveySubject = z.looseObject({ Id, ParentId: MaybeId, SubjectId: MaybeId });
export type SurveySubject = z.infer<typeof SurveySubject>;
export const SurveyResponse = z.looseObject({
  Id,
  InvitationId: MaybeId,
  Status: MaybeText,
  CompletionDateTime: MaybeInstant,
});
export type SurveyResponse = z.infer<typeof SurveyResponse>;
export const SurveyAnswer = z.looseObject({
  Id,
  ...keys(MaybeId, 'InvitationId', 'QuestionId'),
  NumberValue: MaybeNumber,
  ChoiceValue: MaybeText,
});
export type SurveyAnswer = z.infer<typeof SurveyAnswer>;
export const SurveyQuestion = z.looseObject({ Id, QuestionType: MaybeText });

/** A field as the description of its object has it. */
export const Field = z.looseObject({
  name: z.string().min(1),
  ...keys(MaybeText, 'label', 'type', 'relationshipName', 'inlineHelpText'),
  ...keys(MaybeBool, 'custom', 'nillable', 'createable', 'defaultedOnCreate'),
  referenceTo: MaybeTexts,
  picklistValues: listOfGood(z.looseObject({ value: z.string().min(1), label: MaybeText })),
});
export type Field = z.infer<typeof Field>;

/** A record type as the description of its object has it. */
export const RecordTypeInfo = z.looseObject({ recordTypeId: Id, name: z.string().min(1) });

/** An object as the org describes it: fields, and names of record types by their ids. */
export interface Description {
  readonly fields: readonly Field[];
  readonly recordTypes: ReadonlyMap<string, string>;
}

/** `identity` ends in the id of the user. */
export const Root = z.looseObject({ identity: MaybeText });
export const Knowledge = z.looseObject({
  languages: listOfGood(z.looseObject({ active: MaybeBool, name: z.string().min(1) })),
  defaultLanguage: MaybeText,
});
export const ObjectRight = z.looseObject({ Id, PermissionsViewAllRecords: MaybeBool });
export const Tracked = z.looseObject({ QualifiedApiName: z.string().min(1), IsFieldHistoryTracked: MaybeBool });
