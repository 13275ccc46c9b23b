import type { StreamName } from './observability.ts';
import { TABLES, type TableName } from './telemetry.ts';

/** Tables that hold the records of each evidence stream; the first one is the one that is counted. */
export const STREAM_TABLES: Readonly<Record<StreamName, readonly [TableName, ...TableName[]]>> = {
  tickets: ['ticket'],
  events: ['event'],
  messages: ['message', 'message_template', 'ticket_sample'],
  sla_policies: ['sla_policy', 'sla_target'],
  sla_clocks: ['sla_clock'],
  calendars: ['calendar'],
  csat: ['csat'],
  articles: ['article'],
  article_views: ['article_view', 'help_centre_count'],
  bot_sessions: ['bot_session', 'bot_count'],
  automations: ['automation'],
  agents: ['agent', 'team', 'membership'],
  organisations: ['organisation'],
  links: ['link'],
  integrations: ['integration'],
};

/** Streams that show configuration as it is now: they say nothing about the time before they were first seen. */
export const CONFIGURATION_STREAMS: ReadonlySet<StreamName> = new Set<StreamName>([
  'sla_policies',
  'calendars',
  'automations',
  'integrations',
]);

function sumsOf(stream: StreamName, table: TableName): string[] {
  return Object.keys(TABLES[table].columns).map((column) => `${stream}.${column}`);
}

/** Needs that only a report in a file meets (docs/deflection-counts.md): no vendor is short of them. */
export const FROM_REPORTS: ReadonlySet<string> = new Set(
  [...sumsOf('article_views', 'help_centre_count'), ...sumsOf('bot_sessions', 'bot_count')].filter(
    (need) => !need.endsWith('.day'),
  ),
);
