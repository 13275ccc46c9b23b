import { Readable } from 'node:stream';
import { z } from 'zod';
import { PlumblineError } from '../../errors/index.ts';
import { opensWorkspace } from '../../pipeline/access-tokens.ts';
import { callerOf } from '../guard.ts';
import { eventId, followRun } from '../run-events.ts';
import { stillCalls } from '../session/recognise.ts';
import { endOf, inWorkspace, type RegisterRoutes } from '../types.ts';
import { InWorkspace, PROBLEMS } from '../wire.ts';
import { runOf } from './runs.ts';

/** Streams that one process holds open at a time; each costs one journal query a second. */
const MOST_STREAMS = 200;
/** Of them for one token, so that one caller cannot use up the share of all. */
const MOST_STREAMS_A_TOKEN = 10;

function tooMany(which: string): PlumblineError {
  return new PlumblineError('TOO_MANY_REQUESTS', `${which} already.`, 'Ask for the run itself from time to time.', {
    retryAfterMs: 10_000,
  });
}

export const runEventRoutes: RegisterRoutes = (app, deps) => {
  const { operations } = deps;
  let open = 0;
  const openBy = new Map<string, number>();
  app.get(
    '/v1/workspaces/:workspace/runs/:id/events',
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags: ['runs'],
        summary: 'Progress of a run as server-sent events',
        description:
          'Events `progress` and, last, `end`; data is JSON {run, status, attempts, progress, digest, failure}. Goes on after Last-Event-ID; 204 when that was the end.',
        params: InWorkspace.extend({ id: z.string().max(200) }),
        headers: z.object({ 'last-event-id': z.string().max(100).optional() }),
        response: {
          200: { description: 'Stream of events', content: { 'text/event-stream': { schema: z.string() } } },
          204: z.undefined().describe('The run has ended and its end is known to the client'),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const { workspace, id } = request.params;
      const caller = callerOf(request);
      const seen = request.headers['last-event-id'] ?? null;
      const run = await runOf(workspace, id, deps);
      if (run.ended_at !== null && seen === eventId(run)) return reply.code(204).send(undefined);
      const own = openBy.get(caller.id) ?? 0;
      if (own >= MOST_STREAMS_A_TOKEN) throw tooMany(`This token has ${own} streams open`);
      if (open >= MOST_STREAMS) throw tooMany(`${open} streams are open`);
      const events = followRun(seen, {
        clock: deps.clock,
        signal: endOf(reply, app.closing),
        look: async () => {
          const now = await operations.run(id);
          return now?.workspace === workspace ? now : null;
        },
        mayStill: async () => {
          const token = await stillCalls(caller, request.signed, deps);
          return token !== null && opensWorkspace(token, workspace);
        },
      });
      open += 1;
      openBy.set(caller.id, own + 1);
      const stream = Readable.from(events, { objectMode: false });
      stream.once('close', () => {
        open -= 1;
        const left = (openBy.get(caller.id) ?? 1) - 1;
        if (left === 0) openBy.delete(caller.id);
        else openBy.set(caller.id, left);
      });
      // The connection ends with the stream, so that nothing of it is left open when the server closes.
      reply.header('connection', 'close').header('x-accel-buffering', 'no').type('text/event-stream');
      return reply.send(stream as unknown as string);
    },
  );
};
