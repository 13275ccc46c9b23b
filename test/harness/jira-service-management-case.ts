import { jiraServiceManagement } from '../../connectors/jira-service-management/index.ts';
import { BIG, jiraRoutes, NOW, ORIGIN } from './jira-service-management.ts';

/** The made-up site, as the suites want it. */
export const jiraCase = {
  connector: jiraServiceManagement,
  settings: { url: 'acme', user: 'reader@acme.example' },
  secret: 'sesame-open-key',
  origin: ORIGIN,
  routes: () => jiraRoutes(),
  paged: { stream: 'tickets', route: 'search' },
  repeatCursor: (page: Record<string, unknown>) => ({
    ...page,
    issues: (page.issues as unknown[]).slice(0, 1),
    isLast: false,
    nextPageToken: 'again',
  }),
  emptyPage: () => ({ issues: [], isLast: true }),
  spoilRecord: (page: Record<string, unknown>) => ({
    ...page,
    issues: [
      { id: '1', key: 'CANARY', fields: { created: 'CANARY yesterday' } },
      ...(page.issues as unknown[]).slice(1),
    ],
  }),
  forbidden: { stream: 'queues', route: 'queue' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'message', column: 'ticket_id', id: BIG },
    { table: 'sla_clock', column: 'ticket_id', id: BIG },
  ],
  canaries: ['canary', 'customer.example', 'acme.example', 'DEV-17', 'DEV-18', 'qm:jane'],
  now: NOW,
} as const;
