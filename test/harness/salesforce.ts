import type { FakeRoute } from '../conformance/connector.ts';
import { described, type FakeObject, type FakeOrg, soqlRoutes } from './fake-soql.ts';
import { type FakeRow, fixedReply } from './fake-vendor.ts';

/**
 * A made-up Salesforce org with Service Cloud, written from the object reference of the vendor. Queries are answered as it does: fields and objects that are not
 * there are refused. Ids, texts and names are invented; canaries are planted in every text.
 */
export const ORIGIN = 'https://acme.my.salesforce.com';
export const NOW = new Date('2026-03-07T12:00:00Z');

/** An id of 18 characters; the first three say of which kind the record is. */
export function id(prefix: string, number: number): string {
  return `${prefix}5g${String(number).padStart(10, '0')}AAA`;
}
const caseId = (number: number) => id('500', number);
export const BIG = caseId(9_007_199_254);

/** The vendor writes offsets without colon. */
const at = (time: string): string => `2026-03-${time}:00.000+0000`;

const ANN = id('005', 1);
const BOB = id('005', 2);
const SYNC = id('005', 3);
const CARL = id('005', 4);
/** Cases that come by mail and form are made in this employee's name. */
const FRONT = ANN;
const AUTO = id('005', 8);
const PORTAL = id('005', 9);
const TIER1 = id('00G', 1);
const TIER2 = id('00G', 2);
const HELPERS = id('00G', 3);
const ROLE = id('00G', 4);
const HOURS = id('01m', 1);
const PROCESS = id('552', 1);

const by = (user: string, type = 'Standard') => ({ CreatedById: user, CreatedBy: { UserType: type } });

function caseRow(number: number, stamp: string, more: FakeRow = {}): FakeRow {
  return {
    Id: caseId(number),
    CreatedDate: at('02T09:00'),
    SystemModstamp: at(stamp),
    ...by(FRONT),
    Status: 'New',
    Priority: 'Medium',
    Origin: 'Email',
    Type: 'Question',
    Reason: 'Login',
    Subject: 'Canary subject of jane@customer.example',
    OwnerId: TIER1,
    AccountId: id('001', 1),
    ContactId: id('003', 1),
    ContactEmail: 'canary@customer.example',
    SuppliedEmail: 'canary@customer.example',
    ProductId: null,
    BusinessHoursId: HOURS,
    RecordTypeId: id('012', 1),
    ParentId: null,
    Parent: null,
    MasterRecordId: null,
    IsClosed: false,
    IsEscalated: false,
    IsDeleted: false,
    ClosedDate: null,
    Severity__c: null,
    Product_Line__c: null,
    Topic__c: null,
    Root_Cause__c: null,
    Jira_Key__c: null,
    Stars__c: null,
    Note__c: 'Canary note',
    ...more,
  };
}

/** Two of them share an instant across the edge of a page, three others as well. */
export function salesforceCases(): FakeRow[] {
  return [
    caseRow(1, '02T12:00', {
      Status: 'Closed',
      Priority: 'Critical',
      Type: 'Incident',
      OwnerId: BOB,
      IsClosed: true,
      IsEscalated: true,
      ClosedDate: at('02T12:00'),
      Severity__c: 'S1',
      Product_Line__c: 'Cloud',
      Topic__c: 'Billing',
      Root_Cause__c: 'Bug',
      Jira_Key__c: 'CORE-17',
      Stars__c: 4,
      ParentId: caseId(7),
      Parent: { Type: 'Problem' },
    }),
    caseRow(2, '03T10:00', {
      ...by(BOB),
      Status: 'Waiting on Customer',
      Origin: 'Phone',
      SuppliedEmail: null,
      OwnerId: BOB,
      Priority: 'High',
    }),
    caseRow(3, '03T10:00', {
      ...by(PORTAL, 'CspLitePortal'),
      Origin: 'Customer Community',
      SuppliedEmail: null,
      Type: 'Feature Request',
      RecordTypeId: '012000000000000AAA',
    }),
    caseRow(4, '04T08:00', {
      ...by(AUTO, 'AutomatedProcess'),
      Status: 'On Hold',
      Origin: 'Web service API',
      SuppliedEmail: null,
      ContactId: null,
      ContactEmail: null,
      AccountId: null,
      Priority: null,
      Reason: null,
    }),
    { ...caseRow(5, '04T08:00', { SuppliedEmail: 'bob@acme.example', ContactEmail: null, ContactId: null }), Id: BIG },
    caseRow(6, '04T08:00', {
      ...by(BOB),
      SuppliedEmail: null,
      ContactId: null,
      ContactEmail: null,
      Origin: 'Chat - Web',
      Priority: '4 - Nobody minds',
    }),
    caseRow(7, '06T08:00', { Type: 'Problem', Priority: 'Low', Origin: 'Carrier pigeon', OwnerId: TIER2 }),
  ];
}

const BINNED = [
  caseRow(8, '05T08:00', { IsDeleted: true, Status: 'Spam' }),
  caseRow(9, '05T09:00', { IsDeleted: true, MasterRecordId: caseId(3), IsClosed: true, Status: 'Closed' }),
];

/** So many cases, a minute apart. */
export function manyCases(count: number): FakeRow[] {
  return Array.from({ length: count }, (_, i) => ({
    ...caseRow(1000 + i, '01T00:00'),
    SystemModstamp: new Date(Date.parse('2026-03-01T00:00:00Z') + i * 60_000).toISOString().replace('Z', '+0000'),
  }));
}

