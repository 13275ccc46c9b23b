import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { TABLE_NAMES } from '../../domain/telemetry.ts';
import { PlumblineError } from '../../errors/index.ts';
import { withStore } from '../../pipeline/with-store.ts';
import { inWorkspace, type RegisterRoutes } from '../types.ts';
import { InWorkspace, PROBLEMS } from '../wire.ts';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl',
  parquet: 'application/vnd.apache.parquet',
} as const;

/** Exports that one process makes at a time: each reads a whole table, and lies on its disk until it is sent. */
const MOST_EXPORTS = 2;

export const exportRoutes: RegisterRoutes = (app, deps) => {
  let under_way = 0;
  app.get(
    '/v1/workspaces/:workspace/export/:table',
    {
      config: { access: inWorkspace('operator'), audit: 'telemetry.export' },
      schema: {
        tags: ['telemetry'],
        summary: 'One table of telemetry as a file: pseudonyms and facts, no text of any ticket',
        params: InWorkspace.extend({ table: z.enum(TABLE_NAMES) }),
        querystring: z.object({ format: z.enum(['csv', 'jsonl', 'parquet']).default('csv') }),
        response: {
          200: {
            description: 'The file',
            content: Object.fromEntries(
              Object.values(TYPES).map((type) => [type.split(';')[0], { schema: z.string() }]),
            ),
          },
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const { workspace, table } = request.params;
      const { format } = request.query;
      request.auditNote = { subject: table, detail: { format } };
      if (under_way >= MOST_EXPORTS)
        throw new PlumblineError(
          'TOO_MANY_REQUESTS',
          `${MOST_EXPORTS} exports are under way.`,
          'Ask again when they have ended.',
          { retryAfterMs: 10_000 },
        );
      under_way += 1;
      const folder = await mkdtemp(join(tmpdir(), 'plumbline-http-export-'));
      const end = async (): Promise<void> => {
        under_way -= 1;
        await rm(folder, { recursive: true, force: true });
      };
      const path = join(folder, `${table}.${format}`);
      try {
        await withStore(deps, workspace, ({ telemetry }) => telemetry.exportTable(table, format, path));
      } catch (error) {
        await end();
        throw error;
      }
      const file = createReadStream(path);
      file.once('close', () => {
        end().catch((error: unknown) => request.log.warn({ err: error }, 'an export could not be removed'));
      });
      reply.header('content-disposition', `attachment; filename="${workspace}-${table}.${format}"`).type(TYPES[format]);
      return reply.send(file as unknown as string);
    },
  );
};
