import { asFreshdesk } from './freshdesk.ts';
import type { Rendering } from './rendering.ts';

/** Every vendor that the life is rendered for, beside Zendesk, in which it is simulated. */
export const RENDERINGS: readonly Rendering[] = [asFreshdesk];
