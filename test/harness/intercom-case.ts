import { intercom } from '../../connectors/intercom/index.ts';
import { BIG, intercomRoutes, NOW, ORIGIN } from './intercom.ts';

type Found = { readonly conversations: readonly unknown[] };

/** The made-up workspace, as the suites want it. */
export const intercomCase = {
  connector: intercom,
  settings: { url: 'eu', since: '2026-02-20' },
  secret: 'sesame-open-token',
  origin: ORIGIN,
  routes: () => intercomRoutes(),
  paged: { stream: 'conversations', route: 'conversations' },
  repeatCursor: (page: Record<string, unknown>) => ({
    ...page,
    conversations: (page as Found).conversations.slice(0, 1),
    pages: { next: { starting_after: 'c2FtZQ==' } },
  }),
  emptyPage: (page: Record<string, unknown>) => ({ ...page, conversations: [], pages: {} }),
  spoilRecord: (page: Record<string, unknown>) => ({
    ...page,
    conversations: [
      { id: '1', state: 'CANARY', created_at: 'CANARY yesterday', updated_at: 1_771_750_800 },
      ...(page as Found).conversations.slice(1),
    ],
  }),
  forbidden: { stream: 'companies', route: 'companies' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'message', column: 'ticket_id', id: BIG },
    { table: 'bot_session', column: 'ticket_id', id: BIG },
  ],
  canaries: ['canary', 'customer.example', 'acme.example', 'CORE-17', 'atlassian'],
  now: NOW,
} as const;
