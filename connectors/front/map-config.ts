import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeText } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { codeTerms, holdsAny, valuesById } from '../../src/kit/named-fields.ts';
import { customerRoleOf } from '../../src/kit/recognise-customer.ts';
import { toCalendar as calendarRecords } from '../../src/kit/records/calendar.ts';
import { toIntegration as integrationRecord } from '../../src/kit/records/integrations.ts';
import { toOrganisation as organisationRecord } from '../../src/kit/records/organisations.ts';
import { toAgent as agentRecord, type Named, toTeam } from '../../src/kit/records/people.ts';
import { promiseOfArticle } from '../../src/kit/records/texts.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import type { Context } from './account.ts';
import { listsOf, nameOf, tierFieldOf } from './desk.ts';
import {
  type Account,
  type Article,
  type ArticleContent,
  type Channel,
  type CustomField,
  type Inbox,
  linkedId,
  type Shift,
  type Teammate,
} from './schema.ts';
import type { Settings } from './settings.ts';
import { WORDS } from './words.ts';

export function toAgent(row: Teammate, teams: readonly Named[], settings: Settings): TelemetryRecord<'agent'> {
  const { id, is_admin: isAdmin } = row;
  const program = (WORDS.seat(row.type) ?? 'person') !== 'person';
  const role =
    isAdmin === true ? 'admin' : /^visitor$/i.test(row.type ?? '') ? 'light' : isAdmin === null ? null : 'agent';
  const facts = {
    id,
    name: program ? null : nameOf(row),
    role,
    active: row.is_blocked !== true,
    teams,
    program,
  } as const;
  return agentRecord(facts, statedOf(settings));
}

/** An inbox is the queue that work comes into; what its own name does not say, that of its team may. */
export function toQueue(row: Inbox, team: string | null, settings: Settings): TelemetryRecord<'team'> {
  const own = toTeam(row, statedOf(settings));
  const above = toTeam({ id: row.id, name: team }, statedOf(settings));
  return { ...own, purpose: own.purpose ?? above.purpose, tier: own.tier ?? above.tier };
}

/** A shift: one span a day. `alone` = there is no other one, so that it is the business hours of the desk. */
export function toCalendar(row: Shift, alone: boolean, settings: Settings): Mapped {
  const days = Object.entries(row.times ?? {}).flatMap(([day, span]) =>
    span === null || (span.start === null && span.end === null) ? [] : [{ day, from: span.start, to: span.end }],
  );
  const { businessShift } = settings;
  const isDefault = businessShift === undefined ? alone : row.id === businessShift;
  return calendarRecords({ id: row.id, zone: row.timezone, days, isDefault }, 'shifts');
}

/** A customer by codes and yes or no: names, amounts and dates are not kept. */
export function toOrganisation(
  row: Account,
  own: readonly CustomField[] | null,
  context: Context,
): TelemetryRecord<'organisation'> {
  const fields = own ?? [];
  const values = valuesById(row.custom_fields, fields);
  const tierField = tierFieldOf(context.settings, fields);
  const has = (...roles: string[]) => holdsAny(values, fields, (name) => roles.includes(customerRoleOf(name) ?? ''));
  const facts = {
    id: row.id,
    created_at: row.created_at,
    tier: tierField === null ? null : codeText(values[tierField]),
    terms: own === null ? null : codeTerms('org', values, listsOf(own)),
    domain: row.domains[0],
    externalIds: [row.external_id],
    has_contract: has('renewal', 'value'),
    has_health: has('health'),
  };
  return organisationRecord(facts, context);
}

/** An article with its text, which is looked at for a stated reply time and dropped. `shown` = customers can reach its knowledge base. */
export function toArticle(row: Article, content: ArticleContent, shown: boolean): TelemetryRecord<'article'> {
  const published = content.status === null ? null : /^published$/i.test(content.status);
  return {
    ...blank('article'),
    id: row.id,
    created_at: row.created_at,
    edited_at: content.last_edited_at ?? row.updated_at,
    published,
    public: shown ? published : false,
    editor_id: linkedId(content, 'last_editor'),
    category: linkedId(row, 'category'),
    promised_reply_s: promiseOfArticle(content.content),
  };
}

/** A channel of an inbox connects the desk with a service; the addresses and names of channels are not looked at. */
export function toIntegration({ id, type, is_valid }: Channel): TelemetryRecord<'integration'> {
  return integrationRecord({ id: `channel:${id}`, active: is_valid !== false, names: [type] });
}
