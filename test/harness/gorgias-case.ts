import { gorgias } from '../../connectors/gorgias/index.ts';
import { BIG, gorgiasRoutes, NOW, ORIGIN } from './gorgias.ts';

type Page = { readonly data: readonly unknown[] };

/** The made-up account, as the suites want it. */
export const gorgiasCase = {
  connector: gorgias,
  settings: { url: 'acme', user: 'ann@acme.example' },
  secret: 'sesame-open-key',
  origin: ORIGIN,
  routes: () => gorgiasRoutes(),
  paged: { stream: 'tickets', route: 'tickets' },
  repeatCursor: (page: Record<string, unknown>) => ({
    ...page,
    data: (page as Page).data.slice(0, 1),
    meta: { next_cursor: 'WzAsMF0=' },
  }),
  emptyPage: (page: Record<string, unknown>) => ({ ...page, data: [], meta: { next_cursor: null } }),
  spoilRecord: (page: Record<string, unknown>) => ({
    ...page,
    data: [
      { id: 1, status: 'CANARY', created_datetime: 'CANARY yesterday', updated_datetime: 'CANARY' },
      ...(page as Page).data.slice(1),
    ],
  }),
  forbidden: { stream: 'rules', route: 'rules' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'message', column: 'ticket_id', id: BIG },
  ],
  canaries: ['canary', 'customer.example', 'acme.example', 'CORE-17', 'atlassian'],
  now: NOW,
} as const;
