import { available } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import { namesOfPrograms } from '../../src/kit/feed/rests.ts';
import { WALKED_WHOLE } from '../../src/kit/feed/since.ts';
import { fields } from '../../src/kit/fields.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { toAnswers } from '../../src/kit/records/surveys.ts';
import { toAutomation } from '../../src/kit/rule-terms.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { sinceOf, startAt, statedOf } from '../../src/kit/usual-settings.ts';
import { NamedRow } from '../../src/kit/vendor-schema.ts';
import {
  ALL,
  api,
  codesOf,
  loadDesk,
  MESSAGES,
  measuresPath,
  openSession,
  PAGES,
  readProfile,
  type Session,
  WHOLE,
} from './account.ts';
import { toAgent, toApp, toCalendar, toField, toPolicy, toWebhook } from './map-config.ts';
import { mapConversation, toAnswer } from './map-conversation.ts';
import { toRule } from './map-rules.ts';
import {
  Agent,
  Answer,
  App,
  Attribute,
  Conversation,
  Inbox,
  Measured,
  Message,
  Policy,
  Rule,
  Team,
  Webhook,
} from './schema.ts';
import { Settings, urlOf } from './settings.ts';

const { list, changes } = feedsOf<Settings, Session>();

const ADMIN = 'Use the access token of an administrator of the account (Settings > Agents > role Administrator).';
const BELOW = { page: WHOLE, words: { permission: ADMIN } };

const agents = list({
  ...BELOW,
  id: 'agents',
  title: 'Agents',
  fills: { agents: ['role', 'active', 'human'] },
  path: ({ settings }) => `${api(settings)}/agents`,
  rows: Agent,
  map: (rows, { settings }) => ({ agent: rows.map((row) => toAgent(row, settings)) }),
});

const teams = list({
  ...BELOW,
  id: 'teams',
  title: 'Teams',
  fills: { agents: ['team', 'membership', 'purpose', 'tier'] },
  path: ({ settings }) => `${api(settings)}/teams`,
  rows: Team,
  below: {
    members: {
      ask: (team, { settings }) => ({ path: `${api(settings)}/teams/${team.id}/team_members` }),
      lacks: { agents: ['membership'] },
      words: ADMIN,
    },
  },
  async map(rows, context, sees) {
    const { settings } = context;
    const members = await readChildren(context, 'teams', (await sees('members')) ? rows : [], {
      path: (team) => `${api(settings)}/teams/${team.id}/team_members`,
      page: WHOLE,
      rows: NamedRow,
    });
    return {
      team: rows.map((row) => toTeam(row, statedOf(settings))),
      membership: toMemberships(
        rows.flatMap((row) => (members.of.get(row) ?? []).map((agent) => [agent.id, row.id] as const)),
      ),
      rejected: members.rejected,
    };
  },
});

const inboxes = list({
  ...BELOW,
  id: 'inboxes',
  title: 'Working hours of inboxes',
  fills: { calendars: ['time_zone', 'weekly'] },
  path: ({ settings }) => `${api(settings)}/inboxes`,
  at: 'payload',
  rows: Inbox,
  map: (rows) => joinMapped(rows.map(toCalendar)),
});

const policies = list({
  ...BELOW,
  id: 'sla-policies',
  title: 'Service-level policies',
  fills: { sla_policies: ['active', 'sla_target'] },
  words: { permission: ADMIN, absent: 'Policies are part of the paid plans and of the Enterprise edition.' },
  path: ({ settings }) => `${api(settings)}/sla_policies`,
  at: 'payload',
  rows: Policy,
  map: (rows) => joinMapped(rows.map(toPolicy)),
});

const attributes = list({
  ...BELOW,
  id: 'attributes',
  title: 'Attributes of conversations',
  fills: { automations: ['condition_fields', 'condition_terms', 'unread_conditions', 'updated_at'] },
  path: ({ settings }) => `${api(settings)}/custom_attribute_definitions`,
  query: { attribute_model: '0' },
  rows: Attribute,
  map: (rows) => ({ automation: rows.map(toField) }),
});

function ruleFeed(id: string, title: string, kind: 'trigger' | 'macro') {
  const conditions = kind === 'macro' ? [] : (['condition_fields', 'condition_terms', 'unread_conditions'] as const);
  return list({
    ...BELOW,
    id,
    title,
    fills: { automations: ['active', ...conditions, 'actions', 'action_terms', 'unread_actions'] },
    path: ({ settings }) => `${api(settings)}/${kind === 'macro' ? 'macros' : 'automation_rules'}`,
    at: 'payload',
    rows: Rule,
    async map(rows, context) {
      const desk = await loadDesk(context);
      return { automation: rows.map((row) => toRule(row, kind, desk)) };
    },
  });
}

