import { available } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import { namesOfPrograms } from '../../src/kit/feed/rests.ts';
import { fields } from '../../src/kit/fields.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { toAnswers } from '../../src/kit/records/surveys.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { sinceOf, startAt, statedOf } from '../../src/kit/usual-settings.ts';
import { envelope } from '../../src/kit/vendor-schema.ts';
import { accessOf, byDesk, codesOf, openSession, PAGES, type Session, TICKET_FIELDS, TICKETS } from './account.ts';
import { toAgent, toCalendar, toField, toIntegration, toSurvey } from './map-config.ts';
import { toMacro, toRule, toView } from './map-rules.ts';
import { readTickets } from './read-tickets.ts';
import { Field, Integration, Macro, Rule, Setting, Survey, Team, Ticket, Time, User, View } from './schema.ts';
import { Settings, urlOf } from './settings.ts';

const { list, sorted } = feedsOf<Settings, Session>();

const grant = (scope: string) =>
  `Use the API key of an admin (Settings > REST API), or give the app the scope ${scope} and authorise it anew.`;
/** A list below `/api`, and the scope that opens it. */
const from = (id: string, title: string, scope: string, path = id) => ({
  id,
  title,
  at: 'data',
  page: PAGES,
  path: `/api/${path}`,
  words: { permission: grant(`${scope}:read`) },
});
const SELECTS = fields('automations', 'active condition_fields condition_terms unread_conditions');
const DOES = fields('automations', 'actions action_terms unread_actions updated_at');

const users = list({
  ...from('users', 'Users', 'users'),
  fills: { agents: ['role', 'active', 'human', 'created_at'] },
  rows: User,
  map: (rows, { settings }) => ({ agent: rows.map((row) => toAgent(row, settings)) }),
});

const teams = list({
  ...from('teams', 'Teams', 'users'),
  fills: { agents: ['team', 'membership', 'purpose', 'tier'] },
  rows: Team,
  map: (rows, { settings }) => ({
    team: rows.map((row) => toTeam(row, statedOf(settings))),
    membership: toMemberships(rows.flatMap((row) => row.members.map((user) => [user.id, row.id] as const))),
  }),
});

const businessHours = list({
  ...from('business-hours', 'Business hours', 'account', 'account/settings'),
  fills: { calendars: ['time_zone', 'weekly'] },
  rows: Setting,
  map: (rows) => joinMapped(rows.map(toCalendar)),
});

const ticketFields = list({
  ...from('ticket-fields', 'Ticket fields', 'custom_fields', 'custom-fields'),
  query: TICKET_FIELDS.query,
  fills: { automations: [...SELECTS, 'required_to_solve', 'updated_at'] },
  rows: Field,
  map: (rows) => ({ automation: rows.map(toField) }),
});

const rules = list({
  ...from('rules', 'Rules', 'rules'),
  fills: { automations: [...SELECTS, ...DOES] },
  rows: Rule,
  map: byDesk(toRule),
});

const macros = list({
  ...from('macros', 'Macros', 'macros'),
  fills: { automations: ['active', ...DOES] },
  rows: Macro,
  map: byDesk(toMacro),
});

const views = list({
  ...from('views', 'Views', 'tickets'),
  fills: { automations: SELECTS },
  rows: View,
  map: byDesk(toView),
});

const integrations = list({
  ...from('integrations', 'Integrations', 'integrations'),
  fills: { integrations: ['class', 'active'] },
  rows: Integration,
  map: (rows) => ({ integration: rows.map(toIntegration) }),
});

/** An answer changes a survey and not its place in the list, which knows only the day of creation: it is read whole. */
const surveys = list({
  ...from('satisfaction', 'Satisfaction surveys', 'satisfaction_survey', 'satisfaction-surveys'),
  query: { order_by: 'created_datetime:asc' },
  fills: { csat: fields('csat', 'offered_at answered_at score scale') },
  rows: Survey,
  map(rows, { settings }) {
    const start = startAt(settings);
    const due = rows.filter((row) => (row.scored_datetime ?? row.sent_datetime ?? start) >= start);
    return toAnswers(
      due.flatMap((row) => toSurvey(row) ?? []),
      { feed: 'satisfaction', path: 'score', expected: '1 to 5' },
    );
  },
});

const HISTORY = fields(
  'events',
  'status group assignee tag sla delete escalation from_value to_value actor actor_id rule_id',
);

const MESSAGES = fields(
  'messages',
  'author author_id public note channel auto_reply template_id article_ids promised_reply_s promise_business_hours',
  'through_api',
);
const BOTS = fields('bot_sessions', 'started_at handed_over requester_key ticket_id');
const LINKS = fields('links', 'kind kind:issue system target_key linked_at');

/** Sorted by the last change; it cannot be asked for what changed. */
const tickets = sorted({
  ...TICKETS,
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
    messages: MESSAGES,
    bot_sessions: BOTS,
    links: LINKS,
  },
  words: { permission: grant('tickets:read') },
  rows: Ticket,
  by: {
    fields: ['updated_datetime', 'created_datetime'],
    read: Time,
    oldestFirst: { order_by: 'updated_datetime:asc' },
    newestFirst: { order_by: 'updated_datetime:desc' },
    cursor: 'cursor',
  },
  start: ({ settings }) => startAt(settings),
  async shows({ session, settings }) {
    const shown = await session.history();
    return available({
      since: sinceOf(settings),
      lacks: {
        tickets: lackedCodes(codesOf(settings, (await session.fields()) ?? [])),
        events: shown ? [] : HISTORY,
      },
      detail: shown ? null : `What happened to tickets is not shown. ${grant('events:read')}`,
    });
  },
  map: readTickets,
});

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
  rests: [
    namesOfPrograms((session) => session.users(), ['tickets'], `Users are not shown. ${grant('users:read')}`),
    {
      on: (session) => session.users(),
      lacks: { bot_sessions: BOTS },
      words: `Users are not shown, by whose role a bot is told. ${grant('users:read')}`,
    },
    {
      on: (session) => session.messages(),
      lacks: { messages: MESSAGES, bot_sessions: BOTS, links: LINKS, tickets: ['created_on_behalf'] },
      words: `Messages of tickets are not shown. ${grant('tickets:read')}`,
    },
  ],
  feeds: [users, teams, businessHours, ticketFields, rules, macros, views, integrations, surveys, tickets],
  ticketUrl: (settings, ticketId) =>
    `${urlOf(settings).href.replace(/\/$/, '')}/app/ticket/${encodeURIComponent(ticketId)}`,
});
