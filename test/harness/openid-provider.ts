import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface OpenIdServer {
  readonly issuer: string;
  /** Who signs in next, and with which groups. */
  person: { sub: string; groups: unknown };
  close(): Promise<void>;
}

interface Ctx {
  readonly oidc: {
    readonly client: { readonly clientId: string };
    readonly session: { readonly accountId: string };
    readonly provider: Provider;
  };
}

/** A real OpenID provider on loopback, at which everybody is signed in as `person` without a word. */
export async function startOpenIdServer(client: {
  readonly id: string;
  readonly secret: string;
  readonly redirect: string;
  /** Whether groups stand in the ID token, or at the userinfo endpoint alone. */
  readonly inToken: boolean;
}): Promise<OpenIdServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state: OpenIdServer = {
    issuer,
    person: { sub: 'ada', groups: [] },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirect],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub', 'groups'] },
    conformIdTokenClaims: !client.inToken,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['a key of this test'] },
    interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
    findAccount: async (_: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, groups: state.person.groups }),
    }),
    loadExistingGrant: async ({ oidc }: Ctx) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client.clientId,
        accountId: oidc.session.accountId,
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const done = request.url?.startsWith('/interaction/') === true;
    void (done
      ? provider.interactionFinished(request, response, { login: { accountId: state.person.sub } })
      : answer(request, response));
  });
  return state;
}

/** Follows redirects of the provider with its cookies, as a browser does, until one leads elsewhere; gives that address. */
export async function passThrough(start: string, issuer: string): Promise<string> {
  const cookies = new Map<string, string>();
  let at = start;
  for (let hops = 0; hops < 10 && at.startsWith(issuer); hops++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(at, { redirect: 'manual', headers: { cookie } });
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const next = reply.headers.get('location');
    if (next === null) throw new Error(`The provider answered ${reply.status}: ${await reply.text()}`);
    at = new URL(next, at).href;
  }
  return at;
}
