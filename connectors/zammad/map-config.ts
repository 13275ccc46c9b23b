import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { toField as fieldRecord, type Holds } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { rolesOfField } from '../../src/kit/recognise-field.ts';
import { toCalendar as calendarRecords, type DayHours } from '../../src/kit/records/calendar.ts';
import { toForm as formRecord } from '../../src/kit/records/forms.ts';
import { toIntegration as integrationRecord } from '../../src/kit/records/integrations.ts';
import { toOrganisation as organisationRecord } from '../../src/kit/records/organisations.ts';
import { toAgent as agentRecord } from '../../src/kit/records/people.ts';
import { toPolicy as policyRecords } from '../../src/kit/records/service-levels.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { firstFit, type Patterns } from '../../src/kit/vocabulary.ts';
import { type Context, type Desk, holdsCode, isAdmin, nameOf, ownFields } from './account.ts';
import { isShipped, readConditions } from './map-rules.ts';
import {
  type Answer,
  type Calendar,
  Day,
  type Field,
  FieldOption,
  type Group,
  Holiday,
  type Organisation,
  type Policy,
  type Role,
  Screens,
  Shown,
  type Translation,
  type User,
  type Webhook,
} from './schema.ts';
import type { Settings } from './settings.ts';

/** Groups that somebody works in: his own, and those of his roles. */
export function groupsOf(user: User, roles: ReadonlyMap<string, Role> | null): string[] {
  const byRole = user.role_ids.flatMap((id) => roles?.get(id)?.group_ids.worked ?? []);
  return [...new Set([...user.group_ids.worked, ...byRole])].sort();
}

export function toAgent(
  user: User,
  roles: ReadonlyMap<string, Role> | null,
  groups: ReadonlyMap<string, Group> | null,
  settings: Settings,
): TelemetryRecord<'agent'> {
  return agentRecord(
    {
      id: user.id,
      name: nameOf(user),
      role: isAdmin(user, roles) ? 'admin' : 'agent',
      active: user.active !== false,
      teams: groupsOf(user, roles).map((id) => ({ id, name: groups?.get(id)?.name ?? null })),
      created_at: user.created_at,
    },
    statedOf(settings),
  );
}

/** A time that is not understood sets the calendar aside. */
export function toCalendar(row: Calendar): Mapped {
  const days = Object.entries(row.business_hours).flatMap(([day, given]): DayHours[] => {
    const hours = Day.safeParse(given);
    // What is no pair of times is no time of day either.
    if (!hours.success) return [{ day, from: null, to: null }];
    if (hours.data.active !== true) return [];
    // The vendor writes the end of a day as its last minute.
    return (hours.data.timeframes ?? []).map(([from, to]) => ({ day, from, to: to === '23:59' ? '24:00' : to }));
  });
  const holidays = Object.entries(row.public_holidays ?? {}).flatMap(([day, given]) => {
    const holiday = Holiday.safeParse(given).data;
    const counts = holiday?.active === true && holiday.removed !== true && /^\d{4}-\d{2}-\d{2}$/.test(day);
    return counts ? [{ from: day, to: day }] : [];
  });
  return calendarRecords(
    {
      id: row.id,
      zone: row.timezone,
      days,
      holidays,
      isDefault: row.default === true,
    },
    'calendars',
  );
}

const METRICS = [
  ['first_response_time', 'first_reply'],
  ['response_time', 'next_reply'],
  ['update_time', 'periodic_update'],
  ['solution_time', 'resolution'],
] as const;

/** Targets are minutes of the policy's calendar, the same for every priority: a desk makes a policy of its own for each. */
export function toPolicy(row: Policy, desk: Desk): Mapped {
  return policyRecords({
    id: row.id,
    active: true,
    is_default: isShipped(row),
    conditions: readConditions(row.condition, desk),
    calendar_id: row.calendar_id,
    updated_at: row.updated_at,
    targets: METRICS.map(([from, metric]) => ({
      metric,
      rank: null,
      seconds: row[from] === null ? null : row[from] * 60,
      businessHours: true,
    })),
  });
}

/** Attributes that every ticket has by nature: requiring them asks nothing of anybody. */
const GIVEN = new Set(['title', 'body', 'customer_id', 'organization_id', 'group_id', 'owner_id', 'state_id']);
const ALSO_GIVEN = new Set(['pending_time', 'priority_id', 'tags', 'number']);

