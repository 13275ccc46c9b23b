import { declareConnector } from '../../src/kit/declare-connector.ts';
import { namesOfPrograms } from '../../src/kit/feed/rests.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { classify, openSession, type Session } from './account.ts';
import { CONFIG } from './feeds-config.ts';
import { conversations, events } from './feeds-history.ts';
import { EXPORTS, satisfaction } from './satisfaction.ts';
import { Bare } from './schema.ts';
import { Settings, urlOf } from './settings.ts';

const HISTORY = ['conversations', 'events'];

/** Front, Core API (README.md has the behaviours, limits and what it cannot show). */
export const front = declareConnector<Settings, Session>({
  id: 'front',
  title: 'Front',
  settings: Settings,
  flags: [
    { name: 'url', description: 'address of the interface; left out = https://api2.frontapp.com', required: false },
  ],
  example: {},
  account: (settings, secret) => ({
    baseUrl: urlOf(settings),
    origins: { exports: EXPORTS },
    auth: { kind: 'bearer', token: secret },
    // The largest plan; replies state the limit of a smaller one. A resource takes five a second.
    limits: { concurrency: 4, perMinute: 200, windows: [{ requests: 5, seconds: 1 }] },
    classify,
  }),
  lagS: 60,
  never: {
    sla_policies:
      'Front has service levels as rules, whose conditions and times its interface does not give; Settings > Rules (SLA) has them.',
    sla_clocks:
      'Front marks a missed target with a tag and keeps no clock; Analytics > SLA has breaches and their times.',
    article_views: 'Front gives no traffic of articles over its interface; Analytics > Knowledge base has it.',
    bot_sessions: 'Front lists no sessions of its chatbot and of Autopilot; Analytics has their reports.',
  },
  async identify(context) {
    const me = await context.http.getJson({ path: '/me', schema: Bare, signal: context.signal });
    return { role: 'company token', account: me.data.id, serverNow: serverTime(me) };
  },
  open: openSession,
  rests: [
    {
      on: (session) => session.seesTeams(),
      lacks: { agents: ['department', 'membership'] },
      feeds: ['teammates', 'teams'],
      words: 'Members of teams are not shown. Give the API token the scope `teams:read`.',
    },
    {
      on: (session) => session.teams(),
      lacks: { agents: ['department', 'tier'] },
      words: 'Teams are not shown. Give the API token the scope `teams:read`.',
    },
    namesOfPrograms(
      (session) => session.teammates(),
      HISTORY,
      'Teammates are not shown. Give the API token the scope `teammates:read`.',
    ),
    {
      on: (session) => session.teammates(),
      lacks: { tickets: ['requester_is_agent'] },
      words: 'Who of those that write is a teammate is not shown. Give the API token the scope `teammates:read`.',
    },
    {
      on: (session) => session.inboxes(),
      lacks: { tickets: ['brand'] },
      words: 'Inboxes are not shown. Give the API token the scope `inboxes:read`.',
    },
    {
      on: (session) => session.fields(),
      lacks: { tickets: ['filled_fields'] },
      words: 'Fields are not shown. Give the API token the scope `custom_fields:read`.',
    },
    {
      on: (session) => session.statuses(),
      feeds: HISTORY,
      lacks: {},
      words:
        'Statuses of tickets are not shown. Where the company has tickets, give the API token the scope `statuses:read`.',
    },
    {
      on: async (session) => (await session.customers()) === null || (await session.contacts()) !== null,
      lacks: {},
      feeds: HISTORY,
      words:
        'Contacts of accounts are not shown: customers of accounts without a domain are unknown. Give the API token the scope `accounts:read` with contacts.',
    },
  ],
  feeds: [...CONFIG, conversations, events, satisfaction],
  ticketUrl: (_settings, ticketId) => `https://app.frontapp.com/open/${encodeURIComponent(ticketId)}`,
});
