import { afterEach, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../../test/harness/api-fleet.ts';
import { type OpenIdServer, passThrough, startOpenIdServer } from '../../../test/harness/openid-provider.ts';
import { addToken, findToken, revokeToken } from '../../pipeline/access-tokens.ts';

const PUBLIC = 'http://localhost:7448';
const CLIENT = { id: 'plumbline', secret: 'a secret of this test', redirect: `${PUBLIC}/v1/openid/callback` };
const ROLES = {
  'support-leads': { role: 'operator', workspaces: ['desk-a'] },
  platform: { role: 'admin', workspaces: null },
} as const;

let fleet: ApiFleet;
let server: OpenIdServer;
afterEach(async () => {
  await fleet.close();
  await server.close();
});

async function open(inToken = true, secret = CLIENT.secret): Promise<void> {
  server = await startOpenIdServer({ ...CLIENT, inToken });
  const openid = {
    issuer: server.issuer,
    client_id: CLIENT.id,
    secret: 'env:UNUSED',
    label: 'Acme',
    scope: 'openid',
    claim: 'groups',
    roles: { 'support-leads': { ...ROLES['support-leads'], workspaces: ['desk-a'] }, platform: ROLES.platform },
  };
  fleet = await openApiFleet(['desk-a', 'desk-b'], ({ config }) => ({
    config: { ...config, serve: { ...config.serve, public_url: PUBLIC, openid } },
    openIdSecret: async () => secret,
  }));
}

type Reply = Awaited<ReturnType<ApiFleet['ask']>>;
const get = (url: string, cookie = '') =>
  fleet.app.inject({ method: 'GET', url, headers: { host: 'localhost:7448', ...(cookie === '' ? {} : { cookie }) } });
const cookieOf = (reply: Reply, name: string): string =>
  [reply.headers['set-cookie']]
    .flat()
    .find((line) => String(line).startsWith(`${name}=`))
    ?.toString() ?? '';
const pairOf = (line: string): string => line.split(';')[0] ?? '';

async function begin(next = '/fleet') {
  const start = await get(`/v1/openid/start?next=${encodeURIComponent(next)}`);
  return { start, address: String(start.headers.location), pending: pairOf(cookieOf(start, 'plumbline_openid')) };
}

/** The whole way: to the provider, back, and in. */
async function signIn(groups: unknown, sub = 'ada') {
  server.person = { sub, groups };
  const { address, pending } = await begin();
  const back = new URL(await passThrough(address, server.issuer));
  const ended = await get(`${back.pathname}${back.search}`, pending);
  return { back, pending, ended, session: pairOf(cookieOf(ended, 'plumbline')) };
}

describe('signing in at a provider', () => {
  it.each([true, false])('gives the role of the claim, also when only userinfo tells it (%s)', async (inToken) => {
    await open(inToken);
    const { ended, session } = await signIn(['staff', 'support-leads']);
    expect([ended.statusCode, ended.headers.location]).toEqual([302, '/fleet']);
    expect(cookieOf(ended, 'plumbline')).toMatch(/HttpOnly; SameSite=Strict/);
    const who = (await get('/v1/session', session)).json();
    expect(who).toMatchObject({ caller: { role: 'operator', workspaces: ['desk-a'] }, openid: 'Acme' });
    expect(who.caller.id).toMatch(/^oidc-[0-9a-f]{24}$/);
    expect((await fleet.audit())[0]).toMatchObject({ actor: `token:${who.caller.id}`, action: 'session.start' });
    expect(JSON.stringify([await fleet.operations.tokens(), fleet.lines])).not.toContain('ada');
  });

  it('sends along PKCE, state and nonce, and keeps what belongs to them from scripts', async () => {
    await open();
    const { start, address, pending } = await begin();
    const asked = new URL(address).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
    expect(cookieOf(start, 'plumbline_openid')).toMatch(/Max-Age=600; Path=\/v1\/openid; HttpOnly; SameSite=Lax$/);
    expect(pending).not.toBe('');
  });

  it('is one person with one token, whose role follows the claim, and ends with it', async () => {
    await open();
    const first = await signIn(['platform']);
    const id = (await get('/v1/session', first.session)).json().caller.id;
    const [row] = await fleet.operations.tokens();
    if (row === undefined) throw new Error('there is a token');
    const deps = { operations: fleet.operations, now: fleet.clock.now(), randomBytes: fleet.deps.randomBytes };
    const made = await addToken({ name: 'ci', role: 'admin', workspaces: null, expiresAt: null, maker: row }, deps);
    const second = await signIn(['support-leads']);
    expect((await get('/v1/session', second.session)).json().caller).toMatchObject({ id, role: 'operator' });
    // What the person made as admin outgrows an operator.
    expect(await findToken(made.token, deps)).toBeNull();
    const third = await signIn(['gone']);
    expect(third.ended.headers.location).toBe('/sign-in?refused=not_granted');
    expect((await get('/v1/session', second.session)).json().caller).toBeNull();
    const fourth = await signIn(['platform']);
    expect((await get('/v1/session', fourth.session)).json().caller).toMatchObject({ id, role: 'admin' });
    await revokeToken(id, deps);
    expect((await signIn(['platform'])).ended.headers.location).toBe('/sign-in?refused=not_granted');
    expect((await signIn(['platform'], 'grace')).ended.headers.location).toBe('/fleet');
  });

  it('gives nothing to a person of whom no claim speaks', async () => {
    await open();
    for (const groups of [[], undefined, 'nobody', { platform: true }, [['platform']]]) {
      const { ended, session } = await signIn(groups);
      expect([ended.headers.location, session]).toEqual(['/sign-in?refused=not_granted', '']);
    }
    expect(await fleet.operations.tokens()).toEqual([]);
  });

  it('takes back nothing but what this browser began, once', async () => {
    await open();
    const mine = await signIn(['platform']);
    const other = await begin();
    const path = `${mine.back.pathname}${mine.back.search}`;
    const foreign = await get(path, other.pending);
    const again = await get(path, mine.pending);
    const bare = await get(path);
    const forged = await get(`${mine.back.pathname}?code=x&state=y`, other.pending);
    const broken = await get(path, 'plumbline_openid=%%%');
    expect([foreign, again, bare, forged, broken].map(({ headers }) => headers.location)).toEqual([
      '/sign-in?refused=failed',
      '/sign-in?refused=failed',
      '/sign-in?refused=expired',
      '/sign-in?refused=failed',
      '/sign-in?refused=expired',
    ]);
    for (const reply of [foreign, again, bare, forged, broken]) expect(cookieOf(reply, 'plumbline')).toBe('');
  });

  it('ends the session that the browser had', async () => {
    await open();
    const first = await signIn(['platform']);
    const { address, pending } = await begin();
    const back = new URL(await passThrough(address, server.issuer));
    await get(`${back.pathname}${back.search}`, `${pending}; ${first.session}`);
    expect((await get('/v1/session', first.session)).json().caller).toBeNull();
  });

  it('fails without a word about why, when the client is not known there, or nobody answers', async () => {
    await open(true, 'a wrong secret');
    const { ended } = await signIn(['platform']);
    expect(ended.headers.location).toBe('/sign-in?refused=failed');
    expect(JSON.stringify(fleet.lines)).not.toContain('a wrong secret');
    await fleet.close();
    await server.close();
    fleet = await openApiFleet([], ({ config }) => ({
      config: {
        ...config,
        serve: { ...config.serve, public_url: PUBLIC, openid: { ...someOpenId, issuer: server.issuer } },
      },
    }));
    expect((await get('/v1/openid/start')).headers.location).toBe('/sign-in?refused=failed');
    server = await startOpenIdServer({ ...CLIENT, inToken: true });
  });

  it('never leads to another server', async () => {
    await open();
    for (const next of ['//evil.example', 'https://evil.example/', '/\\evil.example', '/v1/tokens']) {
      server.person = { sub: 'ada', groups: ['platform'] };
      const { address, pending } = await begin(next);
      const back = new URL(await passThrough(address, server.issuer));
      const ended = await get(`${back.pathname}${back.search}`, pending);
      expect([next, ended.headers.location]).toEqual([next, '/']);
    }
  });

  it('needs the address that the provider sends browsers back to', async () => {
    await open();
    const serve = { ...fleet.deps.config.serve, public_url: null };
    const opening = openApiFleet([], ({ config }) => ({ config: { ...config, serve } }));
    await expect(opening).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  });
});

const someOpenId = { client_id: 'x', secret: null, label: 'Acme', scope: 'openid', claim: 'groups', roles: {} };
