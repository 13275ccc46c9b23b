import type { z } from 'zod';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import type { Account as KitAccount } from '../../src/kit/account.ts';
import { signAssertion } from '../../src/kit/auth/jwt.ts';
import type { Token, TokenAsk, TokenSource } from '../../src/kit/auth/token-source.ts';
import { each } from '../../src/kit/each.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { readVisible } from '../../src/kit/feed/read-all.ts';
import { withoutOddCells } from '../../src/kit/mend-item.ts';
import { once } from '../../src/kit/once.ts';
import { linkHeader } from '../../src/kit/page/link-header.ts';
import { Account, AppToken, Repository, Team } from './schema.ts';
import { apiOf, type Early, type Settings } from './settings.ts';

export const PAGES = linkHeader({ size: { param: 'per_page', rows: 100 }, page: 'page' });

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the token may not see it. */
export interface Session {
  readonly repository: () => Promise<z.infer<typeof Repository>>;
  /** Who may be assigned: whoever has the right to work on issues. */
  readonly staff: () => Promise<ReadonlyMap<string, Account> | null>;
  readonly teams: () => Promise<readonly TeamMembers[] | null>;
}
interface TeamMembers extends Team {
  /** Null = not shown. */
  readonly members: readonly string[] | null;
}
export type Context = FeedContext<Settings, Session>;

/** Path below the repository. */
export function repo(settings: Settings, path = ''): string {
  return `${apiOf(settings).rest}/repos/${settings.repository}${path}`;
}

export async function readRepository({ http, settings, signal }: Early) {
  return http.getJson({ path: repo(settings), schema: withoutOddCells(Repository), signal });
}

export function openSession(context: Early): Session {
  const { settings } = context;
  const [organisation = ''] = settings.repository.split('/');
  const visible = <R>(path: string, rows: z.ZodType<R>) => readVisible(context, { path, page: PAGES, rows });
  return {
    repository: once(async () => (await readRepository(context)).data),
    staff: once(async () => {
      const found = await visible(repo(settings, '/assignees'), Account);
      return found === null ? null : new Map(found.map((one) => [one.id, one]));
    }),
    teams: once(async () => {
      const teams = await visible(repo(settings, '/teams'), Team);
      if (teams === null) return null;
      const members = await each(teams, ({ slug }) =>
        visible(`${apiOf(settings).rest}/orgs/${organisation}/teams/${encodeURIComponent(slug)}/members`, Account),
      );
      return teams.map((team, i) => ({ ...team, members: members[i]?.map((one) => one.id) ?? null }));
    }),
  };
}

const VERSION = '2022-11-28';

/** How to speak with GitHub. Errors: BAD_URL, SECRET_MISSING. */
export function accountOf(settings: Settings, secret: string): KitAccount {
  const { base, rest } = apiOf(settings);
  const { appId, installationId } = settings;
  return {
    baseUrl: base,
    auth:
      appId === undefined || installationId === undefined
        ? { kind: 'bearer', token: secret }
        : {
            kind: 'token',
            source: installationToken({
              url: new URL(
                `${base.href.replace(/\/+$/, '')}${rest}/app/installations/${encodeURIComponent(installationId)}/access_tokens`,
              ),
              appId,
              privateKey: secret,
            }),
          },
    headers: { accept: 'application/vnd.github+json', 'x-github-api-version': VERSION },
    // 5,000 an hour for a user, more for an installation. GitHub counts by the hour, so the pace of a minute keeps well below what it calls abuse.
    limits: { concurrency: 4, perMinute: 600, windows: [{ requests: 5000, seconds: 3600 }] },
    classify({ status, headers, json }) {
      // Organisations with single sign-on refuse tokens that were not authorised for them.
      if (status === 403 && /required/i.test(headers['x-github-sso'] ?? '')) return 'permission';
      return status === 200 ? readErrors(json()) : null;
    },
  };
}

/** GraphQL answers with 200 whatever happens. */
function readErrors(body: unknown) {
  const { errors, data } = (body ?? {}) as { errors?: unknown; data?: unknown };
  if (!Array.isArray(errors) || errors.length === 0 || data === undefined) return null;
  const types = errors.map((one) => String((one as { type?: unknown } | null)?.type ?? ''));
  if (types.some((type) => type === 'RATE_LIMITED')) return 'limit';
  if (types.some((type) => /FORBIDDEN|INSUFFICIENT_SCOPES/.test(type))) return 'permission';
  return types.some((type) => type === 'NOT_FOUND') ? 'absent' : 'failed';
}

/** An app signs who it is, and is given a token of one hour for one installation. */
export function installationToken(access: {
  readonly url: URL;
  readonly appId: string;
  readonly privateKey: string;
}): TokenSource {
  return {
    async fetch(ask: TokenAsk): Promise<Token> {
      const { appId, privateKey, url } = access;
      // A clock that is ahead of GitHub's is refused.
      const now = new Date(ask.now.getTime() - 60_000);
      const assertion = signAssertion({ issuer: appId, subject: appId, audience: url.origin, privateKey }, now);
      const reply = AppToken.safeParse(
        await ask.post(url, {}, { authorization: `Bearer ${assertion}`, 'x-github-api-version': VERSION }),
      );
      if (reply.success)
        return { headers: { authorization: `Bearer ${reply.data.token}` }, expiresAt: reply.data.expires_at };
      throw new PlumblineError(
        'VENDOR_BROKEN',
        `${url.host} answered a request for a token without one.`,
        'Check appId and installationId; if they are right, run the sync again later.',
        { where: `${url.host}${url.pathname}` },
      );
    },
  };
}
