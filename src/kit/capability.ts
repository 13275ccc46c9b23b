import type { PlumblineError } from '../errors/plumbline-error.ts';
import type { Capability } from './connector.ts';
import { HttpStatusError } from './http-status-error.ts';

/** What a refusal means for one vendor call, in words for an administrator. */
export interface RefusalWords {
  /** Shown on 401 and 403: which permission to give. */
  readonly permission: string;
  /** Shown on 404, 410 and 422 when the plan decides; without it such a refusal means that the desk has no such thing. */
  readonly plan?: string;
  readonly absent?: string;
}

/**
 * Asks for one small reply and says whether the call can be read. Refusals (401, 403, 404, 410, 422) become a capability; anything
 * else (network, 5xx, rate limits, wrong address) is thrown, since "could not ask" is not "cannot be seen".
 */
export async function probeCapability(ask: () => Promise<Capability>, words: RefusalWords): Promise<Capability> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof HttpStatusError)) throw error;
    return refusalOf(error.status, error.vendorCode, words) ?? rethrow(error);
  }
}

function refusalOf(status: number, vendorCode: string | null, words: RefusalWords): Capability | null {
  const code = vendorCode === null ? '' : ` (${vendorCode})`;
  if (status === 402)
    return { status: 'plan', detail: (words.plan ?? 'The plan of this account does not include it.') + code };
  if (status === 401 || status === 403) return { status: 'permission', detail: words.permission + code };
  if (status === 404 || status === 410 || status === 422)
    return words.plan === undefined
      ? { status: 'absent', detail: (words.absent ?? 'This account has no such data.') + code }
      : { status: 'plan', detail: words.plan + code };
  return null;
}

function rethrow(error: PlumblineError): never {
  throw error;
}
