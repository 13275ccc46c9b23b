import type { Layout } from '../layout.ts';
import { airbyteIntercom } from './airbyte-intercom.ts';
import { airbyteJira } from './airbyte-jira.ts';
import { airbyteZendesk } from './airbyte-zendesk.ts';
import { fivetranHubspot } from './fivetran-hubspot.ts';
import { fivetranIntercom } from './fivetran-intercom.ts';
import { fivetranJira } from './fivetran-jira.ts';
import { fivetranServicenow } from './fivetran-servicenow.ts';
import { fivetranZendesk } from './fivetran-zendesk.ts';

/** Every layout that a folder is told from. */
export const LAYOUTS: readonly Layout[] = [
  fivetranZendesk,
  airbyteZendesk,
  fivetranIntercom,
  airbyteIntercom,
  fivetranHubspot,
  fivetranJira,
  airbyteJira,
  fivetranServicenow,
];
