import { z } from 'zod';
import { accountUrl as urlOn } from '../../src/kit/base-url.ts';
import type { StreamFields } from '../../src/kit/connector.ts';
import { declareConnector } from '../../src/kit/declare-connector.ts';
import { CONFIG } from './feeds-config.ts';
import { HISTORY } from './feeds-history.ts';
import type { Evidence } from './former-agents.ts';
import { unheard, unheardOfAudits } from './hearing.ts';
import { API } from './pages.ts';
import { unheardInSample } from './read-sample.ts';
import { ticketsCodec } from './read-tickets.ts';
import { eventsCodec } from './read-updates.ts';
import { RESTS } from './rests.ts';
import { type Context, identify, openSession, type Session } from './session.ts';
import { Settings } from './settings.ts';

type StreamLack = NonNullable<ReturnType<StreamFields['get']>>;

/** `acme` -> https://acme.zendesk.com; anything with a dot, colon or slash is an address. Errors: BAD_URL. */
export function accountUrl(url: string): URL {
  return urlOn(url, 'zendesk.com');
}

const Count = z.looseObject({ count: z.union([z.int(), z.looseObject({ value: z.int().nullish() })]) });

/** Rows that the vendor counts now; null where it does not say. */
function countOf(path: 'tickets' | 'organizations') {
  return async ({ http, signal }: Context): Promise<number | null> => {
    const { data } = await http.getJson({ path: `${API}/${path}/count`, schema: Count, signal });
    return typeof data.count === 'number' ? data.count : (data.count.value ?? null);
  };
}

const EVIDENCE_WORDS: Readonly<Record<Evidence, string>> = {
  owned: 'owned a ticket',
  note: 'wrote an internal note',
  changed: 'changed a field that customers cannot',
  listed: 'was in the list of agents before',
  counter: 'the vendor counts the comments as replies',
};

/** Zendesk Support: see README.md of this folder for behaviours, limits and the permissions it needs. */
export const zendesk = declareConnector<Settings, Session>({
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
  example: { url: 'acme', user: 'you@acme.com' },
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
    article_views:
      'Zendesk gives article views only inside Explore, not through its API; its Guide dashboard has views and searches by day.',
    bot_sessions:
      'Zendesk gives conversations that a bot ended alone through no API; those that became tickets would be a biased part. The analytics of AI agents have them all.',
  },
  identify,
  open: openSession,
  rests: RESTS,
  feeds: [...CONFIG, ...HISTORY],
  counts: { tickets: countOf('tickets'), organisations: countOf('organizations') },
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
