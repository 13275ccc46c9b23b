import { hubspot } from '../../connectors/hubspot/index.ts';
import { DAY_S } from '../../src/demo/calendar.ts';
import type { SimOrganisation, World } from '../../src/demo/world.ts';
import { readAs } from '../../src/pipeline/read-as.ts';
import type { VendorAccount } from '../conformance/vendor-run.ts';
import { fixedReply } from '../harness/fake-vendor.ts';
import { objects, route, type Shown } from './hubspot.ts';
import { iso } from './rendering.ts';

const HEALTH = 'account_health';
const RENEWAL = 'account_renewal';

/** An account as a company of the CRM: its health with the instant of its last change, and the day of its renewal, under the desk's own words. */
function showCompany({ id, domain, createdAt, health, healthAt, renewalDate }: SimOrganisation, world: World): Shown {
  const [best] = world.words.health;
  const versions =
    health === null || healthAt === null
      ? []
      : [
          { at: healthAt, value: health, by: null },
          ...(health === best ? [] : [{ at: Math.min(createdAt, healthAt - DAY_S), value: best, by: null }]),
        ];
  return {
    id: String(id),
    createdAt,
    updatedAt: world.now - 3600,
    properties: {
      domain,
      createdate: iso(createdAt),
      hs_lastmodifieddate: iso(world.now - 3600),
      [HEALTH]: health,
      [RENEWAL]: renewalDate,
    },
    history: { [HEALTH]: versions },
  };
}

/** The customers of a simulated desk as a CRM beside it keeps them: a source of customers, read through the connector. */
export function asCustomersOf(world: World): VendorAccount<unknown> {
  const { accountFields: words } = world.words;
  const own = (name: string, label: string, type: string) => ({
    ...{ name, label, type, fieldType: type === 'date' ? 'date' : 'select' },
    ...{ hubspotDefined: false, hidden: false, archived: false },
  });
  return {
    connector: readAs(hubspot, 'customers') as VendorAccount<unknown>['connector'],
    settings: {},
    secret: 'sesame-open-key',
    now: new Date(world.now * 1000),
    routes: () => [
      fixedReply('me', route('/account-info/v3/details'), { portalId: 1, accountType: 'STANDARD', timeZone: 'UTC' }),
      fixedReply('company_properties', route('/crm/v3/properties/companies'), {
        results: [own(HEALTH, words.health.title, 'enumeration'), own(RENEWAL, words.renewal_date.title, 'date')],
      }),
      ...objects(
        'companies',
        world.organisations.map((one) => showCompany(one, world)),
        new Set(),
      ),
    ],
  };
}
