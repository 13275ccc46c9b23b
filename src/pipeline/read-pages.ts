import { createRecordGuard } from '../domain/privacy/protect-records.ts';
import type { Connector, ConnectorContext, ConnectorPage, VendorStream } from '../kit/connector.ts';

/**
 * Pages of a vendor stream as they may be stored: what the connector read, with personal text in free fields replaced by keyed hashes.
 * Every way from a connector to the store goes through here.
 */
export async function* readPages<S>(
  connector: Pick<Connector<S>, 'read'>,
  stream: VendorStream,
  checkpoint: string | null,
  context: ConnectorContext<S>,
): AsyncIterable<ConnectorPage> {
  const guard = createRecordGuard(context.pseudonymise);
  for await (const page of connector.read(stream, checkpoint, context)) yield { ...page, records: guard(page.records) };
}