const cannedResponses = list({
  ...BELOW,
  id: 'canned-responses',
  title: 'Canned responses',
  fills: { automations: ['active', 'actions'] },
  path: ({ settings }) => `${api(settings)}/canned_responses`,
  rows: NamedRow,
  map: (rows) => ({
    automation: rows.map((row) =>
      toAutomation({ id: `canned:${row.id}`, kind: 'macro', active: true, actions: ['comment'] }),
    ),
  }),
});

const bots = list({
  ...BELOW,
  id: 'agent-bots',
  title: 'Agent bots',
  fills: { automations: ['active'] },
  path: ({ settings }) => `${api(settings)}/agent_bots`,
  rows: NamedRow,
  map: (rows) => ({ automation: rows.map((row) => toAutomation({ id: `bot:${row.id}`, kind: 'bot', active: true })) }),
});

const apps = list({
  ...BELOW,
  id: 'integrations',
  title: 'Integrations',
  fills: { integrations: ['class', 'active'] },
  path: ({ settings }) => `${api(settings)}/integrations/apps`,
  at: 'payload',
  rows: App,
  map: (rows) => ({ integration: rows.map(toApp) }),
});

const webhooks = list({
  ...BELOW,
  id: 'webhooks',
  title: 'Webhooks',
  fills: { integrations: ['class', 'active'] },
  path: ({ settings }) => `${api(settings)}/webhooks`,
  at: 'payload.webhooks',
  rows: Webhook,
  map: (rows) => ({ integration: rows.map(toWebhook) }),
});

const MEASURED = {
  tickets: fields(
    'tickets',
    'reported_solved_at reported_first_reply_calendar_s reported_first_resolution_calendar_s reported_full_resolution_calendar_s',
    'reported_first_reply_business_s reported_first_resolution_business_s reported_full_resolution_business_s',
  ),
  events: fields('events', 'status from_value to_value actor'),
  bot_sessions: fields('bot_sessions', 'started_at handed_over requester_key ticket_id'),
};

const MESSAGES_FILL = fields(
  'messages',
  'author author_id public note channel article_ids promised_reply_s promise_business_hours',
);

const conversations = changes({
  id: 'conversations',
  title: 'Conversations with their messages',
  fills: {
    tickets: [
      ...fields(
        'tickets',
        'open_tickets updated_at status vendor_status priority_rank vendor_priority channel vendor_channel group_id',
        'assignee_id requester_key product category severity cause_code created_by created_by:customer created_by:agent',
        'created_by:machine created_on_behalf calendar_id tags filled_fields reported_first_reply_at',
      ),
      ...MEASURED.tickets,
    ],
    events: MEASURED.events,
    messages: MESSAGES_FILL,
    sla_clocks: fields('sla_clocks', 'metric policy_id target_s business_hours started_at applied_at fulfilled_at met'),
    csat: ['offered_at', 'scale'],
    bot_sessions: MEASURED.bot_sessions,
    links: ['kind', 'kind:issue', 'system', 'target_key', 'linked_at'],
  },
  words: { permission: ADMIN },
  path: ({ settings }) => `${api(settings)}/conversations`,
  query: ALL,
  at: 'data.payload',
  page: PAGES,
  rows: Conversation,
  // The list cannot be asked for what changed: it is walked whole, and only what changed is read closely.
  by: { field: 'updated_at', ...WALKED_WHOLE },
  start: ({ settings }) => startAt(settings),
  below: {
    messages: {
      ask: (row, { settings }) => ({
        path: `${api(settings)}/conversations/${row.id}/messages`,
        query: { after: '0' },
      }),
      lacks: {
        messages: MESSAGES_FILL,
        csat: ['offered_at', 'scale'],
        links: ['kind', 'kind:issue', 'system', 'target_key', 'linked_at'],
        tickets: fields(
          'tickets',
          'created_by created_by:customer created_by:agent created_by:machine created_on_behalf reported_first_reply_at',
        ),
      },
      words: ADMIN,
    },
  },
  async shows(context) {
    const { session, settings } = context;
    const shown = await session.measures();
    const unseen = shown ? { tickets: [], events: [], bot_sessions: [] } : MEASURED;
    return available({
      since: sinceOf(settings),
      lacks: {
        ...unseen,
        tickets: [...lackedCodes(codesOf(settings, (await session.attributes()) ?? [])), ...unseen.tickets],
      },
      detail: shown ? null : 'This server does not show what it measured by conversation. Bring Chatwoot up to date.',
    });
  },
  async map(rows, context, { sees }) {
    const { session, settings } = context;
    const desk = await loadDesk(context);
    const messages = await readChildren(context, 'conversations', (await sees('messages')) ? rows : [], {
      path: (row) => `${api(settings)}/conversations/${row.id}/messages`,
      at: 'payload',
      page: MESSAGES,
      rows: Message,
    });
    const measures = (await session.measures())
      ? await readChildren(context, 'conversations', rows, {
          path: (row) => measuresPath(settings, row.id),
          page: WHOLE,
          rows: Measured,
        })
      : null;
    const mapped = rows.map((row) =>
      mapConversation(row, messages.of.get(row) ?? null, measures?.of.get(row) ?? null, desk),
    );
    return joinMapped([...mapped, { rejected: [...messages.rejected, ...(measures?.rejected ?? [])] }]);
  },
});

