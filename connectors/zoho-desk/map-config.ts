import { z } from 'zod';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeText, toField as fieldRecord, type Holds } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { toCalendar as calendarRecords, type DayHours } from '../../src/kit/records/calendar.ts';
import { toForm as formRecord } from '../../src/kit/records/forms.ts';
import { toIntegration } from '../../src/kit/records/integrations.ts';
import { toOrganisation as organisationRecord } from '../../src/kit/records/organisations.ts';
import { toAgent as agentRecord, type Named } from '../../src/kit/records/people.ts';
import { toPolicy as policyRecords } from '../../src/kit/records/service-levels.ts';
import { lookedAt, unread } from '../../src/kit/rule-terms.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { firstFit, type Patterns } from '../../src/kit/vocabulary.ts';
import type { Context } from './account.ts';
import { isList } from './account.ts';
import {
  type Account,
  type Agent,
  type Article,
  type BusinessHours,
  type Field,
  type HolidayList,
  isOff,
  type Layout,
  type Sla,
  type Webhook,
} from './schema.ts';
import type { Settings } from './settings.ts';
import { WORDS } from './words.ts';

export function toAgent(row: Agent, teams: readonly Named[], settings: Settings): TelemetryRecord<'agent'> {
  return agentRecord(
    {
      id: row.id,
      name: row.name,
      role: WORDS.role(row.rolePermissionType) ?? WORDS.profile(row.profile?.name),
      // Who has not confirmed the invitation does not work here yet.
      active: !isOff(row.status) && row.isConfirmed !== false,
      teams,
      program: row.isZiaAgent === true,
    },
    statedOf(settings),
  );
}

const WEEK = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Hours of one set. A day is closed where both its times are midnight and it has no slots. */
function daysOf(row: BusinessHours): DayHours[] {
  if (/^24x7$/i.test(row.type ?? '')) return WEEK.map((day) => ({ day, from: 0, to: 1440 }));
  const days = new Map(row.businessTimes.map((one) => [one.day.toLowerCase(), one]));
  return [...days.values()].flatMap(({ day, startTime: from, endTime: to, timeSlots: slots }): DayHours[] => {
    if (slots.length > 0) return slots.map((slot) => ({ day, from: slot.startTime, to: slot.endTime }));
    return from === null || from === to ? [] : [{ day, from, to }];
  });
}

/** Holidays that come every year are written down for the years that tickets may be of. */
const YEARS_BACK = 10;

export function toCalendar(row: BusinessHours, lists: readonly HolidayList[], until: Date): Mapped {
  if (isOff(row.status)) return {};
  const first = until.getUTCFullYear() - YEARS_BACK;
  const recurring = Array.from({ length: YEARS_BACK + 2 }, (_, i) => first + i);
  const holidays = lists
    .filter((list) => !isOff(list.status))
    .flatMap(({ year: only, holidays: days }) =>
      (only === null ? recurring : [only]).flatMap((year) =>
        days.map(({ from, to }) => ({ from: `${year}-${from}`, to: `${to < from ? year + 1 : year}-${to}` })),
      ),
    )
    // The 29th of February is not in every year.
    .filter(({ from, to }) => isDay(from) && isDay(to));
  const once = [...new Map(holidays.map((day) => [`${day.from} ${day.to}`, day])).values()];
  const zone = row.timeZone?.id ?? null;
  return calendarRecords({ id: row.id, zone, days: daysOf(row), holidays: once, isDefault: false }, 'business-hours');
}

const isDay = (day: string): boolean => z.iso.date().safeParse(day).success;

/** A policy by its department, the contracts that name it and its hours; what it promises is shown on the screen alone. */
export function toPolicy(row: Sla, calendar: string | undefined, byContract: boolean): Mapped {
  const department = row.departmentId ?? row.department?.id ?? null;
  const conditions = [
    ...(department === null ? [] : [lookedAt('group', `group:${department}`)]),
    ...(byContract ? [unread({ word: 'organisation', terms: null })] : []),
  ];
  return policyRecords({
    id: row.id,
    active: row.isActive !== false && !isOff(row.status),
    is_default: false,
    calendar_id: calendar ?? null,
    conditions: conditions.length === 0 ? null : conditions,
    targets: [],
  });
}

const HOLDS: Patterns<Holds> = [
  [/^(boolean|checkbox)$/i, 'checkbox'],
  [/^(number|percent|decimal|currency)$/i, 'number'],
  [/^date/i, 'date'],
];

/** A field of tickets by the hints of its label and type (docs/recognition.md). */
export function toField(row: Field): TelemetryRecord<'automation'> {
  const type = row.type ?? '';
  return fieldRecord({
    id: row.id,
    name: row.apiName,
    title: row.displayLabel,
    holds: firstFit(HOLDS, type) ?? (isList(row) ? 'code' : 'text'),
    updated_at: row.modifiedTime,
  });
}

export function toForm(row: Layout): TelemetryRecord<'automation'> {
  const all = row.sections.flatMap(({ fields }) => fields);
  const names = (of: typeof all) => of.map(({ apiName }) => apiName);
  return formRecord({
    id: row.id,
    active: !isOff(row.status),
    shown: names(all),
    required: names(all.filter((one) => one.isMandatory === true)),
    updated_at: row.modifiedTime,
  });
}

export function toOrganisation(
  row: Account,
  field: string | null,
  contracts: ReadonlySet<string | null> | null,
  context: Context,
): TelemetryRecord<'organisation'> {
  const tier = field === null ? null : codeText(row.cf?.[field] ?? row.customFields?.[field] ?? row[field]);
  const site = row.website === null ? null : row.website.replace(/^(?!https?:)/i, 'https://');
  const host = site !== null && URL.canParse(site) ? new URL(site).hostname.replace(/^www\./, '') : '';
  const facts = {
    id: row.id,
    created_at: row.createdTime,
    tier,
    terms: field === null ? null : tier === null ? [] : [`org:${field}=${tier}`],
    domain: host,
    has_contract: contracts === null ? null : contracts.has(row.id),
  };
  return organisationRecord(facts, context);
}

export function toArticle(row: Article): TelemetryRecord<'article'> {
  return {
    ...blank('article'),
    id: row.id,
    created_at: row.createdTime,
    edited_at: row.modifiedTime,
    published: row.isTrashed === true ? false : row.status === null ? null : /^published$/i.test(row.status),
    public: WORDS.forCustomers(row.permission),
    author_id: row.authorId,
    editor_id: row.modifierId,
    category: row.categoryId,
    helpful_votes: row.likeCount,
    unhelpful_votes: row.dislikeCount,
    views_total: row.viewCount,
  };
}

/** What a webhook serves is told by its name and host; neither is kept. */
export function toWebhook({ id, name, url, isEnabled }: Webhook): TelemetryRecord<'integration'> {
  return toIntegration({ id: `webhook:${id}`, active: isEnabled !== false, names: [name], url });
}
