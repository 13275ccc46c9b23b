import { available } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import { type Feed, type FeedHead, joinMapped, probeCall } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import { envelope } from '../../src/kit/vendor-schema.ts';
import {
  accessOf,
  type Context,
  codesOf,
  loadDesk,
  openSession,
  PAGES,
  type Session,
  TICKET_FIELDS,
  TICKETS,
} from './account.ts';
import { toAgent, toCalendar, toField, toIntegration, toSurvey } from './map-config.ts';
import { toMacro, toRule, toView } from './map-rules.ts';
import { readTickets } from './read-tickets.ts';
import { Field, Integration, Macro, Rule, Setting, Survey, Team, User, View } from './schema.ts';
import { Settings, statedOf, urlOf } from './settings.ts';

const { list } = feedsOf<Settings, Session>();

const grant = (scope: string) =>
  `Use the API key of an admin (Settings > REST API), or give the app the scope ${scope} and authorise it anew.`;
const WHOLE = { at: 'data', page: PAGES };
const RULE = fields('automations', 'active condition_fields condition_terms unread_conditions');
const DOES = fields('automations', 'actions action_terms unread_actions');

const users = list({
  ...WHOLE,
  id: 'users',
  title: 'Users',
  fills: { agents: ['role', 'active', 'human', 'created_at'] },
  words: { permission: grant('users:read') },
  path: '/api/users',
  rows: User,
  map: (rows, { settings }) => ({ agent: rows.map((row) => toAgent(row, settings)) }),
});

const teams = list({
  ...WHOLE,
  id: 'teams',
  title: 'Teams',
  fills: { agents: ['team', 'membership', 'purpose', 'tier'] },
  words: { permission: grant('users:read') },
  path: '/api/teams',
  rows: Team,
  map: (rows, { settings }) => ({
    team: rows.map((row) => toTeam(row, statedOf(settings))),
    membership: toMemberships(rows.flatMap((row) => row.members.map((user) => [user.id, row.id] as const))),
  }),
});

const businessHours = list({
  ...WHOLE,
  id: 'business-hours',
  title: 'Business hours',
  fills: { calendars: ['time_zone', 'weekly'] },
  words: { permission: grant('account:read') },
  path: '/api/account/settings',
  rows: Setting,
  map: (rows) => joinMapped(rows.map(toCalendar)),
});

const ticketFields = list({
  ...WHOLE,
  ...TICKET_FIELDS,
  id: 'ticket-fields',
  title: 'Ticket fields',
  fills: {
    automations: [
      ...fields('automations', 'active condition_fields condition_terms unread_conditions'),
      ...fields('automations', 'required_to_solve updated_at'),
    ],
  },
  words: { permission: grant('custom_fields:read') },
  rows: Field,
  map: (rows) => ({ automation: rows.map(toField) }),
});

const rules = list({
  ...WHOLE,
  id: 'rules',
  title: 'Rules',
  fills: { automations: [...RULE, ...DOES, 'updated_at'] },
  words: { permission: grant('rules:read') },
  path: '/api/rules',
  rows: Rule,
  async map(rows, context) {
    const desk = await loadDesk(context);
    return { automation: rows.map((row) => toRule(row, desk)) };
  },
});

const macros = list({
  ...WHOLE,
  id: 'macros',
  title: 'Macros',
  fills: { automations: ['active', ...DOES, 'updated_at'] },
  words: { permission: grant('macros:read') },
  path: '/api/macros',
  rows: Macro,
  async map(rows, context) {
    const desk = await loadDesk(context);
    return { automation: rows.map((row) => toMacro(row, desk)) };
  },
});

const views = list({
  ...WHOLE,
  id: 'views',
  title: 'Views',
  fills: { automations: RULE },
  words: { permission: grant('tickets:read') },
  path: '/api/views',
  rows: View,
  async map(rows, context) {
    const desk = await loadDesk(context);
    return { automation: rows.flatMap((row) => toView(row, desk)) };
  },
});

const integrations = list({
  ...WHOLE,
  id: 'integrations',
  title: 'Integrations',
  fills: { integrations: ['class', 'active'] },
  words: { permission: grant('integrations:read') },
  path: '/api/integrations',
  rows: Integration,
  map: (rows) => ({ integration: rows.map(toIntegration) }),
});

