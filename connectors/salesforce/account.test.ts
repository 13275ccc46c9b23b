import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Attempt } from '../../src/kit/exchange.ts';
import { createHttpClient } from '../../src/kit/http-client.ts';
import { accountOf, classify } from './account.ts';
import { orgUrl, Settings } from './settings.ts';

const START = Date.parse('2026-03-01T12:00:00Z');

/** What goes over the wire when one record is asked for; the token address tells where the org lives. */
async function askWith(settings: object, secret: string, tokenReply: object = {}) {
  const sent: Attempt[] = [];
  const sealed: string[] = [];
  const http = createHttpClient({
    ...accountOf(Settings.parse({ url: 'acme', ...settings }), secret),
    clock: { now: () => new Date(START), sleep: async () => undefined },
    random: () => 0.5,
    allowPrivate: false,
    keepSecret: async (kept) => void sealed.push(kept),
    exchange: async (attempt) => {
      sent.push(attempt);
      const isToken = attempt.url.pathname === '/services/oauth2/token';
      const reply = { access_token: 't1', instance_url: 'https://moved.my.salesforce.com', ...tokenReply };
      const text = JSON.stringify(isToken ? reply : { records: [] });
      const headers = { 'content-type': 'application/json' };
      return { kind: 'reply', status: 200, headers, text, bytes: text.length, url: attempt.url };
    },
  });
  await http.getJson({ path: '/services/data/v60.0', schema: z.unknown() });
  http.close();
  const form = new URLSearchParams(sent[0]?.body ?? '');
  return { hosts: sent.map((one) => one.url.host), form: Object.fromEntries(form), last: sent.at(-1), sealed };
}

describe('ways in', () => {
  it('take an access token as it is', async () => {
    const { hosts, last } = await askWith({}, 'sesame');
    expect(hosts).toEqual(['acme.my.salesforce.com']);
    expect(last?.headers.authorization).toBe('Bearer sesame');
  });

  it('ask for a token with the client secret, and go where the reply says', async () => {
    const { hosts, form, last } = await askWith({ clientId: 'app' }, 'sesame');
    expect(hosts).toEqual(['acme.my.salesforce.com', 'moved.my.salesforce.com']);
    expect(form).toEqual({ grant_type: 'client_credentials', client_id: 'app', client_secret: 'sesame' });
    expect(last?.headers.authorization).toBe('Bearer t1');
  });

  it('renew a token with and without a client secret, and seal a new refresh token', async () => {
    const secret = JSON.stringify({ client_secret: 's', refresh_token: 'r1' });
    const { form, sealed } = await askWith({ clientId: 'app', grant: 'refresh_token' }, secret, {
      refresh_token: 'r2',
    });
    expect(form).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'r1', client_secret: 's' });
    expect(sealed.map((text) => JSON.parse(text))).toEqual([{ client_secret: 's', refresh_token: 'r2' }]);
    const open = await askWith({ clientId: 'app', grant: 'refresh_token' }, JSON.stringify({ refresh_token: 'r1' }));
    expect(open.form).not.toHaveProperty('client_secret');
  });

  it.each([
    ['acme', 'https://login.salesforce.com'],
    ['acme--test.sandbox', 'https://test.salesforce.com'],
  ])('sign for the user of %s at %s', async (url, audience) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { form } = await askWith({ url, clientId: 'app', grant: 'jwt_bearer', user: 'reader@acme.example' }, pem);
    expect(form.grant_type).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const claims: unknown = JSON.parse(Buffer.from(form.assertion?.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ iss: 'app', sub: 'reader@acme.example', aud: audience });
  });

  it('say what is missing', () => {
    const open = (settings: object, secret: string) => () =>
      accountOf(Settings.parse({ url: 'acme', clientId: 'app', ...settings }), secret);
    expect(open({ grant: 'jwt_bearer' }, 'key')).toThrow(/user/);
    expect(open({ grant: 'refresh_token' }, 'no json')).toThrow(/refresh_token/);
  });
});

describe('addresses', () => {
  it.each([
    ['acme', 'https://acme.my.salesforce.com/'],
    ['acme--test.sandbox', 'https://acme--test.sandbox.my.salesforce.com/'],
    ['acme.my.salesforce.com', 'https://acme.my.salesforce.com/'],
    ['https://acme.lightning.force.com/lightning/page/home', 'https://acme.my.salesforce.com/'],
    ['https://crm.acme.example', 'https://crm.acme.example/'],
  ])('%s is %s', (typed, url) => {
    expect(orgUrl(typed).href).toBe(url);
  });
});

describe('errors of the vendor', () => {
  const meaning = (status: number, body: unknown) =>
    classify({ status, headers: {}, path: '/services/data/v60.0/query', json: () => body });

  it.each([
    [400, 'INVALID_TYPE', 'absent'],
    [404, 'NOT_FOUND', 'absent'],
    [400, 'INVALID_FIELD', 'permission'],
    [403, 'INSUFFICIENT_ACCESS', 'permission'],
    [403, 'REQUEST_LIMIT_EXCEEDED', 'limit'],
    [403, 'API_DISABLED_FOR_ORG', 'plan'],
    [401, 'INVALID_SESSION_ID', 'expired'],
    [400, 'MALFORMED_QUERY', null],
    [400, 'QUERY_TIMEOUT', 'failed'],
  ])('%s %s means %s', (status, errorCode, means) => {
    expect(meaning(status, [{ message: 'x', errorCode }])).toBe(means);
  });

  it('are passing where the edge of the network answers in place of the org', () => {
    // airbytehq/airbyte source-salesforce/rate_limiting.py: 406 and 420, mostly without a body.
    expect([meaning(406, null), meaning(420, null)]).toEqual(['failed', 'failed']);
  });

  it('leave anything else to its status', () => {
    expect(meaning(200, [{ errorCode: 'INVALID_TYPE' }])).toBeNull();
    expect(meaning(500, null)).toBeNull();
    expect(meaning(403, { error: 'Forbidden' })).toBeNull();
  });
});
