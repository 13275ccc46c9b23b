import { z } from 'zod';
import { declareConnector } from '../../src/kit/declare-connector.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { articleViews } from './article-views.ts';
import { tablePath } from './calls.ts';
import {
  apps,
  articles,
  assignmentRules,
  businessRules,
  companies,
  flows,
  groups,
  holders,
  members,
  notifications,
  schedules,
  slas,
  ticketFields,
} from './config-feeds.ts';
import { RESTS } from './rests.ts';
import { accessOf, openSession, type Session } from './session.ts';
import { instanceUrl, Settings, TICKET_TABLES } from './settings.ts';
import { clocks, countTickets, deletions, surveys, ticketsOf } from './ticket-feeds.ts';

const Me = z.looseObject({ result: z.array(z.unknown()) }).nullable();

/** ServiceNow by its Table API (README.md has the behaviours, limits and what it cannot show). */
export const servicenow = declareConnector<Settings, Session>({
  id: 'servicenow',
  title: 'ServiceNow',
  settings: Settings,
  flags: [
    { name: 'url', description: 'instance (acme) or address (https://acme.service-now.com)', required: true },
    { name: 'user', description: 'user id that the password belongs to', required: false },
  ],
  example: { url: 'acme', user: 'plumbline' },
  secrets: [
    {
      title: 'Password or API key',
      description: 'Password of the user in the settings; without a user an API key.',
      parts: [],
    },
    {
      title: 'OAuth client',
      description: 'Of the application registry whose client id stands in the settings.',
      parts: [
        { name: 'client_secret', title: 'Client secret' },
        { name: 'refresh_token', title: 'Refresh token' },
      ],
    },
    {
      title: 'OAuth client of its own (client credentials)',
      description: 'Where the setting grant is client_credentials.',
      parts: [{ name: 'client_secret', title: 'Client secret' }],
    },
  ],
  account: accessOf,
  lagS: 60,
  never: {
    bot_sessions:
      'Conversations of the Virtual Agent are kept without a mark of who took over; Conversational Interfaces > Analytics has them.',
  },
  async identify(context) {
    const { settings, http, signal } = context;
    const who =
      settings.user === undefined
        ? 'sys_id=javascript:gs.getUserID()'
        : `user_name=${settings.user.replaceAll('^', '^^')}`;
    const query = { sysparm_query: who, sysparm_fields: 'sys_id', sysparm_limit: 1 };
    const reply = await http.getJson({ path: tablePath('sys_user'), query, schema: Me, signal });
    return { role: 'user', account: instanceUrl(settings).host, serverNow: serverTime(reply) };
  },
  open: openSession,
  rests: RESTS,
  feeds: [
    groups,
    members,
    holders,
    slas,
    schedules,
    assignmentRules,
    businessRules,
    notifications,
    flows,
    ticketFields,
    apps,
    companies,
    articles,
    articleViews,
    ...TICKET_TABLES.flatMap(ticketsOf),
    clocks,
    surveys,
    deletions,
  ],
  counts: { tickets: countTickets },
  ticketUrl: (settings, ticketId) => `${instanceUrl(settings).origin}/task.do?sys_id=${encodeURIComponent(ticketId)}`,
});
