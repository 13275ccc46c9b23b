import { PlumblineError } from '../../errors/plumbline-error.ts';
import type { Token, TokenAsk, TokenSource } from './token-source.ts';

/** The token of one client: fetched once for all who wait, renewed before it expires and when it is refused. */
export interface HeldToken {
  get(): Promise<Token>;
  /** The vendor refused `token`; a new one, unless somebody has fetched it meanwhile. */
  renew(token: Token): Promise<Token>;
}

/** Renewed this long before its end, as a request takes time and clocks differ; at half of its life when that is shorter. */
const MARGIN_MS = 60_000;

export function holdToken(source: TokenSource, ask: () => TokenAsk): HeldToken {
  let present: Token | null = null;
  let renewAtMs = Number.POSITIVE_INFINITY;
  let fetching: Promise<Token> | null = null;

  const fetch = (): Promise<Token> => {
    fetching ??= source
      .fetch(ask())
      .then((token) => {
        present = token;
        const nowMs = ask().now.getTime();
        const endMs = token.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
        renewAtMs = endMs - Math.min(MARGIN_MS, (endMs - nowMs) / 2);
        return token;
      })
      .finally(() => {
        fetching = null;
      });
    return fetching;
  };

  return {
    get: async () => (present !== null && renewAtMs > ask().now.getTime() ? present : fetch()),
    renew: async (token) => (present !== null && present !== token ? present : fetch()),
  };
}

/** Error for a client that is asked to keep a secret and has nowhere to. */
export function cannotKeep(): PlumblineError {
  return new PlumblineError(
    'SECRET_MISSING',
    'The vendor gave a new refresh token, and the secret of this connection lies where it cannot be written back.',
    'Connect again and type the secret in, so that it is sealed in the store; the old one no longer works.',
  );
}
