import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { toField as fieldRecord, type Holds } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { toCalendar as calendarRecords, type DayHours } from '../../src/kit/records/calendar.ts';
import { toIntegration as integrationRecord } from '../../src/kit/records/integrations.ts';
import { toAgent as agentRecord } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { isList } from './account.ts';
import { BusinessHours, type Field, Hours, type Integration, type Setting, type Survey, type User } from './schema.ts';
import type { Settings } from './settings.ts';
import { isBot, WORDS } from './words.ts';

export function toAgent(row: User, settings: Settings): TelemetryRecord<'agent'> {
  const role = row.role?.name ?? null;
  return agentRecord(
    {
      id: row.id,
      name: row.name,
      role: WORDS.role(role),
      active: row.active !== false && !row.deactivated_datetime,
      teams: [],
      created_at: row.created_datetime,
      program: isBot(role),
    },
    statedOf(settings),
  );
}

/** The default business hours, which stand among the settings of the account. */
export function toCalendar(row: Setting): Mapped {
  if (!/^business-hours$/i.test(row.type ?? '')) return {};
  const hours = BusinessHours.safeParse(row.data).data;
  // Nobody has set them up: that is not to say that the desk never works.
  if (hours?.business_hours.length === 0) return {};
  const days = (hours?.business_hours ?? []).flatMap((one): DayHours[] => {
    const span = Hours.safeParse(one).data;
    // What is no span is no time of day either: it sets the hours aside.
    if (span === undefined) return [{ day: '', from: null, to: null }];
    const named = span.days.split(',').map((day) => WORDS.day(day.trim()) ?? day);
    // The vendor writes the end of a day as its last minute.
    const to = /^23:59/.test(span.to_time) ? '24:00' : span.to_time;
    return named.map((day) => ({ day, from: span.from_time, to }));
  });
  return calendarRecords({ id: row.id, zone: hours?.timezone ?? null, days, isDefault: true }, 'business-hours');
}

const HOLDS: Readonly<Record<string, Holds>> = { number: 'number', boolean: 'checkbox' };

/** A field of tickets by the hints of its name and type (docs/recognition.md); what the vendor manages it for goes before its name. Required ones have to be filled before a ticket is closed. */
export function toField(row: Field): TelemetryRecord<'automation'> {
  const type = row.definition?.data_type?.toLowerCase() ?? '';
  const required = row.required === true || /^required$/i.test(row.requirement_type ?? '');
  return fieldRecord({
    id: row.id,
    name: row.id,
    title: WORDS.managed(row.managed_type) ?? row.label,
    holds: isList(row) ? 'code' : (HOLDS[type] ?? 'text'),
    active: !row.deactivated_datetime,
    updated_at: row.updated_datetime,
    ...(required ? { required_to_solve: [row.id] } : {}),
  });
}

/** What an integration serves is told by its type, else by its name and host; neither is kept. */
export function toIntegration(row: Integration): TelemetryRecord<'integration'> {
  const facts = { id: row.id, active: !row.deactivated_datetime && !row.deleted_datetime };
  const byType = integrationRecord({ ...facts, names: [row.type] });
  return byType.class === 'other'
    ? integrationRecord({ ...facts, names: [row.name], url: row.http?.url ?? null })
    : byType;
}

/** A survey that was sent or answered; one that waits to be sent was not offered yet. What an answer out of scale is worth is not known. */
export function toSurvey(row: Survey): TelemetryRecord<'csat'> | null {
  const { id, ticket_id, score: stars, sent_datetime: offered_at, scored_datetime: answered_at } = row;
  if ((offered_at ?? answered_at) === null) return null;
  const score = answered_at === null || stars === null || stars < 1 || stars > 5 ? null : (stars - 1) / 4;
  return { ...blank('csat'), id, ticket_id, offered_at, answered_at, score, scale: '1-5' };
}
