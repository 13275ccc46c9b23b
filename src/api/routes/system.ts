import { z } from 'zod';
import type { AccessToken } from '../../domain/operations.ts';
import { opensWorkspace } from '../../pipeline/access-tokens.ts';
import type { ApiDeps, PartReadiness } from '../deps.ts';
import { type FleetFigures, renderMetrics } from '../metrics.ts';
import { openApiText } from '../openapi.ts';
import { type Access, ownOnly, type RegisterRoutes } from '../types.ts';
import { PROBLEMS } from '../wire.ts';

const tags = ['system'];
const probe: Access = { kind: 'open', probe: true };
const READY_WITHIN_MS = 5_000;
/** Probes of many load balancers are answered from one look. */
const READY_KEPT_MS = 1_000;

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

/** Asks every part; one that does not answer in time, or throws, is not ready. The details of an error are in the log only. */
async function lookAtParts(deps: ApiDeps): Promise<readonly PartReadiness[]> {
  const given = new AbortController();
  const failed = (reason: string): PartReadiness[] => [{ part: 'store', ready: false, reason }];
  try {
    return await Promise.race([
      deps.checkReady(),
      deps.clock.sleep(READY_WITHIN_MS, given.signal).then(() => failed('There was no answer within 5 seconds.')),
    ]);
  } catch (error) {
    deps.log.warn({ err: error }, 'readiness could not be checked');
    return failed('It could not be asked; the log says why.');
  } finally {
    given.abort();
  }
}

function readinessOf(deps: ApiDeps): () => Promise<readonly PartReadiness[]> {
  let last: { readonly at: number; readonly parts: Promise<readonly PartReadiness[]> } | null = null;
  return () => {
    const now = deps.clock.now().getTime();
    if (last === null || Math.abs(now - last.at) >= READY_KEPT_MS) last = { at: now, parts: lookAtParts(deps) };
    return last.parts;
  };
}

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
      const { contentType, text } = await renderMetrics(await figuresFor(request.caller, deps));
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
