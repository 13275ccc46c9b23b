import type { Connector } from '../../src/kit/connector.ts';
import { type Route, tableNames } from './desk.ts';
import { HUBSPOT_ROUTES } from './desks/hubspot.ts';
import { INTERCOM_ROUTES } from './desks/intercom.ts';
import { JIRA_ROUTES } from './desks/jira.ts';
import { SERVICENOW_ROUTES } from './desks/servicenow.ts';
import { ZENDESK_ROUTES } from './desks/zendesk.ts';
import { listTables } from './folder.ts';
import { LAYOUTS } from './layouts/index.ts';
import { chooseLayout } from './recognise.ts';
import { openTables } from './tables.ts';
import { connectorId, tablesOf } from './warehouse.ts';

/** What stands between the tables of a vendor and its connector. */
interface Reading {
  readonly routes: readonly Route[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly omits: readonly string[];
}

const READINGS: Readonly<Record<string, Reading>> = {
  zendesk: {
    routes: ZENDESK_ROUTES,
    settings: { url: 'warehouse', auditSample: 0, history: 'events' },
    omits: ['user', 'exportsPerMinute', 'perPage'],
  },
  hubspot: { routes: HUBSPOT_ROUTES, settings: {}, omits: ['url', 'portal', 'clientId'] },
  'jira-service-management': {
    routes: JIRA_ROUTES,
    settings: { url: 'warehouse', deployment: 'cloud' },
    omits: ['user', 'cloudId', 'clientId'],
  },
  servicenow: {
    routes: SERVICENOW_ROUTES,
    settings: { url: 'warehouse', tables: ['incident'] },
    omits: ['user', 'clientId', 'grant', 'timeZone', 'slas', 'fields', 'tierField', 'tierOrder'],
  },
  intercom: { routes: INTERCOM_ROUTES, settings: { url: 'us' }, omits: ['workspace'] },
};

/**
 * Connectors of the tables that Fivetran and Airbyte write into a warehouse, one a vendor: its own connector reads them through its own schemas and
 * mapping. Vendors without a layout give none. See README.md of this folder.
 */
export function warehouseOf(connectors: readonly Connector[]): Connector[] {
  return connectors.flatMap((connector) => {
    const reading = READINGS[connector.id];
    if (reading === undefined) return [];
    const layouts = LAYOUTS.filter(({ vendor }) => vendor === connector.id);
    return [tablesOf({ connector, layouts, ...reading }, LAYOUTS) as unknown as Connector];
  });
}

/** Id of the connector that reads the tables of a folder. Errors: FILE_REFUSED, BAD_INPUT_FILE, BAD_USAGE for a `layout` that is none. */
export async function recogniseTables(dir: string, layout: string | undefined, stageFolder: string): Promise<string> {
  const files = await listTables(dir, tableNames(LAYOUTS));
  const tables = await openTables(stageFolder);
  try {
    const found = await chooseLayout({ dir, files, named: layout, layouts: LAYOUTS, columns: tables.columns });
    return connectorId(found.vendor);
  } finally {
    tables.close();
  }
}
