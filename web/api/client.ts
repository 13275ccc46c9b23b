import createClient from 'openapi-fetch';
import type { paths } from '../generated/api.ts';

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
