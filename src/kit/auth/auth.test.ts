import { createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isDeadCredentials, PlumblineError } from '../../errors/index.ts';
import type { Account, Auth } from '../account.ts';
import type { Attempt } from '../exchange.ts';
import { createHttpClient } from '../http-client.ts';
import { signAssertion } from './jwt.ts';
import { clientCredentials, refreshToken } from './oauth.ts';
import { readSecretParts } from './secret-parts.ts';

const TOKEN_URL = new URL('https://login.desk.example/oauth/token');
const START = Date.parse('2026-03-01T12:00:00Z');

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client whose network is a function; token requests and others are counted apart. */
function client(auth: Auth, answer: (attempt: Attempt) => Answer, own: Partial<Account> = {}, sealed: string[] = []) {
  let nowMs = START;
  const sent: Attempt[] = [];
  const http = createHttpClient({
    baseUrl: new URL('https://acme.desk.example'),
    auth,
    limits: { concurrency: 4, perMinute: null },
    ...own,
    clock: {
      now: () => new Date(nowMs),
      sleep: async (ms) => {
        nowMs += ms;
      },
    },
    random: () => 0.5,
    allowPrivate: false,
    keepSecret: async (secret) => void sealed.push(secret),
    exchange: async (attempt) => {
      sent.push(attempt);
      const { status, body, headers = {} } = answer(attempt);
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const type = { 'content-type': 'application/json' };
      return { kind: 'reply', status, headers: { ...type, ...headers }, text, bytes: text.length, url: attempt.url };
    },
  });
  const read = (path = '/tickets') => http.getJson({ path, schema: z.unknown() });
  const tokens = () => sent.filter((one) => one.url.href === TOKEN_URL.href);
  return { http, read, sent, tokens, pass: (ms: number) => (nowMs += ms) };
}

const credentials = clientCredentials({ tokenUrl: TOKEN_URL, clientId: 'plumb', clientSecret: 'sesame' });
const isToken = (attempt: Attempt) => attempt.url.href === TOKEN_URL.href;

