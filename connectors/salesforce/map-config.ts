import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { toField } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { purposeOf } from '../../src/kit/recognise-team.ts';
import { toCalendar } from '../../src/kit/records/calendar.ts';
import { toIntegration as integrationRecord } from '../../src/kit/records/integrations.ts';
import { toAgent } from '../../src/kit/records/people.ts';
import { toPolicy } from '../../src/kit/records/service-levels.ts';
import { lookedAt, toAutomation } from '../../src/kit/rule-terms.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { holdsOf } from './fields.ts';
import type { Article, BusinessHours, Configured, Field, Package, SlaProcess, User } from './schema.ts';
import type { Settings } from './settings.ts';
import { isProgramUser, type Staff } from './staff.ts';

type Automation = TelemetryRecord<'automation'>;

/**
 * An employee. Who has no licence for support and belongs to no queue of cases is a colleague who helps at times; where an org gives nobody that licence,
 * or does not show it, nothing tells them apart. Who is in no queue works where the role or the department says. `seesFields` = it is shown which fields users have.
 */
export function toEmployee(
  user: User,
  staff: Staff,
  settings: Settings,
  seesFields: boolean,
): TelemetryRecord<'agent'> {
  const queues = [...staff.members].flatMap(([id, members]) =>
    members.has(user.Id) ? [{ id, name: staff.queues?.get(id)?.Name ?? null }] : [],
  );
  const licensed = [...(staff.users?.values() ?? [])].some((one) => one.UserPermissionsSupportUser === true);
  const serves = user.UserPermissionsSupportUser === true || queues.length > 0;
  const served = serves || !licensed ? 'agent' : 'light';
  const named = [user.UserRole?.Name ?? null, user.Department].find((name) => purposeOf(name) !== null) ?? null;
  return toAgent(
    {
      id: user.Id,
      name: user.Name,
      role: /administrator/i.test(user.Profile?.Name ?? '') ? 'admin' : seesFields && staff.seesMembers ? served : null,
      active: user.IsActive !== false,
      teams: queues.length > 0 ? queues : [{ id: user.UserRoleId ?? '', name: named }],
      created_at: user.CreatedDate,
      program: isProgramUser(user, settings),
    },
    statedOf(settings),
  );
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
export const HOURS = DAYS.flatMap((day) => [`${day}StartTime`, `${day}EndTime`]);

/** A day that begins and ends at midnight is open all day, one without times is closed. Which holidays belong to which hours is not shown. */
export function toHours(row: BusinessHours): Mapped {
  const days = DAYS.flatMap((day) => {
    // `08:00:00.000Z`, on the clock of the zone whatever the letter says.
    const [from, to] = [row[`${day}StartTime`], row[`${day}EndTime`]].map((time) =>
      typeof time === 'string' ? time.replace(/(?:\.\d+)?Z?$/, '') : time,
    );
    return from == null || to == null ? [] : [{ day, from, to }];
  });
  const facts = { id: row.Id, zone: row.TimeZoneSidKey, days, isDefault: row.IsDefault === true };
  return toCalendar(facts, 'business-hours');
}

/** An entitlement process. Whom it is for is told by entitlements, which are terms of the customers; its milestones are not shown. */
export function toProcess(row: SlaProcess): Mapped {
  if (row.SObjectType !== null && !/^case$/i.test(row.SObjectType)) return {};
  return toPolicy({
    id: row.Id,
    active: row.IsActive === true,
    is_default: false,
    conditions: [lookedAt('contract', `org:SlaProcess=${row.Id}`)],
    targets: [],
    calendar_id: row.BusinessHoursId,
    updated_at: row.LastModifiedDate,
  });
}

/** What every case is asked for by the org itself: a field that may not be empty and has no value of its own. */
export function toCaseField(row: Field): Automation {
  const required = row.nillable === false && row.createable === true && row.defaultedOnCreate !== true;
  return toField({
    id: row.name,
    name: row.name,
    title: row.label,
    holds: holdsOf(row),
    vendor_default: row.custom !== true,
    required_fields: required && row.custom === true ? [row.name] : [],
  });
}

type Kind = Automation['kind'];

/** A piece of configuration that the interface names without showing what it looks at and does. */
export function toConfigured(row: Configured, kind: Kind): Automation[] {
  const id = row.DurableId ?? row.Id;
  if (id === null) return [];
  const facts = { last_fired_at: row.LastUsedDate, updated_at: row.LastModifiedDate };
  return [
    toAutomation({
      ...{ id, kind, ...facts },
      active: (row.Active ?? row.IsActive) !== false,
      does: kind === 'macro' ? [lookedAt('comment')] : null,
    }),
  ];
}

/** A flow that runs on cases, by a change of them or by the clock; flows on other objects are other people's business. */
export function toFlow(row: Configured): Automation[] {
  const object = row.TriggerObjectOrEventId ?? row.TriggerObjectOrEventLabel;
  if (!/^case$/i.test(object ?? '')) return [];
  return toConfigured(row, /^scheduled/i.test(row.TriggerType ?? '') ? 'automation' : 'trigger');
}

/** In the public knowledge base or for customers who sign in; null where one of the two is not shown and the other is no. */
function isForCustomers({ IsVisibleInPkb: everybody, IsVisibleInCsp: customers }: Article): boolean | null {
  if (everybody === true || customers === true) return true;
  return everybody === false && customers === false ? false : null;
}

/**
 * One version of an article; the id is that of the article, which its versions share. `seesFields` = it is shown which fields versions of articles have: without them the first version is not told from
 * later ones.
 */
export function toArticle(row: Article, seesFields: boolean): TelemetryRecord<'article'> {
  const published = /^online$/i.test(row.PublishStatus ?? '');
  return {
    ...blank('article'),
    id: row.KnowledgeArticleId,
    created_at: row.ArticleCreatedDate ?? row.CreatedDate,
    edited_at: published ? (row.LastPublishedDate ?? row.LastModifiedDate) : row.LastModifiedDate,
    published,
    public: isForCustomers(row),
    author_id: row.ArticleCreatedById ?? (seesFields ? row.CreatedById : null),
    editor_id: row.LastModifiedById,
    category: row.RecordTypeId,
    from_ticket_id: row.SourceId?.startsWith('500') === true ? row.SourceId : null,
  };
}

/** An installed package by the class of tool that its name stands for; the vendor lists what is installed only. */
export function toIntegration(row: Package): TelemetryRecord<'integration'> {
  return integrationRecord({ id: row.Id, active: true, names: [row.SubscriberPackage?.Name] });
}
