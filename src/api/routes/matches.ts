import { z } from 'zod';
import { CustomerMatch } from '../../domain/customer-match.ts';
import { LinkMatch } from '../../domain/link-match.ts';
import { PlumblineError } from '../../errors/index.ts';
import { keepPairs, matchCustomers, onePair } from '../../pipeline/customers/match-customers.ts';
import { parsePairs } from '../../pipeline/customers/parse-pairs.ts';
import { matchLinks } from '../../pipeline/links/match-links.ts';
import { withStore } from '../../pipeline/with-store.ts';
import type { ApiDeps } from '../deps.ts';
import { takeBytes } from '../take-bytes.ts';
import { type Api, inWorkspace, type RegisterRoutes } from '../types.ts';
import { PART_BYTES } from '../uploads.ts';
import { InWorkspace, PROBLEMS } from '../wire.ts';

const tags = ['connections'];

export const matchRoutes: RegisterRoutes = (app, deps) => {
  app.get(
    '/v1/workspaces/:workspace/matches',
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags,
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

  app.register(async (inner) => {
    takeBytes(inner as Api);
    mapCustomers(inner as Api, deps);
  });
};

function mapCustomers(app: Api, deps: ApiDeps): void {
  app.put(
    '/v1/workspaces/:workspace/matches/customers',
    {
      config: { access: inWorkspace('operator'), audit: 'customers.map', bytes: true },
      bodyLimit: PART_BYTES,
      schema: {
        tags,
        summary: 'Say which organisation of a desk is which customer; the same file as `customers match --map`',
        description:
          'CSV, as bytes: the first line is desk_id,crm_id, and each other line one organisation of the desk. It goes before ids and domains, and replaces what was said before of this desk and source; the first line alone takes all back. Each line is checked before anything changes. Answers with how the customers are matched then.',
        params: InWorkspace,
        querystring: z.object({
          desk: z.string().max(100).optional().describe('Left out = the only one there is'),
          source: z.string().max(100).optional().describe('The source of customers; left out = the only one there is'),
        }),
        response: { 200: z.strictObject({ matches: z.array(CustomerMatch) }), ...PROBLEMS },
      },
    },
    async (request) => {
      const { body, query } = request;
      const { workspace } = request.params;
      if (!Buffer.isBuffer(body))
        throw new PlumblineError('BAD_USAGE', 'A mapping is bytes.', 'Send it as application/octet-stream.');
      return withStore(deps, workspace, async (store) => {
        const of = await onePair(store.ledger, { desk: query.desk ?? null, source: query.source ?? null });
        const pairs = parsePairs({ name: 'mapping', text: body.toString('utf8') }, of.desk, of.source);
        request.auditNote = { subject: `${of.desk} ${of.source}`, detail: { pairs: pairs.length } };
        await keepPairs(store.ledger, of, pairs, (kind, value) => deps.secrets.pseudonymise(workspace, kind, value));
        return { matches: [...(await matchCustomers(store, of, deps.clock.now()))] };
      });
    },
  );
}
