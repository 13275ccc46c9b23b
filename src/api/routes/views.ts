import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DIMENSIONS } from '../../pipeline/metrics.ts';
import { withStore } from '../../pipeline/with-store.ts';
import { renderCatalogue } from '../../report/html/render-catalogue.ts';
import { CatalogueView, catalogueView } from '../../report/view/catalogue.ts';
import { ChangeView } from '../../report/view/change.ts';
import { FiguresView } from '../../report/view/figures.ts';
import { FleetView } from '../../report/view/fleet.ts';
import { SourcesView } from '../../report/view/freshness.ts';
import { GlossaryView, glossaryView } from '../../report/view/glossary.ts';
import { HomeView } from '../../report/view/home.ts';
import { MatrixView } from '../../report/view/matrix.ts';
import { ModelsView } from '../../report/view/models.ts';
import { PathView } from '../../report/view/moves.ts';
import { QuestionsView } from '../../report/view/questions.ts';
import { SaidSeenView } from '../../report/view/said-and-seen.ts';
import { SignalView } from '../../report/view/signal.ts';
import { StatementView } from '../../report/view/statement.ts';
import type { Store } from '../../store/ports.ts';
import type { ApiDeps } from '../deps.ts';
import { callerOf } from '../guard.ts';
import { type Api, inWorkspace, ownOnly, type RegisterRoutes } from '../types.ts';
import { drawSignal, drawStatement } from '../views/evidence.ts';
import { drawFigures } from '../views/figures.ts';
import { drawFleet } from '../views/fleet.ts';
import { drawHome } from '../views/home.ts';
import { drawQuestions } from '../views/questions.ts';
import { drawChange, drawMatrix, drawPath, drawSaidSeen, drawSideBySide } from '../views/snapshot-views.ts';
import { drawSources, findStaged, signalsById } from '../views/sources.ts';
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

const VIEWS = {
  HomeView,
  MatrixView,
  StatementView,
  SignalView,
  SaidSeenView,
  PathView,
  ChangeView,
  ModelsView,
  FiguresView,
  QuestionsView,
  SourcesView,
  CatalogueView,
  FleetView,
  GlossaryView,
} as const;
for (const [id, schema] of Object.entries(VIEWS)) COMPONENTS.add(schema, { id });

const Breakdowns = z
  .string()
  .max(100)
  .default('week,month,team,channel,priority,tier,line')
  .transform((text) => text.split(',').filter((one) => one !== ''))
  .pipe(z.array(z.enum(DIMENSIONS)))
  .describe(`Breakdowns, separated by commas, of ${DIMENSIONS.join(', ')}`);

const Name = z.string().min(1).max(200);

