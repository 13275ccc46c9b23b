import type { ConnectionRole } from '../domain/connection-role.ts';
import { externalKeys, formsOfId } from '../domain/external-keys.ts';
import type { Connector, VendorStream } from '../kit/connector.ts';

const OTHER_STREAM = 'This source is read for its customers only.';

/** The calls of a connector that a connection of the role makes: a source of customers only those that give organisations, and of these nothing else. */
export function streamsAs(streams: readonly VendorStream[], role: ConnectionRole): readonly VendorStream[] {
  if (role !== 'customers') return streams;
  return streams.flatMap((stream) => {
    const organisations = stream.provides.organisations;
    return organisations === undefined ? [] : [{ ...stream, provides: { organisations } }];
  });
}

/** A connector as a connection of the role reads it. A desk and a tracker are read whole. */
export function readAs<S>(connector: Connector<S>, role: ConnectionRole): Connector<S> {
  if (role !== 'customers') return connector;
  const whole = new Map(connector.streams.map((stream) => [stream.id, stream]));
  const own = (stream: VendorStream): VendorStream => whole.get(stream.id) ?? stream;
  const never = Object.fromEntries(
    connector.streams
      .flatMap(({ provides }) => Object.keys(provides))
      .filter((stream) => stream !== 'organisations')
      .map((stream) => [stream, OTHER_STREAM]),
  );
  return {
    ...connector,
    never: { ...connector.never, ...never },
    streams: streamsAs(connector.streams, role),
    probe: (stream, context) => connector.probe(own(stream), context),
    async *read(stream, checkpoint, context) {
      for await (const page of connector.read(own(stream), checkpoint, context)) {
        const { organisation } = page.records;
        const known = organisation?.map((one) => ({
          ...one,
          // A desk keeps the id of the customer here; both sides have it as the same hash.
          external_keys: externalKeys(formsOfId(one.id), context.pseudonymise),
        }));
        yield { ...page, records: known === undefined ? {} : { organisation: known } };
      }
    },
  };
}
