import { githubIssues } from '../../connectors/github-issues/index.ts';
import { FakeStatus } from '../conformance/connector.ts';
import { BIG, githubRoutes, githubRows, NOW, ORIGIN } from './github-issues.ts';

/** The made-up repository, as the suites want it. */
export const githubCase = {
  connector: githubIssues,
  settings: {
    repository: 'acme/desk',
    fields: { product: 'area/', category: 'topic/', severity: 'sev/', cause: 'cause/' },
  },
  secret: 'sesame-open-key',
  origin: ORIGIN,
  routes: () => githubRoutes(),
  paged: { stream: 'issues', route: 'issues' },
  repeatCursor: () =>
    new FakeStatus(200, githubRows().slice(0, 1), { link: `<${ORIGIN}/repos/acme/desk/issues?page=2>; rel="next"` }),
  emptyPage: () => [],
  spoilRecord: (rows: unknown) => [
    { id: 1, number: null, state: 'CANARY', updated_at: 'CANARY yesterday' },
    ...(rows as unknown[]).slice(1),
  ],
  forbidden: { stream: 'teams', route: 'teams' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'message', column: 'ticket_id', id: BIG },
  ],
  canaries: ['canary', 'customer.example', 'CORE-17', 'CORE-18', 'atlassian', 'acme/core'],
  now: NOW,
} as const;
