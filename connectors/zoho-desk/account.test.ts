import { describe, expect, it } from 'vitest';
import { accessOf } from './account.ts';
import { zohoDesk } from './index.ts';
import { Settings, tokenUrl } from './settings.ts';

const settings = (more: Record<string, unknown> = {}) =>
  Settings.parse({ url: 'https://desk.zoho.eu/agent/acme', org: 20061234567, ...more });

describe('credentials of a Zoho Desk organisation', () => {
  it('are an access token in the words of the vendor, with the organisation on every call', () => {
    const access = accessOf(settings(), 'sesame');
    expect(access.baseUrl.origin).toBe('https://desk.zoho.eu');
    expect(access.auth).toEqual({ kind: 'header', name: 'authorization', value: 'Zoho-oauthtoken sesame' });
    expect(access.headers).toEqual({ orgId: '20061234567' });
  });

  it('are renewed at the accounts of the same data centre', async () => {
    const secret = JSON.stringify({ client_secret: 'cs', refresh_token: 'rt' });
    const { auth } = accessOf(settings({ clientId: '1000.APP' }), secret);
    if (auth.kind !== 'token') throw new Error('no token source');
    const asked: unknown[] = [];
    const token = await auth.source.fetch({
      now: new Date('2026-03-07T12:00:00Z'),
      keepSecret: async () => undefined,
      post: async (url, form) => {
        asked.push([url.href, form]);
        return { access_token: 'at', expires_in: 3600, api_domain: 'https://www.zohoapis.eu', token_type: 'Bearer' };
      },
    });
    expect(asked).toEqual([
      [
        'https://accounts.zoho.eu/oauth/v2/token',
        { grant_type: 'refresh_token', refresh_token: 'rt', client_id: '1000.APP', client_secret: 'cs' },
      ],
    ]);
    expect(token.expiresAt).toEqual(new Date('2026-03-07T13:00:00Z'));
  });

  it('are named where a part of them is missing', () => {
    expect(() => accessOf(settings({ clientId: '1000.APP' }), '1000.token')).toThrow(/client_secret, refresh_token/);
  });

  it.each([
    ['https://desk.zoho.com', 'https://accounts.zoho.com'],
    ['https://desk.zoho.com.au', 'https://accounts.zoho.com.au'],
    ['https://desk.zoho.in', 'https://accounts.zoho.in'],
    ['https://desk.zohocloud.ca', 'https://accounts.zohocloud.ca'],
  ])('of %s are given by %s', (url, accounts) => {
    expect(tokenUrl(settings({ url })).href).toBe(`${accounts}/oauth/v2/token`);
  });

  it('need the address of a data centre, unless the accounts are named', () => {
    const own = { url: 'https://help.acme.example' };
    expect(() => tokenUrl(settings(own))).toThrow(/not the address of a data centre/);
    expect(tokenUrl(settings({ ...own, accounts: 'https://accounts.zoho.jp' })).origin).toBe(
      'https://accounts.zoho.jp',
    );
  });
});

describe('refusals of Zoho Desk', () => {
  const meaning = (status: number, errorCode: string, path = '/api/v1/articles') =>
    accessOf(settings(), 'sesame').classify?.({ status, path, headers: {}, json: () => ({ errorCode }) } as never);

  it('are understood by their code', () => {
    expect(meaning(422, 'THRESHOLD_EXCEEDED')).toBe('limit');
    expect(meaning(403, 'LICENSE_ACCESS_LIMITED')).toBe('plan');
    // Of one ticket that would say that it is gone.
    expect(meaning(403, 'LICENSE_ACCESS_LIMITED', '/api/v1/tickets/1/History')).toBeNull();
    expect(meaning(403, 'SCOPE_MISMATCH')).toBeNull();
    expect(meaning(200, 'THRESHOLD_EXCEEDED')).toBeNull();
  });
});

describe('links to tickets', () => {
  it('need the name of the portal', () => {
    expect(zohoDesk.ticketUrl(settings({ portal: 'acme' }), '42')).toBe(
      'https://desk.zoho.eu/support/acme/ShowHomePage.do#Cases/dv/42',
    );
    expect(zohoDesk.ticketUrl(settings(), '42')).toBeNull();
  });
});
