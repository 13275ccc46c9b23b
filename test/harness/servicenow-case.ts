import { servicenow } from '../../connectors/servicenow/index.ts';
import { FakeStatus } from '../conformance/connector.ts';
import { BIG, NOW, ORIGIN, serviceNowRoutes } from './servicenow.ts';

type Page = Record<string, unknown>;
const rowsOf = (page: Page) => page.result as unknown[];

/** The made-up instance, as the suites want it. */
export const serviceNowCase = {
  connector: servicenow,
  settings: { url: 'acme', user: 'reader' },
  secret: 'sesame-open-key',
  origin: ORIGIN,
  routes: () => serviceNowRoutes(),
  // Read where the audit log is not visible.
  spare: ['metric_instance'],
  paged: { stream: 'incidents', route: 'incident' },
  repeatCursor: (page: Page) =>
    new FakeStatus(
      200,
      { result: rowsOf(page).slice(0, 1) },
      {
        'x-total-count': '99',
        link: `<${ORIGIN}/api/now/table/incident?sysparm_offset=2&sysparm_limit=2>;rel="next"`,
      },
    ),
  emptyPage: () => ({ result: [] }),
  spoilRecord: (page: Page) => ({
    result: [{ sys_id: '1', sys_updated_on: 'CANARY yesterday' }, ...rowsOf(page).slice(1)],
  }),
  forbidden: { stream: 'sla-definitions', route: 'contract_sla' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'message', column: 'ticket_id', id: BIG },
    { table: 'event', column: 'ticket_id', id: BIG },
  ],
  canaries: ['canary', 'customer.example', 'CORE-17', 'CORE-18', 'CORE-19', 'atlassian'],
  now: NOW,
} as const;
