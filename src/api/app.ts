import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { PlumblineError, showHidden } from '../errors/index.ts';
import { actorOf, auditWrites } from './audit-writes.ts';
import { boundBodies } from './bounded-body.ts';
import { type ApiDeps, DEFAULT_PATIENCE } from './deps.ts';
import { guardRoutes } from './guard.ts';
import { describeRoutes } from './openapi.ts';
import { servePage } from './page/serve-page.ts';
import { openProcessMetrics, type ProcessMetrics } from './process-metrics.ts';
import { answerRoutes } from './routes/answers.ts';
import { auditRoutes } from './routes/audit.ts';
import { connectionRoutes } from './routes/connections.ts';
import { connectorRoutes } from './routes/connectors.ts';
import { eventRoutes } from './routes/events.ts';
import { explainRoutes } from './routes/explain.ts';
import { exportRoutes } from './routes/export.ts';
import { importRoutes } from './routes/imports.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { matchRoutes } from './routes/matches.ts';
import { modelRoutes } from './routes/models.ts';
import { moveRoutes } from './routes/moves.ts';
import { noticeRoutes } from './routes/notices.ts';
import { openIdRoutes } from './routes/openid.ts';
import { resolutionRoutes } from './routes/resolutions.ts';
import { respondentRoutes } from './routes/respondent.ts';
import { runEventRoutes } from './routes/run-events.ts';
import { runRoutes } from './routes/runs.ts';
import { scheduleRoutes } from './routes/schedules.ts';
import { sessionRoutes } from './routes/session.ts';
import { snapshotRoutes } from './routes/snapshots.ts';
import { systemRoutes } from './routes/system.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { viewRoutes } from './routes/views.ts';
import { workspaceRoutes } from './routes/workspaces.ts';
import { handleError, sendProblem } from './send-problem.ts';
import type { Api, RegisterRoutes, RouteEntry } from './types.ts';

const BODY_LIMIT_BYTES = 256 * 1024;
const MINUTE_MS = 60_000;

const ROUTES: readonly RegisterRoutes[] = [
  systemRoutes,
  sessionRoutes,
  openIdRoutes,
  workspaceRoutes,
  connectorRoutes,
  connectionRoutes,
  matchRoutes,
  importRoutes,
  scheduleRoutes,
  runRoutes,
  runEventRoutes,
  snapshotRoutes,
  modelRoutes,
  explainRoutes,
  exportRoutes,
  viewRoutes,
  answerRoutes,
  resolutionRoutes,
  moveRoutes,
  invitationRoutes,
  respondentRoutes,
  noticeRoutes,
  eventRoutes,
  tokenRoutes,
  auditRoutes,
];

/** Collects the framework's own list of routes but the page's, which is no part of the interface; one that does not say who may call it, or a write that is not audited, stops the start. */
function listRoutes(app: FastifyInstance): void {
  const entries: RouteEntry[] = [];
  app.decorate('routeEntries', { getter: () => entries });
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const each of [method].flat()) {
      const { access, audit } = config ?? {};
      if (access === undefined || (each !== 'GET' && audit === undefined))
        throw new PlumblineError(
          'BUG',
          `The route ${each} ${url} does not say who may call it.`,
          'Give it access and audit.',
        );
      if (access.kind !== 'page') entries.push({ method: each, url, access, audit: audit ?? null });
    }
  });
}

/** Streams that are open when the app closes end, so that closing does not wait for them. */
function endStreamsOnClose(app: FastifyInstance): void {
  const closing = new AbortController();
  app.decorate('closing', { getter: () => closing.signal });
  app.addHook('preClose', async () => closing.abort());
}

/** One line and one sample for each request: no query string, no header, no body. */
function logRequests(app: FastifyInstance, own: ProcessMetrics): void {
  app.decorate('processMetrics', { getter: () => own });
  app.addHook('onResponse', async (request, reply) => {
    const url = request.routeOptions.url ?? 'none';
    // An open stream of events lasts as long as its run: that is no latency.
    if (!url.endsWith('/events'))
      own.observe({ method: request.method, route: url, status: reply.statusCode, ms: reply.elapsedTime });
    const params = request.params as { readonly workspace?: string } | undefined;
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        workspace: params?.workspace,
        status: reply.statusCode,
        elapsed_ms: Math.round(reply.elapsedTime),
        actor: actorOf(request),
      },
      'request',
    );
  });
}

/**
 * Builds the HTTP interface from its parts; it listens nowhere yet. Every route but the probes and the page asks who calls, every write leaves an
 * audit entry, every refusal is a problem document. Close the app to end its open streams.
 */
export async function createApi(deps: ApiDeps): Promise<FastifyInstance> {
  const { patience = DEFAULT_PATIENCE } = deps;
  const framework = Fastify({
    loggerInstance: deps.log.child({ part: 'api' }),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: patience.requestMs,
    connectionTimeout: patience.idleMs,
    http: { headersTimeout: patience.headersMs, connectionsCheckingInterval: patience.checkEveryMs },
    exposeHeadRoutes: false,
    // Ids of runs hold the names of their workspace and schedule.
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    requestIdHeader: false,
    genReqId: () => Buffer.from(deps.randomBytes(8)).toString('hex'),
    frameworkErrors: (error, request, reply) => handleError(error, request, reply),
  });
  const app = framework as unknown as FastifyInstance;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // JSON is the only language of a body; without a parser the other built-in type is refused.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(handleError);
  listRoutes(app);
  endStreamsOnClose(app);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    xFrameOptions: { action: 'deny' },
  });
  await app.register(rateLimit, {
    global: false,
    max: deps.config.serve.requests_per_minute,
    timeWindow: MINUTE_MS,
    keyGenerator: (request) => actorOf(request) ?? `address:${normalizeIP(request.ip)}`,
  });
  await app.register(cookie);
  const api: Api = app.withTypeProvider<ZodTypeProvider>();
  guardRoutes(api, deps);
  boundBodies(api);
  auditWrites(api, deps);
  logRequests(app, deps.processMetrics ?? openProcessMetrics({ version: deps.version, collect: false }));
  app.setNotFoundHandler((request, reply) =>
    sendProblem(
      request,
      reply,
      new PlumblineError(
        'UNKNOWN_NAME',
        `There is no route ${request.method} ${showHidden(request.url.split('?')[0] ?? '').slice(0, 200)}.`,
        '/openapi.json lists the routes; those of the interface begin with /v1.',
      ),
    ),
  );
  await describeRoutes(app, deps.version);
  for (const register of ROUTES) register(api, deps);
  servePage(api, deps);
  await app.ready();
  return app;
}
