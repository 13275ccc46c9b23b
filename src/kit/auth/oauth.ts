import { z } from 'zod';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { readSecretParts } from './secret-parts.ts';
import type { Token, TokenAsk, TokenSource } from './token-source.ts';

/** RFC 6749 section 5.1; vendors add fields, which `origin` may read. */
const TokenReply = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().nullish(),
  refresh_token: z.string().min(1).nullish(),
});
type TokenReply = z.infer<typeof TokenReply>;

interface OAuthAccess {
  readonly tokenUrl: URL;
  /** Further fields of the form (scope, audience, resource). */
  readonly form?: Readonly<Record<string, string>>;
  /** Word before the token in the authorization header. @defaultValue Bearer */
  readonly scheme?: string;
  /** Address of the account, where only the reply tells it (Salesforce: `instance_url`); null = it does not. */
  readonly origin?: (reply: Readonly<Record<string, unknown>>) => URL | null;
}

interface ClientCredentials extends OAuthAccess {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Client id and secret as HTTP Basic instead of in the form. */
  readonly basic?: boolean;
}

/** Tokens by the client credentials grant (RFC 6749 section 4.4). Errors: those of the token address. */
export function clientCredentials(access: ClientCredentials): TokenSource {
  return {
    async fetch(ask) {
      const { clientId, clientSecret } = access;
      const own: Record<string, string> = access.basic ? {} : { client_id: clientId, client_secret: clientSecret };
      const headers: Record<string, string> = access.basic
        ? { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` }
        : {};
      const form = { grant_type: 'client_credentials', ...own, ...access.form };
      return tokenOf(await askFor(ask, access, form, headers), access, ask);
    },
  };
}

interface RefreshToken extends OAuthAccess {
  readonly clientId: string;
  /** Public clients have none. */
  readonly clientSecret?: string;
  readonly refreshToken: string;
  /** The secret of the connection with the new refresh token in it, as it is to be sealed. */
  readonly withRefreshToken: (refreshToken: string) => string;
}

/**
 * Tokens by the refresh grant (RFC 6749 section 6). Where the vendor gives a new refresh token with each one, it is kept, sealed, before the new
 * access token is used: a process that dies between the two has lost nothing. Errors: those of the token address and of keeping.
 */
export function refreshToken(access: RefreshToken): TokenSource {
  let present = access.refreshToken;
  return {
    async fetch(ask) {
      const reply = await askFor(ask, access, {
        grant_type: 'refresh_token',
        refresh_token: present,
        client_id: access.clientId,
        ...(access.clientSecret === undefined ? {} : { client_secret: access.clientSecret }),
        ...access.form,
      });
      const rotated = reply.refresh_token ?? present;
      if (rotated !== present) {
        await ask.keepSecret(access.withRefreshToken(rotated));
        present = rotated;
      }
      return tokenOf(reply, access, ask);
    },
  };
}

/** As refreshToken, of a secret that is JSON with `client_secret` and `refresh_token`. Errors: SECRET_MISSING. */
export function refreshSecret(
  secret: string,
  access: Omit<RefreshToken, 'clientSecret' | 'refreshToken' | 'withRefreshToken'>,
): TokenSource {
  const { parts, with: replace } = readSecretParts(secret, ['client_secret', 'refresh_token']);
  return refreshToken({
    ...access,
    clientSecret: parts.client_secret,
    refreshToken: parts.refresh_token,
    withRefreshToken: (token) => replace('refresh_token', token),
  });
}

export async function askFor(
  ask: TokenAsk,
  { tokenUrl }: Pick<OAuthAccess, 'tokenUrl'>,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenReply> {
  const parsed = TokenReply.safeParse(await ask.post(tokenUrl, form, headers));
  if (parsed.success) return parsed.data;
  throw new PlumblineError(
    'VENDOR_BROKEN',
    `${tokenUrl.host} answered a request for a token without one.`,
    'Check the address of the account; if it is right, run the sync again later.',
    { where: `${tokenUrl.host}${tokenUrl.pathname}` },
  );
}

export function tokenOf(reply: TokenReply, access: OAuthAccess, ask: Pick<TokenAsk, 'now'>): Token {
  const baseUrl = access.origin?.(reply) ?? null;
  const seconds = reply.expires_in ?? null;
  return {
    headers: { authorization: `${access.scheme ?? 'Bearer'} ${reply.access_token}` },
    expiresAt: seconds === null ? null : new Date(ask.now.getTime() + seconds * 1000),
    ...(baseUrl === null ? {} : { baseUrl }),
  };
}
