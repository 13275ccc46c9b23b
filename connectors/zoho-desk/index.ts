import { available } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import { type Children, readChildren } from '../../src/kit/feed/children.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { offset } from '../../src/kit/page/counted.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import {
  API,
  accessOf,
  type Context,
  codesOf,
  loadDesk,
  openSession,
  pagesOf,
  readEach,
  readWhole,
  type Session,
  scope,
  WHOLE,
} from './account.ts';
import { CONFIGURATION } from './feeds-config.ts';
import { mapTicket, toAnswer } from './map-ticket.ts';
import { Metrics, Organization, Past, Rating, Stamp, Tag, Talk, Ticket } from './schema.ts';
import { deskUrl, Settings } from './settings.ts';

const { changes } = feedsOf<Settings, Session>();

const below = <K>(path: string, size: number | null, rows: Children<Ticket, K>['rows']): Children<Ticket, K> => ({
  path: (row) => `${API}/tickets/${row.id}/${path}`,
  at: 'data',
  page: size === null ? WHOLE : pagesOf(size),
  rows,
});
const TALKS = below('conversations', 100, Talk);
const PAST = below('History', 50, Past);
const TAGS = below('tags', null, Tag);

async function mapTickets(rows: readonly Ticket[], context: Context) {
  const desk = await loadDesk(context);
  // What is found by a search lacks the policy, the number of tags and who escalated.
  const { whole, rejected } = await readWhole(context, 'tickets', rows, '/tickets/*', Ticket);
  const ids = rows.map(({ id }) => id);
  const metrics = await readEach(context, 'tickets', ids, '/tickets/*/metrics', Metrics);
  const talks = await readChildren(context, 'tickets', whole, TALKS);
  const past = await readChildren(context, 'tickets', whole, PAST);
  const tags = await readChildren(
    context,
    'tickets',
    whole.filter((row) => row.tagCount !== 0),
    TAGS,
  );
  const mapped = whole.map((row, i) => {
    const below = {
      talks: talks.of.get(row) ?? null,
      past: past.of.get(row) ?? null,
      metrics: metrics.found[i] ?? null,
    };
    return mapTicket(row, { ...below, tags: row.tagCount === 0 ? [] : (tags.of.get(row) ?? null) }, desk);
  });
  const aside = [rejected, metrics.rejected, talks.rejected, past.rejected, tags.rejected].flat();
  return joinMapped([...mapped, { rejected: aside }]);
}

const tickets = changes({
  id: 'tickets',
  title: 'Tickets with their history and conversations',
  fills: {
    tickets: fields(
      'tickets',
      'open_tickets updated_at status vendor_status priority_rank vendor_priority type channel vendor_channel form group_id assignee_id',
      'requester_key organisation_id product category severity cause_code created_by created_by:customer created_by:agent created_by:machine',
      'created_on_behalf calendar_id follow_up_of tags filled_fields reported_solved_at reported_closed_at reported_reopens',
      'reported_reassignments reported_replies reported_first_reply_business_s reported_full_resolution_business_s',
    ),
    events: fields(
      'events',
      'status priority group assignee field tag sla escalation delete from_value to_value actor actor_id rule_id',
    ),
    messages: fields(
      'messages',
      'author author_id public note channel article_ids promised_reply_s promise_business_hours',
    ),
    sla_clocks: fields('sla_clocks', 'metric policy_id started_at breach_at fulfilled_at met'),
    links: ['kind', 'kind:issue', 'system', 'target_key', 'linked_at'],
  },
  words: { permission: scope('tickets', 'search') },
  path: `${API}/tickets/search`,
  at: 'data',
  page: offset({ param: 'from', size: { param: 'limit', rows: 100 }, byRows: true, last: 4999 }),
  rows: Ticket,
  by: {
    field: 'modifiedTime',
    read: Stamp,
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
      since: settings.since === undefined ? null : startAt(settings),
      lacks: { tickets: lackedCodes(codes) },
      detail:
        session.role === 'admin'
          ? null
          : 'The token is not that of an administrator: tickets of departments that the user is not in are not shown.',
    });
  },
  map: mapTickets,
});

/** Longer than any desk: one span, whose rows before the checkpoint are passed over unread. */
const WHOLE_TIME_S = 4e9;

const ratings = changes({
  id: 'ratings',
  title: 'Customer happiness ratings',
  fills: { csat: ['answered_at', 'score', 'scale'] },
  words: {
    permission: scope('tickets'),
    absent: 'This desk does not list its ratings; Reports > Customer Happiness has them.',
  },
  path: `${API}/customerHappiness`,
  query: { department: 'allDepartment' },
  at: 'data',
  page: pagesOf(50),
  rows: Rating,
  // The list cannot be asked for a time: it is walked whole.
  by: { field: 'ratedTime', read: Stamp, spanS: WHOLE_TIME_S, ask: (ask) => ask },
  start: ({ settings }) => startAt(settings, '2004-01-01'),
  map: (rows) => ({ csat: rows.flatMap((row) => toAnswer(row) ?? []) }),
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
  feeds: [...CONFIGURATION, tickets, ratings],
  ticketUrl: (settings, ticketId) =>
    settings.portal === undefined
      ? null
      : `${deskUrl(settings).origin}/support/${encodeURIComponent(settings.portal)}/ShowHomePage.do#Cases/dv/${encodeURIComponent(ticketId)}`,
});
