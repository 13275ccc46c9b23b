import { z } from 'zod';
import type { AccessToken } from '../../domain/operations.ts';
import { opensWorkspace } from '../../pipeline/access-tokens.ts';
import type { ApiDeps } from '../deps.ts';
import { type FleetFigures, renderMetrics } from '../metrics.ts';
import { openApiText } from '../openapi.ts';
import { readinessOf } from '../readiness.ts';
import { type Access, ownOnly, type RegisterRoutes } from '../types.ts';
import { PROBLEMS } from '../wire.ts';

const tags = ['system'];
const probe: Access = { kind: 'open', probe: true };

const Readiness = z.strictObject({
  ready: z.boolean(),
  parts: z.array(
    z.strictObject({
      part: z.enum(['store', 'migrations', 'queue']),
      ready: z.boolean(),
      reason: z.string().nullable(),
    }),
  ),
});

async function figuresFor(caller: AccessToken | null, deps: ApiDeps): Promise<FleetFigures> {
  const whole = caller === null || caller.workspaces === null;
  const opened = (workspace: string): boolean => caller === null || opensWorkspace(caller, workspace);
  const [desks, runs, queues, tallies] = await Promise.all([
    deps.fleetStatus(),
    deps.operations.countRuns(),
    whole ? deps.queueCounts() : null,
    whole ? deps.operations.tallies() : null,
  ]);
  return {
    now: deps.clock.now(),
    desks: desks.filter((desk) => opened(desk.workspace)),
    runs: runs.filter((run) => opened(run.workspace)),
    queues,
    tallies,
  };
}

export const systemRoutes: RegisterRoutes = (app, deps) => {
  const readiness = readinessOf(deps);

  app.get(
    '/healthz',
    {
      config: { access: probe },
      schema: { tags, summary: 'The process lives', response: { 200: z.strictObject({ status: z.literal('ok') }) } },
    },
    async () => ({ status: 'ok' as const }),
  );

  app.get(
    '/readyz',
    {
      config: { access: probe },
      schema: {
        tags,
        summary: 'The parts that the product needs answer',
        response: { 200: Readiness, 503: Readiness.describe('Something does not answer') },
      },
    },
    async (_request, reply) => {
      const parts = [...(await readiness())];
      const ready = parts.every((part) => part.ready);
      return reply.code(ready ? 200 : 503).send({ ready, parts });
    },
  );

  app.get(
    '/metrics',
    {
      config: { access: deps.config.serve.open_metrics ? { kind: 'open', probe: false } : ownOnly('viewer') },
      schema: {
        tags,
        summary: 'Figures of the fleet as OpenMetrics text',
        description: 'A token for some workspaces sees their samples and nothing of the fleet as a whole.',
        response: {
          200: { description: 'OpenMetrics 1.0', content: { 'application/openmetrics-text': { schema: z.string() } } },
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const { contentType, text } = await renderMetrics(await figuresFor(request.caller, deps), app.processMetrics);
      return reply.type(contentType).serializer(String).send(text);
    },
  );

  app.get(
    '/openapi.json',
    {
      config: { access: deps.config.serve.open_openapi ? { kind: 'open', probe: false } : ownOnly('viewer') },
      schema: {
        tags,
        summary: 'This document',
        response: { 200: z.record(z.string(), z.unknown()), ...PROBLEMS },
      },
    },
    async (_request, reply) =>
      reply
        .type('application/json')
        .serializer(String)
        .send(openApiText(app) as unknown as Record<string, unknown>),
  );
};
