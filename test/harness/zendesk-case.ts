import { zendesk } from '../../connectors/zendesk/index.ts';
import { NOW, ORIGIN, zendeskRoutes } from './zendesk.ts';

const CANARIES = [
  'canary',
  'my card is',
  '203.0.113.77',
  'customer.example',
  'acme.example',
  'hooks.slack.com',
  'ENG-42',
];

/** The made-up account, as the suites want it. */
export const zendeskCase = {
  connector: zendesk,
  settings: { url: 'acme', user: 'admin@acme.example' },
  secret: 'sesame-open-token',
  origin: ORIGIN,
  routes: () => zendeskRoutes(),
  paged: { stream: 'tickets', route: 'tickets' },
  repeatCursor: (page: Record<string, unknown>) => ({ ...page, after_cursor: 'c2FtZQ==', end_of_stream: false }),
  emptyPage: (page: Record<string, unknown>) => ({ ...page, tickets: [], metric_sets: [], end_of_stream: true }),
  spoilRecord: (page: Record<string, unknown>) => {
    const [, ...rest] = page.tickets as unknown[];
    return { ...page, tickets: [{ id: 101, created_at: 'CANARY yesterday', status: 'open' }, ...rest] };
  },
  forbidden: { stream: 'sla-clocks', route: 'metric_events' },
  bigIds: [
    { table: 'ticket', column: 'id', id: '9007199254740993' },
    { table: 'event', column: 'ticket_id', id: '9007199254740993' },
    { table: 'sla_clock', column: 'ticket_id', id: '9007199254740993' },
  ],
  canaries: CANARIES,
  now: NOW,
} as const;
