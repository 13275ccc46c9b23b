import { z } from 'zod';
import { CustomerMatch } from '../../domain/customer-match.ts';
import { LinkMatch } from '../../domain/link-match.ts';
import { matchCustomers } from '../../pipeline/customers/match-customers.ts';
import { matchLinks } from '../../pipeline/links/match-links.ts';
import { withStore } from '../../pipeline/with-store.ts';
import { inWorkspace, type RegisterRoutes } from '../types.ts';
import { InWorkspace, PROBLEMS } from '../wire.ts';

export const matchRoutes: RegisterRoutes = (app, deps) => {
  app.get(
    '/v1/workspaces/:workspace/matches',
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags: ['connections'],
        summary: 'Who the customers of a desk are, and which issues its tickets name, in the sources beside it',
        description:
          'Worked out anew, as in every measurement. Without such a source, or without a desk, the lists are empty.',
        params: InWorkspace,
        response: {
          200: z.strictObject({ customers: z.array(CustomerMatch), links: z.array(LinkMatch) }),
          ...PROBLEMS,
        },
      },
    },
    ({ params }) =>
      withStore(deps, params.workspace, async (store) => {
        const roles = new Set((await store.ledger.connections()).map(({ role }) => role));
        const has = (role: 'customers' | 'engineering'): boolean => roles.has('desk') && roles.has(role);
        const now = deps.clock.now();
        return {
          customers: has('customers') ? [...(await matchCustomers(store, { desk: null, source: null }, now))] : [],
          links: has('engineering') ? [...(await matchLinks(store, now))] : [],
        };
      }),
  );
};
