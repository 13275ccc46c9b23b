import { z } from 'zod';
import type { Account, Auth } from '../../src/kit/account.ts';
import { refreshSecret } from '../../src/kit/auth/oauth.ts';
import { orRefusal } from '../../src/kit/capability.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { readVisible } from '../../src/kit/feed/read-all.ts';
import { seesBelow } from '../../src/kit/feed/visible-parts.ts';
import { withoutOddCells } from '../../src/kit/mend-item.ts';
import { once, oncePer } from '../../src/kit/once.ts';
import { onePage } from '../../src/kit/page/counted.ts';
import { askPage, type PageAsk, type Pager } from '../../src/kit/page/pager.ts';
import { ARTICLE_PAGES, ARTICLES, CRM, classify, LIMITS, near, PAGES, SITE_SEARCH, THREADS, whole } from './calls.ts';
import { type DealFields, dealFields } from './deal-fields.ts';
import { AccountInfo, Article, Channel, Owner, Pipeline, Property, User } from './schema.ts';
import { apiUrl, type Settings } from './settings.ts';

type Asks = readonly ((row: { readonly id: string }) => PageAsk)[];
/** An object of the CRM, and what is asked for by its ids. */
const object = (name: string, ...below: Asks) => ({ path: `${CRM}/${name}`, below });
const wholes = (name: string) => object(name, whole(`${CRM}/${name}`));

/** Records beside a ticket or a company, each with a permission of its own: their list, and what is asked for by their ids. */
const BESIDE = {
  threads: { path: THREADS, below: [({ id }) => ({ path: `${THREADS}/${id}/messages` })] },
  emails: wholes('emails'),
  notes: wholes('notes'),
  contacts: object('contacts'),
  companies: object('companies'),
  wholeCompanies: wholes('companies'),
  deals: object('deals', whole(`${CRM}/deals`), near('deals', 'companies')),
  dealsOfCompanies: object('companies', near('companies', 'deals')),
} as const satisfies Record<string, { readonly path: string; readonly below: Asks }>;
export type Beside = keyof typeof BESIDE;
const Bare = z.looseObject({ id: z.union([z.string(), z.number()]).transform(String) });

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the token may not see it. */
export interface Session {
  /** Present and former ones. */
  readonly owners: () => Promise<readonly Owner[] | null>;
  readonly users: () => Promise<readonly User[] | null>;
  readonly pipelines: () => Promise<readonly Pipeline[] | null>;
  readonly ticketProperties: () => Promise<readonly Property[] | null>;
  readonly companyProperties: () => Promise<readonly Property[] | null>;
  /** How deals are told apart; null = they are not shown, or not how. */
  readonly deals: () => Promise<DealFields | null>;
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
  const sees = oncePer(async (kind: Beside) => {
    const { path, below }: { readonly path: string; readonly below: Asks } = BESIDE[kind];
    const ask = { path, query: { limit: 1 } };
    const asked = await orRefusal(() => askPage(context, ask, { at: 'results', place: path }));
    if (asked.found === null) return false;
    const ids = asked.found.rows.flatMap((row) => Bare.safeParse(row).data?.id ?? []);
    for (const call of below) if (!(await seesBelow(context, ids, (id) => call({ id })))) return false;
    return true;
  });
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
    deals: once(async () => {
      if (!(await sees('deals')) || !(await sees('dealsOfCompanies'))) return null;
      const pipelines = await visible('/crm/v3/pipelines/deals', Pipeline, onePage());
      const known = pipelines && (await visible('/crm/v3/properties/deals', Property, onePage()));
      return pipelines && known && dealFields(pipelines, known, context.settings);
    }),
    articles: once(() => visible(SITE_SEARCH, Article, ARTICLE_PAGES, ARTICLES)),
    channels: once(() => visible('/conversations/v3/conversations/channels', Channel, PAGES)),
    sees,
  };
}

export function accountOf(settings: Settings, secret: string): Account {
  const baseUrl = apiUrl(settings);
  return { baseUrl, auth: authOf(baseUrl, settings, secret), limits: LIMITS, classify };
}

/** The token of a private app, or one that an OAuth app fetches for half an hour. */
function authOf(baseUrl: URL, { clientId }: Settings, secret: string): Auth {
  if (clientId === undefined) return { kind: 'bearer', token: secret };
  return { kind: 'token', source: refreshSecret(secret, { tokenUrl: new URL('/oauth/v3/token', baseUrl), clientId }) };
}
