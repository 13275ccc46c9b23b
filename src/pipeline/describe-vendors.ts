import { STREAMS, type StreamName } from '../domain/observability.ts';

import type { SignalDefinition } from '../domain/signal.ts';
import { FROM_REPORTS } from '../domain/stream-tables.ts';
import type { LackedField, VendorCell, VendorEvidence } from '../domain/vendor-evidence.ts';
import type { Connector } from '../kit/connector.ts';
import { findDarkSignals, type SeenStream } from './hidden-evidence.ts';

type Described = Pick<Connector, 'id' | 'title' | 'flags' | 'example' | 'never' | 'streams'>;

/** Streams that some call feeds, with the fields of all calls. */
function seenAt({ id, streams }: Described): SeenStream[] {
  return STREAMS.flatMap((stream) => {
    const fields = streams.flatMap(({ provides }) => provides[stream] ?? []);
    const fed = streams.some(({ provides }) => provides[stream] !== undefined);
    return fed ? [{ connection: id, stream, status: 'available' as const, fields: [...new Set(fields)] }] : [];
  });
}

/** Fields that dark signals want, by stream. A signal may be met in several ways: only the one that comes nearest is asked for. */
function lackedFields(dark: ReturnType<typeof findDarkSignals>): ReadonlyMap<StreamName, readonly LackedField[]> {
  const wanted = new Map<string, string[]>();
  for (const { signal, lacking } of dark.values())
    for (const need of lacking) wanted.set(need, [...(wanted.get(need) ?? []), signal]);
  const fieldsOf = (stream: StreamName): LackedField[] =>
    [...wanted]
      .filter(([need]) => need.startsWith(`${stream}.`))
      .map(([need, signals]) => ({ field: need.slice(stream.length + 1), signals: signals.sort() }))
      .sort((a, b) => (a.field < b.field ? -1 : 1));
  return new Map(STREAMS.map((stream) => [stream, fieldsOf(stream)]));
}

/** The command line that connects the example of a connector. */
export function exampleLine({ id, flags, example }: Pick<Connector<unknown>, 'id' | 'flags' | 'example'>): string {
  const flagged = new Set(flags.map(({ name }) => name));
  const words = Object.entries(example).map(([key, value]) =>
    flagged.has(key) ? `--${key} ${value}` : `--set ${key}=${value}`,
  );
  return ['plumbline connect', id, ...words].join(' ');
}

function describeVendor(connector: Described, signals: readonly SignalDefinition[]): VendorEvidence {
  const seen = seenAt(connector);
  const dark = findDarkSignals(seen, signals);
  const lacked = lackedFields(dark);
  const cellOf = (stream: StreamName): VendorCell => {
    if (!seen.some((one) => one.stream === stream))
      return { stream, shown: 'none', lacks: [], reason: connector.never[stream] ?? null };
    const lacks = lacked.get(stream) ?? [];
    return { stream, shown: lacks.length === 0 ? 'full' : 'part', lacks, reason: null };
  };
  return {
    id: connector.id,
    title: connector.title,
    example: exampleLine(connector),
    signals: { lit: signals.length - dark.size, of: signals.length },
    streams: STREAMS.map(cellOf),
  };
}

/**
 * What each vendor can show by its description, for at least some accounts; what one account shows is found when it is connected. Signals that only a
 * report in a file feeds are none of its. Pure. The order is
 * that of `connectors`; none gives none.
 */
export function describeVendors(
  connectors: Iterable<Described>,
  signals: readonly SignalDefinition[],
): VendorEvidence[] {
  const own = signals.filter(({ needs }) => !needs.some((need) => FROM_REPORTS.has(need)));
  return [...connectors].map((connector) => describeVendor(connector, own));
}
