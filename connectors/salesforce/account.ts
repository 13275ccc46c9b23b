import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import type { Account, ReplyMeaning, VendorReply } from '../../src/kit/account.ts';
import { jwtBearer } from '../../src/kit/auth/jwt.ts';
import { clientCredentials, refreshToken } from '../../src/kit/auth/oauth.ts';
import { readSecretParts } from '../../src/kit/auth/secret-parts.ts';
import type { TokenSource } from '../../src/kit/auth/token-source.ts';
import { parseBaseUrl } from '../../src/kit/base-url.ts';
import { orgUrl, type Settings } from './settings.ts';

/**
 * What the error codes of the vendor mean where the status does not say it. An object that an org does not have and one that the user may not see are
 * both `INVALID_TYPE`: the vendor does not tell them apart, and describes neither.
 */
const MEANINGS: Readonly<Record<string, ReplyMeaning>> = {
  INVALID_TYPE: 'absent',
  NOT_FOUND: 'absent',
  INVALID_FIELD: 'permission',
  INSUFFICIENT_ACCESS: 'permission',
  INSUFFICIENT_ACCESS_OR_READONLY: 'permission',
  /** Rows of a large object, for a user whose access would have to be worked out row by row. */
  OPERATION_TOO_LARGE: 'permission',
  API_DISABLED_FOR_ORG: 'plan',
  FUNCTIONALITY_NOT_ENABLED: 'plan',
  REQUEST_LIMIT_EXCEEDED: 'limit',
  /** Asked again, the same query may be quick. */
  QUERY_TIMEOUT: 'failed',
  INVALID_SESSION_ID: 'expired',
};

/** Statuses with which the edge of the vendor's network answers now and then, with nothing or a web page. */
const EDGE: readonly number[] = [406, 420];

export function classify(reply: VendorReply): ReplyMeaning | null {
  if (reply.status < 400) return null;
  if (EDGE.includes(reply.status)) return 'failed';
  const errors = reply.json();
  const first: unknown = Array.isArray(errors) ? errors[0] : errors;
  const code = typeof first === 'object' && first !== null ? (first as Record<string, unknown>).errorCode : null;
  return typeof code === 'string' ? (MEANINGS[code] ?? null) : null;
}

/** How to speak with the org. Errors: BAD_URL, SECRET_MISSING, BAD_CONFIG. */
export function accountOf(settings: Settings, secret: string): Account {
  const { clientId } = settings;
  return {
    baseUrl: orgUrl(settings.url),
    auth:
      clientId === undefined
        ? { kind: 'bearer', token: secret }
        : { kind: 'token', source: tokenSource(clientId, settings, secret) },
    // Texts of mails are long: pages of two thousand would be too big.
    headers: { 'sforce-query-options': 'batchSize=500' },
    // The limit is one a day for the org; at most 25 requests may run longer than 20 seconds.
    limits: { concurrency: 4, perMinute: null },
    classify,
  };
}

function tokenSource(clientId: string, settings: Settings, secret: string): TokenSource {
  const base = orgUrl(settings.url);
  const tokenUrl = new URL('/services/oauth2/token', base);
  // Only the reply tells where the org lives: it can be moved.
  const origin = ({ instance_url: url }: Readonly<Record<string, unknown>>) =>
    typeof url === 'string' ? parseBaseUrl(url, true) : null;
  switch (settings.grant) {
    case 'client_credentials':
      return clientCredentials({ tokenUrl, clientId, clientSecret: secret, origin });
    case 'refresh_token': {
      const { parts, with: replace } = readSecretParts(secret, ['refresh_token']);
      const own = clientSecretOf(secret);
      return refreshToken({
        tokenUrl,
        clientId,
        ...(own === null ? {} : { clientSecret: own }),
        refreshToken: parts.refresh_token,
        withRefreshToken: (token) => replace('refresh_token', token),
        origin,
      });
    }
    case 'jwt_bearer': {
      if (settings.user === undefined)
        throw new PlumblineError(
          'BAD_CONFIG',
          'The setting user is missing: the flow jwt_bearer acts for a user.',
          'Give the user name of the integration user, as it signs in (--user).',
        );
      const sandbox = /\.(?:sandbox|scratch)\.|--/.test(base.hostname);
      const audience = `https://${sandbox ? 'test' : 'login'}.salesforce.com`;
      return jwtBearer({
        tokenUrl,
        assertion: { issuer: clientId, subject: settings.user, audience, privateKey: secret },
        origin,
      });
    }
  }
}

/** Apps may be set up to renew tokens without their secret. */
function clientSecretOf(secret: string): string | null {
  const { client_secret: own } = JSON.parse(secret) as Record<string, unknown>;
  return typeof own === 'string' && own !== '' ? own : null;
}