describe('client credentials', () => {
  it('fetch one token for all who ask at once, and a new one before it expires', async () => {
    let made = 0;
    const { read, tokens, sent, pass } = client({ kind: 'token', source: credentials }, (attempt) =>
      isToken(attempt)
        ? { status: 200, body: { access_token: `t${++made}`, expires_in: 3600 } }
        : { status: 200, body: [] },
    );
    await Promise.all([read(), read(), read()]);
    expect(tokens()).toHaveLength(1);
    expect(tokens()[0]?.body).toBe('grant_type=client_credentials&client_id=plumb&client_secret=sesame');
    expect(sent.at(-1)?.headers.authorization).toBe('Bearer t1');
    pass(3_539_000);
    await read();
    expect(tokens()).toHaveLength(1);
    pass(2_000);
    await read();
    expect(sent.at(-1)?.headers.authorization).toBe('Bearer t2');
  });

  it('are renewed once when the vendor refuses the token in mid-read, and no more', async () => {
    let made = 0;
    let good = 't1';
    const { read, tokens } = client({ kind: 'token', source: credentials }, (attempt) => {
      if (isToken(attempt)) return { status: 200, body: { access_token: `t${++made}` } };
      return attempt.headers.authorization === `Bearer ${good}`
        ? { status: 200, body: ['row'] }
        : { status: 401, body: { error: 'expired' } };
    });
    expect((await read()).data).toEqual(['row']);
    good = 't2';
    expect((await read()).data).toEqual(['row']);
    good = 'never again';
    const error: unknown = await read().catch((thrown: unknown) => thrown);
    expect(isDeadCredentials(error)).toBe(true);
    expect(tokens()).toHaveLength(3);
  });

  it('that are refused are dead credentials, and nothing of them is said', async () => {
    const { read } = client({ kind: 'token', source: credentials }, () => ({
      status: 400,
      body: { error: 'invalid_client', error_description: 'sesame is wrong' },
    }));
    const error: unknown = await read().catch((thrown: unknown) => thrown);
    expect(isDeadCredentials(error)).toBe(true);
    expect(JSON.stringify([error, String(error)])).not.toContain('sesame');
  });

  it.each(['invalid_client', 'invalid_code', 'unauthorized_client'])(
    'that are refused in the dress of a success (%s) are dead credentials too',
    async (error) => {
      const { read } = client({ kind: 'token', source: credentials }, () => ({ status: 200, body: { error } }));
      expect(isDeadCredentials(await read().catch((thrown: unknown) => thrown))).toBe(true);
    },
  );

  it('that are only not given now are not dead', async () => {
    const busy = { error: 'temporarily_unavailable' };
    const { read } = client({ kind: 'token', source: credentials }, () => ({ status: 200, body: busy }));
    const error: unknown = await read().catch((thrown: unknown) => thrown);
    expect(isDeadCredentials(error)).toBe(false);
    expect(error).toMatchObject({ code: 'VENDOR_BROKEN' });
  });

  it.each([
    ['a failing server', { status: 503, body: 'x' }],
    ['a limit that says how long', { status: 429, body: {}, headers: { 'retry-after': '7' } }],
    ['a web page', { status: 200, body: '<html></html>' }],
  ] as [string, Answer][])('outlast one bad moment: %s', async (_, bad) => {
    let asked = 0;
    const { read, tokens } = client({ kind: 'token', source: credentials }, (attempt) => {
      if (!isToken(attempt)) return { status: 200, body: ['row'] };
      asked += 1;
      return asked === 1 ? bad : { status: 200, body: { access_token: 't' } };
    });
    expect((await read()).data).toEqual(['row']);
    expect(tokens()).toHaveLength(2);
  });

  it('end cleanly when the place that gives them stays down, and when it is not there', async () => {
    const down = client({ kind: 'token', source: credentials }, () => ({ status: 503, body: 'x' }));
    expect(await down.read().catch((thrown: unknown) => thrown)).toMatchObject({ code: 'VENDOR_UNREACHABLE' });
    expect(down.tokens().length).toBeGreaterThan(1);
    const gone = client({ kind: 'token', source: credentials }, () => ({ status: 404, body: {} }));
    expect(await gone.read().catch((thrown: unknown) => thrown)).toMatchObject({ code: 'VENDOR_UNREACHABLE' });
    expect(gone.tokens()).toHaveLength(1);
  });

  it('may tell the address of the account', async () => {
    const source = clientCredentials({
      tokenUrl: TOKEN_URL,
      clientId: 'plumb',
      clientSecret: 'sesame',
      origin: (reply) => (typeof reply.instance_url === 'string' ? new URL(reply.instance_url) : null),
    });
    const { read, sent } = client({ kind: 'token', source }, (attempt) =>
      isToken(attempt)
        ? { status: 200, body: { access_token: 't', instance_url: 'https://eu7.desk.example' } }
        : { status: 200, body: [] },
    );
    await read();
    expect(sent.at(-1)?.url.href).toBe('https://eu7.desk.example/tickets');
  });
});

describe('a refresh token', () => {
  const secret = JSON.stringify({ client_secret: 'sesame', refresh_token: 'r1' });
  const source = () => {
    const { parts, with: replace } = readSecretParts(secret, ['client_secret', 'refresh_token']);
    return refreshToken({
      tokenUrl: TOKEN_URL,
      clientId: 'plumb',
      clientSecret: parts.client_secret,
      refreshToken: parts.refresh_token,
      withRefreshToken: (token) => replace('refresh_token', token),
    });
  };

  it('that is rotated is sealed before the access token is used, and used the next time', async () => {
    const sealed: string[] = [];
    const order: string[] = [];
    let made = 1;
    const { read, tokens, pass } = client(
      { kind: 'token', source: source() },
      (attempt) => {
        if (!isToken(attempt)) {
          order.push(`read with ${sealed.length} sealed`);
          return { status: 200, body: [] };
        }
        made += 1;
        return { status: 200, body: { access_token: `a${made}`, refresh_token: `r${made}`, expires_in: 600 } };
      },
      {},
      sealed,
    );
    await read();
    pass(600_000);
    await read();
    expect(order).toEqual(['read with 1 sealed', 'read with 2 sealed']);
    expect(sealed.map((text) => JSON.parse(text))).toEqual([
      { client_secret: 'sesame', refresh_token: 'r2' },
      { client_secret: 'sesame', refresh_token: 'r3' },
    ]);
    expect(tokens().map((one) => new URLSearchParams(one.body).get('refresh_token'))).toEqual(['r1', 'r2']);
  });

  it('needs all parts of its secret, and says which without quoting any', () => {
    expect(() => readSecretParts('{"client_secret":"sesame"}', ['client_secret', 'refresh_token'])).toThrow(
      'The secret of the connection lacks refresh_token.',
    );
    expect(() => readSecretParts('sesame', ['client_secret'])).toThrow(PlumblineError);
  });
});

