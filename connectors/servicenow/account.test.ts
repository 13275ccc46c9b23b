import { describe, expect, it } from 'vitest';
import { servicenow } from './index.ts';
import { Settings } from './settings.ts';

const accountOf = (settings: Record<string, unknown>, secret: string) =>
  servicenow.account(Settings.parse({ url: 'acme', ...settings }), secret);

describe('ways to sign in at ServiceNow', () => {
  it('are a password, an API key, or an OAuth client', () => {
    expect(accountOf({ user: 'reader' }, 'word').auth).toEqual({ kind: 'basic', user: 'reader', password: 'word' });
    expect(accountOf({}, 'key').auth).toEqual({ kind: 'header', name: 'x-sn-apikey', value: 'key' });
    expect(accountOf({}, 'key').baseUrl.href).toBe('https://acme.service-now.com/');
    expect(() => accountOf({ clientId: 'c1' }, 'no JSON')).toThrow(/client_secret, refresh_token/);
  });

  it.each([
    ['refresh_token', { client_secret: 's', refresh_token: 'r' }, { grant_type: 'refresh_token', refresh_token: 'r' }],
    ['client_credentials', { client_secret: 's' }, { grant_type: 'client_credentials' }],
  ])('by %s fetch their tokens from the instance', async (grant, secret, form) => {
    const { auth } = accountOf({ clientId: 'c1', grant }, JSON.stringify(secret));
    if (auth.kind !== 'token') throw new Error('no token');
    const asked: unknown[] = [];
    const token = await auth.source.fetch({
      now: new Date('2026-03-07T12:00:00Z'),
      keepSecret: async () => undefined,
      post: async (url, fields) => {
        asked.push([url.href, fields]);
        return { access_token: 't', expires_in: 1799 };
      },
    });
    expect(asked).toEqual([
      ['https://acme.service-now.com/oauth_token.do', { ...form, client_id: 'c1', client_secret: 's' }],
    ]);
    expect(token.headers).toEqual({ authorization: 'Bearer t' });
    expect(token.expiresAt).toEqual(new Date('2026-03-07T12:29:59Z'));
  });
});
