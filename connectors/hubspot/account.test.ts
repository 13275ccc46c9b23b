import { describe, expect, it } from 'vitest';
import { FakeStatus } from '../../test/conformance/connector.ts';
import { runVendor } from '../../test/conformance/vendor-run.ts';
import { hubspotRoutes } from '../../test/harness/hubspot.ts';
import { hubspotCase } from '../../test/harness/hubspot-case.ts';
import { memoryTelemetry } from '../../test/harness/memory-telemetry.ts';
import { accountOf } from './account.ts';
import { hubspot } from './index.ts';
import { Settings } from './settings.ts';

describe('credentials of a HubSpot account', () => {
  it('are the token of a private app', () => {
    const account = accountOf(Settings.parse({}), 'sesame');
    expect(account.baseUrl.origin).toBe('https://api.hubapi.com');
    expect(account.auth).toEqual({ kind: 'bearer', token: 'sesame' });
  });

  it('are fetched by an OAuth app, whose new refresh token is kept', async () => {
    const secret = JSON.stringify({ client_secret: 'cs', refresh_token: 'old' });
    const { auth } = accountOf(Settings.parse({ clientId: 'app' }), secret);
    if (auth.kind !== 'token') throw new Error('no token source');
    const kept: string[] = [];
    const asked: unknown[] = [];
    const token = await auth.source.fetch({
      now: new Date('2026-03-07T12:00:00Z'),
      keepSecret: async (text) => void kept.push(text),
      post: async (url, form) => {
        asked.push([url.href, form]);
        return { access_token: 'at', refresh_token: 'new', expires_in: 1800, token_type: 'bearer', hub_id: 62515 };
      },
    });
    expect(asked).toEqual([
      [
        'https://api.hubapi.com/oauth/v3/token',
        { grant_type: 'refresh_token', refresh_token: 'old', client_id: 'app', client_secret: 'cs' },
      ],
    ]);
    expect(token.expiresAt).toEqual(new Date('2026-03-07T12:30:00Z'));
    expect(kept).toEqual([JSON.stringify({ client_secret: 'cs', refresh_token: 'new' })]);
  });

  it('are named where a part of them is missing', () => {
    const wrong = () => accountOf(Settings.parse({ clientId: 'app' }), 'pat-na1');
    expect(wrong).toThrow(/client_secret, refresh_token/);
  });
});

describe('links to tickets', () => {
  it('need the Hub ID', () => {
    expect(hubspot.ticketUrl(Settings.parse({ portal: 62515 }), '101')).toBe(
      'https://app.hubspot.com/contacts/62515/record/0-5/101',
    );
    expect(hubspot.ticketUrl(Settings.parse({}), '101')).toBeNull();
  });
});

describe('replies of HubSpot that are no plain success', () => {
  const syncWith = async (route: string, body: (reply: Record<string, unknown>) => unknown, status = 207) => {
    const store = memoryTelemetry();
    const fault = (reply: unknown, seen: { readonly route: string }) => {
      if (seen.route !== route) return undefined;
      const plain = (reply instanceof FakeStatus ? reply.body : reply) as Record<string, unknown>;
      return new FakeStatus(status, body(plain));
    };
    const { result } = await runVendor(hubspotCase, { store, routes: hubspotRoutes(), fault });
    return { ended: result?.streams.find((one) => one.stream === 'tickets'), rows: store.all() };
  };

  it('are no whole batch when something else than a missing record went wrong', async () => {
    const errors = [{ status: 'error', category: 'RATE_LIMITS', message: 'later' }];
    const { ended, rows } = await syncWith('ticket_batch', (reply) => ({ ...reply, results: [], errors }));
    expect(ended?.status).toBe('failed');
    expect(rows.ticket ?? {}).toEqual({});
  });
});
