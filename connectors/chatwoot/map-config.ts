import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { toField as fieldRecord, type Holds } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { toCalendar as calendarRecords } from '../../src/kit/records/calendar.ts';
import { toIntegration } from '../../src/kit/records/integrations.ts';
import { toAgent as agentRecord } from '../../src/kit/records/people.ts';
import { toPolicy as policyRecords } from '../../src/kit/records/service-levels.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { firstFit, type Patterns } from '../../src/kit/vocabulary.ts';
import { isList } from './account.ts';
import type { Agent, App, Attribute, Inbox, Policy, Webhook } from './schema.ts';
import type { Settings } from './settings.ts';
import { WORDS } from './words.ts';

export function toAgent(row: Agent, settings: Settings): TelemetryRecord<'agent'> {
  const { id, name } = row;
  return agentRecord(
    // Who has not confirmed the invitation does not work here yet.
    { id, name, role: WORDS.role(row.role), active: row.confirmed !== false, teams: [] },
    statedOf(settings),
  );
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Working hours of an inbox; none while they are switched off. */
export function toCalendar(row: Inbox): Mapped {
  if (row.working_hours_enabled !== true) return {};
  const days = row.working_hours
    .filter((one) => one.closed_all_day !== true)
    .map((one) => ({
      day: DAYS[one.day_of_week] as string,
      from: one.open_all_day === true ? 0 : minutes(one.open_hour, one.open_minutes),
      to: one.open_all_day === true ? 1440 : minutes(one.close_hour, one.close_minutes),
    }));
  return calendarRecords({ id: row.id, zone: row.timezone, days, isDefault: false }, 'inboxes');
}

function minutes(hour: number | null, minute: number | null): number | null {
  return hour === null ? null : hour * 60 + (minute ?? 0);
}

/** Policies are put on conversations by people and rules; they have no conditions of their own. */
export function toPolicy(row: Policy): Mapped {
  const businessHours = row.only_during_business_hours === true;
  const target = (metric: 'first_reply' | 'next_reply' | 'resolution', seconds: number | null) => ({
    metric,
    rank: null,
    seconds,
    businessHours,
  });
  return policyRecords({
    id: row.id,
    active: true,
    is_default: false,
    conditions: null,
    targets: [
      target('first_reply', row.first_response_time_threshold),
      target('next_reply', row.next_response_time_threshold),
      target('resolution', row.resolution_time_threshold),
    ],
  });
}

const HOLDS: Patterns<Holds> = [
  [/^checkbox$/i, 'checkbox'],
  [/^(number|currency|percent)$/i, 'number'],
  [/^date$/i, 'date'],
];

/** An attribute of conversations by the hints of its name and type (docs/recognition.md). */
export function toField(row: Attribute): TelemetryRecord<'automation'> {
  const type = row.attribute_display_type ?? '';
  return fieldRecord({
    id: row.id,
    name: row.attribute_key,
    title: row.attribute_display_name,
    holds: firstFit(HOLDS, type) ?? (isList(row) ? 'code' : 'text'),
    updated_at: row.updated_at,
  });
}

export function toApp(row: App): TelemetryRecord<'integration'> {
  const active = row.enabled === true || row.hooks.length > 0;
  return toIntegration({ id: `app:${row.id}`, active, names: [row.id, row.name] });
}

/** What a webhook serves is told by its name and host; neither is kept. */
export function toWebhook({ id, name, url }: Webhook): TelemetryRecord<'integration'> {
  return toIntegration({ id: `webhook:${id}`, active: true, names: [name], url });
}
