import { describeConnector } from '../../test/conformance/connector.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { BIG, fakeRt, NOW, ORIGIN, pageOf, TICKETS } from '../../test/harness/request-tracker.ts';
import { requestTracker } from './index.ts';

const shared = {
  connector: requestTracker,
  settings: { url: ORIGIN },
  secret: '1-14-0123456789abcdef',
  origin: ORIGIN,
  paged: { stream: 'tickets', route: 'tickets' },
  repeatCursor: (page: Record<string, unknown>) => ({
    ...page,
    items: pageOf(TICKETS, new URL(`${ORIGIN}/?per_page=100`), {}, '/tickets').items,
    total: 1000,
  }),
  emptyPage: (page: Record<string, unknown>) => ({ ...page, items: [], count: 0, total: 0, pages: 0 }),
  spoilRecord: (page: Record<string, unknown>) => {
    const [, ...rest] = page.items as unknown[];
    return { ...page, items: [{ id: '1', Status: 'CANARY', Created: 'CANARY yesterday' }, ...rest] };
  },
  forbidden: { stream: 'articles', route: 'articles' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'event', column: 'ticket_id', id: BIG },
    { table: 'message', column: 'ticket_id', id: BIG },
  ],
  canaries: ['canary', 'customer.example', 'CORE-17', 'atlassian'],
  now: NOW,
} as const;

describeConnector({ ...shared, routes: () => fakeRt() });
// Rights checked row by row: no totals, and a page behind the last one is empty.
describeConnector({ ...shared, routes: () => fakeRt({ totals: false }) });
// Newer versions: the last page again and again.
describeConnector({ ...shared, routes: () => fakeRt({ clamp: true }) });

describeRefusals({ ...shared, routes: () => fakeRt() });
