import { helpScout } from '../../connectors/help-scout/index.ts';
import type { FakeRow } from './fake-vendor.ts';
import {
  BIG,
  DOCS_ORIGIN,
  type FakeConversation,
  helpScoutConversations,
  helpScoutRoutes,
  MODIFIED,
  NOW,
  ORIGIN,
} from './help-scout.ts';

type Page = { readonly _embedded?: { readonly conversations: readonly unknown[] } };
const withRows = (
  page: Record<string, unknown>,
  change: (rows: readonly unknown[]) => readonly unknown[],
  pages?: number,
) => ({
  ...page,
  _embedded: { conversations: change((page as Page)._embedded?.conversations ?? []) },
  ...(pages === undefined ? {} : { page: { size: 2, totalElements: pages * 2, totalPages: pages, number: 1 } }),
});

/** A record that cannot be read is so each time that the list is walked. */
const SPOILT: FakeRow = { id: 101, status: 'CANARY', createdAt: 'CANARY yesterday' };
let live: FakeConversation[] = [];

/** The made-up account, as the suites want it. Client credentials have a test of their own. */
export const helpScoutCase = {
  connector: helpScout,
  settings: { docs: true, since: '2026-02-20' },
  secret: JSON.stringify({ access_token: 'sesame-open-token', docs_key: 'sesame-docs-key' }),
  origin: ORIGIN,
  origins: [DOCS_ORIGIN],
  routes() {
    live = helpScoutConversations();
    return helpScoutRoutes(live);
  },
  paged: { stream: 'conversations', route: 'conversations' },
  repeatCursor: (page: Record<string, unknown>) => withRows(page, () => helpScoutConversations().slice(0, 1), 99),
  emptyPage: ({ _embedded, ...page }: Record<string, unknown>) => ({
    ...page,
    page: { size: 2, totalElements: 0, totalPages: 0, number: 1 },
  }),
  spoilRecord(page: Record<string, unknown>) {
    live[0] = { ...SPOILT, [MODIFIED]: String(live[0]?.[MODIFIED]) };
    return withRows(page, (rows) => [SPOILT, ...rows.slice(1)]);
  },
  forbidden: { stream: 'workflows', route: 'workflows' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'message', column: 'ticket_id', id: BIG },
    { table: 'event', column: 'ticket_id', id: BIG },
  ],
  canaries: ['canary', 'customer.example', 'acme.example', 'CORE-17', 'atlassian', '15550123', 'sesame'],
  now: NOW,
} as const;
