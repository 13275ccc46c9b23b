import type { Capability, Evidence } from './connector.ts';
import { type HttpStatusError, isRefusal } from './http-status-error.ts';

/** What a refusal means for one vendor call, in words for an administrator. */
export interface RefusalWords {
  /** Shown on 403: which permission to give. */
  readonly permission: string;
  /** Shown on 404, 410 and 422 when the plan decides; without it such a refusal means that the desk has no such thing. */
  readonly plan?: string;
  readonly absent?: string;
}

/**
 * Asks for one small reply and says whether the call can be read. Refusals (402, 403, 404, 410, 422) become a capability; anything
 * else (dead credentials, network, 5xx, rate limits in any dress, wrong address) is thrown, since "could not ask" is not "cannot be seen".
 */
export async function probeCapability(ask: () => Promise<Capability>, words: RefusalWords): Promise<Capability> {
  try {
    return await ask();
  } catch (error) {
    if (!isRefusal(error, [402, 403, 404, 410, 422])) throw error;
    return refusalOf(error, words);
  }
}

function refusalOf({ status, vendorCode, meaning }: HttpStatusError, words: RefusalWords): Capability {
  const code = vendorCode === null ? '' : ` (${vendorCode})`;
  const plan = (detail: string | undefined): Capability => ({
    status: 'plan',
    detail: (detail ?? 'The plan of this account does not include it.') + code,
  });
  if (meaning === 'plan' || (meaning === null && status === 402)) return plan(words.plan);
  if (meaning === 'permission' || (meaning === null && status === 403))
    return { status: 'permission', detail: words.permission + code };
  if (words.plan !== undefined && meaning === null) return plan(words.plan);
  return { status: 'absent', detail: (words.absent ?? 'This account has no such data.') + code };
}

/**
 * What `ask` gives, or the refusal when the helpdesk refuses with one of `statuses` (402, 403, 404 unless others are given) twice in a row: a refusal in the
 * middle of a read may be a passing one, and what is read without the refused part would stay wrong. Other errors are thrown.
 */
export async function orRefusal<T>(
  ask: () => Promise<T>,
  statuses: readonly number[] = [402, 403, 404],
): Promise<{ readonly found: T } | { readonly found: null; readonly refusal: HttpStatusError }> {
  for (let tries = 1; ; tries++) {
    try {
      return { found: await ask() };
    } catch (error) {
      if (!isRefusal(error, statuses)) throw error;
      if (tries === 2) return { found: null, refusal: error };
    }
  }
}

/** What a call shows: from when on, what this account lacks (streams without a field are left out), what stays out of sight. Null and none say nothing. */
export function available(
  shown: {
    readonly since?: Date | null | undefined;
    readonly archivedAfterS?: number | null | undefined;
    readonly showsArchived?: boolean | undefined;
    readonly lacks?: Evidence;
    readonly detail?: string | null | undefined;
    readonly hidden?: 'plan' | 'permission' | 'absent' | undefined;
  } = {},
): Capability {
  const lacks = Object.fromEntries(Object.entries(shown.lacks ?? {}).filter(([, names]) => names.length > 0));
  return {
    status: 'available',
    ...(shown.since == null ? {} : { since: shown.since }),
    ...(shown.archivedAfterS == null ? {} : { archivedAfterS: shown.archivedAfterS }),
    ...(shown.showsArchived === undefined ? {} : { showsArchived: shown.showsArchived }),
    ...(Object.keys(lacks).length === 0 ? {} : { lacks }),
    ...(shown.detail == null ? {} : { detail: shown.detail }),
    ...(shown.hidden === undefined ? {} : { hidden: shown.hidden }),
  };
}
