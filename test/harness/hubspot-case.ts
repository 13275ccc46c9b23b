import { hubspot } from '../../connectors/hubspot/index.ts';
import { BIG, BIG_COMPANY, hubspotRoutes, NOW, ORIGIN } from './hubspot.ts';

type Page = Record<string, unknown>;

/** The made-up account, as the suites want it. */
export const hubspotCase = {
  connector: hubspot,
  settings: { since: '2026-02-20', portal: 62515 },
  secret: 'sesame-open-token',
  origin: ORIGIN,
  routes: () => hubspotRoutes(),
  paged: { stream: 'tickets', route: 'tickets' },
  repeatCursor: (page: Page) => ({
    ...page,
    results: [{ id: '101', properties: { hs_lastmodifieddate: '2026-02-23T10:00:00.000Z' } }],
    paging: { next: { after: '2' } },
  }),
  emptyPage: (_page: Page) => ({ total: 0, results: [] }),
  spoilRecord: (page: Page) => ({
    ...page,
    results: [
      { id: ['CANARY'], properties: { hs_lastmodifieddate: 'CANARY yesterday' } },
      ...(page.results as unknown[]).slice(1),
    ],
  }),
  forbidden: { stream: 'workflows', route: 'workflows' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'ticket', column: 'organisation_id', id: BIG_COMPANY },
    { table: 'organisation', column: 'id', id: BIG_COMPANY },
  ],
  canaries: ['canary', 'customer.example', 'acme.example', 'CORE-17', 'atlassian', '203.0.113.77'],
  now: NOW,
} as const;