const secondsOf = (at: Date) => Math.floor(at.getTime() / 1000);

const answers = changes({
  id: 'satisfaction',
  title: 'Answers of satisfaction surveys',
  fills: { csat: ['offered_at', 'answered_at', 'score', 'scale'] },
  words: { permission: ADMIN },
  path: ({ settings }) => `${api(settings)}/csat_survey_responses`,
  page: PAGES,
  rows: Answer,
  by: {
    field: 'created_at',
    order: {},
    // The vendor takes the span only when both its ends are given, and leaves the later one out.
    ask: (ask, from, to) => ({
      ...ask,
      query: { ...ask.query, sort: 'created_at', since: secondsOf(from), until: secondsOf(to) + 1 },
    }),
  },
  start: ({ settings }) => startAt(settings),
  below: {
    messages: {
      ask: (row, { settings }) => ({
        path: `${api(settings)}/conversations/${row.conversation_id}/messages`,
        query: { after: '0' },
      }),
      lacks: { csat: ['offered_at'] },
      words: ADMIN,
    },
  },
  async map(rows, context, { sees }) {
    const { settings } = context;
    const asked = (await sees('messages')) ? rows.filter((row) => row.message_id !== null) : [];
    const questions = await readChildren(context, 'satisfaction', asked, {
      path: (row) => `${api(settings)}/conversations/${row.conversation_id}/messages`,
      // Only the question itself: from it on, and before the one behind it.
      query: (row) => ({ after: row.message_id ?? '0', before: String(BigInt(row.message_id ?? '0') + 1n) }),
      at: 'payload',
      page: WHOLE,
      rows: Message,
    });
    const csat = rows.map((row) =>
      toAnswer(
        row,
        questions.of.get(row)?.find((one) => one.id === row.message_id),
      ),
    );
    const told = toAnswers(csat, { feed: 'satisfaction', path: 'rating', expected: '1 to 5' });
    return joinMapped([{ rejected: questions.rejected }, told]);
  },
});

/** Chatwoot, application API v1 (README.md has the behaviours, limits and what it cannot show). */
export const chatwoot = declareConnector<Settings, Session>({
  id: 'chatwoot',
  title: 'Chatwoot',
  settings: Settings,
  flags: [{ name: 'url', description: 'address (https://app.chatwoot.com, or of your own server)', required: true }],
  example: { url: 'https://app.chatwoot.com', account: '1' },
  account: (settings, secret) => ({
    baseUrl: urlOf(settings),
    auth: { kind: 'header', name: 'api_access_token', value: secret },
    // A server of one's own allows 3000 a minute unless told otherwise; the hosted one lowers it by its replies.
    limits: { concurrency: 4, perMinute: 3000 },
  }),
  lagS: 60,
  never: {
    articles:
      'Chatwoot gives articles of its help centre without the day on which they were written; the help centre itself shows them.',
    article_views:
      'Chatwoot counts the views of an article in total, not by day; the statistics of the web site around its help centre have them.',
    organisations:
      'Chatwoot keeps the company of a contact as free text; its contacts export (Contacts > Export) has it.',
  },
  async identify(context) {
    const profile = await readProfile(context);
    const { account } = context.settings;
    const role = profile.data.accounts.find((one) => one.id === account)?.role ?? profile.data.role;
    return {
      role: role ?? 'user',
      account: `${new URL(context.http.origin).host}/${account}`,
      serverNow: serverTime(profile),
    };
  },
  open: openSession,
  rests: [
    namesOfPrograms((session) => session.agents(), ['conversations'], `Names of agents are not shown. ${ADMIN}`),
    {
      on: (session) => session.inboxes(),
      lacks: {
        tickets: fields(
          'tickets',
          'calendar_id reported_first_reply_business_s reported_first_resolution_business_s reported_full_resolution_business_s',
        ),
      },
      words: `Whether an inbox has working hours is not shown. ${ADMIN}`,
    },
  ],
  feeds: [
    agents,
    teams,
    inboxes,
    policies,
    attributes,
    ruleFeed('automation-rules', 'Automation rules', 'trigger'),
    ruleFeed('macros', 'Macros', 'macro'),
    cannedResponses,
    bots,
    apps,
    webhooks,
    conversations,
    answers,
  ],
  ticketUrl: (settings, ticketId) =>
    `${urlOf(settings).href.replace(/\/$/, '')}/app/accounts/${encodeURIComponent(settings.account)}/conversations/${encodeURIComponent(ticketId)}`,
});