let counter = 0;
function change(
  caseNumber: number,
  time: string,
  field: string,
  from: unknown,
  to: unknown,
  user = BOB,
  type = 'Standard',
) {
  counter += 1;
  return {
    Id: id('017', counter),
    CaseId: caseId(caseNumber),
    Field: field,
    OldValue: from,
    NewValue: to,
    DataType: 'Text',
    CreatedDate: at(time),
    ...by(user, type),
  };
}

const HISTORY = [
  change(1, '02T09:00', 'created', null, null, FRONT),
  // A change of owner stands there twice: with names and with ids.
  change(1, '02T09:05', 'ownerAccepted', 'Canary Tier 1', 'Canary Ann', ANN),
  change(1, '02T09:05', 'ownerAccepted', TIER1, ANN, ANN),
  change(1, '02T09:10', 'Status', 'New', 'Waiting on Customer', ANN),
  change(1, '02T09:30', 'Status', 'Waiting on Customer', 'In Progress', PORTAL, 'CspLitePortal'),
  change(1, '02T10:00', 'ownerEscalated', ANN, TIER2, AUTO, 'AutomatedProcess'),
  change(1, '02T10:00', 'Priority', 'Medium', 'Critical', AUTO, 'AutomatedProcess'),
  change(1, '02T10:00', 'IsEscalated', false, true, AUTO, 'AutomatedProcess'),
  change(1, '02T10:05', 'Severity__c', null, 'S1', BOB),
  change(1, '02T10:05', 'Owner', TIER2, BOB, BOB),
  change(1, '02T10:06', 'Status', 'In Progress', 'Working', BOB),
  change(1, '02T11:00', 'Status', 'Working', 'Closed', BOB),
  change(1, '02T11:30', 'Status', 'Closed', 'In Progress', PORTAL, 'CspLitePortal'),
  change(1, '02T12:00', 'Status', 'In Progress', 'Closed', BOB),
  change(1, '02T12:00', 'closed', null, null, BOB),
  change(1, '02T13:00', 'Stars__c', null, '4', PORTAL, 'CspLitePortal'),
  ...[2, 3, 4, 6, 7].map((number) => change(number, '02T09:00', 'created', null, null, FRONT)),
  change(2, '02T09:10', 'Owner', TIER1, BOB, BOB),
  change(2, '03T10:00', 'Status', 'New', 'Waiting on Customer', BOB),
];

function state(number: number, caseNumber: number, time: string, status: string, owner: string, user = BOB): FakeRow {
  return {
    Id: id('0K2', number),
    CaseId: caseId(caseNumber),
    Status: status,
    OwnerId: owner,
    LastModifiedDate: at(time),
    LastModifiedById: user,
    PreviousUpdate: null,
  };
}

/** What the vendor keeps of status and owner of every case, whatever the field history holds. */
const STATES = [
  state(1, 2, '02T09:00', 'New', TIER1),
  state(2, 2, '02T09:10', 'New', BOB),
  state(3, 2, '03T10:00', 'Waiting on Customer', BOB),
  state(4, 7, '02T09:00', 'New', TIER2),
];

const PARENT_1 = {
  CreatedDate: at('02T09:00'),
  CreatedById: FRONT,
  ContactEmail: 'canary@customer.example',
  SuppliedEmail: 'canary@customer.example',
};

function mail(number: number, time: string, more: FakeRow): FakeRow {
  return {
    Id: id('02s', number),
    ParentId: caseId(1),
    Parent: PARENT_1,
    CreatedDate: at(time),
    SystemModstamp: at(time),
    MessageDate: at(time),
    Incoming: false,
    Status: '3',
    Subject: 'Canary subject',
    FromAddress: 'canary@acme.example',
    ToAddress: 'canary@customer.example',
    CcAddress: null,
    BccAddress: null,
    TextBody: 'Canary text of jane@customer.example',
    EmailTemplateId: null,
    IsDeleted: false,
    ...by(ANN),
    ...more,
  };
}

const ARTICLE = id('kA0', 1);
const MAILS = [
  // The mail that made the case, and the acknowledgement in the name of the same employee.
  mail(1, '02T09:00', { Incoming: true, Status: '1', ...by(FRONT) }),
  mail(2, '02T09:00', { TextBody: 'Canary, thank you. We reply within 8 business hours.', ...by(FRONT) }),
  mail(3, '02T09:10', {
    EmailTemplateId: id('00X', 1),
    TextBody: `Canary, see https://acme.my.site.com/s/article/${ARTICLE} and https://acme.my.site.com/s/article/Canary-help-3.`,
  }),
  mail(4, '02T09:30', {
    Incoming: true,
    Status: '0',
    FromAddress: 'canary@customer.example',
    TextBody: 'Canary https://github.com/acme/canary/issues/17',
    ...by(AUTO, 'AutomatedProcess'),
  }),
  mail(5, '02T10:30', { ToAddress: 'canary@supplier.example', ...by(BOB) }),
  mail(6, '02T10:40', { Status: '5', ...by(BOB) }),
  mail(7, '02T10:50', { ...by(SYNC) }),
];

