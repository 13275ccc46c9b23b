import type { z } from 'zod';
import type { Account, Auth } from '../../src/kit/account.ts';
import { refreshSecret } from '../../src/kit/auth/oauth.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { byId, readVisible } from '../../src/kit/feed/read-all.ts';
import { withoutOddCells } from '../../src/kit/mend-item.ts';
import { once } from '../../src/kit/once.ts';
import { onePage } from '../../src/kit/page/counted.ts';
import type { Pager } from '../../src/kit/page/pager.ts';
import { api, DESK_API, DESK_PAGES, type Early } from './calls.ts';
import { type FieldRoles, rolesOfFields } from './field-roles.ts';
import { Desk, Field, Me, Organisation, Priority, Status } from './schema.ts';
import { type Settings, siteUrl } from './settings.ts';
import { readStaff, type Staff } from './staff.ts';

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the user may not see it. */
export interface Session {
  readonly desks: () => Promise<readonly Desk[]>;
  readonly fields: () => Promise<readonly Field[] | null>;
  readonly roles: () => Promise<FieldRoles>;
  readonly statuses: () => Promise<ReadonlyMap<string, Status> | null>;
  /** Most urgent first, as the site orders them. */
  readonly priorities: () => Promise<readonly z.infer<typeof Priority>[] | null>;
  readonly staff: () => Promise<Staff>;
  readonly organisations: () => Promise<readonly Organisation[]>;
}
export type Context = FeedContext<Settings, Session>;

export async function readMe({ http, settings, signal }: Early) {
  return http.getJson({ path: `${api(settings)}/myself`, schema: withoutOddCells(Me), signal });
}

export function openSession(context: Early): Session {
  const base = api(context.settings);
  const visible = <R>(path: string, rows: z.ZodType<R>, page: Pager, at?: string) =>
    readVisible(context, { path, rows, page, ...(at === undefined ? {} : { at }) });
  const { projects } = context.settings;
  const fields = once(() => visible(`${base}/field`, Field, onePage()));
  return {
    desks: once(async () => {
      const all = (await visible(`${DESK_API}/servicedesk`, Desk, DESK_PAGES, 'values')) ?? [];
      return projects.length === 0 ? all : all.filter((desk) => projects.includes(desk.projectKey));
    }),
    fields,
    roles: once(async () => rolesOfFields((await fields()) ?? [], context.settings)),
    statuses: once(async () => byId(await visible(`${base}/status`, Status, onePage()))),
    priorities: once(() => visible(`${base}/priority`, Priority, onePage())),
    staff: once(() => readStaff(context)),
    organisations: once(
      async () => (await visible(`${DESK_API}/organization`, Organisation, DESK_PAGES, 'values')) ?? [],
    ),
  };
}

const TOKEN_URL = new URL('https://auth.atlassian.com/oauth/token');

/** How to speak with the site. Errors: BAD_URL, SECRET_MISSING. */
export function accountOf(settings: Settings, secret: string): Account {
  const { cloudId, clientId, user } = settings;
  return {
    baseUrl:
      cloudId === undefined
        ? siteUrl(settings)
        : new URL(`https://api.atlassian.com/ex/jira/${encodeURIComponent(cloudId)}`),
    auth: clientId === undefined ? tokenAuth(user, secret) : oauth(clientId, secret),
    // Some lists of the service desk API answer only those who say that they know them to be experimental.
    headers: { 'x-experimentalapi': 'opt-in' },
    limits: { concurrency: 4, perMinute: null },
    // A wrong token is answered as if nobody had asked: 200, with nothing to see.
    classify: ({ headers }) =>
      /AUTHENTICATED_FAILED|AUTHENTICATION_DENIED/i.test(headers['x-seraph-loginreason'] ?? '') ? 'expired' : null,
  };
}

function tokenAuth(user: string | undefined, secret: string): Auth {
  return user === undefined ? { kind: 'bearer', token: secret } : { kind: 'basic', user, password: secret };
}

function oauth(clientId: string, secret: string): Auth {
  return { kind: 'token', source: refreshSecret(secret, { tokenUrl: TOKEN_URL, clientId }) };
}