/** An answer changes a survey and not its place in the list, which knows only the day of creation: it is read whole. */
const surveys = list({
  ...WHOLE,
  id: 'satisfaction',
  title: 'Satisfaction surveys',
  fills: { csat: fields('csat', 'offered_at answered_at score scale') },
  words: { permission: grant('satisfaction_survey:read') },
  path: '/api/satisfaction-surveys',
  query: { order_by: 'created_datetime:asc' },
  rows: Survey,
  map(rows, { settings }) {
    const start = startAt(settings);
    const due = rows.filter((row) => (row.scored_datetime ?? row.sent_datetime ?? start) >= start);
    return { csat: due.flatMap((row) => toSurvey(row) ?? []) };
  },
});

const HISTORY = fields(
  'events',
  'status group assignee tag sla delete escalation from_value to_value actor actor_id rule_id',
);

const ticketHead: FeedHead<Context> = {
  id: 'tickets',
  title: 'Tickets with their messages',
  fills: {
    tickets: fields(
      'tickets',
      'open_tickets updated_at status vendor_status priority_rank vendor_priority channel vendor_channel group_id',
      'assignee_id requester_key product category severity cause_code created_by created_by:customer created_by:agent',
      'created_by:machine created_on_behalf deleted spam tags filled_fields reported_solved_at',
    ),
    events: HISTORY,
    messages: fields(
      'messages',
      'author author_id public note channel auto_reply template_id article_ids promised_reply_s promise_business_hours',
      'through_api',
    ),
    bot_sessions: fields('bot_sessions', 'started_at handed_over requester_key ticket_id'),
    links: ['kind', 'kind:issue', 'system', 'target_key', 'linked_at'],
  },
  words: { permission: grant('tickets:read') },
  async shows({ session, settings }) {
    const shown = await session.history();
    return available({
      since: settings.since === undefined ? null : startAt(settings),
      lacks: {
        tickets: lackedCodes(codesOf(settings, (await session.fields()) ?? [])),
        events: shown ? [] : HISTORY,
      },
      detail: shown ? null : `What happened to tickets is not shown. ${grant('events:read')}`,
    });
  },
};

const tickets: Feed<Context> = {
  id: ticketHead.id,
  title: ticketHead.title,
  kind: 'history',
  provides: ticketHead.fills,
  probe: (context) => probeCall(context, ticketHead, TICKETS),
  read: readTickets,
};

/** Gorgias, REST API (README.md has the behaviours, limits and what it cannot show). */
export const gorgias = declareConnector<Settings, Session>({
  id: 'gorgias',
  title: 'Gorgias',
  settings: Settings,
  flags: [
    { name: 'url', description: 'account (acme) or address (https://acme.gorgias.com)', required: true },
    { name: 'user', description: 'e-mail of the user that the API key belongs to', required: false },
  ],
  example: { url: 'acme', user: 'you@acme.com' },
  account: accessOf,
  lagS: 60,
  never: {
    sla_policies:
      'Gorgias does not give its service-level policies over the interface; Settings > SLAs has them: describe the targets in plumbline.yaml.',
    sla_clocks:
      'Over the interface Gorgias counts kept and missed promises in total only; Statistics > Support performance > SLAs lists the tickets.',
    articles:
      'The help centre of Gorgias has an interface of its own, which the API key does not open; Help center > Articles has them.',
    article_views: 'Gorgias does not give the views of articles over the interface; Statistics > Help center has them.',
    organisations:
      'Gorgias keeps single customers and no companies; the customers of the connected shop have their tags and orders.',
  },
  async identify(context) {
    // What every key has to see, so that nothing else is asked of it.
    const ask = TICKETS.page.first({ path: TICKETS.path }, 1);
    const reply = await context.http.getJson({ ...ask, schema: envelope('data', {}), signal: context.signal });
    return { role: 'user', account: new URL(context.http.origin).host, serverNow: serverTime(reply) };
  },
  open: openSession,
  feeds: [users, teams, businessHours, ticketFields, rules, macros, views, integrations, surveys, tickets],
  ticketUrl: (settings, ticketId) =>
    `${urlOf(settings).href.replace(/\/$/, '')}/app/ticket/${encodeURIComponent(ticketId)}`,
});
