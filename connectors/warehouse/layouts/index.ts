import type { Layout } from '../layout.ts';
import { airbyteZendesk } from './airbyte-zendesk.ts';
import { fivetranZendesk } from './fivetran-zendesk.ts';

/** Every layout that a folder is told from. */
export const LAYOUTS: readonly Layout[] = [fivetranZendesk, airbyteZendesk];
