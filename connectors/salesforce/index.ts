import { z } from 'zod';
import { declareConnector } from '../../src/kit/declare-connector.ts';
import { type Feed, hiddenBy } from '../../src/kit/feed/feed.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { accountOf } from './account.ts';
import { tickets } from './feeds-cases.ts';
import { CONFIGURATION } from './feeds-config.ts';
import { CUSTOMERS } from './feeds-customers.ts';
import { MESSAGES } from './feeds-messages.ts';
import { OUTCOMES } from './feeds-outcomes.ts';
import { RESTS } from './rests.ts';
import { type Context, openSession, readRoot, type Session } from './session.ts';
import { orgUrl, Settings } from './settings.ts';
import { API } from './soql.ts';

/** A connection that reads customers only says of all else that it does not look. */
function ofDesk(feed: Feed<Context>): Feed<Context> {
  return hiddenBy(feed, ({ settings }) =>
    settings.reads === 'desk'
      ? null
      : { status: 'absent', detail: 'This connection reads customers only (setting reads).' },
  );
}

const Counted = z.looseObject({ totalSize: z.int() });

/** Salesforce Service Cloud, REST API (README.md has the behaviours, limits and what it cannot show). */
export const salesforce = declareConnector<Settings, Session>({
  id: 'salesforce',
  title: 'Salesforce Service Cloud',
  settings: Settings,
  flags: [
    { name: 'url', description: 'My Domain (acme) or address (https://acme.my.salesforce.com)', required: true },
    { name: 'user', description: 'user name of the integration user, for the flow jwt_bearer', required: false },
  ],
  example: { url: 'acme' },
  secrets: [
    {
      title: 'Client secret',
      description: 'Consumer secret of the connected app, for the flow client_credentials.',
      parts: [],
    },
    {
      title: 'Refresh token',
      description: 'For the flow refresh_token.',
      parts: [
        { name: 'client_secret', title: 'Consumer secret' },
        { name: 'refresh_token', title: 'Refresh token' },
      ],
    },
    { title: 'Private key', description: 'PEM, for the flow jwt_bearer.', parts: [] },
    {
      title: 'Access token',
      description: 'For a first look without a connected app; it ends with its session.',
      parts: [],
    },
  ],
  account: accountOf,
  lagS: 60,
  never: {
    article_views:
      'Salesforce counts the views of an article in total, not by day; the Knowledge dashboards of AppExchange have them by day.',
  },
  async identify(context) {
    const reply = await readRoot(context);
    return { role: 'user', account: orgUrl(context.settings.url).host, serverNow: serverTime(reply) };
  },
  open: openSession,
  rests: RESTS,
  feeds: [...CONFIGURATION.map(ofDesk), ...CUSTOMERS, ...[tickets, ...MESSAGES, ...OUTCOMES].map(ofDesk)],
  counts: {
    async tickets({ http, signal, settings }) {
      const since = settings.since === undefined ? '' : ` WHERE SystemModstamp >= ${settings.since}T00:00:00Z`;
      const q = `SELECT COUNT() FROM Case${since}`;
      return (await http.getJson({ path: `${API}/queryAll`, query: { q }, schema: Counted, signal })).data.totalSize;
    },
  },
  ticketUrl: (settings, ticketId) =>
    `${orgUrl(settings.url).origin.replace('.my.salesforce.com', '.lightning.force.com')}/lightning/r/Case/${encodeURIComponent(ticketId)}/view`,
});
