import createClient from 'openapi-fetch';
import type { paths } from '../generated/api.ts';
import { dataOf } from './problem.ts';

const CSRF_HEADER = 'x-plumbline-csrf';
const UNAUTHORISED = 401;

/** What writes carry against forged requests; it is of no use without the cookie, which no script can read. */
const credentials: { csrf: string | null } = { csrf: null };
const listeners = new Set<() => void>();

/** Tells the client the mark of the session; null = signed out. */
export function carryCsrf(csrf: string | null): void {
  credentials.csrf = csrf;
}

/** Calls back when the server no longer knows the session: it ended, or its token was revoked. Gives what ends that. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function watch(response: Response): void {
  const signingIn = new URL(response.url).pathname === '/v1/session';
  if (response.status === UNAUTHORISED && !signingIn) for (const listener of listeners) listener();
}

/** Calls of the HTTP interface, typed by docs/openapi.json. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' });

api.use({
  onRequest({ request }) {
    if (request.method !== 'GET' && credentials.csrf !== null) request.headers.set(CSRF_HEADER, credentials.csrf);
    return request;
  },
  onResponse({ response }) {
    watch(response);
  },
});

/** A reply of an address that the document does not describe in full: the shape is the caller's word. */
export function getJson<T>(
  path: string,
  query: Readonly<Record<string, string | undefined>> = {},
  signal?: AbortSignal,
): Promise<T> {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const address = given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
  const reply = fetch(address, signal === undefined ? {} : { signal }).then(async (response) => {
    watch(response);
    const body: unknown = await response.json().catch(() => undefined);
    return response.ok ? { data: body as T, response } : { error: body ?? {}, response };
  });
  return dataOf(reply) as Promise<T>;
}
