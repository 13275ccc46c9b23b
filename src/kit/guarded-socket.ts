import { connect, type Socket } from 'node:net';
import { PlumblineError } from '../errors/plumbline-error.ts';
import {
  ADDRESS_REFUSED,
  type AgentOptions,
  guardedLookup,
  isAllowedAddress,
  literalAddress,
} from './address-guard.ts';

interface SocketRequest {
  readonly host: string;
  readonly port: number;
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Replaces the system's DNS lookup. */
  readonly lookup?: AgentOptions['lookup'];
}

/**
 * A connected TCP socket to an address that may be used, for protocols other than HTTP. Names are judged by the very addresses that
 * the socket connects to. Errors: BAD_URL for an address that may not be used; otherwise rejects with the socket's own error, or
 * with the reason of `signal`.
 */
export function openGuardedSocket(request: SocketRequest): Promise<Socket> {
  const { host, port, allowPrivate, timeoutMs, signal } = request;
  const refused = (): PlumblineError =>
    new PlumblineError(
      'BAD_URL',
      `${host} is not a public address, or does not resolve to one.`,
      'Use a public address, or --allow-private when it really is on a private network.',
    );
  const literal = literalAddress(host);
  if (literal !== null && !isAllowedAddress(literal, allowPrivate)) return Promise.reject(refused());
  return new Promise((resolve, reject) => {
    const lookup = guardedLookup(allowPrivate, ...(request.lookup === undefined ? [] : [request.lookup]));
    const socket = connect({ host: literal ?? host, port, lookup });
    const stop = () => socket.destroy(asError(signal.reason));
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
    const timer = setTimeout(() => {
      const reason: NodeJS.ErrnoException = new Error(`no connection within ${timeoutMs} ms`);
      reason.code = 'ETIMEDOUT';
      socket.destroy(reason);
    }, timeoutMs);
    signal.addEventListener('abort', stop, { once: true });
    socket.once('connect', () => {
      settle();
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      settle();
      reject(error.code === ADDRESS_REFUSED ? refused() : error);
    });
    if (signal.aborted) stop();
  });
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('stopped', { cause: reason });
}
