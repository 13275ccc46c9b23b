import { salesforce } from '../../connectors/salesforce/index.ts';
import type { FakeRoute } from '../conformance/connector.ts';
import { described, type FakeObject, soqlRoutes } from '../harness/fake-soql.ts';
import { type FakeRow, fixedReply } from '../harness/fake-vendor.ts';
import type { Field, Life, Ticket, Values } from './life.ts';
import type { Rendering } from './rendering.ts';

const STATUSES = {
  new: 'New',
  open: 'Working',
  pending: 'Waiting on Customer',
  solved: 'Resolved',
  closed: 'Closed',
} as const;
const PRIORITIES = { urgent: 'Urgent', high: 'High', normal: 'Medium', low: 'Low' } as const;
const ORIGINS = { email: 'Email', web: 'Web', chat: 'Chat' } as const;
const HOURS = '01m000000000001AAA';
const FIRST = '557000000000001AAA';
const SOLUTION = '557000000000002AAA';

/** Ids of 18 characters; the first three say of which kind the record is. */
const id = (prefix: string, given: string): string => `${prefix}${given.padStart(12, '0')}AAA`;
const caseId = (given: string): string => id('500', given);
const userId = (given: string): string => id('005', given);
const queueId = (given: string): string => id('00G', given);
const at = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('Z', '+0000');
const atOrNull = (seconds: number | null): string | null => (seconds === null ? null : at(seconds));

/** Mails and forms are taken in by a process of the org. */
const INTAKE = '005000000000001AAA';
const MACHINE = { CreatedById: INTAKE, CreatedBy: { UserType: 'AutomatedProcess' } };
const maker = (person: string | null, staff: ReadonlySet<string>): FakeRow =>
  person !== null && staff.has(person) ? { CreatedById: userId(person), CreatedBy: { UserType: 'Standard' } } : MACHINE;

/** A case belongs to a person or to a queue, never to both. */
const ownerOf = ({ assignee, group }: Pick<Values, 'assignee' | 'group'>): string =>
  assignee === null ? queueId(group ?? '') : userId(assignee);

function showCase(ticket: Ticket): FakeRow {
  const { is, requester } = ticket;
  return {
    Id: caseId(ticket.id),
    CreatedDate: at(ticket.createdAt),
    SystemModstamp: at(ticket.updatedAt),
    ...MACHINE,
    Status: STATUSES[is.status],
    Priority: PRIORITIES[is.priority],
    Origin: ORIGINS[ticket.channel],
    Type: ticket.type === null ? null : ticket.type.replace(/^./, (first) => first.toUpperCase()),
    Subject: ticket.subject,
    OwnerId: ownerOf(is),
    AccountId: requester.organisation === null ? null : id('001', requester.organisation),
    ContactId: id('003', requester.id.slice(-12)),
    ContactEmail: requester.email,
    SuppliedEmail: requester.email,
    BusinessHoursId: HOURS,
    IsClosed: is.status === 'solved' || is.status === 'closed',
    IsDeleted: false,
    ClosedDate: atOrNull(ticket.solvedAt),
  };
}

/** Status and priority as they were; a change of team or person is one of the owner. */
function showHistory({ id: ticketId, createdAt, born, steps }: Ticket, staff: ReadonlySet<string>): FakeRow[] {
  const row = (key: string, seconds: number, by: FakeRow, Field: string, OldValue: unknown, NewValue: unknown) => ({
    Id: id('017', key),
    CaseId: caseId(ticketId),
    Field,
    OldValue,
    NewValue,
    CreatedDate: at(seconds),
    ...by,
  });
  const now: Record<Field, string | null> = { ...born };
  const rows = steps.flatMap((step) => {
    const by = maker(step.by, staff);
    const before = ownerOf(now);
    for (const { field, to } of step.changes) now[field] = to;
    const plain = step.changes.flatMap(({ field, from, to }, place) => {
      const words: Readonly<Record<string, string>> | null =
        field === 'status' ? STATUSES : field === 'priority' ? PRIORITIES : null;
      const name = field === 'status' ? 'Status' : 'Priority';
      const key = step.id.slice(-10) + place;
      return words === null ? [] : [row(key, step.at, by, name, words[from ?? ''] ?? null, words[to ?? ''] ?? null)];
    });
    const owner = ownerOf(now);
    return before === owner ? plain : [...plain, row(`${step.id.slice(-10)}9`, step.at, by, 'Owner', before, owner)];
  });
  return [row(`1${ticketId}`, createdAt, MACHINE, 'created', null, null), ...rows];
}

function showMails({ id: ticketId, createdAt, requester, steps }: Ticket, staff: ReadonlySet<string>): FakeRow[] {
  const Parent = {
    CreatedDate: at(createdAt),
    CreatedById: INTAKE,
    ContactEmail: requester.email,
    SuppliedEmail: requester.email,
  };
  return steps.flatMap(({ said, at: seconds }) =>
    said === null || !said.public
      ? []
      : [
          {
            Id: id('02s', said.id.slice(-12)),
            ParentId: caseId(ticketId),
            Parent,
            CreatedDate: at(seconds),
            SystemModstamp: at(seconds),
            MessageDate: at(seconds),
            Incoming: said.byCustomer,
            Status: said.byCustomer ? '1' : '3',
            ToAddress: said.byCustomer ? null : requester.email,
            CcAddress: null,
            BccAddress: null,
            TextBody: said.text,
            IsDeleted: false,
            ...maker(said.by, staff),
          },
        ],
  );
}

