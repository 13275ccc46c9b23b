import type { Directory } from '../../connectors/zendesk/directory.ts';
import type { EarlyContext } from '../../connectors/zendesk/pages.ts';
import { Settings } from '../../connectors/zendesk/settings.ts';
import { silentHttp } from './fake-http.ts';

/** What is known of an account that shows some of its configuration and has none of the rest. */
export function directoryWith(parts: Partial<Directory>): Directory {
  return {
    agents: new Map(),
    unsure: new Set(),
    lightRoles: new Set(),
    machines: new Set(),
    groups: [],
    memberships: [],
    fields: new Map(),
    mapped: new Map(),
    statuses: new Map(),
    organisationFields: new Map(),
    organisationKeys: {
      ...{ tier: null, tierValues: [], health: null, healthReading: null, partner: null },
      ...{ contract: [], renewal: [] },
    },
    brandSchedules: new Map(),
    notifiers: new Map(),
    rejected: [],
    broken: new Map(),
    refused: new Set(),
    ...parts,
  };
}

/** A connection whose records are mapped without asking the vendor; keyed hashes show what they stand for (`tag#vip`). */
export function contextWith(settings: Readonly<Record<string, unknown>> = {}): EarlyContext {
  return {
    settings: Settings.parse({ url: 'acme', ...settings }),
    http: silentHttp({ origin: 'https://acme.example' }),
    pseudonymise: (kind, value) => `${kind}#${value}`,
    signal: new AbortController().signal,
  };
}
