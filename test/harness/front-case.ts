import { front } from '../../connectors/front/index.ts';
import type { FakeRow } from './fake-vendor.ts';
import { BIG, frontConversations, frontRoutes, NOW, ORIGIN } from './front.ts';

type Page = { readonly _results: readonly unknown[] };
const rowsOf = (page: Record<string, unknown>) => (page as unknown as Page)._results;

/** A record that cannot be read is so each time that the list is walked. */
const SPOILT: FakeRow = { id: 'cnv_1', status: 'CANARY', created_at: 'CANARY yesterday' };
let live: FakeRow[] = [];

/** The made-up company, as the suites want it. */
export const frontCase = {
  connector: front,
  settings: { since: '2026-02-20' },
  secret: 'sesame-open-token',
  origin: ORIGIN,
  routes() {
    live = frontConversations();
    return frontRoutes(live);
  },
  paged: { stream: 'conversations', route: 'conversations' },
  repeatCursor: (page: Record<string, unknown>) => ({
    ...page,
    _results: frontConversations().slice(0, 1),
    _pagination: { next: `${ORIGIN}/conversations?page_token=same` },
  }),
  emptyPage: (page: Record<string, unknown>) => ({ ...page, _results: [], _pagination: { next: null } }),
  spoilRecord(page: Record<string, unknown>) {
    live[0] = SPOILT;
    return { ...page, _results: [SPOILT, ...rowsOf(page).slice(1)] };
  },
  forbidden: { stream: 'rules', route: 'rules' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'message', column: 'ticket_id', id: BIG },
  ],
  canaries: ['canary', 'customer.example', 'acme.example', 'CORE-17', 'CORE-18', 'atlassian', '15550123'],
  now: NOW,
} as const;
