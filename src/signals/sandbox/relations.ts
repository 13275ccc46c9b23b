/** Relations that pack SQL may read: the recorded tables and the derived views of docs/measure-views.md. */
export const RELATIONS: ReadonlySet<string> = new Set([
  'event',
  'message',
  'sla_policy',
  'sla_target',
  'sla_clock',
  'calendar',
  'csat',
  'article',
  'article_view',
  'bot_session',
  'automation',
  'agent',
  'team',
  'membership',
  'organisation',
  'link',
  'integration',
  'ticket_all',
  'ticket_h',
  'reply',
  'touch',
  'acknowledgement',
  'status_span',
  'owner_span',
  'backlog_week',
  'business_interval',
]);

/** The only functions that may stand in FROM. */
export const TABLE_FUNCTIONS: ReadonlySet<string> = new Set(['unnest', 'generate_series', 'range']);
