import { freshdeskLimits } from './freshdesk.ts';
import type { Limits } from './limits.ts';

/** By id of the connector. */
export const LIMITS: Readonly<Record<string, Limits>> = {
  freshdesk: freshdeskLimits,
};