export const viewRoutes: RegisterRoutes = (app, deps) => {
  addView(app, deps, {
    name: 'home',
    summary: 'The verdict of a model of any kind with all that a first screen shows',
    query: Asked,
    view: HomeView,
    draw: drawHome,
  });
  addView(app, deps, {
    name: 'matrix',
    summary: 'Areas by stages; no rows for a model without a matrix',
    query: Asked,
    view: MatrixView,
    draw: drawMatrix,
  });
  addView(app, deps, {
    name: 'statement',
    summary: 'One statement: its level, ledger, conflict, what is missing, answers, action',
    query: Asked.extend({ statement: Name.describe('Id, such as S1.4') }),
    view: StatementView,
    draw: drawStatement,
  });
  addView(app, deps, {
    name: 'signal',
    summary: 'One signal: number, interval, lines, course, what it leaves out, SQL, sample tickets',
    query: Asked.extend({ signal: Name.describe('Id, or its letter and number: D3') }),
    view: SignalView,
    draw: drawSignal,
  });
  addView(app, deps, {
    name: 'said-and-seen',
    summary: 'What people say beside what records show, statement by statement',
    query: Asked,
    view: SaidSeenView,
    draw: drawSaidSeen,
  });
  addView(app, deps, {
    name: 'path',
    summary: 'Fewest and cheapest moves to the next stage, or to another one',
    query: Asked.extend({ target: z.coerce.number().int().min(2).max(20).optional() }),
    view: PathView,
    draw: drawPath,
  });
  addView(app, deps, {
    name: 'change',
    summary: 'What changed between two snapshots, each change with its cause',
    query: Asked.extend({
      against: z.string().max(64).optional().describe('The earlier snapshot; default: the one before'),
    }),
    view: ChangeView,
    draw: drawChange,
  });
  addView(app, deps, {
    name: 'models',
    summary: 'What every model says of one snapshot, and why staged ones differ',
    query: Asked,
    view: ModelsView,
    draw: drawSideBySide,
  });
  addView(app, deps, {
    name: 'figures',
    summary: 'Plain figures of a span, unscored, with breakdowns and the hours of the week',
    query: z.object({
      from: z.string().max(40).optional().describe('Start, a date or an instant; default: the first ticket'),
      to: z
        .string()
        .max(40)
        .optional()
        .describe('End, a date (the whole day) or an instant; default: the end of the data'),
      by: Breakdowns,
    }),
    view: FiguresView,
    draw: drawFigures,
  });
  addView(app, deps, {
    name: 'questions',
    summary: 'What is worth asking people, the most telling first, and who has answered',
    query: z.object({
      model: Asked.shape.model,
      respondent: z.string().max(100).optional().describe('Who is asked: what this person has not answered yet'),
      role: z.string().max(100).optional().describe('Questions meant for this role come first'),
      all: z.stringbool().default(false).describe('Also what records can show'),
    }),
    view: QuestionsView,
    draw: drawQuestions,
  });
  addView(app, deps, {
    name: 'sources',
    summary: 'How far each connection was read, stream by stream; before any snapshot too',
    query: z.object({}),
    view: SourcesView,
    draw: (store) => drawSources(store, deps.clock.now()),
  });

  app.get(
    '/v1/views/fleet',
    {
      config: { access: ownOnly('viewer') },
      schema: {
        tags,
        summary: 'All workspaces that the caller opens: verdict, change, age of the data, broken syncs',
        querystring: z.object({ model: Asked.shape.model }),
        response: { 200: FleetView, ...PROBLEMS },
      },
    },
    (request) => drawFleet(callerOf(request), request.query.model, deps),
  );

  app.get(
    '/v1/catalogue',
    {
      config: { access: ownOnly('viewer') },
      schema: {
        tags,
        summary: 'Every signal and statement of a staged model: what it reads, its SQL, its lines and their origins',
        querystring: z.object({ model: Asked.shape.model }),
        response: { 200: CatalogueView, ...PROBLEMS },
      },
    },
    async ({ query }) => {
      const { model } = await findStaged(query.model, deps);
      return catalogueView(model, await signalsById(deps));
    },
  );

  app.get(
    '/v1/catalogue.html',
    {
      config: { access: ownOnly('viewer') },
      schema: {
        tags,
        summary: 'The catalogue as one file of HTML to pass on: it needs no server, no script and no network',
        querystring: z.object({ model: Asked.shape.model }),
        response: {
          200: { description: 'The file', content: { 'text/html': { schema: z.string() } } },
          ...PROBLEMS,
        },
      },
    },
    async ({ query }, reply) => {
      const { model } = await findStaged(query.model, deps);
      // Saved, never shown from here: what stands under this address has no style of its own.
      return reply
        .header('content-disposition', 'attachment; filename="catalogue.html"')
        .type('text/html; charset=utf-8')
        .send(renderCatalogue(catalogueView(model, await signalsById(deps))));
    },
  );

  app.get(
    '/v1/glossary',
    {
      config: { access: ownOnly('viewer') },
      schema: { tags, summary: 'Words of ours in plain English', response: { 200: GlossaryView, ...PROBLEMS } },
    },
    async () => glossaryView(),
  );
};
