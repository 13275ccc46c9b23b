import { available } from '../../src/kit/capability.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import type { Feed } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { NO_SCALE } from '../../src/kit/health-scale.ts';
import { untoldDays } from '../../src/kit/recognise-sale.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import { changedOf, FIRST_DAY, readOn, words } from './calls.ts';
import { ENTITLEMENT, keepsHealth, readAccounts, selectAccounts, toOrganisations } from './map-customers.ts';
import { needs } from './needs.ts';
import { Account, Entitlement, Opportunity } from './schema.ts';
import type { Context, Session } from './session.ts';
import type { Settings } from './settings.ts';
import { byStamp, names, QUERY, SOQL } from './soql.ts';

const { changes } = feedsOf<Settings, Session>();

const accounts = changes({
  id: 'accounts',
  title: 'Accounts',
  fills: {
    organisations: fields(
      'organisations',
      'created_at tier tier_rank terms partner',
      'domain_hash has_contract has_health health_changed_at health_rank',
      'renews_at value_band churned_at expanded_at',
    ),
  },
  words: words(readOn('accounts')),
  path: QUERY,
  query: async (context: Context) => ({ select: await selectAccounts(context), from: 'Account' }),
  at: 'records',
  page: SOQL,
  rows: Account,
  by: byStamp('SystemModstamp'),
  // A customer of today may have been entered long before the first case that is read.
  start: () => startAt({}, FIRST_DAY),
  async shows(context) {
    const { session } = context;
    const known = await session.accountFields();
    const entitlement = await session.shown('Entitlement');
    const entitled = entitlement === 'yes';
    // What accounts and their entitlements say goes before what sales tell, and has to be shown.
    const sales = (await session.describes('Account')) ? (await session.saleFields())?.telling : undefined;
    const renewing = sales?.renewals === true && entitlement !== 'refused';
    const organisations = [
      ...(known.tier === null ? ['tier', 'tier_rank'] : []),
      ...(known.contract.length === 0 && !entitled ? ['has_contract'] : []),
      ...(known.health === null ? ['has_health'] : []),
      ...(known.healthReading === null ? ['health_rank'] : []),
      ...(known.renewal.length === 0 && !entitled && !renewing ? ['renews_at'] : []),
      ...(known.value.length === 0 ? ['value_band'] : []),
      ...(known.churned.length === 0 && sales?.renewals !== true ? ['churned_at'] : []),
      ...(known.expanded.length === 0 && sales?.growth !== true ? ['expanded_at'] : []),
      ...((await keepsHealth(context)) ? [] : ['health_changed_at']),
    ];
    const unread = known.health !== null && known.healthReading === null;
    return available({ lacks: { organisations }, detail: unread ? NO_SCALE : null });
  },
  map: (rows, context) => toOrganisations(rows, context, 'accounts'),
});

const entitlements = changes({
  id: 'entitlements',
  title: 'Entitlements of accounts',
  fills: { organisations: ['has_contract', 'renews_at', 'terms'] },
  adds: true,
  words: words(readOn('entitlements')),
  ...changedOf('Entitlement', [...ENTITLEMENT, 'SystemModstamp']),
  rows: Entitlement,
  start: () => startAt({}, FIRST_DAY),
  map: (rows, context) => readAccounts(context, accountsOf(rows), 'entitlements'),
});

const opportunities = changes({
  id: 'opportunities',
  title: 'Opportunities of accounts',
  fills: { organisations: ['renews_at', 'churned_at', 'expanded_at'] },
  adds: true,
  words: words(readOn('opportunities')),
  ...changedOf('Opportunity', names('Id AccountId SystemModstamp')),
  rows: Opportunity,
  // One that was deleted tells nothing of its account any more.
  passes: [{}, { all: 'true', and: 'IsDeleted = true' }],
  start: () => startAt({}, FIRST_DAY),
  async shows({ session }) {
    const telling = (await session.saleFields())?.telling;
    if (telling === undefined)
      return {
        status: 'absent',
        detail:
          'Nothing says which opportunities are renewals or upgrades; name the field that does in the settings (opportunityFields).',
      };
    return available({ lacks: { organisations: untoldDays(telling) } });
  },
  map: (rows, context) => readAccounts(context, accountsOf(rows), 'opportunities'),
});

function accountsOf(rows: readonly { readonly AccountId: string | null }[]): string[] {
  return rows.flatMap((row) => row.AccountId ?? []);
}

/** Customers; they stand beside a desk of any vendor. */
export const CUSTOMERS: readonly Feed<Context>[] = [
  accounts,
  needs(entitlements, 'Account'),
  needs(opportunities, 'Account'),
];
