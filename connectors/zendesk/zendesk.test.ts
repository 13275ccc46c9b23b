import { describeConnector } from '../../test/conformance/connector.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { NOW, ORIGIN, zendeskRoutes } from '../../test/harness/zendesk.ts';
import { zendesk } from './index.ts';

const CANARIES = [
  'canary',
  'my card is',
  '203.0.113.77',
  'customer.example',
  'acme.example',
  'hooks.slack.com',
  'ENG-42',
];

const shared = {
  connector: zendesk,
  secret: 'sesame-open-token',
  origin: ORIGIN,
  routes: zendeskRoutes,
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

describeConnector({ ...shared, settings: { url: 'acme', user: 'admin@acme.example' }, spare: ['audits'] });
describeConnector({
  ...shared,
  settings: { url: 'acme', history: 'audits' },
  paged: { stream: 'tickets', route: 'tickets' },
  spare: ['updates'],
});

describeRefusals({ ...shared, settings: { url: 'acme', user: 'admin@acme.example' } });
