import { declareConnector } from '../../src/kit/declare-connector.ts';
import { namesOfPrograms } from '../../src/kit/feed/rests.ts';
import { fields } from '../../src/kit/fields.ts';
import { askPage, valueAt } from '../../src/kit/page/pager.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { accountOf, type Context, openSession, readMe, type Session } from './account.ts';
import { searched } from './calls.ts';
import { articles, forms, ownerFeed, properties, workflows } from './feeds-config.ts';
import { companies, deals } from './feeds-customers.ts';
import { archivedTickets, surveys, tickets } from './feeds-history.ts';
import { GRANT } from './grants.ts';
import { Settings, ticketPage } from './settings.ts';

/** Rows that a search counts; null where a part of them is read. */
async function countOf(context: Context, object: string): Promise<number | null> {
  if (context.settings.since !== undefined || context.settings.pipelines.length > 0) return null;
  const body = { filterGroups: [], limit: 1 };
  const { path, method, quota, at } = searched(object, '');
  const total = valueAt((await askPage(context, { path, method, quota, body }, { at, place: object })).data, 'total');
  return typeof total === 'number' ? total : null;
}

/** HubSpot Service Hub, CRM API v3 (README.md has the behaviours, limits and what it cannot show). */
export const hubspot = declareConnector<Settings, Session>({
  id: 'hubspot',
  title: 'HubSpot Service Hub',
  settings: Settings,
  secrets: [
    { title: 'Token', description: 'Access token of a private app.', parts: [] },
    {
      title: 'OAuth app',
      description: 'Of the app whose client id stands in the settings.',
      parts: [
        { name: 'client_secret', title: 'Client secret' },
        { name: 'refresh_token', title: 'Refresh token' },
      ],
    },
  ],
  flags: [{ name: 'url', description: 'address of the interface; left out = https://api.hubapi.com', required: false }],
  example: {},
  account: accountOf,
  lagS: 120,
  never: {
    sla_policies:
      'HubSpot shows the due times of a ticket and not the goals behind them; Settings > Inbox & Help Desk > SLAs has them: describe the targets in plumbline.yaml.',
    calendars:
      'HubSpot does not show working hours over its interface; Settings > Inbox & Help Desk > SLAs has them: describe them in plumbline.yaml.',
    article_views: 'HubSpot does not show views of articles by day; Service > Knowledge base > Analyze has them.',
    bot_sessions:
      'Chats that end at a bot leave no ticket; Reports > Chatflows and the performance of the customer agent have them.',
    integrations:
      'HubSpot does not list connected apps to a private app; Settings > Integrations > Connected apps has them.',
  },
  async identify(context) {
    const me = await readMe(context);
    return { role: me.data.accountType ?? 'app', account: me.data.portalId, serverNow: serverTime(me) };
  },
  open: openSession,
  rests: [
    namesOfPrograms(
      (session) => session.owners(),
      ['tickets', 'deleted-tickets'],
      `Owners are not shown: people of the desk keep the ids of their users. ${GRANT('crm.objects.owners.read')}`,
    ),
    {
      on: (session) => session.pipelines(),
      lacks: { tickets: ['vendor_status'], events: ['status'] },
      words: `Pipelines are not shown, nor what their stages mean. ${GRANT('tickets')}`,
    },
    {
      on: (session) => session.ticketProperties(),
      lacks: {
        tickets: fields(
          'tickets',
          'tags filled_fields reported_first_reply_business_s reported_full_resolution_business_s',
        ),
        events: ['field', 'tag'],
        links: ['kind:issue'],
      },
      words: `Properties of tickets are not shown. ${GRANT('tickets')}`,
    },
    {
      on: (session) => session.companyProperties(),
      lacks: { organisations: ['terms'] },
      words: `Properties of companies are not shown. ${GRANT('crm.objects.companies.read')}`,
    },
    {
      on: (session) => session.deals(),
      feeds: ['companies'],
      lacks: {},
      words: `Deals are not shown, which tell renewals, losses and upgrades of customers. ${GRANT('crm.objects.deals.read')}`,
    },
  ],
  feeds: [
    ownerFeed('owners', 'Owners and teams', false),
    ownerFeed('former-owners', 'Former owners', true),
    properties,
    forms,
    workflows,
    articles,
    companies,
    deals,
    tickets,
    archivedTickets,
    surveys,
  ],
  counts: {
    tickets: (context) => countOf(context, 'tickets'),
    organisations: (context) => countOf(context, 'companies'),
  },
  ticketUrl: ticketPage,
});
