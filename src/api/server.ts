import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { PlumblineError } from '../errors/index.ts';
import { isActive } from '../pipeline/access-tokens.ts';
import { createApi } from './app.ts';
import type { ApiDeps } from './deps.ts';
import { isLoopback } from './hosts.ts';

export interface RunningApi {
  /** Where it answers. */
  readonly url: string;
  /** Takes no further request, ends open streams, and waits for what is under way. */
  close(): Promise<void>;
}

/** On an address that others can reach, somebody must be able to come in, and nobody else: so a token has to exist first. */
async function assertGuarded(deps: ApiDeps): Promise<void> {
  const { host } = deps.config.serve;
  if (isLoopback(host)) return;
  const now = deps.clock.now();
  if ((await deps.operations.tokens()).some((token) => isActive(token, now))) return;
  throw new PlumblineError(
    'BAD_CONFIG',
    `serve.host is ${host}, which other machines can reach, but there is no access token yet.`,
    'Make one first: plumbline token add first --role admin. Or listen on 127.0.0.1.',
  );
}

export function listeningFailure(error: unknown, host: string, port: number): PlumblineError {
  const code = (error as { readonly code?: unknown }).code;
  const why = code === 'EADDRINUSE' ? 'another program has it' : code === 'EACCES' ? 'it is not allowed' : String(code);
  return new PlumblineError(
    'BAD_CONFIG',
    `Cannot listen on ${host}:${port}: ${why}.`,
    'Choose another --port or --host.',
    { cause: error },
  );
}

/** Address that a person can use: the wildcard addresses are reached over loopback from here. */
function urlOf(app: FastifyInstance, host: string): string {
  const { port, family, address } = app.server.address() as AddressInfo;
  if (host === 'localhost') return `http://localhost:${port}`;
  const shown = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  return `http://${family === 'IPv6' && shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}

/**
 * Builds the interface and listens on serve.host and serve.port (0 = any free one).
 * Errors: BAD_CONFIG (address taken; reachable from outside while no token exists).
 */
export async function serveApi(deps: ApiDeps): Promise<RunningApi> {
  const { host, port } = deps.config.serve;
  await assertGuarded(deps);
  const app = await createApi(deps);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw listeningFailure(error, host, port);
  }
  return { url: urlOf(app, host), close: () => app.close() };
}
