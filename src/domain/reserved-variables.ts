/**
 * Whether an environment variable is the product's own: it holds keys, or addresses with passwords, of the installation, and must never be
 * sent anywhere as the secret of a helpdesk or a notice target. `_FILE` forms are meant too, for the name of a key file is not for others.
 */
export function isReservedVariable(name: string): boolean {
  return /^(PLUMBLINE_|DATABASE_URL|REDIS_URL)/i.test(name);
}