function showNotes({ id: ticketId, steps }: Ticket, staff: ReadonlySet<string>): FakeRow[] {
  return steps.flatMap(({ said, at: seconds }) =>
    said === null || said.public
      ? []
      : [
          {
            Id: id('00a', said.id.slice(-12)),
            ParentId: caseId(ticketId),
            IsPublished: false,
            CommentBody: said.text,
            CreatedDate: at(seconds),
            SystemModstamp: at(seconds),
            IsDeleted: false,
            ...maker(said.by, staff),
          },
        ],
  );
}

function showMilestones({ id: ticketId, updatedAt, clocks }: Ticket): FakeRow[] {
  return clocks.map((clock, place) => ({
    Id: id('555', `${ticketId}${place}`),
    CaseId: caseId(ticketId),
    MilestoneTypeId: clock.metric === 'first_reply' ? FIRST : SOLUTION,
    StartDate: at(clock.startedAt),
    TargetDate: at(clock.dueAt),
    CompletionDate: atOrNull(clock.fulfilledAt),
    IsCompleted: clock.fulfilledAt !== null,
    IsViolated: clock.missed,
    BusinessHoursId: HOURS,
    TargetResponseInMins: clock.targetS / 60,
    SystemModstamp: at(updatedAt),
    Case: { IsStopped: false, Entitlement: null },
  }));
}

const STAMPS = [
  'Id:id',
  'CreatedDate:datetime',
  'SystemModstamp:datetime',
  'LastModifiedDate:datetime',
  'IsDeleted:boolean',
];
const BY = 'CreatedById:reference::CreatedBy:User';
const CASE = 'CaseId:reference::Case:Case';
const PARENT = 'ParentId:reference::Parent:Case';

/** An object of the org: its fields by marks, and its rows. */
const object = (marks: string, rows: readonly FakeRow[]): FakeObject => ({
  fields: described(...STAMPS, ...marks.split(' ')),
  rows,
  page: 2000,
});

