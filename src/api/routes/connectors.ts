import { z } from 'zod';
import { STREAMS } from '../../domain/observability.ts';
import type { Connector } from '../../kit/connector.ts';
import { ownOnly, type RegisterRoutes } from '../types.ts';
import { ConnectorView, PROBLEMS } from '../wire.ts';

const USUAL_SECRET = { title: 'Token', description: 'May only read. Sealed at once, never shown again.', parts: [] };

/** What the connector says of itself, before anything is asked of a helpdesk. */
function describeConnector(connector: Connector): z.infer<typeof ConnectorView> {
  const { id, title, flags, settings, streams, never, secrets = [USUAL_SECRET] } = connector;
  return {
    id,
    title,
    flags: [...flags],
    settings: z.toJSONSchema(settings, { io: 'input' }),
    secrets: secrets.map((form) => ({ ...form, parts: [...form.parts] })),
    evidence: STREAMS.map((stream) => {
      const calls = streams.filter(({ provides }) => provides[stream] !== undefined);
      return {
        stream,
        fields: [...new Set(calls.flatMap(({ provides }) => provides[stream] ?? []))].sort(),
        calls: calls.map(({ title: call }) => call),
        never: calls.length > 0 ? null : (never[stream] ?? null),
      };
    }),
  };
}

export const connectorRoutes: RegisterRoutes = (app, deps) => {
  app.get(
    '/v1/connectors',
    {
      config: { access: ownOnly('viewer') },
      schema: {
        tags: ['connections'],
        summary: 'Helpdesks that can be connected: settings, secrets, and the evidence that each can give',
        response: { 200: z.strictObject({ connectors: z.array(ConnectorView) }), ...PROBLEMS },
      },
    },
    () => ({ connectors: [...deps.connectors.values()].map(describeConnector) }),
  );
};