function comment(number: number, time: string, published: boolean, maker: FakeRow): FakeRow {
  return {
    Id: id('00a', number),
    ParentId: caseId(2),
    IsPublished: published,
    CommentBody: 'Canary comment, see https://canary.atlassian.net/browse/CORE-17',
    CreatedDate: at(time),
    SystemModstamp: at(time),
    IsDeleted: false,
    ...maker,
  };
}
const COMMENTS = [
  comment(1, '02T09:20', false, by(BOB)),
  comment(2, '02T09:40', true, by(BOB)),
  comment(3, '02T09:50', true, by(PORTAL, 'CspLitePortal')),
];

const POSTS = [
  {
    Id: id('0D5', 1),
    ParentId: caseId(3),
    Type: 'TextPost',
    Visibility: 'AllUsers',
    Body: 'Canary post',
    CreatedDate: at('02T10:00'),
    LastModifiedDate: at('02T10:10'),
    ...by(PORTAL, 'CspLitePortal'),
    FeedComments: {
      records: [
        { Id: id('0D7', 1), CommentBody: 'Canary answer', CreatedDate: at('02T10:10'), ...by(ANN) },
        { Id: id('0D7', 2), CommentBody: 'Canary thanks', CreatedDate: at('02T10:10'), ...by(PORTAL, 'CspLitePortal') },
      ],
    },
  },
  {
    Id: id('0D5', 2),
    ParentId: caseId(3),
    Type: 'TextPost',
    Visibility: 'InternalUsers',
    Body: null,
    CreatedDate: at('02T11:00'),
    LastModifiedDate: at('02T11:00'),
    ...by(BOB),
    FeedComments: null,
  },
  {
    Id: id('0D5', 3),
    ParentId: caseId(3),
    Type: 'EmailMessageEvent',
    Visibility: 'AllUsers',
    Body: 'Canary',
    CreatedDate: at('02T12:00'),
    LastModifiedDate: at('02T12:00'),
    ...by(BOB),
    FeedComments: null,
  },
];

function milestone(number: number, caseNumber: number, type: number, time: string, more: FakeRow): FakeRow {
  return {
    Id: id('555', number),
    CaseId: caseId(caseNumber),
    MilestoneTypeId: id('557', type),
    StartDate: at('02T09:00'),
    TargetDate: at('02T10:00'),
    CompletionDate: null,
    IsCompleted: false,
    IsViolated: false,
    BusinessHoursId: HOURS,
    TargetResponseInMins: 60,
    StoppedTimeInMins: null,
    TimeRemainingInMins: '00:00',
    SystemModstamp: at(time),
    Case: { IsStopped: false, Entitlement: { SlaProcessId: PROCESS } },
    ...more,
  };
}
const MILESTONES = [
  milestone(1, 1, 1, '02T09:10', { CompletionDate: at('02T09:10'), IsCompleted: true }),
  milestone(2, 1, 2, '02T12:00', {
    TargetDate: at('02T11:00'),
    CompletionDate: at('02T12:00'),
    IsCompleted: true,
    IsViolated: true,
    TargetResponseInMins: 120,
    StoppedTimeInMins: 20,
  }),
  milestone(3, 1, 3, '02T09:40', { StartDate: at('02T09:30'), CompletionDate: at('02T09:40'), IsCompleted: true }),
  milestone(4, 1, 3, '02T11:50', {
    StartDate: at('02T11:30'),
    TargetDate: at('02T12:30'),
    CompletionDate: at('02T11:50'),
    IsCompleted: true,
  }),
  milestone(5, 2, 2, '02T09:00', { Case: { IsStopped: true, Entitlement: null }, BusinessHoursId: null }),
  milestone(6, 7, 1, '02T10:00', { IsViolated: true }),
  milestone(7, 7, 4, '02T10:00', {}),
];

const INVITATIONS = [
  { Id: id('0Ki', 1), CreatedDate: at('02T13:00'), SystemModstamp: at('02T14:00'), Name: 'Canary' },
  { Id: id('0Ki', 2), CreatedDate: at('03T13:00'), SystemModstamp: at('03T13:00'), Name: 'Canary' },
  { Id: id('0Ki', 3), CreatedDate: at('03T14:00'), SystemModstamp: at('03T14:00'), Name: 'Canary' },
];

function account(number: number, stamp: string, more: FakeRow): FakeRow {
  return {
    Id: id('001', number),
    CreatedDate: '2025-05-01T00:00:00.000+0000',
    SystemModstamp: at(stamp),
    Name: 'Canary Ltd',
    Website: null,
    Type: 'Customer',
    Industry: null,
    IsPartner: false,
    IsDeleted: false,
    Support_Tier__c: null,
    Renewal__c: null,
    Health_Score__c: null,
    ARR__c: null,
    Churn_Date__c: null,
    Last_Upsell__c: null,
    Note__c: 'Canary note',
    ...more,
  };
}
const ACCOUNTS = [
  account(1, '01T00:00', {
    Website: 'https://www.customer.example/canary',
    Industry: 'Retail',
    Support_Tier__c: 'Premium',
    Renewal__c: '2026-12-31',
    Health_Score__c: 'At risk',
    ARR__c: 9_000,
    Last_Upsell__c: '2026-01-15',
  }),
  account(2, '01T00:00', { Type: 'Reseller', Support_Tier__c: 'Basic', Churn_Date__c: '2026-02-01' }),
  account(3, '01T00:00', { Type: null, IsPartner: null }),
];

