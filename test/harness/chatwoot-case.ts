import { chatwoot } from '../../connectors/chatwoot/index.ts';
import { BIG, chatwootConversations, chatwootRoutes, NOW, ORIGIN } from './chatwoot.ts';
import type { FakeRow } from './fake-vendor.ts';

type Page = { readonly data: { readonly payload: readonly unknown[] } };
const withRows = (page: Record<string, unknown>, change: (rows: readonly unknown[]) => readonly unknown[]) => ({
  data: { meta: {}, payload: change((page as unknown as Page).data.payload) },
});

/** A record that cannot be read is so each time that the list is walked. */
const SPOILT: FakeRow = { id: 1, status: 'CANARY', created_at: 'CANARY yesterday' };
let live: FakeRow[] = [];

/** The made-up account, as the suites want it. */
export const chatwootCase = {
  connector: chatwoot,
  settings: { url: ORIGIN, account: 1 },
  secret: 'sesame-open-key',
  origin: ORIGIN,
  routes() {
    live = chatwootConversations();
    return chatwootRoutes(live);
  },
  paged: { stream: 'conversations', route: 'conversations' },
  repeatCursor: (page: Record<string, unknown>) => withRows(page, () => chatwootConversations().slice(0, 1)),
  emptyPage: (page: Record<string, unknown>) => withRows(page, () => []),
  spoilRecord(page: Record<string, unknown>) {
    live[0] = SPOILT;
    return withRows(page, (rows) => [SPOILT, ...rows.slice(1)]);
  },
  forbidden: { stream: 'sla-policies', route: 'sla_policies' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'message', column: 'ticket_id', id: BIG },
  ],
  canaries: ['canary', 'customer.example', 'acme.example', 'CORE-17', 'atlassian', '15550123'],
  now: NOW,
} as const;
