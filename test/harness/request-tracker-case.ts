import { requestTracker } from '../../connectors/request-tracker/index.ts';
import { BIG, fakeRt, NOW, ORIGIN, pageOf, TICKETS } from './request-tracker.ts';

/** The made-up RT, as the suites want it. */
export const requestTrackerCase = {
  connector: requestTracker,
  settings: { url: ORIGIN, fields: { product: '11', category: 'Category', severity: '13', cause: '14' } },
  secret: '1-14-0123456789abcdef',
  origin: ORIGIN,
  routes: () => fakeRt(),
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
