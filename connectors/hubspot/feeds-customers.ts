import { available } from '../../src/kit/capability.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import { fields } from '../../src/kit/fields.ts';
import { NO_SCALE } from '../../src/kit/health-scale.ts';
import { untoldDays } from '../../src/kit/recognise-sale.ts';
import type { Context, Session } from './account.ts';
import { CRM, changedIn, near, readConnected, searched, whole } from './calls.ts';
import { companyProperties } from './fields.ts';
import { GRANT } from './grants.ts';
import { companyFieldsOf, toOrganisations } from './read-companies.ts';
import { CrmObject, Found } from './schema.ts';
import type { Settings } from './settings.ts';

const { changes } = feedsOf<Settings, Session>();

const NOTHING = { renewals: false, growth: false };
const FIRST_DAY = '2014-01-01';

export const companies = changes({
  id: 'companies',
  title: 'Companies',
  fills: {
    organisations: fields(
      'organisations',
      'created_at tier tier_rank terms partner domain_hash has_contract has_health health_changed_at health_rank',
      'renews_at value_band churned_at expanded_at',
    ),
  },
  words: { permission: GRANT('crm.objects.companies.read') },
  ...searched('companies', FIRST_DAY),
  rows: CrmObject,
  by: async (context) => changedIn(companyProperties(await companyFieldsOf(context)), 30),
  below: {
    history: {
      ask: whole(`${CRM}/companies`),
      lacks: { organisations: ['health_changed_at', 'expanded_at'] },
      words: GRANT('crm.objects.companies.read'),
    },
  },
  async shows(context) {
    const { by, healthReadings } = await companyFieldsOf(context);
    const sales = await toldBySales(context);
    const organisations = [
      ...(by.has('tier') ? [] : ['tier', 'tier_rank']),
      ...(by.has('renewal') || by.has('value') ? [] : ['has_contract']),
      ...(by.has('health') ? [] : ['has_health', 'health_changed_at']),
      ...(healthReadings.size > 0 ? [] : ['health_rank']),
      ...(by.has('renewal') || sales.renewals ? [] : ['renews_at']),
      ...(by.has('value') ? [] : ['value_band']),
      ...(by.has('churned') || sales.renewals ? [] : ['churned_at']),
      ...(by.has('expanded') || by.has('value') || sales.growth ? [] : ['expanded_at']),
    ];
    const unread = by.get('health')?.some((name) => !healthReadings.has(name)) === true;
    return available({ lacks: { organisations }, detail: unread ? NO_SCALE : null });
  },
  async map(rows, context, { sees }) {
    return toOrganisations(rows, context, 'companies', await sees('history'));
  },
});

/** What deals may tell: what companies themselves say goes before them, and has to be shown. */
async function toldBySales({ session }: Context) {
  return (await session.companyProperties()) === null ? NOTHING : ((await session.deals())?.telling ?? NOTHING);
}

/** A change of a deal is no change of its company. */
export const deals = changes({
  id: 'deals',
  title: 'Deals of companies',
  fills: { organisations: ['renews_at', 'churned_at', 'expanded_at'] },
  adds: true,
  words: { permission: GRANT('crm.objects.deals.read') },
  ...searched('deals', FIRST_DAY),
  rows: Found,
  by: changedIn(['hs_lastmodifieddate'], 30),
  below: {
    companies: { ask: near('deals', 'companies'), lacks: {}, vital: true, words: GRANT('crm.objects.deals.read') },
  },
  async shows({ session }) {
    if (!(await session.sees('wholeCompanies')) || (await session.companyProperties()) === null)
      return { status: 'permission', detail: GRANT('crm.objects.companies.read') };
    const telling = (await session.deals())?.telling;
    if (telling === undefined) return { status: 'permission', detail: GRANT('crm.objects.deals.read') };
    if (!telling.renewals && !telling.growth)
      return {
        status: 'absent',
        detail:
          'Nothing says which deals are renewals or upgrades; name the property that does in the settings (dealFields).',
      };
    return available({ lacks: { organisations: untoldDays(telling) } });
  },
  async map(rows, context) {
    const properties = companyProperties(await companyFieldsOf(context));
    const call = { from: 'deals', to: 'companies', ids: rows.map(({ id }) => id) };
    const companies = await readConnected(context, call, properties, 'deals');
    const { organisation, rejected } = await toOrganisations(companies.kept, context, 'deals', true);
    return { organisation, rejected: [...companies.rejected, ...rejected] };
  },
});
