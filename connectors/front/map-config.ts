import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeText } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { customerRoleOf } from '../../src/kit/recognise-customer.ts';
import { tierRank } from '../../src/kit/recognise-tier.ts';
import { toolClass } from '../../src/kit/recognise-tool.ts';
import { toCalendar as calendarRecords } from '../../src/kit/records/calendar.ts';
import { toAgent as agentRecord, type Named, toTeam } from '../../src/kit/records/people.ts';
import { promiseOfArticle } from '../../src/kit/records/texts.ts';
import { type Context, isList, nameOf, tierFieldOf, valuesById } from './account.ts';
import {
  type Account,
  type Article,
  type ArticleContent,
  type Channel,
  type CustomField,
  type Inbox,
  idIn,
  type Shift,
  type Teammate,
} from './schema.ts';
import { type Settings, statedOf } from './settings.ts';
import { WORDS } from './words.ts';

export function toAgent(row: Teammate, teams: readonly Named[], settings: Settings): TelemetryRecord<'agent'> {
  const seat = WORDS.seat(row.type) ?? 'person';
  return agentRecord(
    {
      id: row.id,
      name: seat === 'person' ? nameOf(row) : null,
      role:
        row.is_admin === null ? null : row.is_admin ? 'admin' : /^visitor$/i.test(row.type ?? '') ? 'light' : 'agent',
      active: row.is_blocked !== true,
      teams,
      program: seat !== 'person',
    },
    statedOf(settings),
  );
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
  { settings, pseudonymise }: Context,
): TelemetryRecord<'organisation'> {
  const fields = own ?? [];
  const values = valuesById(row.custom_fields, fields);
  const tierField = tierFieldOf(settings, fields);
  const tier = tierField === null ? null : codeText(values[tierField]);
  const [domain] = row.domains;
  const has = (roles: readonly string[]): boolean | null => {
    const meant = fields.filter(({ name }) => roles.includes(customerRoleOf(name) ?? ''));
    return meant.length === 0
      ? null
      : meant.some(({ id }) => ![null, undefined, '', false].includes(values[id] as null));
  };
  return {
    ...blank('organisation'),
    id: row.id,
    created_at: row.created_at,
    tier,
    tier_rank: tierRank(tier, settings.tierOrder),
    terms:
      own === null
        ? null
        : codesIn(values, own)
            .map(([id, code]) => `org:${id}=${code}`)
            .sort(),
    domain_hash: domain === undefined ? null : pseudonymise('domain', domain.trim().toLowerCase()),
    has_contract: has(['renewal', 'value']),
    has_health: has(['health']),
  };
}

function codesIn(values: Readonly<Record<string, unknown>>, fields: readonly CustomField[]): [string, string][] {
  return fields.filter(isList).flatMap(({ id }): [string, string][] => {
    const code = codeText(values[id]);
    return code === null ? [] : [[id, code]];
  });
}

/** An article with its text, which is looked at for a stated reply time and dropped. `shown` = customers can reach its knowledge base. */
export function toArticle(row: Article, content: ArticleContent, shown: boolean): TelemetryRecord<'article'> {
  const published = /^published$/i.test(content.status ?? '');
  return {
    ...blank('article'),
    id: row.id,
    created_at: row.created_at,
    edited_at: content.last_edited_at ?? row.updated_at,
    published,
    public: published && shown,
    editor_id: idIn(content._links?.related?.last_editor),
    category: idIn(row._links?.related?.category),
    promised_reply_s: promiseOfArticle(content.content),
  };
}

/** Kinds of channels whose name does not say what they connect. */
const CHANNELS: Readonly<Record<string, TelemetryRecord<'integration'>['class']>> = {
  gmail: 'mail',
  imap: 'mail',
  smtp: 'mail',
  office365: 'mail',
  front_mail: 'mail',
  truly: 'telephony',
  twilio_whatsapp: 'other',
};

/** A channel of an inbox connects the desk with a service; the addresses and names of channels are not looked at. */
export function toIntegration(row: Channel): TelemetryRecord<'integration'> {
  const type = row.type?.toLowerCase() ?? '';
  return {
    ...blank('integration'),
    id: `channel:${row.id}`,
    class: CHANNELS[type] ?? toolClass(type),
    active: row.is_valid !== false,
  };
}
