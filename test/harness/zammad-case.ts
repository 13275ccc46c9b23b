import { zammad } from '../../connectors/zammad/index.ts';
import { BIG, NOW, ORIGIN, zammadRoutes, zammadTickets } from './zammad.ts';

/** The made-up desk, as the suites want it. */
export const zammadCase = {
  connector: zammad,
  settings: { url: ORIGIN, statuses: { '8': 'hold' } },
  secret: 'sesame-open-key',
  origin: ORIGIN,
  routes: () => zammadRoutes(),
  paged: { stream: 'tickets', route: 'search' },
  repeatCursor: () => zammadTickets().slice(0, 1),
  emptyPage: () => [],
  spoilRecord: (rows: unknown) => [
    { id: 1, state_id: 'CANARY', updated_at: 'CANARY yesterday' },
    ...(rows as unknown[]).slice(1),
  ],
  forbidden: { stream: 'slas', route: 'slas' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'event', column: 'ticket_id', id: BIG },
  ],
  canaries: ['canary', 'customer.example', 'acme.example', 'CORE-17', 'atlassian', '203.0.113.77'],
  now: NOW,
} as const;