/** What the screen of new tickets shows to customers. */
function onPortal(field: Field): { readonly shown: boolean; readonly required: boolean } {
  const hidden = { shown: false, required: false };
  const permission = FieldOption.safeParse(field.data_option).data?.permission ?? null;
  if (field.active === false || (permission !== null && !permission.includes('ticket.customer'))) return hidden;
  const screens = Screens.safeParse(field.screens).data ?? {};
  const found = ['create_top', 'create_middle', 'create_bottom'].flatMap((screen) => {
    const audience = screens[screen]?.['-all-'] ?? screens[screen]?.['ticket.customer'];
    const parsed = audience === undefined ? undefined : Shown.safeParse(audience).data;
    return parsed === undefined || parsed.shown === false ? [] : [parsed];
  });
  const required = found.some((one) => one.required === true || one.null === false);
  return { shown: found.length > 0, required: required && !GIVEN.has(field.name) && !ALSO_GIVEN.has(field.name) };
}

const HOLDS: Patterns<Holds> = [
  [/^(boolean|checkbox)$/, 'checkbox'],
  [/^integer$/, 'number'],
  [/^date/, 'date'],
];

/** An attribute of tickets by what it asks for and by the hints of what is displayed and of its type (docs/recognition.md). */
export function toField(row: Field): TelemetryRecord<'automation'> {
  return fieldRecord({
    id: row.name,
    name: row.name,
    title: row.display,
    holds: firstFit(HOLDS, row.data_type) ?? (holdsCode(row) ? 'code' : 'text'),
    active: row.active !== false,
    vendor_default: row.editable !== true,
    required_fields: onPortal(row).required ? [row.name] : [],
    updated_at: row.updated_at,
  });
}

/** The one form of the portal. */
export function toForm(fields: readonly Field[]): TelemetryRecord<'automation'> {
  const shown = fields.map((field) => ({ name: field.name, ...onPortal(field) })).filter((one) => one.shown);
  const names = (of: typeof shown) => of.map((one) => one.name);
  const required = names(shown.filter((one) => one.required));
  return formRecord({ id: 'portal', active: shown.length > 0, shown: names(shown), required });
}

/** The attribute that holds the tier of organisations: from settings, else a selection whose display says so; null = the desk has none. */
export function tierFieldOf(fields: readonly Field[] | null, settings: Settings): string | null {
  if (settings.tierField !== undefined) return settings.tierField;
  const own = ownFields(fields ?? [], 'Organization').filter(holdsCode);
  return own.find((field) => rolesOfField(field.display).includes('tier'))?.name ?? null;
}

export function toOrganisation(
  row: Organisation,
  fields: readonly Field[] | null,
  context: Context,
): TelemetryRecord<'organisation'> {
  const codes = ownFields(fields ?? [], 'Organization')
    .filter(holdsCode)
    .flatMap(({ name }): [string, string][] => codesOf(row[name]).map((value) => [name, value]));
  const field = tierFieldOf(fields, context.settings);
  // Without a field for it those who matter are marked; whether there is such a field is not known where none is shown.
  const marked = fields !== null && row.vip === true ? 'vip' : null;
  const marks = row.vip === null ? [] : [`org:vip=${row.vip}`];
  const facts = {
    id: row.id,
    created_at: row.created_at,
    tier: field === null ? marked : (codesOf(row[field])[0] ?? null),
    terms: fields === null ? null : [...marks, ...codes.map(([name, value]) => `org:${name}=${value}`)],
    domain: (row.domain ?? '').split(/[\s,]+/).find((part) => part !== ''),
  };
  return organisationRecord(facts, context);
}

/** Values of an attribute that holds codes: a text, a list of them, or yes and no. Empty gives none. */
export function codesOf(value: unknown): string[] {
  return [value]
    .flat()
    .filter((one) => (typeof one === 'string' && one !== '') || typeof one === 'boolean')
    .map(String);
}

/** An answer of the knowledge base in all its languages. `until` tells which plans for publication have come true. */
export function toArticle(row: Answer, translations: readonly Translation[], until: Date): TelemetryRecord<'article'> {
  const past = (at: Date | null) => at !== null && at.getTime() <= until.getTime();
  const shown = !past(row.archived_at);
  const stamp = (at: Date | null) => at?.getTime() ?? 0;
  const byAge = translations.toSorted((a, b) => stamp(a.created_at) - stamp(b.created_at));
  const byEdit = translations.toSorted((a, b) => stamp(a.updated_at) - stamp(b.updated_at));
  return {
    ...blank('article'),
    id: row.id,
    created_at: row.created_at,
    edited_at: byEdit.at(-1)?.updated_at ?? null,
    published: shown && (past(row.published_at) || past(row.internal_at)),
    public: shown && past(row.published_at),
    author_id: byAge[0]?.created_by_id ?? null,
    editor_id: byEdit.at(-1)?.updated_by_id ?? null,
    category: row.category_id,
  };
}

/** What a webhook serves is told by its name and host; neither is kept. */
export function toIntegration(row: Webhook): TelemetryRecord<'integration'> {
  const { id, name, endpoint: url, active } = row;
  return integrationRecord({ id: `webhook:${id}`, active: active !== false, names: [name], url });
}
