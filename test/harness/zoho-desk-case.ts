import { zohoDesk } from '../../connectors/zoho-desk/index.ts';
import type { FakeRow } from './fake-vendor.ts';
import { BIG, NOW, ORIGIN, zohoDeskRoutes, zohoTickets } from './zoho-desk.ts';

type Page = { readonly data?: readonly unknown[] };
const withRows = (page: Record<string, unknown>, change: (rows: readonly unknown[]) => readonly unknown[]) => ({
  data: change((page as Page).data ?? []),
});

/** A record that cannot be read is so each time that the search finds it. */
const SPOILT: FakeRow = {
  id: '1001',
  status: 'CANARY',
  createdTime: 'CANARY yesterday',
  modifiedTime: '2026-03-02T15:00:00.000Z',
};
let live: FakeRow[] = [];

/** The made-up organisation, as the suites want it. */
export const zohoDeskCase = {
  connector: zohoDesk,
  settings: { url: `${ORIGIN}/agent/canary`, org: '20061234567' },
  secret: 'sesame-open-key',
  origin: ORIGIN,
  routes() {
    live = zohoTickets();
    return zohoDeskRoutes(live);
  },
  paged: { stream: 'tickets', route: 'tickets' },
  repeatCursor: (page: Record<string, unknown>) => withRows(page, () => zohoTickets().slice(0, 1)),
  emptyPage: (page: Record<string, unknown>) => withRows(page, () => []),
  spoilRecord(page: Record<string, unknown>) {
    live[0] = SPOILT;
    return withRows(page, (rows) => [SPOILT, ...rows.slice(1)]);
  },
  forbidden: { stream: 'accounts', route: 'accounts' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'message', column: 'ticket_id', id: BIG },
  ],
  canaries: ['canary', 'customer.example', 'acme.example', 'partner.example', 'CORE-17', 'atlassian', '555 010'],
  now: NOW,
} as const;
