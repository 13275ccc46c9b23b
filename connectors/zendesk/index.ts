import { z } from 'zod';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { parseBaseUrl } from '../../src/kit/base-url.ts';
import {
  type Connector,
  defineConnector,
  type Identity,
  type StreamFields,
  type VendorStream,
} from '../../src/kit/connector.ts';
import { isRefusal } from '../../src/kit/http-status-error.ts';
import type { Evidence } from './former-agents.ts';
import { unheard, unheardOfAudits } from './hearing.ts';
import { API, type Context } from './pages.ts';
import { unheardInSample } from './read-sample.ts';
import { ticketsCodec } from './read-tickets.ts';
import { eventsCodec } from './read-updates.ts';
import { Settings } from './settings.ts';
import { rememberAdmin, type ZendeskStream } from './stream.ts';
import { CONFIG } from './streams-config.ts';
import { countOf, HISTORY } from './streams-history.ts';
import { MAPPED_COLUMNS } from './streams-mapped.ts';

type StreamLack = NonNullable<ReturnType<StreamFields['get']>>;

const STREAMS: readonly ZendeskStream[] = [...CONFIG, ...HISTORY, ...MAPPED_COLUMNS];

/** `acme` -> https://acme.zendesk.com; anything with a dot, colon or slash is an address. */
export function accountUrl(url: string): URL {
  const name = url.trim();
  return parseBaseUrl(/^[a-z0-9][a-z0-9-]*$/i.test(name) && name !== 'localhost' ? `${name}.zendesk.com` : name, true);
}

function streamOf(stream: VendorStream): ZendeskStream {
  const found = STREAMS.find((one) => one.id === stream.id);
  if (found === undefined) throw new PlumblineError('BUG', `Zendesk has no stream ${stream.id}.`, 'Report this.');
  return found;
}

const Me = z.looseObject({
  user: z.looseObject({ id: z.union([z.string(), z.int()]).nullish(), role: z.string().nullish() }),
});

async function identify(context: Omit<Context, 'until'>): Promise<Identity> {
  const { data, date } = await context.http.getJson({ path: `${API}/users/me`, schema: Me, signal: context.signal });
  const { id, role } = data.user;
  // Zendesk answers wrong or missing credentials here with 200 and an anonymous end user.
  if (id === null || id === undefined || role === 'end-user')
    throw new PlumblineError(
      'PERMISSION_DENIED',
      'Zendesk does not know these credentials as an agent.',
      'Check the e-mail (--user) and the API token, and that token access is switched on in the admin centre.',
      { where: context.http.origin },
    );
  if (role === 'admin') rememberAdmin(context.http);
  if (date === null) throw new PlumblineError('BUG', 'A reply came without a time.', 'Report this.');
  return { role: role ?? 'unknown', account: new URL(context.http.origin).host, serverNow: date };
}

const EVIDENCE_WORDS: Readonly<Record<Evidence, string>> = {
  owned: 'owned a ticket',
  note: 'wrote an internal note',
  changed: 'changed a field that customers cannot',
  listed: 'was in the list of agents before',
  counter: 'the vendor counts the comments as replies',
};

/** Zendesk Support: see README.md of this folder for behaviours, limits and the permissions it needs. */
export const zendesk: Connector<Settings> = defineConnector<Settings>({
  id: 'zendesk',
  title: 'Zendesk Support',
  settings: Settings,
  flags: [
    { name: 'url', description: 'account name (acme) or address (https://acme.zendesk.com)', required: true },
    {
      name: 'user',
      description: 'e-mail of the user that the API token belongs to; leave out for an OAuth token',
      required: false,
    },
  ],
  account: (settings, secret) => ({
    baseUrl: accountUrl(settings.url),
    auth:
      settings.user === undefined
        ? { kind: 'bearer', token: secret }
        : {
            kind: 'basic',
            user: settings.user.endsWith('/token') ? settings.user : `${settings.user}/token`,
            password: secret,
          },
    // Published account limits run from 200 to 2,500 a minute by plan; the reply headers lower this to the account's own.
    limits: { concurrency: 4, perMinute: 700 },
  }),
  never: {
    article_views: 'Zendesk gives article views only inside Explore, not through its API.',
    bot_sessions:
      'Zendesk gives conversations that a bot ended alone through no API; those that became tickets would be a biased part.',
  },
  streams: STREAMS.map(({ id, title, kind, provides, adds = false }) => ({ id, title, kind, provides, adds })),
  identify,
  probe: (stream, context) => streamOf(stream).probe(context),
  read: (stream, checkpoint, context) => streamOf(stream).read(context, checkpoint),
  async count(stream, context) {
    if (stream !== 'tickets' && stream !== 'organisations') return null;
    try {
      return await countOf(context, stream === 'tickets' ? 'tickets' : 'organizations');
    } catch (error) {
      if (isRefusal(error, [400, 403, 404, 422])) return null;
      throw error;
    }
  },
  formerAgents(checkpoints) {
    const states = [
      eventsCodec(0).read(checkpoints.get('ticket-events') ?? null),
      ticketsCodec.read(checkpoints.get('ticket-audits') ?? null),
    ];
    const all = new Map(states.flatMap((state) => Object.entries(state.former ?? {})));
    return [...all].map(([id, by]) => ({ id, by: by.map((one) => EVIDENCE_WORDS[one]) }));
  },
  unmet(checkpoints) {
    const unheardIn = (stream: string, fieldsOf: (checkpoint: string) => readonly string[]): [string, StreamLack][] => {
      const checkpoint = checkpoints.get(stream);
      return checkpoint === undefined ? [] : [[stream, { messages: fieldsOf(checkpoint) }]];
    };
    return new Map([
      ...unheardIn('ticket-events', (checkpoint) => unheard(eventsCodec(0).read(checkpoint))),
      ...unheardIn('ticket-audits', (checkpoint) => unheardOfAudits(ticketsCodec.read(checkpoint))),
      ...unheardIn('audit-sample', unheardInSample),
    ]);
  },
  ticketUrl: (settings, ticketId) => `${accountUrl(settings.url).origin}/agent/tickets/${encodeURIComponent(ticketId)}`,
  lagS: 60,
});
