import type { RandomBytes } from '../../pipeline/access-tokens.ts';

/** What stands in index.html wherever the nonce of a reply belongs; a contract with the build of the page. */
export const NONCE_PLACE = '__CSP_NONCE__';
const NONCE_BYTES = 16;

/** A value that nobody can know before the reply it stands in. */
export function makeNonce(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(NONCE_BYTES)).toString('base64');
}

/**
 * Content-Security-Policy of a reply that is a page: everything from this server and nothing from elsewhere, scripts only as files or under
 * the nonce, no frame, no other base. No markup may carry a style either: React and the drawings set styles by script, which no policy forbids.
 */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