describe('a signed assertion', () => {
  it('verifies with the public key and ends after three minutes', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const text = signAssertion(
      { issuer: 'plumb', subject: 'reader', audience: 'https://login', privateKey: pem },
      new Date(START),
    );
    const [header, claims, signature] = text.split('.') as [string, string, string];
    const verified = createVerify('RSA-SHA256').update(`${header}.${claims}`).verify(publicKey, signature, 'base64url');
    expect(verified).toBe(true);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      iss: 'plumb',
      sub: 'reader',
      aud: 'https://login',
      iat: START / 1000,
      exp: START / 1000 + 180,
    });
  });

  it('refuses a key that cannot sign without quoting it', () => {
    const assertion = { issuer: 'a', subject: 'b', audience: 'c', privateKey: 'hush' };
    expect(() => signAssertion(assertion, new Date(START))).toThrow('cannot be used to sign');
  });
});

describe('what a connector says of replies', () => {
  const none: Auth = { kind: 'none' };
  const failure = async (work: Promise<unknown>) => work.catch((thrown: unknown) => thrown);

  it('goes before their status: a limit is waited for, an error in the dress of a success is tried again', async () => {
    const replies = [
      { status: 200, body: { error: 'slow down' } },
      { status: 200, body: { error: 'busy' } },
      { status: 200, body: ['row'] },
    ];
    const { read, sent } = client(none, () => replies.shift() as Answer, {
      classify: (reply) => {
        const { error } = (reply.json() ?? {}) as { error?: string };
        return error === 'slow down' ? 'limit' : error === 'busy' ? 'failed' : null;
      },
    });
    expect((await read()).data).toEqual(['row']);
    expect(sent).toHaveLength(3);
  });

  it('tells a plan from a permission, and expired credentials from both', async () => {
    const meaning = async (said: 'plan' | 'absent' | 'expired') => {
      const { read } = client(none, () => ({ status: 404, body: {} }), { classify: () => said });
      return failure(read());
    };
    expect(await meaning('plan')).toMatchObject({ code: 'PERMISSION_DENIED', status: 404, meaning: 'plan' });
    expect(await meaning('absent')).toMatchObject({ meaning: 'absent' });
    expect(isDeadCredentials(await meaning('expired'))).toBe(true);
  });

  it('takes 204 for a success without a body', async () => {
    const { read } = client(none, () => ({ status: 204, body: '' }));
    expect(await read()).toMatchObject({ data: null, empty: true });
  });

  it('sends fixed headers, and requests to a further address of the account by its name', async () => {
    const { http, sent } = client(none, () => ({ status: 200, body: [] }), {
      headers: { 'X-Api-Version': '7' },
      origins: { help: new URL('https://help.acme.example') },
    });
    await http.getJson({ path: '/articles', origin: 'help', schema: z.unknown() });
    expect(sent[0]?.url.href).toBe('https://help.acme.example/articles');
    expect(sent[0]?.headers['x-api-version']).toBe('7');
    expect(await failure(http.getJson({ path: '/', origin: 'unknown', schema: z.unknown() }))).toMatchObject({
      code: 'BUG',
    });
  });

  it('sends to an address with credentials of its own those and no others, and renews nothing for it', async () => {
    const auth = {
      kind: 'token',
      source: clientCredentials({ tokenUrl: TOKEN_URL, clientId: 'i', clientSecret: 's' }),
    } as const;
    const { http, sent } = client(
      auth,
      ({ url }) => ({ status: url.host === 'docs.acme.example' ? 401 : 200, body: {} }),
      {
        origins: {
          docs: { url: new URL('https://docs.acme.example'), auth: { kind: 'basic', user: 'key', password: 'X' } },
        },
      },
    );
    expect(isDeadCredentials(await failure(http.getJson({ path: '/', origin: 'docs', schema: z.unknown() })))).toBe(
      true,
    );
    // RFC 7617: base64 of `key:X`.
    expect(sent.map((one) => [one.url.host, one.headers.authorization])).toEqual([
      ['docs.acme.example', 'Basic a2V5Olg='],
    ]);
  });

  it('reads text as it is, and refuses a web page instead of it', async () => {
    const { http } = client(none, (attempt) =>
      attempt.url.pathname === '/page'
        ? { status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' } }
        : { status: 200, body: 'id,name\r\n1,a', headers: { 'content-type': 'text/csv' } },
    );
    expect((await http.getText({ path: '/export.csv' })).data).toBe('id,name\r\n1,a');
    expect(await failure(http.getText({ path: '/page' }))).toMatchObject({ code: 'VENDOR_BROKEN' });
  });
});
