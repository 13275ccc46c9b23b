import type { OpenIdConfig } from '../../config/config.ts';
import type { Role } from '../../domain/operations.ts';
import { roleReaches } from '../../pipeline/access-tokens.ts';

interface Granted {
  readonly role: Role;
  /** Null = all. */
  readonly workspaces: readonly string[] | null;
}

/**
 * What a claim grants: the highest role that one of its values is mapped to, for the workspaces of all values of that role. Null = nothing is
 * mapped, so nobody gets in by merely being known to the provider.
 */
export function mapClaim(claim: unknown, { roles }: Pick<OpenIdConfig, 'roles'>): Granted | null {
  const values = new Set([claim].flat().filter((value) => typeof value === 'string'));
  const granted = Object.entries(roles).flatMap(([value, one]) => (values.has(value) ? [one] : []));
  const [first] = granted;
  if (first === undefined) return null;
  const role = granted.reduce<Role>((best, one) => (roleReaches(one.role, best) ? one.role : best), first.role);
  const lists = granted.filter((one) => one.role === role).map(({ workspaces }) => workspaces);
  const named = lists.flatMap((list) => list ?? []);
  return { role, workspaces: lists.includes(null) ? null : [...new Set(named)].sort() };
}
