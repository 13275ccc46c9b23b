import { available } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import { WALKED_WHOLE } from '../../src/kit/feed/since.ts';
import { offset } from '../../src/kit/page/counted.ts';
import { toAnswers } from '../../src/kit/records/surveys.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { sinceOf, startAt } from '../../src/kit/usual-settings.ts';
import { API, accessOf, codesOf, openSession, pagesOf, type Session, scope, unseenBy } from './account.ts';
import { archived } from './archived.ts';
import { CONFIGURATION } from './feeds-config.ts';
import { toAnswer } from './map-ticket.ts';
import { mapTickets, TICKET_FILLS } from './read-tickets.ts';
import { RESTS } from './rests.ts';
import { Organization, Rating, Ticket } from './schema.ts';
import { deskUrl, Settings } from './settings.ts';

const { changes } = feedsOf<Settings, Session>();

const tickets = changes({
  id: 'tickets',
  title: 'Tickets with their history and conversations',
  fills: TICKET_FILLS,
  words: { permission: scope('tickets', 'search') },
  path: `${API}/tickets/search`,
  at: 'data',
  page: offset({ param: 'from', size: { param: 'limit', rows: 100 }, byRows: true, last: 4999 }),
  rows: Ticket,
  by: {
    field: 'modifiedTime',
    order: {},
    ask: (ask, from, to) => ({
      ...ask,
      query: { ...ask.query, sortBy: 'modifiedTime', modifiedTimeRange: `${from.toISOString()},${to.toISOString()}` },
    }),
  },
  start: ({ settings }) => startAt(settings, '2004-01-01'),
  async shows({ session, settings }) {
    const codes = codesOf(settings, (await session.fields()) ?? []);
    return available({
      since: sinceOf(settings),
      lacks: { tickets: lackedCodes(codes) },
      detail: unseenBy(session),
    });
  },
  map: (rows, context) => mapTickets('tickets', rows, context),
});

const ratings = changes({
  id: 'ratings',
  title: 'Customer happiness ratings',
  fills: { csat: ['answered_at', 'score', 'scale'] },
  words: {
    permission: scope('tickets'),
    absent: 'This desk does not list its ratings; Reports > Customer Happiness has them.',
  },
  path: `${API}/customerHappiness`,
  query: { department: 'allDepartment', include: 'tickets' },
  at: 'data',
  page: pagesOf(50),
  rows: Rating,
  // The list cannot be asked for a time: it is walked whole.
  by: { field: 'ratedTime', ...WALKED_WHOLE },
  start: ({ settings }) => startAt(settings, '2004-01-01'),
  map: (rows) => toAnswers(rows.map(toAnswer), { feed: 'ratings', path: 'rating', expected: 'good, okay or bad' }),
});

/** Zoho Desk, interface v1 (README.md has the behaviours, limits and what it cannot show). */
export const zohoDesk = declareConnector<Settings, Session>({
  id: 'zoho-desk',
  title: 'Zoho Desk',
  settings: Settings,
  flags: [{ name: 'url', description: 'desk of your data centre (https://desk.zoho.eu)', required: true }],
  example: { url: 'https://desk.zoho.eu', org: '20061234567', clientId: '1000.ABCDEF' },
  secrets: [
    {
      title: 'OAuth client',
      description: 'Of the API console (https://api-console.zoho.com), whose client id stands in the settings.',
      parts: [
        { name: 'client_secret', title: 'Client secret' },
        { name: 'refresh_token', title: 'Refresh token' },
      ],
    },
    { title: 'Access token', description: 'Good for one hour, to try it out.', parts: [] },
  ],
  account: accessOf,
  lagS: 120,
  never: {
    article_views: 'Zoho Desk counts the views of an article in total, not by day; Reports > Knowledge Base has them.',
    bot_sessions: 'Sessions of Zia and of guided conversations have no call; Zia > Dashboard has them.',
  },
  async identify({ http, settings, signal }) {
    const path = `${API}/organizations/${encodeURIComponent(settings.org)}`;
    const reply = await http.getJson({ path, schema: Organization, signal });
    const { isAdminInOrg } = reply.data;
    return {
      role: isAdminInOrg === true ? 'admin' : 'user',
      account: `${deskUrl(settings).host}/${settings.org}`,
      serverNow: serverTime(reply),
    };
  },
  open: openSession,
  feeds: [...CONFIGURATION, tickets, archived, ratings],
  rests: RESTS,
  ticketUrl: (settings, ticketId) =>
    settings.portal === undefined
      ? null
      : `${deskUrl(settings).origin}/support/${encodeURIComponent(settings.portal)}/ShowHomePage.do#Cases/dv/${encodeURIComponent(ticketId)}`,
});
