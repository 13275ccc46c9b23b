import { redmine } from '../../connectors/redmine/index.ts';
import { BIG, NOW, ORIGIN, redmineIssues, redmineRoutes } from './redmine.ts';

/** The made-up Redmine, as the suites want it. */
export const redmineCase = {
  connector: redmine,
  settings: {
    url: 'https://redmine.desk.example',
    projects: ['support', 'vip', '5'],
    projectsAre: 'customers',
    timeIsBillable: true,
  },
  secret: 'sesame-open-key',
  origin: ORIGIN,
  routes: () => redmineRoutes(),
  paged: { stream: 'tickets', route: 'search' },
  repeatCursor: (page: Record<string, unknown>) => ({
    ...page,
    issues: redmineIssues().slice(0, 1),
    total_count: 99,
  }),
  emptyPage: () => ({ issues: [], total_count: 0, offset: 0, limit: 100 }),
  spoilRecord: (page: Record<string, unknown>) => ({
    ...page,
    issues: [{ id: 1, status: 'CANARY', updated_on: 'CANARY yesterday' }, ...(page.issues as unknown[]).slice(1)],
  }),
  forbidden: { stream: 'custom-fields', route: 'custom_fields' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'message', column: 'ticket_id', id: BIG },
    { table: 'event', column: 'ticket_id', id: BIG },
  ],
  canaries: ['canary', 'customer.example', 'acme.example', 'CORE-17', 'atlassian', 'how_to', 'reset'],
  now: NOW,
} as const;
