import type { Observability } from '../domain/observability.ts';
import type { Metric, MetricsReport } from '../domain/snapshot.ts';
import type { SqlSession } from '../domain/sql-session.ts';
import { PlumblineError } from '../errors/index.ts';
import type { TelemetryStore } from '../store/ports.ts';
import { endOfData } from './end-of-data.ts';
import { BASE, DIMENSIONS, type Dimension, MAKE_TICKETS } from './metrics/base-sql.ts';
import { measureFigures, type Span } from './metrics/measure-figures.ts';
import { ACTIVE, COUNTS, DURATIONS, type Measure, SHARES, slaMeasure } from './metrics/measures.ts';
import { blindConnections } from './metrics/observed.ts';

export { DIMENSIONS, type Dimension } from './metrics/base-sql.ts';

export interface MetricsRequest {
  /** Start, inclusive; null = the first ticket. */
  readonly from: Date | null;
  /** End, exclusive; null = the end of the data. */
  readonly to: Date | null;
  readonly by: readonly Dimension[];
}

const CHANNEL_SHARE: Pick<Metric, 'id' | 'unit' | 'definition'> = {
  id: 'channel_share',
  unit: 'share',
  definition: 'Tickets of the window that came through this channel, of those whose channel is known.',
};

/**
 * Plain service figures of a span, unscored: what a support lead would count by hand, each with its definition.
 * Durations in hours, shares in 0..1, quantiles type 7. A ticket is dated by its creation unless the definition says otherwise; all rows are as
 * known at the end of the span. Deleted, merged, spam and test tickets are left out and counted in `tickets_created.excluded`.
 * Tickets that a figure cannot use are counted in its `excluded` by reason; a figure whose stream no connection has is null with the
 * stream as the reason, never 0. An empty span gives counts of 0 and null for everything else.
 * Errors: NO_DATA without any telemetry, BAD_USAGE when the span ends before it begins.
 */
export async function computeMetrics(telemetry: TelemetryStore, request: MetricsRequest): Promise<MetricsReport> {
  const observability = await telemetry.observability();
  const to = request.to ?? endOfData(observability);
  if (to === null)
    throw new PlumblineError(
      'NO_DATA',
      'There is no telemetry to count.',
      'Run plumbline sync or plumbline import first.',
    );
  if (request.from !== null && request.from >= to)
    throw new PlumblineError(
      'BAD_USAGE',
      `The span ends (${to.toISOString()}) before it begins (${request.from.toISOString()}).`,
      'Give --from a date before --to.',
    );
  return telemetry.measure({ asOf: to, horizon: request.from ?? new Date(0) }, async (session) => {
    const from = request.from ?? (await firstTicket(session)) ?? to;
    const span: Span = { from, to };
    await session.query(MAKE_TICKETS, { to });
    const measures = [...COUNTS, ...DURATIONS, ...SHARES, ...(await slaMeasures(session, span)), ...ACTIVE];
    const metrics: Metric[] = [];
    for (const measure of measures)
      metrics.push(...((await measureFigures(session, measure, null, span, observability)).get('all') ?? []));
    const channels = await channelShares(session, span, observability);
    if (channels.missing !== null) metrics.push(channels.missing);
    const breakdowns = [...channels.breakdowns];
    for (const dimension of DIMENSIONS.filter((one) => request.by.includes(one)))
      merge(breakdowns, await breakDown(session, measures, dimension, span, observability));
    return { window: { from: from.toISOString(), to: to.toISOString() }, metrics, breakdowns };
  });
}

async function firstTicket(session: SqlSession): Promise<Date | null> {
  const rows = await session.query('select min(created_at) as first from ticket_all');
  const first = rows[0]?.first;
  return first instanceof Date ? first : null;
}

/** All clocks together, then each metric that occurs. */
async function slaMeasures(session: SqlSession, span: Span): Promise<Measure[]> {
  const rows = await session.query(
    `with ${BASE} select distinct c.metric from sla_clock c join base t on t.connection = c.connection and t.id = c.ticket_id
     where t.created_at >= $from and t.created_at < $to and c.scope = 'ticket' order by c.metric`,
    { from: span.from, to: span.to },
  );
  return [slaMeasure(null), ...rows.map((row) => slaMeasure(String(row.metric)))];
}

/** Figures of the end of the span have no place in a series of weeks or months of creation. */
function fits(measure: Measure, dimension: Dimension): boolean {
  return !(measure.at === '$to' && (dimension === 'week' || dimension === 'month'));
}

async function breakDown(
  session: SqlSession,
  measures: readonly Measure[],
  dimension: Dimension,
  span: Span,
  observability: readonly Observability[],
): Promise<MetricsReport['breakdowns']> {
  const values = new Map<string, Metric[]>();
  for (const measure of measures) {
    if (!fits(measure, dimension)) continue;
    for (const [value, metrics] of await measureFigures(session, measure, dimension, span, observability))
      values.set(value, [...(values.get(value) ?? []), ...metrics]);
  }
  return [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([value, metrics]) => ({ by: dimension, value, metrics }));
}

function merge(into: MetricsReport['breakdowns'], added: MetricsReport['breakdowns']): void {
  for (const one of added) {
    const same = into.find((other) => other.by === one.by && other.value === one.value);
    if (same === undefined) into.push(one);
    else same.metrics.push(...one.metrics);
  }
}

async function channelShares(
  session: SqlSession,
  span: Span,
  observability: readonly Observability[],
): Promise<{ breakdowns: MetricsReport['breakdowns']; missing: Metric | null }> {
  const blind = blindConnections(observability, [['tickets.channel']]);
  const rows = await session.query(
    `with ${BASE} select t.connection, t.channel, count(*) as n from base t
     where t.created_at >= $from and t.created_at < $to group by t.connection, t.channel order by t.connection, t.channel`,
    { from: span.from, to: span.to },
  );
  const counts = new Map<string, number>();
  const excluded: Record<string, number> = {};
  for (const row of rows) {
    const why = blind.get(String(row.connection)) ?? (row.channel === null ? 'channel_unknown' : null);
    if (why === null) counts.set(String(row.channel), (counts.get(String(row.channel)) ?? 0) + Number(row.n));
    else excluded[why] = (excluded[why] ?? 0) + Number(row.n);
  }
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  if (total === 0) return { breakdowns: [], missing: { ...CHANNEL_SHARE, value: null, n: 0, excluded } };
  return {
    breakdowns: [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, n]) => ({
        by: 'channel',
        value,
        metrics: [{ ...CHANNEL_SHARE, value: n / total, n: total, excluded }],
      })),
    missing: null,
  };
}
