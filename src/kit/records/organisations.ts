import { externalKeys } from '../../domain/external-keys.ts';
import type { TelemetryRecord } from '../../domain/telemetry.ts';
import { blank } from '../blank.ts';
import type { ConnectorContext } from '../connector.ts';
import { tierRank } from '../recognise-tier.ts';

type Organisation = TelemetryRecord<'organisation'>;

/** What is known of a customer's organisation. */
type OrganisationFacts = Pick<Organisation, 'id'> &
  Partial<Omit<Organisation, 'tier_rank' | 'domain_hash' | 'external_keys'>> & {
    /** Its domain, kept as a keyed hash. */
    readonly domain?: string | null | undefined;
    /** Ids by which other systems know it, kept as keyed hashes. */
    readonly externalIds?: readonly (string | null | undefined)[];
  };

/** A customer's organisation. Its terms come in any order; a tier has the place that people stated, else that of its name. */
export function toOrganisation(
  { domain, externalIds = [], terms = null, ...facts }: OrganisationFacts,
  context: Pick<ConnectorContext<unknown>, 'pseudonymise'> & {
    readonly settings: { readonly tierOrder?: readonly string[] | undefined };
  },
): Organisation {
  const { settings, pseudonymise } = context;
  const host = domain?.trim().toLowerCase() ?? '';
  return {
    ...blank('organisation'),
    ...facts,
    tier_rank: tierRank(facts.tier ?? null, settings.tierOrder),
    terms: terms === null ? null : [...new Set(terms)].sort(),
    domain_hash: host === '' ? null : pseudonymise('domain', host),
    external_keys: externalKeys(externalIds, pseudonymise),
  };
}
