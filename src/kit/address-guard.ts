import { lookup as systemLookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import ipaddr from 'ipaddr.js';

/** Ranges that `allowPrivate` opens. Link-local stays shut: cloud metadata services live there, helpdesks do not. */
const PRIVATE_RANGES = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat']);

/** The IP address that a URL host is, without brackets; null for a name. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) ? bare : null;
}

/**
 * Whether we may connect to an address. Public unicast always; private, loopback, unique-local and carrier-grade NAT only with
 * `allowPrivate`; link-local (cloud metadata), multicast, reserved and translation ranges never. IPv4 inside IPv6 is judged as IPv4.
 */
export function isAllowedAddress(address: string, allowPrivate: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  const range = ipaddr.process(address).range();
  return range === 'unicast' || (allowPrivate && PRIVATE_RANGES.has(range));
}

/** Code of the error that a refused address gives. */
export const ADDRESS_REFUSED = 'EADDRESSREFUSED';

/**
 * DNS lookup for sockets that refuses forbidden addresses. It judges the very addresses that the socket then connects to, so a
 * name that resolves differently the second time (DNS rebinding) gains nothing. One forbidden address refuses the whole name.
 */
export function guardedLookup(allowPrivate: boolean, lookup: typeof systemLookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const refused = addresses.some((entry) => !isAllowedAddress(entry.address, allowPrivate));
      const first = addresses[0];
      if (refused || first === undefined) {
        const reason: NodeJS.ErrnoException = new Error(`${hostname} does not resolve to an address that may be used`);
        reason.code = ADDRESS_REFUSED;
        return callback(reason, []);
      }
      if (options.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}

export interface AgentOptions {
  readonly allowPrivate: boolean;
  readonly connectTimeoutMs: number;
  readonly maxSockets: number;
  readonly lookup?: typeof systemLookup;
}

/** Keep-alive agents whose sockets resolve through `guardedLookup` and give up connecting after `connectTimeoutMs`. */
export function createAgents(options: AgentOptions): {
  readonly http: http.Agent;
  readonly https: https.Agent;
  close(): void;
} {
  const shared = {
    keepAlive: true,
    maxSockets: options.maxSockets,
    scheduling: 'lifo',
    lookup: guardedLookup(options.allowPrivate, options.lookup),
  } as const;
  const plain = withConnectTimeout(new http.Agent(shared), 'connect', options.connectTimeoutMs);
  const secure = withConnectTimeout(new https.Agent(shared), 'secureConnect', options.connectTimeoutMs);
  return {
    http: plain,
    https: secure,
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

type Connect = (options: object, callback: unknown) => Duplex | null | undefined;

function withConnectTimeout<A extends http.Agent>(agent: A, ready: 'connect' | 'secureConnect', timeoutMs: number): A {
  const holder = agent as unknown as { createConnection: Connect };
  const connect = holder.createConnection.bind(agent) as Connect;
  holder.createConnection = (options, callback) => {
    const socket = connect(options, callback) as Socket | undefined;
    if (!socket) return socket;
    const timer = setTimeout(() => {
      const reason: NodeJS.ErrnoException = new Error(`no connection within ${timeoutMs} ms`);
      reason.code = 'ETIMEDOUT';
      socket.destroy(reason);
    }, timeoutMs);
    timer.unref();
    socket.once(ready, () => clearTimeout(timer));
    socket.once('close', () => clearTimeout(timer));
    return socket;
  };
  return agent;
}