export function opportunity(number: number, of: number, closes: string, more: FakeRow): FakeRow {
  const made = { CreatedDate: '2025-05-01T00:00:00.000+0000', SystemModstamp: at('01T00:00'), IsDeleted: false };
  return {
    ...{ Id: id('006', number), AccountId: id('001', of), CloseDate: closes, ...made },
    ...{ Name: 'Canary sale', StageName: 'Canary stage', Amount: 4711, Type: null, RecordTypeId: null },
    ...{ IsClosed: false, IsWon: false },
    ...more,
  };
}
export const WON = { IsClosed: true, IsWon: true };
export const LOST = { IsClosed: true, IsWon: false };
const RENEWING = { RecordTypeId: id('012', 8) };
const OPPORTUNITIES = [
  // What the first two accounts say themselves stands before these.
  opportunity(1, 1, '2026-11-30', RENEWING),
  opportunity(2, 1, '2026-02-20', { ...WON, Type: 'Existing Customer - Upgrade' }),
  opportunity(3, 2, '2026-01-20', { ...LOST, ...RENEWING }),
  opportunity(4, 3, '2025-12-10', { ...WON, Type: 'Existing Customer - Upgrade' }),
  opportunity(5, 3, '2026-01-31', { ...WON, ...RENEWING, Type: 'Existing Customer - Replacement' }),
  opportunity(6, 3, '2027-01-31', RENEWING),
  opportunity(7, 3, '2026-06-01', { Type: 'New Customer' }),
  opportunity(8, 3, '2026-04-01', { ...RENEWING, IsDeleted: true }),
];
const TYPES = [
  'Existing Customer - Upgrade',
  'Existing Customer - Replacement',
  'Existing Customer - Downgrade',
  'New Customer',
];

const BY = ['CreatedById:reference::CreatedBy:User'] as const;
const STAMPS = [
  'Id:id',
  'CreatedDate:datetime',
  'SystemModstamp:datetime',
  'LastModifiedDate:datetime',
  'IsDeleted:boolean',
];

const object = (fields: readonly string[], rows: readonly FakeRow[], path?: string): FakeObject => ({
  fields: described(...STAMPS, ...fields),
  rows,
  ...(path === undefined ? {} : { path }),
});

export interface OrgOptions {
  /** Live cases, which a test may change while they are read. */
  readonly cases?: readonly FakeRow[];
  /** Fields of cases whose changes are kept. */
  readonly tracked?: readonly string[];
  /** Objects that the org does not have. */
  readonly without?: readonly string[];
  readonly seesAll?: boolean;
  readonly opportunities?: readonly FakeRow[];
  /** Names of the record types of opportunities. */
  readonly saleTypes?: readonly string[];
  /** What is otherwise of the account's field of health, and its value at the first account. */
  readonly health?: { readonly field: FakeRow; readonly value: unknown };
  /** Fields of cases that the org does not have, or does not show. */
  readonly hidden?: readonly string[];
}

const TRACKED = ['Status', 'OwnerId', 'Priority', 'IsEscalated', 'Severity__c', 'Stars__c'];

function opportunityObject({ opportunities = OPPORTUNITIES, saleTypes = ['Canary Renewal'] }: OrgOptions): FakeObject {
  const fields = described(
    ...STAMPS,
    ...[
      'AccountId:reference::Account',
      'Type:picklist:Canary type',
      'CloseDate:date',
      'IsClosed:boolean',
      'IsWon:boolean',
    ],
    ...['RecordTypeId:reference::RecordType', 'Name', 'StageName:picklist', 'Amount:currency'],
  );
  const picklistValues = TYPES.map((value) => ({ value, label: value, active: true, defaultValue: false }));
  return {
    fields: fields.map((field) => (field.name === 'Type' ? { ...field, picklistValues } : field)),
    rows: opportunities,
    recordTypes: saleTypes.map((name, i) => ({ recordTypeId: id('012', 8 + i), name, available: true, master: false })),
    page: 2,
  };
}

function withHealth(account: FakeObject, health: OrgOptions['health']): FakeObject {
  if (health === undefined) return account;
  const isHealth = (field: FakeRow) => field.name === 'Health_Score__c';
  return {
    ...account,
    fields: account.fields.map((field) => (isHealth(field) ? { ...field, ...health.field } : field)),
    rows: account.rows.map((row, i) => (i === 0 ? { ...row, Health_Score__c: health.value } : row)),
  };
}

