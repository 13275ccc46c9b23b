import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { VendorReply } from '../../src/kit/account.ts';
import type { Attempt } from '../../src/kit/exchange.ts';
import { createHttpClient } from '../../src/kit/http-client.ts';
import { accountOf, classify, DOCS, PAGES } from './account.ts';
import { Settings } from './settings.ts';

/** What goes over the wire when one record of the inbox is asked for, and one of Docs where there is a key. */
async function askWith(settings: object, secret: string) {
  const sent: Attempt[] = [];
  const account = accountOf(Settings.parse(settings), secret);
  const http = createHttpClient({
    ...account,
    clock: { now: () => new Date('2026-03-01T12:00:00Z'), sleep: async () => undefined },
    random: () => 0.5,
    allowPrivate: false,
    exchange: async (attempt) => {
      sent.push(attempt);
      const isToken = attempt.url.pathname === '/v2/oauth2/token';
      const text = JSON.stringify(isToken ? { token_type: 'bearer', access_token: 't1', expires_in: 172_800 } : {});
      const headers = { 'content-type': 'application/json' };
      return { kind: 'reply', status: 200, headers, text, bytes: text.length, url: attempt.url };
    },
  });
  await http.getJson({ path: '/v2/users/me', schema: z.unknown() });
  if (account.origins !== undefined) await http.getJson({ path: '/v1/collections', origin: DOCS, schema: z.unknown() });
  http.close();
  return sent;
}
const shown = (sent: readonly Attempt[]) =>
  sent.map(({ url, headers }) => [url.host + url.pathname, headers.authorization]);

describe('ways into Help Scout', () => {
  it('take an access token as it is', async () => {
    expect(shown(await askWith({}, 'sesame'))).toEqual([['api.helpscout.net/v2/users/me', 'Bearer sesame']]);
  });

  it('ask for a token with the id and the secret of an app', async () => {
    const [first, second] = await askWith({ app: 'a1' }, 'sesame');
    expect(first?.url.href).toBe('https://api.helpscout.net/v2/oauth2/token');
    expect(Object.fromEntries(new URLSearchParams(first?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'a1',
      client_secret: 'sesame',
    });
    expect(second?.headers.authorization).toBe('Bearer t1');
  });

  it('send the key of Docs to Docs alone, and nothing else there', async () => {
    const secret = JSON.stringify({ access_token: 'sesame', docs_key: 'key' });
    expect(shown(await askWith({ docs: true }, secret))).toEqual([
      ['api.helpscout.net/v2/users/me', 'Bearer sesame'],
      // The vendor: the key is the user name, the password is a dummy. RFC 7617: base64 of `key:X`.
      ['docsapi.helpscout.net/v1/collections', 'Basic a2V5Olg='],
    ]);
  });

  it('say which part of a secret is missing', () => {
    const broken = () => accountOf(Settings.parse({ app: 'a1', docs: true }), JSON.stringify({ app_secret: 'sesame' }));
    expect(broken).toThrow(/lacks docs_key/);
  });
});

describe('replies of Help Scout', () => {
  it('end with the last page, or at once where a list is given whole', () => {
    const page = (data: object) =>
      PAGES.after({ ask: { path: '/' }, data, rows: [{ id: 1 }], headers: {}, before: 0, barren: 0 });
    expect(page({ _embedded: {}, page: { totalPages: 2, number: 1 } })).toMatchObject({
      kind: 'more',
      ask: { query: { page: 2 } },
    });
    expect(page({ _embedded: {}, page: { totalPages: '1', number: 1 } })).toEqual({ kind: 'end' });
    expect(page({ _embedded: {}, _links: { next: { href: 'x' } } })).toMatchObject({ kind: 'more' });
    expect(page({ _embedded: {}, _links: { self: { href: 'x' } } })).toEqual({ kind: 'end' });
  });

  it('say in a header of the vendor how long to wait', async () => {
    const slept: number[] = [];
    let asked = 0;
    const http = createHttpClient({
      ...accountOf(Settings.parse({}), 'sesame'),
      clock: {
        now: () => new Date(Date.UTC(2026, 2, 1, 12) + slept.reduce((a, b) => a + b, 0)),
        sleep: async (ms) => void slept.push(ms),
      },
      random: () => 0.5,
      allowPrivate: false,
      exchange: async ({ url }) => {
        asked += 1;
        const headers = { 'content-type': 'application/json', 'x-ratelimit-retry-after': '20' };
        return { kind: 'reply', status: asked === 1 ? 429 : 200, headers, text: '{}', bytes: 2, url };
      },
    });
    await http.getJson({ path: '/v2/users/me', schema: z.unknown() });
    http.close();
    expect(slept.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(20_000);
  });

  const meaning = (body: unknown, status = 200) =>
    classify({ status, headers: {}, path: '/v2/teams', json: () => body } satisfies VendorReply);

  it('are empty where a page comes without its list, and nowhere else', () => {
    expect(meaning({ _links: {}, page: { size: 50, totalElements: 0, totalPages: 0, number: 1 } })).toBe('empty');
    expect(meaning({ _embedded: { teams: [] }, page: { totalPages: 0 } })).toBeNull();
    expect(meaning({ results: [], page: 1, pages: 0 })).toBeNull();
    expect(meaning({ note: 'nothing here' })).toBeNull();
    expect(meaning({ page: {} }, 404)).toBeNull();
  });
});
