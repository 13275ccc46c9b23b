import { PlumblineError } from '../errors/plumbline-error.ts';
import { isAllowedAddress, literalAddress } from './address-guard.ts';

/**
 * Accepts a helpdesk address as people type it (`acme.example.com`, `https://acme.example.com/`) and gives its URL without query,
 * fragment and trailing slash. Throws BAD_URL for other schemes, credentials inside the address, addresses that are not public
 * (unless `allowPrivate`), and plain http to a public host, which would send the token in clear.
 */
export function parseBaseUrl(text: string, allowPrivate: boolean): URL {
  const url = requireUsable(parse(text), allowPrivate, 'helpdesk');
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** As parseBaseUrl, of an account that people name alone: `acme` is `acme.<domain>`; anything with a dot, colon or slash is an address. */
export function accountUrl(text: string, domain: string): URL {
  const name = text.trim();
  const bare = /^[a-z0-9][a-z0-9-]*$/i.test(name) && name !== 'localhost';
  return parseBaseUrl(bare ? `${name}.${domain}` : name, true);
}

/**
 * The same URL, when we may send to it. `what` names the other side in messages. Throws BAD_URL for other schemes, credentials inside
 * the address, addresses that are not public (unless `allowPrivate`), and plain http to a public host.
 */
export function requireUsable(url: URL, allowPrivate: boolean, what: string): URL {
  if (url.username !== '' || url.password !== '')
    throw bad(
      `The address of ${url.host} holds credentials.`,
      'Leave them out of the address; use --user and --token-env.',
    );
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw bad(`The scheme ${url.protocol.slice(0, -1)} is not supported.`, 'Use an address that starts with https://.');
  if (url.protocol === 'http:' && !allowPrivate)
    throw bad(
      `${url.host} would be reached without encryption.`,
      `Use https://, or --allow-private for a ${what} on a private network.`,
    );
  const address = literalAddress(url.hostname);
  const named = url.hostname === 'localhost' || url.hostname.endsWith('.localhost');
  if ((address !== null && !isAllowedAddress(address, allowPrivate)) || (named && !allowPrivate))
    throw bad(
      `${url.hostname} is not a public address.`,
      `Use the public address of the ${what}, or --allow-private when it really is on a private network.`,
    );
  return url;
}

function parse(text: string): URL {
  const trimmed = text.trim();
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  } catch (cause) {
    throw new PlumblineError(
      'BAD_URL',
      'The helpdesk address cannot be read as a URL.',
      'Give it as https://host.example.com.',
      { cause },
    );
  }
}

function bad(message: string, remedy: string): PlumblineError {
  return new PlumblineError('BAD_URL', message, remedy);
}

/**
 * Path and query of a link that a reply gave, when it is on `origin`; relative links are. Throws VENDOR_BROKEN for any other
 * origin: credentials go to the configured host only.
 */
export function pathOnOrigin(link: string, origin: string): string {
  let url: URL;
  try {
    url = new URL(link, origin);
  } catch (cause) {
    throw new PlumblineError(
      'VENDOR_BROKEN',
      'The helpdesk gave a next link that is not a URL.',
      'Run the sync again later.',
      { cause },
    );
  }
  if (url.origin !== origin)
    throw new PlumblineError(
      'VENDOR_BROKEN',
      `The helpdesk gave a link to another host (${url.host}); it was not followed.`,
      `Connect with the address that the helpdesk itself uses: ${url.origin}.`,
      { where: origin },
    );
  return `${url.pathname}${url.search}`;
}