function orgOf(options: OrgOptions): FakeOrg {
  const { cases = salesforceCases(), tracked = TRACKED, seesAll = true, hidden = [], health } = options;
  const fieldRows = [...TRACKED, 'Topic__c'].map((name) => ({
    QualifiedApiName: name,
    IsFieldHistoryTracked: tracked.includes(name),
    EntityDefinition: { QualifiedApiName: 'Case' },
  }));
  const accountField = {
    QualifiedApiName: 'Health_Score__c',
    IsFieldHistoryTracked: true,
    EntityDefinition: { QualifiedApiName: 'Account' },
  };
  return {
    Case: object(
      [
        ...['Status:picklist', 'Priority:picklist', 'Origin:picklist', 'Type:picklist', 'Reason:picklist', ...BY],
        ...[
          'OwnerId:reference::Owner',
          'AccountId:reference::Account',
          'ContactId:reference::Contact',
          'ContactEmail:email',
        ],
        ...['SuppliedEmail:email', 'ProductId:reference::Product', 'BusinessHoursId:reference::BusinessHours'],
        ...[
          'RecordTypeId:reference::RecordType',
          'ParentId:reference::Parent:Case',
          'MasterRecordId:reference::MasterRecord',
        ],
        ...[
          'IsClosed:boolean',
          'IsEscalated:boolean',
          'ClosedDate:datetime',
          'IsStopped:boolean',
          'EntitlementId:reference::Entitlement:Entitlement',
          'Severity__c:picklist:Severity',
        ],
        ...['Product_Line__c:picklist:Product', 'Topic__c:picklist:Category', 'Root_Cause__c:picklist:Root cause'],
        ...['Jira_Key__c:string:Jira key', 'Stars__c:double:Canary stars', 'Note__c:textarea:Canary note'],
        'Required_Area__c:picklist:Canary area',
      ].filter((mark) => !hidden.includes(mark.split(':')[0] ?? '')),
      [...cases, ...BINNED],
    ),
    // The vendor keeps changes of the fields that are tracked only.
    CaseHistory: object(
      ['CaseId:reference::Case:Case', 'Field:picklist', 'OldValue:anyType', 'NewValue:anyType', ...BY],
      HISTORY.filter(
        ({ Field }) =>
          /^(?:created|closed)$/.test(Field) || tracked.includes(/^owner/i.test(Field) ? 'OwnerId' : Field),
      ),
    ),
    CaseHistory2: object(['CaseId', 'Status', 'OwnerId', 'LastModifiedById', 'PreviousUpdate'], STATES),
    CaseStatus: object(
      ['ApiName', 'MasterLabel', 'IsClosed:boolean'],
      ['New', 'Working', 'In Progress', 'Waiting on Customer', 'On Hold', 'Closed', 'Spam'].map((name, i) => ({
        Id: id('01J', i + 1),
        ApiName: name,
        MasterLabel: name,
        IsClosed: name === 'Closed' || name === 'Spam',
      })),
    ),
    FieldDefinition: object(
      ['QualifiedApiName', 'IsFieldHistoryTracked:boolean', 'EntityDefinitionId:reference::EntityDefinition'],
      [...fieldRows, accountField],
    ),
    EmailMessage: object(
      [
        ...[
          'ParentId:reference::Parent:Case',
          'Incoming:boolean',
          'Status:picklist',
          'MessageDate:datetime',
          'FromAddress',
          ...BY,
        ],
        ...['ToAddress', 'CcAddress', 'BccAddress', 'TextBody:textarea', 'EmailTemplateId:reference::EmailTemplate'],
      ],
      MAILS,
    ),
    CaseComment: object(
      ['ParentId:reference::Parent:Case', 'IsPublished:boolean', 'CommentBody:textarea', ...BY],
      COMMENTS,
    ),
    CaseFeed: object(['ParentId', 'Type:picklist', 'Visibility:picklist', 'Body:textarea', ...BY], POSTS),
    CaseArticle: object(
      ['CaseId', 'KnowledgeArticleId', ...BY],
      [
        {
          Id: id('0D1', 1),
          CaseId: caseId(1),
          KnowledgeArticleId: ARTICLE,
          CreatedDate: at('02T10:10'),
          SystemModstamp: at('02T10:20'),
          ...by(BOB),
        },
      ],
    ),
    CaseMilestone: object(
      [
        ...[
          'CaseId:reference::Case:Case',
          'MilestoneTypeId',
          'StartDate:datetime',
          'TargetDate:datetime',
          'CompletionDate:datetime',
        ],
        ...[
          'IsCompleted:boolean',
          'IsViolated:boolean',
          'BusinessHoursId',
          'TargetResponseInMins:int',
          'StoppedTimeInMins:int',
        ],
      ],
      MILESTONES,
    ),
    MilestoneType: object(
      ['Name', 'RecurrenceType:picklist'],
      [
        { Id: id('557', 1), Name: 'First Response', RecurrenceType: 'none' },
        { Id: id('557', 2), Name: 'Resolution Time', RecurrenceType: 'none' },
        { Id: id('557', 3), Name: 'Ongoing Response', RecurrenceType: 'recursChained' },
        { Id: id('557', 4), Name: 'Root Cause Analysis', RecurrenceType: 'none' },
      ],
    ),
    SlaProcess: object(
      ['IsActive:boolean', 'SObjectType:picklist', 'IsVersionDefault:boolean', 'BusinessHoursId', 'Name'],
      [
        {
          Id: PROCESS,
          IsActive: true,
          SObjectType: 'Case',
          BusinessHoursId: HOURS,
          LastModifiedDate: at('01T00:00'),
          Name: 'Canary',
        },
        {
          Id: id('552', 2),
          IsActive: true,
          SObjectType: 'WorkOrder',
          LastModifiedDate: at('01T00:00'),
          Name: 'Canary',
        },
        { Id: id('552', 3), IsActive: false, SObjectType: 'Case', LastModifiedDate: at('01T00:00'), Name: 'Canary' },
      ],
    ),
    Entitlement: object(
      ['AccountId', 'SlaProcessId', 'Status:picklist', 'EndDate:date'],
      [
        {
          Id: id('550', 1),
          AccountId: id('001', 1),
          SlaProcessId: PROCESS,
          Status: 'Active',
          SystemModstamp: at('01T00:00'),
        },
        {
          Id: id('550', 2),
          AccountId: id('001', 2),
          SlaProcessId: PROCESS,
          Status: 'Expired',
          SystemModstamp: at('01T00:00'),
        },
        { Id: id('550', 3), AccountId: null, SlaProcessId: PROCESS, Status: 'Active', SystemModstamp: at('01T00:00') },
      ],
    ),
    AccountHistory: object(
      ['AccountId', 'Field:picklist'],
      [
        { Id: id('016', 1), AccountId: id('001', 1), Field: 'Health_Score__c', CreatedDate: at('01T08:00') },
        { Id: id('016', 2), AccountId: id('001', 1), Field: 'Health_Score__c', CreatedDate: at('01T09:00') },
        { Id: id('016', 3), AccountId: id('001', 1), Field: 'Name', CreatedDate: at('01T10:00') },
      ],
    ),
    Opportunity: opportunityObject(options),
    Account: withHealth(
      object(
        [
          ...[
            'Name',
            'Website:url',
            'Type:picklist',
            'Industry:picklist',
            'IsPartner:boolean',
            'Support_Tier__c:picklist:Support tier',
          ],
          ...['Renewal__c:date:Renewal date', 'Health_Score__c:picklist:Health score', 'Note__c:textarea:Canary note'],
          ...['ARR__c:currency:ARR', 'Churn_Date__c:date:Churn date', 'Last_Upsell__c:date:Last upsell'],
        ],
        ACCOUNTS,
      ),
      health,
    ),
    User: object(
      [
        ...[
          'Name',
          'Email:email',
          'UserType:picklist',
          'IsActive:boolean',
          'Department',
          'UserPermissionsSupportUser:boolean',
        ],
        ...['UserRoleId:reference::UserRole:UserRole', 'ProfileId:reference::Profile'],
      ],
      [
        user(ANN, 'Canary Ann', { UserPermissionsSupportUser: true, Profile: { Name: 'System Administrator' } }),
        user(BOB, 'Canary Bob', {
          Email: 'Bob@acme.example',
          UserRoleId: id('00E', 2),
          UserRole: { Name: 'Canary escalations' },
        }),
        user(SYNC, 'Canary sync bot', { IsActive: false }),
        user(CARL, 'Canary Carl', { Department: 'Platform Engineering' }),
        user(PORTAL, 'Canary Portal', { UserType: 'CspLitePortal' }),
      ],
    ),
    UserRole: object(
      ['ParentRoleId', 'Name'],
      [
        { Id: id('00E', 1), ParentRoleId: null, Name: 'Canary' },
        { Id: id('00E', 2), ParentRoleId: id('00E', 1), Name: 'Canary escalations' },
      ],
    ),
    Group: object(
      ['Name', 'Type:picklist', 'RelatedId'],
      [
        { Id: TIER1, Name: 'Canary Support Tier 1', Type: 'Queue', RelatedId: null },
        { Id: TIER2, Name: 'Canary Escalations L2', Type: 'Queue', RelatedId: null },
        { Id: HELPERS, Name: 'Canary helpers', Type: 'Regular', RelatedId: null },
        { Id: ROLE, Name: null, Type: 'RoleAndSubordinates', RelatedId: id('00E', 1) },
        { Id: id('00G', 5), Name: 'Canary leads', Type: 'Queue', RelatedId: null },
      ],
    ),
    GroupMember: object(
      ['GroupId', 'UserOrGroupId'],
      [
        { Id: id('011', 1), GroupId: TIER1, UserOrGroupId: HELPERS },
        { Id: id('011', 2), GroupId: HELPERS, UserOrGroupId: ANN },
        { Id: id('011', 3), GroupId: TIER2, UserOrGroupId: ROLE },
        { Id: id('011', 4), GroupId: TIER2, UserOrGroupId: id('005', 99) },
      ],
    ),
    QueueSobject: object(
      ['QueueId', 'SobjectType:picklist'],
      [
        { Id: id('03g', 1), QueueId: TIER1, SobjectType: 'Case' },
        { Id: id('03g', 2), QueueId: TIER2, SobjectType: 'Case' },
        { Id: id('03g', 3), QueueId: id('00G', 5), SobjectType: 'Lead' },
      ],
    ),
    BusinessHours: object(
      [
        ...['IsActive:boolean', 'IsDefault:boolean', 'TimeZoneSidKey:picklist', 'Name'],
        ...DAYS.flatMap((day) => [`${day}StartTime:time`, `${day}EndTime:time`]),
      ],
      [
        hoursRow(1, true, 'America/New_York', {
          MondayStartTime: '08:00:00.000Z',
          MondayEndTime: '17:00:00.000Z',
          SaturdayStartTime: '00:00:00.000Z',
          SaturdayEndTime: '00:00:00.000Z',
        }),
        hoursRow(2, false, 'Europe/Berlin', { TuesdayStartTime: '18:00:00.000Z', TuesdayEndTime: '00:00:00.000Z' }),
      ],
    ),
    RecordType: object(
      ['IsActive:boolean', 'SobjectType:picklist', 'Name'],
      [
        { Id: id('012', 1), IsActive: true, SobjectType: 'Case', LastModifiedDate: at('01T00:00'), Name: 'Canary' },
        { Id: id('012', 2), IsActive: true, SobjectType: 'Account', LastModifiedDate: at('01T00:00'), Name: 'Canary' },
      ],
    ),
    AssignmentRule: object(
      ['Active:boolean', 'SobjectType:picklist', 'Name'],
      [{ Id: id('01Q', 1), Active: true, SobjectType: 'Case', LastModifiedDate: at('01T00:00'), Name: 'Canary' }],
    ),
    Macro: object(['Name'], [{ Id: id('0JZ', 1), LastModifiedDate: at('01T00:00'), Name: 'Canary' }]),
    QuickText: object(['Name'], [{ Id: id('574', 1), LastModifiedDate: at('01T00:00'), Name: 'Canary' }]),
    EmailTemplate: object(
      ['IsActive:boolean', 'LastUsedDate:datetime', 'Name'],
      [
        {
          Id: id('00X', 1),
          IsActive: true,
          LastUsedDate: at('02T09:10'),
          LastModifiedDate: at('01T00:00'),
          Name: 'Canary',
        },
      ],
    ),
    FlowDefinitionView: object(
      ['DurableId', 'IsActive:boolean', 'TriggerType:picklist', 'TriggerObjectOrEventLabel', 'TriggerObjectOrEventId'],
      [
        flow(1, 'RecordAfterSave', 'Case'),
        flow(2, 'Scheduled', 'Case'),
        flow(3, 'RecordAfterSave', 'Opportunity'),
        { ...flow(4, 'RecordAfterSave', 'Case'), TriggerType: null },
      ],
    ),
    KnowledgeArticleVersion: object(
      [
        ...[
          'KnowledgeArticleId',
          'PublishStatus:picklist',
          'Language:picklist',
          'IsLatestVersion:boolean',
          'UrlName',
          'Title',
        ],
        ...[
          'ArticleCreatedDate:datetime',
          'LastPublishedDate:datetime',
          'ArticleCreatedById',
          'LastModifiedById',
          ...BY,
        ],
        ...['IsVisibleInPkb:boolean', 'IsVisibleInCsp:boolean', 'RecordTypeId', 'SourceId'],
      ],
      [
        version(1, 1, 'Online', 'en_US', { IsVisibleInPkb: true, SourceId: caseId(1) }),
        version(2, 1, 'Draft', 'en_US', {}),
        version(3, 1, 'Online', 'de', {}),
        version(4, 2, 'Draft', 'de', {}),
        version(5, 3, 'Online', 'en_US', {}),
      ],
    ),
    InstalledSubscriberPackage: object(
      ['SubscriberPackageId:reference::SubscriberPackage'],
      [
        { Id: id('0A3', 1), SubscriberPackage: { Name: 'Jira Connector' } },
        { Id: id('0A3', 2), SubscriberPackage: { Name: 'Canary tool' } },
      ],
      'tooling/query',
    ),
    CaseRelatedIssue: object(
      ['CaseId', 'RelatedIssueId', 'RelatedEntityType:picklist'],
      [issue(1, 'Incident', id('0m1', 1)), issue(2, 'Problem', id('0m2', 1)), issue(3, 'ChangeRequest', id('0m3', 1))],
    ),
    LiveChatTranscript: object(
      ['CaseId', 'OwnerId', 'StartTime:datetime', 'Status:picklist', 'OperatorMessageCount:int', 'Body:textarea'],
      [
        talk('570', 1, { OwnerId: ANN, OperatorMessageCount: 3 }),
        talk('570', 2, { OwnerId: ANN, OperatorMessageCount: 0 }),
      ],
    ),
    VoiceCall: object(
      ['RelatedRecordId', 'OwnerId', 'CallAcceptDateTime:datetime', 'CallConnectDateTime:datetime'],
      [
        talk('0LQ', 1, { OwnerId: BOB, RelatedRecordId: caseId(2), CallAcceptDateTime: at('02T08:58') }),
        talk('0LQ', 2, { OwnerId: BOB, RelatedRecordId: id('001', 1), CallAcceptDateTime: at('02T08:58') }),
      ],
    ),
    MessagingSession: object(
      ['AcceptTime:datetime', 'OwnerId', 'StartTime:datetime', 'AgentType:picklist', 'CaseId', 'MessagingEndUserId'],
      [session(1, 'Bot', null), session(2, 'BotToAgent', caseId(6)), session(3, 'Agent', caseId(6))],
    ),
    SurveyInvitation: object(['Name'], INVITATIONS),
    SurveySubject: object(
      ['ParentId', 'SubjectId', 'SubjectEntityType:picklist'],
      [subject(1, 1, caseId(1)), subject(2, 2, caseId(2)), subject(3, 3, id('001', 1))],
    ),
    SurveyResponse: object(
      ['InvitationId', 'Status:picklist', 'CompletionDateTime:datetime'],
      [{ Id: id('0Kr', 1), InvitationId: id('0Ki', 1), Status: 'Completed', CompletionDateTime: at('02T14:00') }],
    ),
    SurveyQuestionResponse: object(
      ['InvitationId', 'QuestionId', 'NumberValue:int', 'ChoiceValue:textarea'],
      [
        {
          Id: id('0Kq', 1),
          InvitationId: id('0Ki', 1),
          QuestionId: id('0Kk', 1),
          NumberValue: null,
          ChoiceValue: 'Canary',
        },
        { Id: id('0Kq', 2), InvitationId: id('0Ki', 1), QuestionId: id('0Kk', 2), NumberValue: 4, ChoiceValue: null },
      ],
    ),
    SurveyQuestion: object(
      ['QuestionType:picklist', 'Name'],
      [
        { Id: id('0Kk', 1), QuestionType: 'FreeText', Name: 'Canary' },
        { Id: id('0Kk', 2), QuestionType: 'CSAT', Name: 'Canary' },
      ],
    ),
    ObjectPermissions: object(
      ['PermissionsViewAllRecords:boolean', 'SobjectType:picklist', 'ParentId'],
      [{ Id: id('110', 1), PermissionsViewAllRecords: seesAll, SobjectType: 'Case', ParentId: id('0PS', 1) }],
    ),
  };
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function user(userId: string, name: string, more: FakeRow): FakeRow {
  return {
    Id: userId,
    Name: name,
    Email: 'canary@acme.example',
    UserType: 'Standard',
    IsActive: true,
    CreatedDate: '2025-01-01T00:00:00.000+0000',
    Department: null,
    UserPermissionsSupportUser: false,
    UserRoleId: null,
    UserRole: null,
    Profile: { Name: 'Standard User' },
    ...more,
  };
}

function hoursRow(number: number, isDefault: boolean, zone: string, times: FakeRow): FakeRow {
  const closed = Object.fromEntries(
    DAYS.flatMap((day) => [`${day}StartTime`, `${day}EndTime`]).map((key) => [key, null]),
  );
  const row = { Id: id('01m', number), IsActive: true, IsDefault: isDefault, TimeZoneSidKey: zone, Name: 'Canary' };
  return { ...row, ...closed, ...times };
}

function flow(number: number, trigger: string, of: string): FakeRow {
  return {
    DurableId: id('300', number),
    IsActive: true,
    LastModifiedDate: at('01T00:00'),
    TriggerType: trigger,
    TriggerObjectOrEventLabel: 'Canary',
    TriggerObjectOrEventId: of,
  };
}

function version(number: number, article: number, status: string, language: string, more: FakeRow): FakeRow {
  return {
    Id: id('ka0', number),
    KnowledgeArticleId: id('kA0', article),
    PublishStatus: status,
    Language: language,
    IsLatestVersion: true,
    Title: 'Canary title',
    UrlName: `Canary-help-${article}`,
    CreatedDate: '2026-01-10T00:00:00.000+0000',
    ArticleCreatedDate: '2025-06-01T00:00:00.000+0000',
    LastModifiedDate: '2026-01-15T00:00:00.000+0000',
    LastPublishedDate: status === 'Online' ? '2026-01-14T00:00:00.000+0000' : null,
    ArticleCreatedById: ANN,
    LastModifiedById: BOB,
    ...by(ANN),
    IsVisibleInPkb: false,
    IsVisibleInCsp: false,
    RecordTypeId: id('012', 5),
    SourceId: null,
    ...more,
  };
}

function issue(number: number, type: string, related: string): FakeRow {
  const made = { CreatedDate: at('02T10:15'), SystemModstamp: at('02T10:15') };
  return { Id: id('0cr', number), CaseId: caseId(1), RelatedIssueId: related, RelatedEntityType: type, ...made };
}

function session(number: number, agentType: string, of: string | null): FakeRow {
  return {
    Id: id('0Mw', number),
    CreatedDate: at('02T08:00'),
    SystemModstamp: at('02T08:30'),
    StartTime: at('02T08:00'),
    AgentType: agentType,
    CaseId: of,
    MessagingEndUserId: id('0PA', number),
    AcceptTime: of === null ? null : at('02T08:10'),
    OwnerId: of === null ? TIER1 : CARL,
    Name: 'Canary',
  };
}

function talk(prefix: string, number: number, more: FakeRow): FakeRow {
  const made = { CreatedDate: at('02T08:50'), SystemModstamp: at('02T09:20'), StartTime: at('02T08:55') };
  return { Id: id(prefix, number), CaseId: caseId(6), ...made, Status: 'Completed', Body: 'Canary chat', ...more };
}

function subject(number: number, invitation: number, of: string): FakeRow {
  const type = of.startsWith('500') ? 'Case' : 'Account';
  return { Id: id('0Ks', number), ParentId: id('0Ki', invitation), SubjectId: of, SubjectEntityType: type };
}

const WALKED = new Set(['Case', 'Account', 'KnowledgeArticleVersion']);

/** A fresh org. */
export function salesforceRoutes(options: OrgOptions = {}): readonly FakeRoute[] {
  const { without = [] } = options;
  const org = Object.fromEntries(
    Object.entries(orgOf(options))
      .filter(([name]) => !without.includes(name))
      // Small pages where much rests on how they are walked.
      .map(([name, one]) => [name, WALKED.has(name) ? { ...one, page: 2 } : one]),
  );
  return [
    ...soqlRoutes(org),
    fixedReply('root', /^\/services\/data\/v60\.0$/, {
      sobjects: '/services/data/v60.0/sobjects',
      identity: `https://login.salesforce.com/id/00D5g0000000001EAA/${ANN}`,
    }),
    fixedReply('knowledge', /\/knowledgeManagement\/settings$/, {
      defaultLanguage: 'en_US',
      knowledgeEnabled: true,
      languages: [
        { active: true, name: 'en_US' },
        { active: true, name: 'de' },
        { active: false, name: 'fr' },
      ],
    }),
  ];
}
