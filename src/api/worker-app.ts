import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { Logger } from '../logging/create-logger.ts';
import type { ApiClock, PartReadiness, QueueCount } from './deps.ts';
import { renderQueues } from './metrics.ts';
import type { ProcessMetrics } from './process-metrics.ts';
import { readinessOf } from './readiness.ts';
import { listeningFailure, type RunningApi } from './server.ts';

export interface WorkerApiDeps {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly clock: ApiClock;
  readonly log: Logger;
  readonly processMetrics: ProcessMetrics;
  checkReady(): Promise<readonly PartReadiness[]>;
  queueCounts(): Promise<readonly QueueCount[]>;
}

/**
 * What a worker says of itself on a port of its own: `/healthz`, `/readyz` and `/metrics`, for probes and scrapes alone. It asks for no token, since
 * nothing of any workspace is in it: figures of the process and the lengths of the queues. Errors: BAD_CONFIG (address taken).
 */
export async function serveWorkerProbes(deps: WorkerApiDeps): Promise<RunningApi> {
  const { host, port, processMetrics } = deps;
  const app = Fastify({ logger: false, exposeHeadRoutes: false, forceCloseConnections: true });
  const readiness = readinessOf(deps);
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('content-security-policy', "default-src 'none'");
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    processMetrics.observe({ method: request.method, route, status: reply.statusCode, ms: reply.elapsedTime });
  });
  app.setErrorHandler((error, _request, reply) => {
    deps.log.warn({ err: error }, 'a probe of the worker failed');
    return reply.code(503).send({ ready: false, parts: [] });
  });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const parts = await readiness();
    const ready = parts.every((part) => part.ready);
    return reply.code(ready ? 200 : 503).send({ ready, parts });
  });
  app.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await renderQueues(await deps.queueCounts(), processMetrics);
    return reply.type(contentType).send(text);
  });
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw listeningFailure(error, host, port);
  }
  const { port: bound } = app.server.address() as AddressInfo;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, close: () => app.close() };
}
