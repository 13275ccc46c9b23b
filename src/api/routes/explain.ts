import { z } from 'zod';
import {
  CriterionExplanation,
  SignalExplanation,
  StageExplanation,
  TicketExplanation,
} from '../../domain/explanation.ts';
import { explain } from '../../pipeline/explain.ts';
import { findSnapshot } from '../../pipeline/find-snapshot.ts';
import { modelOfSnapshot } from '../../pipeline/model-of-snapshot.ts';
import { withStore } from '../../pipeline/with-store.ts';
import type { Ledger } from '../../store/ports.ts';
import type { ApiDeps } from '../deps.ts';
import { inWorkspace, type RegisterRoutes } from '../types.ts';
import { InWorkspace, ModelName, PROBLEMS, SnapshotName } from '../wire.ts';

/** Addresses of tickets at the vendor's own screens; null where a connector cannot tell. */
async function ticketLinks(
  ledger: Ledger,
  { connectors }: ApiDeps,
): Promise<(connection: string, id: string) => string | null> {
  const rows = new Map((await ledger.connections()).map((row) => [row.name, row]));
  return (connection, id) => {
    const row = rows.get(connection);
    return row === undefined ? null : (connectors.get(row.vendor)?.ticketUrl(row.settings, id) ?? null);
  };
}

export const explainRoutes: RegisterRoutes = (app, deps) => {
  app.get(
    '/v1/workspaces/:workspace/explain',
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags: ['snapshots'],
        summary: 'From the stage to a statement, its ledger, a signal with its SQL, and a ticket with its timeline',
        params: InWorkspace,
        querystring: z.object({
          what: z
            .string()
            .min(1)
            .max(200)
            .default('stage')
            .describe('`stage`, a statement (S1.4), a signal (D3), or a ticket, also as connection/id'),
          snapshot: SnapshotName.default('latest'),
          model: ModelName,
        }),
        response: {
          200: z.discriminatedUnion('kind', [
            StageExplanation,
            CriterionExplanation,
            SignalExplanation,
            TicketExplanation,
          ]),
          ...PROBLEMS,
        },
      },
    },
    async ({ params, query }) => {
      const [today, { signals }] = await Promise.all([deps.model(query.model), deps.rules()]);
      return withStore(deps, params.workspace, async (store) => {
        const { ledger } = store;
        const snapshot = await findSnapshot(ledger, today.model.id, query.snapshot);
        const { model } = await modelOfSnapshot(ledger, snapshot, today);
        return explain(query.what, { store, snapshot, model, signals, ticketUrl: await ticketLinks(ledger, deps) });
      });
    },
  );
};
