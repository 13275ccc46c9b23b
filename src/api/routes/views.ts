import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { withStore } from '../../pipeline/with-store.ts';
import { HomeView } from '../../report/view/home.ts';
import { ModelsView } from '../../report/view/models.ts';
import type { Store } from '../../store/ports.ts';
import type { ApiDeps } from '../deps.ts';
import { type Api, inWorkspace, type RegisterRoutes } from '../types.ts';
import { drawHome } from '../views/home.ts';
import { COMPONENTS, InWorkspace, PROBLEMS } from '../wire.ts';

const tags = ['views'];

const Asked = z.object({
  model: z.string().max(100).optional().describe('Maturity model; default: the configured one'),
  snapshot: z
    .string()
    .max(64)
    .default('latest')
    .describe('`latest`, a date or instant (the latest at or before it), or the beginning of a digest'),
});

interface ViewRoute<Q extends z.ZodObject, V extends z.ZodType> {
  readonly name: string;
  readonly summary: string;
  readonly query: Q;
  readonly view: V;
  draw(store: Store, asked: z.infer<Q>, deps: ApiDeps): Promise<z.infer<V>>;
}

/** One view of a workspace, for viewers; it reads and keeps nothing. */
function addView<Q extends z.ZodObject, V extends z.ZodType>(app: Api, deps: ApiDeps, route: ViewRoute<Q, V>): void {
  app.get(
    `/v1/workspaces/:workspace/views/${route.name}`,
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags,
        summary: route.summary,
        params: InWorkspace,
        querystring: route.query,
        response: { 200: route.view, ...PROBLEMS },
      },
    },
    ({ params, query }: FastifyRequest) =>
      withStore(deps, (params as z.infer<typeof InWorkspace>).workspace, (store) =>
        route.draw(store, query as z.infer<Q>, deps),
      ),
  );
}

for (const [id, schema] of Object.entries({ HomeView, ModelsView })) COMPONENTS.add(schema, { id });

export const viewRoutes: RegisterRoutes = (app, deps) => {
  addView(app, deps, {
    name: 'home',
    summary: 'The verdict of a model of any kind with all that a first screen shows',
    query: Asked,
    view: HomeView,
    draw: drawHome,
  });
};
