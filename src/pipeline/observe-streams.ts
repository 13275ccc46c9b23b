import { type Observability, STREAMS, type StreamName } from '../domain/observability.ts';
import { CONFIGURATION_STREAMS, STREAM_TABLES } from '../domain/stream-tables.ts';
import type { Capability, Connector, ConnectorContext } from '../kit/connector.ts';
import type { TelemetryStore } from '../store/ports.ts';

const WORSE_LAST = ['absent', 'retention', 'plan', 'permission'] as const;

/**
 * What a connection can show after a sync, one row for every evidence stream.
 * A stream is available when at least one vendor call that feeds it was read; its fields are those of the calls that were.
 * What those calls cannot see inside the stream stays as its detail. Otherwise the most actionable reason is kept. Never inferred from the number of rows.
 */
export async function observeStreams<S>(
  name: string,
  connector: Connector<S>,
  context: ConnectorContext<S>,
  capabilities: ReadonlyMap<string, Capability>,
  telemetry: TelemetryStore,
): Promise<Observability[]> {
  const rows = await telemetry.rows(name);
  const aside = await telemetry.setAside(name);
  const before = new Map(
    (await telemetry.observability()).filter((o) => o.connection === name).map((o) => [o.stream, o]),
  );
  const result: Observability[] = [];
  for (const stream of STREAMS) {
    const feeders = connector.streams.filter((s) => s.provides[stream] !== undefined);
    const open = feeders.filter((s) => capabilities.get(s.id)?.status === 'available');
    const stored = rows.get(STREAM_TABLES[stream][0]) ?? 0;
    const rejected = aside
      .filter((one) => feeders.some((s) => s.id === one.stream))
      .reduce((sum, one) => sum + one.times, 0);
    if (open.length === 0) {
      result.push(
        hidden(
          name,
          stream,
          feeders.map((s) => capabilities.get(s.id)),
          connector.never[stream],
          stored,
          rejected,
        ),
      );
      continue;
    }
    const counted = await connector.count(stream, context);
    result.push({
      connection: name,
      stream,
      status: 'available',
      detail: detailOf(open.map((s) => capabilities.get(s.id))),
      fields: [...new Set(open.flatMap((s) => [...(s.provides[stream] ?? [])]))].sort(),
      since: sinceOf(
        stream,
        open.map((s) => capabilities.get(s.id)),
        before.get(stream)?.since ?? null,
        context.until,
      ),
      until: context.until,
      rows: stored,
      rejected,
      reconciled_share: counted === null ? null : counted === 0 ? 1 : Math.min(1, stored / counted),
    });
  }
  return result;
}

function hidden(
  connection: string,
  stream: StreamName,
  capabilities: readonly (Capability | undefined)[],
  never: string | undefined,
  rows: number,
  rejected: number,
): Observability {
  const known = capabilities.filter(
    (c): c is Exclude<Capability, { status: 'available' }> => c !== undefined && c.status !== 'available',
  );
  const worst = known.sort((a, b) => WORSE_LAST.indexOf(b.status) - WORSE_LAST.indexOf(a.status))[0];
  return {
    connection,
    stream,
    status: worst?.status ?? 'absent',
    detail: worst?.detail ?? never ?? 'This kind of source does not record it.',
    fields: [],
    since: null,
    until: null,
    rows,
    rejected,
    reconciled_share: null,
  };
}

/** What the calls that were read could not see, each thing once; null when they saw all. */
function detailOf(capabilities: readonly (Capability | undefined)[]): string | null {
  const details = capabilities.flatMap((c) => (c?.detail === undefined ? [] : [c.detail]));
  return details.length === 0 ? null : [...new Set(details)].join(' ');
}

/** Configuration is known from the first time it was seen; history from where the vendor's retention begins. */
function sinceOf(
  stream: StreamName,
  capabilities: readonly (Capability | undefined)[],
  before: Date | null,
  until: Date,
): Date | null {
  if (CONFIGURATION_STREAMS.has(stream)) return before ?? until;
  const starts = capabilities.map((c) => (c?.status === 'available' ? c.since : undefined));
  const latest = starts.filter((d): d is Date => d !== undefined).sort((a, b) => b.getTime() - a.getTime())[0];
  return latest ?? null;
}
