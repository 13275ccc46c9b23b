import { z } from 'zod';
import type { Account, Auth } from '../../src/kit/account.ts';
import { refreshToken } from '../../src/kit/auth/oauth.ts';
import { readSecretParts } from '../../src/kit/auth/secret-parts.ts';
import { orRefusal } from '../../src/kit/capability.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { readVisible } from '../../src/kit/feed/read-all.ts';
import { seesBelow } from '../../src/kit/feed/visible-parts.ts';
import { withoutOddCells } from '../../src/kit/mend-item.ts';
import { once } from '../../src/kit/once.ts';
import { onePage } from '../../src/kit/page/counted.ts';
import { askPage, type PageAsk, type Pager } from '../../src/kit/page/pager.ts';
import { ARTICLE_PAGES, ARTICLES, CRM, classify, LIMITS, PAGES, SITE_SEARCH, THREADS } from './calls.ts';
import { AccountInfo, Article, Channel, Owner, Pipeline, Property, User } from './schema.ts';
import { apiUrl, type Settings } from './settings.ts';

/** Records beside a ticket, each with a permission of its own. */
const BESIDE = {
  threads: THREADS,
  emails: `${CRM}/emails`,
  notes: `${CRM}/notes`,
  contacts: `${CRM}/contacts`,
  companies: `${CRM}/companies`,
} as const;
export type Beside = keyof typeof BESIDE;

/** What of them is asked for by id. */
const whole = (kind: Beside) => (id: string) => ({
  path: `${BESIDE[kind]}/batch/read`,
  method: 'POST' as const,
  body: { inputs: [{ id }], properties: [] },
});
const BELOW: Partial<Record<Beside, (id: string) => PageAsk>> = {
  threads: (id) => ({ path: `${THREADS}/${id}/messages` }),
  emails: whole('emails'),
  notes: whole('notes'),
};
const Bare = z.looseObject({ id: z.union([z.string(), z.number()]).transform(String) });

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the token may not see it. */
export interface Session {
  /** Present and former ones. */
  readonly owners: () => Promise<readonly Owner[] | null>;
  readonly users: () => Promise<readonly User[] | null>;
  readonly pipelines: () => Promise<readonly Pipeline[] | null>;
  readonly ticketProperties: () => Promise<readonly Property[] | null>;
  readonly companyProperties: () => Promise<readonly Property[] | null>;
  readonly articles: () => Promise<readonly Article[] | null>;
  readonly channels: () => Promise<readonly z.infer<typeof Channel>[] | null>;
  /** Whether the token may read them at all. */
  readonly sees: (kind: Beside) => Promise<boolean>;
}
export type Context = FeedContext<Settings, Session>;

export async function readMe({ http, signal }: EarlyContext<Settings>) {
  return http.getJson({ path: '/account-info/v3/details', schema: withoutOddCells(AccountInfo), signal });
}

export function openSession(context: EarlyContext<Settings>): Session {
  const visible = <R>(path: string, rows: z.ZodType<R>, page: Pager, query = {}) =>
    readVisible(context, { path, query, rows, page, at: 'results' });
  const properties = (of: string) => once(() => visible(`/crm/v3/properties/${of}`, Property, onePage()));
  const sees = new Map<Beside, () => Promise<boolean>>();
  for (const [kind, path] of Object.entries(BESIDE) as [Beside, string][])
    sees.set(
      kind,
      once(async () => {
        const ask = { path, query: { limit: 1 } };
        const asked = await orRefusal(() => askPage(context, ask, { at: 'results', place: path }), [402, 403, 404]);
        if (asked.found === null) return false;
        const ids = asked.found.rows.flatMap((row) => Bare.safeParse(row).data?.id ?? []);
        const call = BELOW[kind];
        return call === undefined || seesBelow(context, ids, call);
      }),
    );
  return {
    owners: once(async () => {
      const present = await visible('/crm/v3/owners', Owner, PAGES, { archived: false });
      const former = await visible('/crm/v3/owners', Owner, PAGES, { archived: true });
      return present === null ? null : [...present, ...(former ?? [])];
    }),
    users: once(() => visible('/settings/v3/users', User, PAGES)),
    pipelines: once(() => visible('/crm/v3/pipelines/tickets', Pipeline, onePage())),
    ticketProperties: properties('tickets'),
    companyProperties: properties('companies'),
    articles: once(() => visible(SITE_SEARCH, Article, ARTICLE_PAGES, ARTICLES)),
    channels: once(() => visible('/conversations/v3/conversations/channels', Channel, PAGES)),
    sees: async (kind) => (await sees.get(kind)?.()) ?? false,
  };
}

export function accountOf(settings: Settings, secret: string): Account {
  const baseUrl = apiUrl(settings);
  return { baseUrl, auth: authOf(baseUrl, settings, secret), limits: LIMITS, classify };
}

/** The token of a private app, or one that an OAuth app fetches for half an hour. */
function authOf(baseUrl: URL, { clientId }: Settings, secret: string): Auth {
  if (clientId === undefined) return { kind: 'bearer', token: secret };
  const { parts, with: replace } = readSecretParts(secret, ['client_secret', 'refresh_token']);
  return {
    kind: 'token',
    source: refreshToken({
      tokenUrl: new URL('/oauth/v3/token', baseUrl),
      clientId,
      clientSecret: parts.client_secret,
      refreshToken: parts.refresh_token,
      withRefreshToken: (token) => replace('refresh_token', token),
    }),
  };
}
