import { freshdesk } from '../../connectors/freshdesk/index.ts';
import { FakeStatus } from '../conformance/connector.ts';
import { BIG, freshdeskRoutes, NOW, ORIGIN } from './freshdesk.ts';

/** The made-up account, as the suites want it. */
export const freshdeskCase = {
  connector: freshdesk,
  settings: { url: 'acme', archive: true },
  secret: 'sesame-open-key',
  origin: ORIGIN,
  routes: freshdeskRoutes,
  paged: { stream: 'tickets', route: 'tickets' },
  repeatCursor: (rows: unknown) =>
    new FakeStatus(200, (rows as unknown[]).slice(0, 1), { link: `<${ORIGIN}/api/v2/tickets?page=2>; rel="next"` }),
  emptyPage: () => [],
  spoilRecord: (rows: unknown) => [
    { id: 1, status: 'CANARY', updated_at: 'CANARY yesterday' },
    ...(rows as unknown[]).slice(1),
  ],
  forbidden: { stream: 'sla-policies', route: 'sla_policies' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'message', column: 'ticket_id', id: BIG },
    { table: 'sla_clock', column: 'ticket_id', id: BIG },
  ],
  canaries: ['canary', 'customer.example', 'acme.example', 'CORE-17', 'atlassian', '203.0.113.77'],
  now: NOW,
} as const;