function surveysOf({ tickets }: Life): Record<string, FakeObject> {
  const asked = tickets.flatMap(({ id: ticketId, survey }) => (survey === null ? [] : [{ ticketId, ...survey }]));
  const answered = asked.filter(({ answeredAt }) => answeredAt !== null);
  return {
    SurveyInvitation: object(
      'Name',
      asked.map(({ ticketId, offeredAt, answeredAt }) => ({
        Id: id('0Ki', ticketId),
        CreatedDate: at(offeredAt),
        SystemModstamp: at(answeredAt ?? offeredAt),
      })),
    ),
    SurveySubject: object(
      'ParentId SubjectId SubjectEntityType:picklist',
      asked.map(({ ticketId }) => ({
        Id: id('0Ks', ticketId),
        ParentId: id('0Ki', ticketId),
        SubjectId: caseId(ticketId),
        SubjectEntityType: 'Case',
      })),
    ),
    SurveyResponse: object(
      'InvitationId Status:picklist CompletionDateTime:datetime',
      answered.map(({ ticketId, answeredAt }) => ({
        Id: id('0Kr', ticketId),
        InvitationId: id('0Ki', ticketId),
        Status: 'Completed',
        CompletionDateTime: atOrNull(answeredAt),
      })),
    ),
    SurveyQuestionResponse: object(
      'InvitationId QuestionId NumberValue:int ChoiceValue:textarea',
      answered.map(({ ticketId, good }) => ({
        Id: id('0Kq', ticketId),
        InvitationId: id('0Ki', ticketId),
        QuestionId: id('0Kk', '1'),
        NumberValue: good ? 5 : 1,
        ChoiceValue: null,
      })),
    ),
    SurveyQuestion: object('QuestionType:picklist', [{ Id: id('0Kk', '1'), QuestionType: 'CSAT' }]),
  };
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function configurationOf({ staff, teams, organisations, hours, now }: Life): Record<string, FakeObject> {
  const founded = { CreatedDate: at(now - 400 * 86_400), SystemModstamp: at(now - 400 * 86_400) };
  const time = (day: string, hour: number) =>
    hours.days.includes(day.toLowerCase()) ? `${String(hour).padStart(2, '0')}:00:00.000Z` : null;
  const open = DAYS.flatMap((day) => [
    [`${day}StartTime`, time(day, hours.from)],
    [`${day}EndTime`, time(day, hours.to)],
  ]);
  const times = DAYS.map((day) => `${day}StartTime:time ${day}EndTime:time`).join(' ');
  return {
    CaseStatus: object(
      'ApiName MasterLabel IsClosed:boolean',
      Object.values(STATUSES).map((name, place) => ({
        Id: id('01J', String(place)),
        ApiName: name,
        MasterLabel: name,
        IsClosed: name === STATUSES.solved || name === STATUSES.closed,
      })),
    ),
    FieldDefinition: object(
      'QualifiedApiName IsFieldHistoryTracked:boolean EntityDefinitionId:reference::EntityDefinition',
      ['Status', 'OwnerId', 'Priority'].map((name) => ({
        QualifiedApiName: name,
        IsFieldHistoryTracked: true,
        EntityDefinition: { QualifiedApiName: 'Case' },
      })),
    ),
    MilestoneType: object('Name RecurrenceType:picklist', [
      { Id: FIRST, Name: 'First Response', RecurrenceType: 'none' },
      { Id: SOLUTION, Name: 'Resolution Time', RecurrenceType: 'none' },
    ]),
    Account: object(
      'Name Website:url Type:picklist Industry:picklist IsPartner:boolean',
      organisations.map((one) => ({ Id: id('001', one.id), Name: one.name, Website: one.domain, ...founded })),
    ),
    User: object(
      'Name Email:email UserType:picklist IsActive:boolean Department UserPermissionsSupportUser:boolean UserRoleId:reference::UserRole:UserRole ProfileId:reference::Profile',
      staff.map((one) => ({
        Id: userId(one.id),
        Name: one.name,
        Email: one.email,
        UserType: 'Standard',
        IsActive: true,
        CreatedDate: at(one.createdAt),
        SystemModstamp: at(one.createdAt),
        UserPermissionsSupportUser: true,
        Profile: { Name: one.admin ? 'System Administrator' : 'Service' },
      })),
    ),
    UserRole: object('ParentRoleId Name', []),
    Group: object(
      'Name Type:picklist RelatedId',
      teams.map((team) => ({ Id: queueId(team.id), Name: team.name, Type: 'Queue', RelatedId: null })),
    ),
    GroupMember: object(
      'GroupId UserOrGroupId',
      teams.flatMap((team) =>
        team.members.map((one) => ({
          Id: id('011', one),
          GroupId: queueId(team.id),
          UserOrGroupId: userId(one),
        })),
      ),
    ),
    QueueSobject: object(
      'QueueId SobjectType:picklist',
      teams.map((team) => ({ Id: id('03g', team.id), QueueId: queueId(team.id), SobjectType: 'Case' })),
    ),
    BusinessHours: object(`IsActive:boolean IsDefault:boolean TimeZoneSidKey:picklist Name ${times}`, [
      { Id: HOURS, IsActive: true, IsDefault: true, TimeZoneSidKey: hours.zone, ...Object.fromEntries(open) },
    ]),
    ObjectPermissions: object('PermissionsViewAllRecords:boolean SobjectType:picklist ParentId', [
      { Id: id('110', '1'), PermissionsViewAllRecords: true, SobjectType: 'Case', ParentId: id('0PS', '1') },
    ]),
  };
}

function routes(life: Life): FakeRoute[] {
  const { tickets } = life;
  const staff = new Set(life.staff.map((one) => one.id));
  const org = {
    ...configurationOf(life),
    ...surveysOf(life),
    Case: object(
      `Status:picklist Priority:picklist Origin:picklist Type:picklist ${BY} OwnerId:reference::Owner AccountId:reference::Account ContactId:reference::Contact ContactEmail:email SuppliedEmail:email BusinessHoursId:reference::BusinessHours IsClosed:boolean ClosedDate:datetime IsStopped:boolean EntitlementId:reference::Entitlement MasterRecordId:reference::MasterRecord ParentId:reference::Parent:Case`,
      tickets.map(showCase),
    ),
    CaseHistory: object(
      `${CASE} Field:picklist OldValue:anyType NewValue:anyType ${BY}`,
      tickets.flatMap((ticket) => showHistory(ticket, staff)),
    ),
    EmailMessage: object(
      `${PARENT} Incoming:boolean Status:picklist MessageDate:datetime ToAddress CcAddress BccAddress TextBody:textarea ${BY}`,
      tickets.flatMap((ticket) => showMails(ticket, staff)),
    ),
    CaseComment: object(
      `${PARENT} IsPublished:boolean CommentBody:textarea ${BY}`,
      tickets.flatMap((ticket) => showNotes(ticket, staff)),
    ),
    CaseMilestone: object(
      `${CASE} MilestoneTypeId StartDate:datetime TargetDate:datetime CompletionDate:datetime IsCompleted:boolean IsViolated:boolean BusinessHoursId TargetResponseInMins:int`,
      tickets.flatMap(showMilestones),
    ),
  };
  return [
    ...soqlRoutes(org),
    fixedReply('root', /^\/services\/data\/v60\.0$/, {
      sobjects: '/services/data/v60.0/sobjects',
      identity: `https://login.salesforce.com/id/00D5g0000000001EAA/${userId(life.staff[0]?.id ?? '')}`,
    }),
  ];
}

export const asSalesforce: Rendering = {
  connector: salesforce,
  settings: { url: 'acme' },
  secret: 'sesame-open-session',
  routes,
};
