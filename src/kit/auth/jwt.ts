import { createSign } from 'node:crypto';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { askFor, tokenOf } from './oauth.ts';
import type { TokenSource } from './token-source.ts';

interface JwtAssertion {
  /** Who asks (`iss`), for whom (`sub`), and the address that the assertion is meant for (`aud`). */
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  /** Private key, PEM. */
  readonly privateKey: string;
  readonly keyId?: string;
}

/** An assertion is used at once; some vendors allow three minutes at most. */
const ASSERTION_S = 180;

/**
 * Compact JWS with RS256 (RFC 7515, RFC 7519), good for three minutes from `now`. Errors: SECRET_MISSING when the key cannot be used; the key is
 * not quoted.
 */
export function signAssertion(assertion: JwtAssertion, now: Date): string {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const header = { alg: 'RS256', typ: 'JWT', ...(assertion.keyId === undefined ? {} : { kid: assertion.keyId }) };
  const { issuer, subject, audience } = assertion;
  const claims = { iss: issuer, sub: subject, aud: audience, iat: issuedAt, exp: issuedAt + ASSERTION_S };
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  try {
    return `${text}.${createSign('RSA-SHA256').update(text).sign(assertion.privateKey).toString('base64url')}`;
  } catch {
    throw new PlumblineError(
      'SECRET_MISSING',
      'The private key of the connection cannot be used to sign.',
      'Give it as PEM, with its first and last line, and without a passphrase.',
    );
  }
}

/** Tokens for a signed assertion (RFC 7523). Errors: those of the token address; SECRET_MISSING for a key that cannot sign. */
export function jwtBearer(access: {
  readonly tokenUrl: URL;
  readonly assertion: JwtAssertion;
  readonly form?: Readonly<Record<string, string>>;
  readonly origin?: (reply: Readonly<Record<string, unknown>>) => URL | null;
}): TokenSource {
  return {
    async fetch(ask) {
      const assertion = signAssertion(access.assertion, ask.now);
      const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion, ...access.form };
      return tokenOf(await askFor(ask, access, form), access, ask);
    },
  };
}
