import type { Auth } from './account.ts';
import { pathOnOrigin } from './base-url.ts';
import type { HttpRequest } from './http.ts';

/** URL of a request: base path + path + query, or path and query of `next` on the same origin; that of a file may name another host. */
export function requestUrl(request: Pick<HttpRequest<unknown>, 'path' | 'query' | 'next' | 'file'>, base: URL): URL {
  if (request.next !== undefined && request.file === true && URL.canParse(request.next)) return new URL(request.next);
  if (request.next !== undefined) return new URL(pathOnOrigin(request.next, base.origin), base.origin);
  const basePath = base.pathname.replace(/\/+$/, '');
  const url = new URL(pathOnOrigin(`${basePath}${request.path}`, base.origin), base.origin);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value === undefined) continue;
    if (typeof value === 'object') for (const one of value) url.searchParams.append(name, one);
    else url.searchParams.set(name, String(value));
  }
  return url;
}

/** Headers of credentials that need not be fetched. */
export function authHeaders(auth: Exclude<Auth, { kind: 'token' }>): Record<string, string> {
  switch (auth.kind) {
    case 'none':
      return {};
    case 'basic':
      return { authorization: `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}` };
    case 'bearer':
      return { authorization: `Bearer ${auth.token}` };
    case 'header':
      return { [auth.name.toLowerCase()]: auth.value };
  }
}
