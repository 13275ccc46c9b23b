import { available } from '../../src/kit/capability.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import type { Feed } from '../../src/kit/feed/feed.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import { changedOf, FIRST_DAY, readOn, words } from './calls.ts';
import { ENTITLEMENT, keepsHealth, readAccounts, selectAccounts, toOrganisations } from './map-customers.ts';
import { needs } from './needs.ts';
import { Account, Entitlement } from './schema.ts';
import type { Context, Session } from './session.ts';
import type { Settings } from './settings.ts';
import { byStamp, QUERY, SOQL } from './soql.ts';

const { changes } = feedsOf<Settings, Session>();

const accounts = changes({
  id: 'accounts',
  title: 'Accounts',
  fills: {
    organisations: [
      ...(['created_at', 'tier', 'tier_rank', 'terms', 'partner'] as const),
      ...(['domain_hash', 'has_contract', 'has_health', 'health_changed_at', 'health_rank'] as const),
      ...(['renews_at', 'value_band', 'churned_at', 'expanded_at'] as const),
    ],
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
    const entitled = (await session.shown('Entitlement')) === 'yes';
    const organisations = [
      ...(known.tier === null ? ['tier', 'tier_rank'] : []),
      ...(known.contract.length === 0 && !entitled ? ['has_contract'] : []),
      ...(known.health === null ? ['has_health'] : []),
      ...(known.healthLabel === null ? ['health_rank'] : []),
      ...(known.renewal.length === 0 && !entitled ? ['renews_at'] : []),
      ...(known.value.length === 0 ? ['value_band'] : []),
      ...(known.churned.length === 0 ? ['churned_at'] : []),
      ...(known.expanded.length === 0 ? ['expanded_at'] : []),
      ...((await keepsHealth(context)) ? [] : ['health_changed_at']),
    ];
    return available({ lacks: { organisations } });
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
  map: (rows, context) =>
    readAccounts(
      context,
      rows.flatMap((row) => row.AccountId ?? []),
      'entitlements',
    ),
});

/** Customers; they stand beside a desk of any vendor. */
export const CUSTOMERS: readonly Feed<Context>[] = [accounts, needs(entitlements, 'Account')];
