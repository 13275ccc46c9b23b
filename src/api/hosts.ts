import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether an address to listen on can only be reached from this machine. Names other than `localhost` count as not. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (bare === 'localhost') return true;
  const family = isIP(bare);
  return family !== 0 && LOOPBACK.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/** Name in a Host header without its port; null when there is none or it cannot be read. */
export function hostName(header: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[^:\s/@[\]]+)(?::\d{1,5})?$/i.exec(header ?? '');
  return match?.[1]?.toLowerCase() ?? null;
}

/**
 * Whether a request may come in under this Host header. On a loopback address only loopback names and the configured ones count, so that
 * a web page whose name was pointed at this machine (DNS rebinding) gets nothing. Elsewhere the configured names count, if there are any.
 */
export function acceptsHost(
  header: string | undefined,
  listening: { readonly host: string; readonly hosts: readonly string[] },
): boolean {
  const name = hostName(header);
  const known = name !== null && listening.hosts.some((host) => host.toLowerCase() === name);
  if (known) return true;
  if (!isLoopback(listening.host) && listening.hosts.length === 0) return true;
  return name !== null && isLoopback(name);
}
