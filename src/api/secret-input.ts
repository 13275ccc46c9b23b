import { z } from 'zod';
import type { AccessToken } from '../domain/operations.ts';
import { isReservedVariable } from '../domain/reserved-variables.ts';
import { hasHidden, PlumblineError } from '../errors/index.ts';
import type { ApiDeps } from './deps.ts';

/** A secret as a caller hands it in: its value, which is sealed at once and never given back, or where the server can find it. */
export const SecretInput = z
  .union([
    z.strictObject({ value: z.string().min(1).max(10_000).describe('Sealed at once, never shown again') }),
    z.strictObject({
      reference: z
        .string()
        .regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/, 'write env:NAME or file:PATH')
        .max(1_000)
        .refine((text) => !hasHidden(text), 'holds a control or bidirectional character')
        .refine(
          (text) => !(text.startsWith('env:') && isReservedVariable(text.slice('env:'.length))),
          'names a variable of Plumbline itself; put the token into one of its own',
        )
        .describe('env:NAME or file:PATH on the server; only for admins of all workspaces'),
    }),
    z.strictObject({ none: z.literal(true) }),
  ])
  .describe('{"value": ...}, {"reference": "env:NAME"} or {"none": true}');
export type SecretInput = z.infer<typeof SecretInput>;

function fleetAdmin(caller: AccessToken): boolean {
  return caller.role === 'admin' && caller.workspaces === null;
}

/**
 * What only an admin of all workspaces may ask for: to read a variable or file of the server as a secret (it would be sent to an address
 * of the caller's choice), to reach private addresses from it, and to read folders of it. Errors: NOT_ALLOWED.
 */
export function assertMayReach(
  caller: AccessToken,
  asked: { readonly secret: SecretInput; readonly allow_private: boolean; readonly local?: boolean },
): void {
  if (fleetAdmin(caller)) return;
  if (asked.local === true)
    throw new PlumblineError(
      'NOT_ALLOWED',
      'Only an admin of all workspaces may connect a folder of the server.',
      'Ask such an admin, or connect it at the command line of the server.',
    );
  if ('reference' in asked.secret)
    throw new PlumblineError(
      'NOT_ALLOWED',
      'Only an admin of all workspaces may name a variable or file of the server as a secret.',
      'Send the secret itself as {"value": ...}; it is sealed at once.',
    );
  if (asked.allow_private)
    throw new PlumblineError(
      'NOT_ALLOWED',
      'Only an admin of all workspaces may allow private addresses.',
      'Leave allow_private out, or ask such an admin.',
    );
}

/**
 * Keeps the secret of a thing and uses its reference. A value is sealed under a fresh name: the secret `before` stays until `use` has
 * ended well, and the new one goes when it has not.
 */
export async function withSecret<T>(
  thing: { readonly workspace: string; readonly name: string; readonly before: string | undefined },
  secret: SecretInput,
  deps: Pick<ApiDeps, 'secrets' | 'randomBytes'>,
  use: (reference: string) => Promise<T>,
): Promise<T> {
  const { workspace, name, before } = thing;
  const reference = await keepSecret(workspace, name, secret, deps);
  let used: T;
  try {
    used = await use(reference);
  } catch (error) {
    if (reference !== before) await deps.secrets.discard(workspace, reference);
    throw error;
  }
  if (before !== undefined && before !== reference) await deps.secrets.discard(workspace, before);
  return used;
}

async function keepSecret(
  workspace: string,
  name: string,
  secret: SecretInput,
  deps: Pick<ApiDeps, 'secrets' | 'randomBytes'>,
): Promise<string> {
  if ('none' in secret) return 'none';
  if ('reference' in secret) return secret.reference;
  const fresh = `${name}.${Buffer.from(deps.randomBytes(6)).toString('hex')}`;
  return deps.secrets.seal(workspace, fresh, secret.value);
}
