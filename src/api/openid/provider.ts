import * as client from 'openid-client';
import type { OpenIdConfig } from '../../config/config.ts';
import { PlumblineError } from '../../errors/index.ts';
import type { RandomBytes } from '../../pipeline/access-tokens.ts';

const TIMEOUT_S = 10;

/** What a sign-in that is under way has to remember; kept in a cookie of the browser that began it, for minutes. */
export interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Path to go to afterwards. */
  readonly next: string;
}

/** Somebody whom the provider vouches for. */
interface Vouched {
  readonly issuer: string;
  readonly subject: string;
  /** Value of the configured claim, whatever it is. */
  readonly claim: unknown;
}

export interface Provider {
  begin(next: string): Promise<{ readonly pending: Pending; readonly address: string }>;
  /** `came` = the address that the provider sent the browser back to, whole. Errors: whatever the exchange met; nothing of it is for callers. */
  end(came: URL, pending: Pending): Promise<Vouched>;
}

interface ProviderParts {
  readonly config: OpenIdConfig;
  readonly redirect: string;
  /** Null = a public client. */
  readonly secret: () => Promise<string | null>;
  readonly randomBytes: RandomBytes;
}

/**
 * Signs people in at an OpenID provider: authorization code with PKCE, state and nonce. The provider's document is read at the first sign-in; while
 * that fails, the next one tries again.
 */
export function openProvider({ config, redirect, secret, randomBytes }: ProviderParts): Provider {
  let discovered: Promise<client.Configuration> | null = null;
  const random = (): string => Buffer.from(randomBytes(32)).toString('base64url');
  const discover = async (): Promise<client.Configuration> => {
    const given = await secret();
    const auth = given === null ? client.None() : client.ClientSecretBasic(given);
    const plain = config.issuer.startsWith('http://') ? [client.allowInsecureRequests] : [];
    const found = await client.discovery(new URL(config.issuer), config.client_id, undefined, auth, {
      execute: plain,
      timeout: TIMEOUT_S,
    });
    found.timeout = TIMEOUT_S;
    return found;
  };
  const ready = async (): Promise<client.Configuration> => {
    discovered ??= discover();
    try {
      return await discovered;
    } catch (error) {
      discovered = null;
      throw error;
    }
  };
  return {
    async begin(next) {
      const pending = { state: random(), nonce: random(), verifier: random(), next };
      const address = client.buildAuthorizationUrl(await ready(), {
        redirect_uri: redirect,
        scope: config.scope,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      });
      return { pending, address: address.href };
    },
    async end(came, { state, nonce, verifier }) {
      const provider = await ready();
      const tokens = await client.authorizationCodeGrant(provider, came, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new PlumblineError('BUG', 'There is no ID token.', 'Report this.');
      const { iss, sub } = claims;
      // Many providers keep groups out of the ID token.
      const inToken = claims[config.claim];
      const asked = inToken === undefined && provider.serverMetadata().userinfo_endpoint !== undefined;
      const info = asked ? await client.fetchUserInfo(provider, tokens.access_token, sub) : null;
      return { issuer: iss, subject: sub, claim: inToken ?? info?.[config.claim] };
    },
  };
}
