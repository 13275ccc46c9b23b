import createClient from 'openapi-fetch';
import type { paths } from '../generated/api.ts';
import { dataOf } from './problem.ts';

/** What every request carries; set by signing in, emptied by signing out. Never in any storage of the browser. */
const credentials: { bearer: string | null } = { bearer: null };

export function carryBearer(bearer: string | null): void {
  credentials.bearer = bearer;
}

/** Calls of the HTTP interface, typed by docs/openapi.json. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' });

api.use({
  onRequest({ request }) {
    if (credentials.bearer !== null) request.headers.set('authorization', `Bearer ${credentials.bearer}`);
    return request;
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
  const headers: HeadersInit = credentials.bearer === null ? {} : { authorization: `Bearer ${credentials.bearer}` };
  const reply = fetch(address, { headers, ...(signal === undefined ? {} : { signal }) }).then(async (response) => {
    const body: unknown = await response.json().catch(() => undefined);
    return response.ok ? { data: body as T, response } : { error: body ?? {}, response };
  });
  return dataOf(reply) as Promise<T>;
}
